import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const PARTS = ['declared', 'gateway-api'];
const platforms = readdirSync(join(root, 'src/platforms'), { withFileTypes: true })
  .filter(entry => entry.isDirectory() && !PARTS.includes(entry.name)).map(entry => entry.name);

/** `file` imports `from`; files need not exist, what they import must. */
interface Snippet {
  readonly file: string;
  readonly from: string;
  readonly rule?: string;
}

const ZONES = 'import/no-restricted-paths';

const forbidden: readonly Snippet[] = [
  { file: 'src/findings/probe.ts', from: '../intent' },
  { file: 'src/intent/probe.ts', from: '../platforms/contract' },
  { file: 'src/intent/probe.ts', from: '../../imports/schema' },
  { file: 'src/checks/probe.ts', from: '../constructs/gateway' },
  { file: 'src/checks/rules/routes/probe.ts', from: '../../../platforms/contract' },
  { file: 'src/secrets/probe.ts', from: '../platforms/contract' },
  { file: 'src/secrets/probe.ts', from: '../../imports/schema' },
  { file: 'src/platforms/envoy-ai-gateway/probe.ts', from: '../platform' },
  { file: 'src/platforms/envoy-ai-gateway/probe.ts', from: '../../constructs/gateway' },
  { file: 'src/platforms/envoy-ai-gateway/probe.ts', from: '../../checks/rule' },
  ...platforms.flatMap(one => platforms.filter(other => other !== one).map(other => (
    { file: `src/platforms/${one}/probe.ts`, from: `../${other}` }
  ))),
  ...PARTS.flatMap(part => platforms.map(platform => ({ file: `src/platforms/${part}/probe.ts`, from: `../${platform}` }))),
  { file: 'src/platforms/gateway-api/probe.ts', from: '../declared/entry-options' },
  { file: 'src/platforms/probe.ts', from: '../constructs/gateway' },
  ...platforms.map(platform => ({ file: 'src/constructs/probe.ts', from: `../platforms/${platform}` })),
  { file: 'src/constructs/probe.ts', from: '../platforms/gateway-api/listeners' },
  { file: 'src/constructs/probe.ts', from: '../platforms/envoy-ai-gateway/releases' },
  { file: 'src/constructs/probe.ts', from: '../../imports/schema' },
  { file: 'src/synthesis/probe.ts', from: '../../imports/schema' },
  { file: 'src/synthesis/probe.ts', from: '../constructs/gateway' },
  { file: 'src/probe.ts', from: '../imports/schema' },
  { file: 'examples/probe/main.ts', from: '../../src/constructs/gateway' },
  { file: 'examples/probe/main.ts', from: '../../imports/schema' },
  { file: 'examples/probe/main.ts', from: '../../src', rule: 'no-restricted-imports' },
  { file: 'examples/probe/main.ts', from: '../../lib/src', rule: 'no-restricted-imports' },
  { file: 'examples/probe/main.ts', from: 'yaml', rule: 'no-restricted-imports' },
  { file: 'src/probe.ts', from: 'projen', rule: 'import/no-extraneous-dependencies' },
  { file: 'src/intent/route.ts', from: './index', rule: 'import/no-cycle' },
];

const permitted: readonly Snippet[] = [
  { file: 'src/intent/probe.ts', from: '../findings/finding' },
  { file: 'src/checks/probe.ts', from: '../intent' },
  { file: 'src/checks/probe.ts', from: '../../imports/schema' },
  { file: 'src/secrets/probe.ts', from: '../intent' },
  { file: 'src/platforms/envoy-ai-gateway/probe.ts', from: '../contract' },
  { file: 'src/platforms/envoy-ai-gateway/probe.ts', from: '../../secrets/codes' },
  { file: 'src/platforms/envoy-ai-gateway/probe.ts', from: '../../../imports/schema' },
  { file: 'src/platforms/envoy-ai-gateway/probe.ts', from: '../declared/entry-options' },
  { file: 'src/platforms/envoy-ai-gateway/probe.ts', from: '../gateway-api/listeners' },
  { file: 'src/constructs/probe.ts', from: '../platforms/platform' },
  { file: 'src/constructs/probe.ts', from: 'cdk8s' },
  { file: 'examples/probe/main.ts', from: 'cdk8s-ai-gateway' },
  { file: 'examples/probe/main.ts', from: 'node:fs' },
];

describe('the linter', () => {
  const complaints = new Map<Snippet, readonly string[]>();

  beforeAll(() => {
    const snippets = [...forbidden, ...permitted];
    const output = execFileSync(process.execPath, [join(__dirname, 'architecture/lint-snippets.mjs')], {
      cwd: root,
      encoding: 'utf8',
      input: JSON.stringify(snippets.map(({ file, from }) => ({ file: join(root, file), code: `import * as probe from '${from}';\n\nprobe;\n` }))),
    });
    const results = JSON.parse(output) as string[][];
    snippets.forEach((snippet, index) => complaints.set(snippet, results[index]));
  }, 120_000);

  test.each(forbidden)('forbids $file to import $from', (snippet) => {
    const rule = snippet.rule ?? ZONES;
    expect(complaints.get(snippet)).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: `)));
  });

  test.each(permitted)('lets $file import $from', (snippet) => {
    expect(complaints.get(snippet)?.filter(complaint => !complaint.startsWith('@typescript-eslint/'))).toEqual([]);
  });
});
