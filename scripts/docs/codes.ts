import * as fs from 'fs';
import * as path from 'path';
import { catalogue } from '../../src/catalogue';

const file = path.join(__dirname, '../../docs/codes.md');

/** The page of error codes, made of the definitions the checks themselves use. */
export function codesPage(): string {
  const rows = catalogue.map(({ code, severity, title }) => `| [${code}](#${code.toLowerCase()}) | ${severity} | ${title} |`);
  const entries = catalogue.map(definition => [
    `## ${definition.code}`,
    '',
    `**${definition.title}** (${definition.severity}${definition.final ? ', cannot be acknowledged' : ''})`,
    '',
    `- **Cause:** ${definition.cause}`,
    `- **In production:** ${definition.consequence}`,
    `- **Fix:** ${definition.fix}`,
    '',
  ].join('\n'));
  return `# Error codes

Every message ends in a code. Errors stop synthesis, all of them at once; warnings go to stderr once per synthesis.

A finding that is right in one place is acknowledged there, with a reason:

\`\`\`ts
Checks.acknowledge(provider, 'CODE', 'why it is right here');
\`\`\`

On a manifest no construct made, the annotation \`cdk8s-ai-gateway/acknowledge-CODE\` does the same; its value is the
reason. What the API server or a controller refuses anyway cannot be acknowledged. \`Checks.strict(app)\` makes warnings
stop synthesis too.

| Code | Severity | What it says |
|---|---|---|
${rows.join('\n')}

${entries.join('\n')}`;
}

if (require.main === module) fs.writeFileSync(file, codesPage());
