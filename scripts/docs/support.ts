import * as fs from 'fs';
import * as path from 'path';
import { Support, table } from '../../test/contract/declarations';

const file = path.join(__dirname, '../../docs/support.md');

const PLATFORMS = [['envoy-ai-gateway', 'Envoy AI Gateway'], ['agentgateway', 'agentgateway'], ['kgateway', 'kgateway 2.1']] as const;

function cell(support: Support, warned: boolean): string {
  switch (support) {
    case 'yes': return warned ? 'yes ¹' : 'yes';
    case 'no': return 'no';
    default: return support;
  }
}

/** The page of what platforms support, made of the table that the contract suite runs. */
export function supportPage(): string {
  const head = PLATFORMS.map(([, name]) => name);
  const sections = table.map(({ title, declarations }) => [
    `## ${title}`,
    '',
    `| Declared | ${head.join(' | ')} |`,
    `|---|${head.map(() => '---').join('|')}|`,
    ...declarations.map(({ what, on, warnings }) => {
      const cells = PLATFORMS.map(([id]) => cell(on[id], id !== 'envoy-ai-gateway' && warnings !== undefined));
      return `| ${what} | ${cells.join(' | ')} |`;
    }),
    '',
  ].join('\n'));
  return `# What each platform can do

Every row is a program that the contract suite runs on every release of every platform. \`yes\` synthesizes manifests that the
release's CRDs take, \`from v1.4\` does so from that release on, \`no\` is an error that names the platform and the property.

¹ On agentgateway v1.0 and kgateway the fallback serves later requests, not the one that finds the failure: a warning says so
([FALLBACK_AFTER_FAILURE](codes.md#fallback_after_failure)).

${sections.join('\n')}`;
}

fs.writeFileSync(file, supportPage());
