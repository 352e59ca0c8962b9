import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Models whose order, case and digits depend on the language where somebody sorts by it. */
const PROGRAM = `
  const { App, Chart, Duration, YamlOutputType } = require('cdk8s');
  const { AIGateway, ApiKey, OpenAIProvider, Traffic } = require(process.argv[1]);
  const app = new App({ yamlOutputType: YamlOutputType.FILE_PER_CHART });
  const chart = new Chart(app, 'ai', { namespace: 'ai' });
  const key = name => ApiKey.fromSecretName(name);
  const first = new OpenAIProvider(chart, 'first', { apiKey: key('a'), headers: { set: { 'x-z': '1', 'x-I': '2', 'x-a': '3' } } });
  const second = new OpenAIProvider(chart, 'second', { apiKey: key('b') });
  const gateway = new AIGateway(chart, 'gateway');
  for (const model of ['z', 'I', 'i', 'ch', 'a10', 'a9']) {
    gateway.addModel(model, first.model('x').fallbackTo(second.model('y')), { createdAt: new Date(Date.UTC(2025, 0, 31, 23, 30)), timeout: Duration.minutes(12) });
  }
  gateway.addPattern('b.*', Traffic.split([{ to: first.model('x'), weight: 1 }, { to: second.model('y'), weight: 2 }]));
  process.stdout.write(app.synthYaml());
`;

function synthesized(environment: NodeJS.ProcessEnv): string {
  const root = resolve(__dirname, '../..');
  return execFileSync(process.execPath, ['--import', 'tsx', '-e', PROGRAM, resolve(root, 'src/index.ts')], {
    cwd: root, encoding: 'utf8', env: { ...process.env, ...environment }, timeout: 60_000,
  });
}

const usual = synthesized({ LC_ALL: 'C', LANG: 'C', TZ: 'UTC' });

test.each([
  ['Turkish, at the other side of the date line', { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' }],
  ['Czech, west of Greenwich', { LC_ALL: 'cs_CZ.UTF-8', LANG: 'cs_CZ.UTF-8', TZ: 'America/Los_Angeles' }],
  ['no language at all, half an hour off', { LC_ALL: '', LANG: '', TZ: 'Asia/Kolkata' }],
])('the same program gives the same bytes: %s', (_, environment) => {
  expect(usual).toContain('modelsCreatedAt: "2025-01-31T23:30:00Z"');
  expect(synthesized(environment)).toBe(usual);
});

test('without sorting the manifests are the same, each with its fields in an order of its own', () => {
  const unsorted = synthesized({ LC_ALL: 'C', TZ: 'UTC', CDK8S_DISABLE_SORT: '1' });
  const lines = (yaml: string) => yaml.split('\n').map(line => line.replace(/^[\s-]+/, '')).sort();
  expect(lines(unsorted)).toEqual(lines(usual));
  expect(synthesized({ LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Kolkata', CDK8S_DISABLE_SORT: '1' })).toBe(unsorted);
});
