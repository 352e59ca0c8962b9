import * as fs from 'fs';
import * as path from 'path';
import { catalogue, definitionOf } from '../../src/catalogue';

const file = path.join(__dirname, '../../docs/codes.md');

/** What an engineer sees in production, and the codes of what leads to it. */
const SYMPTOMS: readonly (readonly [symptom: string, codes: readonly string[]])[] = [
  ['500 with an empty body', ['SECRET_KEY_MISSING', 'SECRET_MISSING', 'SECRET_IN_OTHER_NAMESPACE', 'SECRET_REF_NAMESPACE', 'API_NOT_SERVED', 'NO_TRAFFIC', 'MISSING_GRANT', 'BAD_HEADER', 'SECRET_REF_KIND', 'BAD_REFERENCE', 'EXTERNAL_SECRET_TEMPLATE_FIELD']],
  ['clients that cannot connect', ['LISTENER_CERTIFICATE', 'LISTENER_TLS', 'LISTENER_CONFLICT', 'GATEWAY_NAME_TOO_LONG', 'BAD_REFERENCE', 'ENVOY_PROXY_MISSING']],
  ['500 on every route of a listener', ['BUFFER_LIMIT']],
  ['500 on long answers that are not streamed, 413 on long prompts', ['NO_BUFFER_LIMIT', 'HTTP2_WINDOW_UNSET']],
  ['503 "connection termination", 400 from the provider', ['PLAINTEXT_TO_TLS_PORT', 'TLS_POLICY_SECTION', 'HOST_WITHOUT_TLS']],
  ['503 "remote connection failure"', ['TLS_NAME_MISMATCH', 'TLS_NAME_NEEDED', 'PUBLIC_CA_FOR_SERVICE']],
  ['504 after 60 s, streams that end in the middle', ['DEFAULT_TIMEOUT', 'BACKEND_REQUEST_TIMEOUT', 'TIMEOUT_TOO_SHORT', 'STREAM_IDLE_TOO_SHORT']],
  ['404 "No matching route found"', ['GATEWAY_IN_CONTROL_NAMESPACE', 'CATCH_ALL_SHADOWED', 'INVALID_PATTERN', 'LISTENER_REFUSES_ROUTE', 'DUPLICATE_MODEL', 'MODEL_HEADER_UNSET', 'REWRITE_ON_BACKEND']],
  ['401 or 403 from the provider', ['CREDENTIAL_TYPE_MISMATCH', 'CREDENTIAL_MISSING', 'POLICY_WITHOUT_TARGET', 'REGION_MISMATCH', 'IDENTITY_CONFLICT', 'HOST_WITHOUT_AUTH']],
  ['404 from the provider', ['SCHEMA_FIELD_IGNORED', 'SCHEMA_VERSION_MISSING', 'MODEL_NAME_NEEDED', 'BAD_PATH_PREFIX']],
  ['a rotated key that does not arrive', ['EXTERNAL_SECRET_NO_ROTATION', 'EXTERNAL_SECRET_TEMPLATE_FIELD', 'EXTERNAL_SECRET_REFRESH_SHORT']],
  ['tokens that no limit counts', ['COST_KEY_UNKNOWN', 'COST_KEY_UNUSED', 'LIMITS_IGNORED']],
  ['a fallback that never falls over', ['FALLBACK_WITHOUT_RETRY', 'FALLBACK_STAYS', 'RETRY_CODES_IGNORED', 'EJECTION_IMPOSSIBLE', 'IP_IN_SHARED_RULE', 'PREFER_LOCAL', 'GROUPS_STAY', 'FALLBACK_AFTER_FAILURE', 'FALLBACK_WITHOUT_CONNECT_TIMEOUT']],
  ['one provider gets another\'s key', ['IP_IN_SHARED_RULE', 'CALLER_CREDENTIALS_FORWARDED', 'PATH_HIDES_MODELS']],
  ['callers that are whoever they say', ['IDENTITY_AFTER_EXT_AUTH', 'POLICY_TENANT']],
  ['prompts that arrive as they were before a processor changed them, or that it never saw', ['PROCESSOR_AFTER_AI_FILTER', 'PROCESSOR_ON_ROUTE', 'POLICY_REPLACES_GATEWAY_POLICY']],
  ['a route or policy that reports nothing at all', ['POLICY_TARGET_MISSING', 'POLICY_CONFLICT', 'NO_GATEWAY', 'GATEWAY_CONFIG_MISSING', 'SECTION_UNKNOWN', 'LIMITS_IGNORED', 'POLICIES_OVERLAP']],
];

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
  const symptoms = SYMPTOMS.map(([symptom, codes]) => `| ${symptom} | ${codes.map(link).join(', ')} |`);
  return `# Error codes

Every message ends in a code. Errors stop synthesis, all of them at once; warnings go to stderr once per synthesis.

A finding that is right in one place is acknowledged there, with a reason:

\`\`\`ts
Checks.acknowledge(provider, 'CODE', 'why it is right here');
\`\`\`

On a manifest no construct made, the annotation \`cdk8s-ai-gateway/acknowledge-CODE\` does the same; its value is the
reason. What the API server or a controller refuses anyway cannot be acknowledged. \`Checks.strict(app)\` makes warnings
stop synthesis too.

## By symptom

What runs in a cluster can be checked as it is: include the YAML in a chart and synthesize ([Migrating](migrating.md)).

| In production | Look at |
|---|---|
${symptoms.join('\n')}

## All codes

| Code | Severity | What it says |
|---|---|---|
${rows.join('\n')}

${entries.join('\n')}`;
}

/** Throws for a code that is gone. */
function link(code: string): string {
  if (!definitionOf(code)) throw new Error(`the table of symptoms names ${code}, which does not exist`);
  return `[${code}](#${code.toLowerCase()})`;
}

if (require.main === module) fs.writeFileSync(file, codesPage());
