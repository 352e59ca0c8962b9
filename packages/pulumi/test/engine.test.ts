import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineRun, runWithEngine } from './engine/fake-engine';
import { Registration } from './engine/mocks';

const program = (name: string) => join(__dirname, 'programs', `${name}.ts`);
const KEY = 'not-a-real-key-8f3a';
const BEDROCK = { config: { 'project:openai': KEY }, secretKeys: ['project:openai'] };

const short = (urn: string) => urn.replace('urn:pulumi:stack::project::', '').replaceAll('pulumi-ai-gateway:index:', '').replaceAll('kubernetes:', '');
const kind = ({ registrations }: EngineRun, name: string): Registration => registrations.find(({ type }) => type.endsWith(`:${name}`))!;

describe('a program with a role of the cloud and a key of the configuration', () => {
  let preview: EngineRun;
  let update: EngineRun;

  beforeAll(async () => {
    preview = await runWithEngine(program('bedrock'), { ...BEDROCK, preview: true });
    update = await runWithEngine(program('bedrock'), BEDROCK);
  }, 120_000);

  test('runs', () => {
    expect([preview.exitCode, update.exitCode, preview.log]).toEqual([0, 0, expect.any(String)]);
    expect(update.log).not.toContain('error');
  });

  test('has the same resources at preview as at update', () => {
    const urns = update.registrations.map(({ urn }) => short(urn)).sort();
    expect(preview.registrations.map(({ urn }) => short(urn)).sort()).toEqual(urns);
    expect(urns).toMatchSnapshot();
  });

  test('shows unknown values at their leaf, and known ones at update', () => {
    const annotations = (run: EngineRun) => kind(run, 'Gateway').inputs.spec.infrastructure.annotations;
    expect(annotations(preview)).toEqual({ 'eks.amazonaws.com/role-arn': '<unknown>' });
    expect(annotations(update)).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/bedrock' });
    expect(kind(preview, 'Gateway').inputs.spec.listeners).toEqual(kind(update, 'Gateway').inputs.spec.listeners);
  });

  test('marks the key, at its leaf, in the Secret alone', () => {
    for (const run of [preview, update]) {
      expect(kind(run, 'Secret').inputs.stringData).toEqual({ apiKey: { secret: KEY } });
      expect(run.registrations.filter(({ inputs }) => JSON.stringify(inputs).includes(KEY)).map(({ type }) => type)).toEqual(['kubernetes:core/v1:Secret']);
      expect(run.registrations.filter(({ urn }) => urn.includes(KEY))).toEqual([]);
      expect(run.log).not.toContain(KEY);
    }
  });

  test('has an edge from each object to what it needs', () => {
    expect(kind(update, 'Gateway').propertyDependencies.spec.map(short)).toEqual(['cloud:iam:Role::bedrock']);
    const route = kind(update, 'AIGatewayRoute').dependencies.map(urn => short(urn).split('::')[1]);
    expect([...new Set(route)].sort()).toEqual(['bedrock:bedrock', 'gateway:gateway', 'openai:openai']);
    const order = update.registrations.map(({ type }) => type.split(':').at(-1));
    expect(order.indexOf('AIGatewayRoute')).toBeGreaterThan(order.lastIndexOf('BackendSecurityPolicy'));
  });

  test('hands options down to routes and objects', () => {
    const below = update.registrations.filter(({ urn, type }) => urn.includes('AIGateway$') && type.startsWith('kubernetes:'));
    expect(below.length).toBeGreaterThan(3);
    for (const { protect, inputs } of below) expect([protect, inputs.metadata.labels]).toEqual([true, { transformed: 'yes' }]);
  });

  test('uses one version of the provider, that of the installed package', () => {
    const { version } = JSON.parse(readFileSync(require.resolve('@pulumi/kubernetes/package.json'), 'utf8'));
    expect(new Set(update.registrations.filter(({ type }) => type.startsWith('kubernetes:')).map(r => r.version))).toEqual(new Set([version]));
  });

  test('exports names and states', () => {
    const [, outputs] = [...update.outputs].find(([urn]) => urn.includes('pulumi:pulumi:Stack'))!;
    expect(outputs).toMatchObject({ gatewayName: 'gateway' });
  });

  test('leaves no token anywhere', () => {
    expect(JSON.stringify([preview.registrations, update.registrations, [...update.outputs]])).not.toMatch(/zqmnicinpp|-4503599\d{9}/);
  });
});

test('when an object cannot be made, what waits for it is not sent, and the program fails', async () => {
  const { registrations, exitCode, log } = await runWithEngine(program('bedrock'), {
    ...BEDROCK, fails: (type, name) => type.endsWith(':AIServiceBackend') && name.startsWith('openai'),
  });
  expect(exitCode).not.toBe(0);
  expect(log).toContain('cannot make openai:openai');
  const kinds = registrations.map(({ type, name }) => `${type.split(':').at(-1)} ${name}`);
  // Whether Bedrock, which waits for nothing but its role, is sent before the program ends is a matter of time.
  expect(kinds).toContain('Backend openai:openai');
  expect(kinds.filter(text => text.startsWith('AIGatewayRoute') || text === 'BackendSecurityPolicy openai:openai')).toEqual([]);
});

test('a program that fails half way registers nothing: a route that patterns share would lose those that follow', async () => {
  const { registrations, exitCode, log } = await runWithEngine(program('throws'));
  expect(exitCode).not.toBe(0);
  expect(registrations.map(({ type }) => type)).toEqual(['pulumi:pulumi:Stack']);
  expect(log).toContain('Error: before the second pattern');
  expect(log).toContain('nothing of the AI gateway is registered, because the program failed');
});

test('a program with a mistake registers nothing but the stack, and says all of it once', async () => {
  const { registrations, exitCode, log } = await runWithEngine(program('mistakes'));
  expect(exitCode).not.toBe(0);
  expect(registrations.map(({ type }) => type)).toEqual(['pulumi:pulumi:Stack']);
  expect(log.match(/\[DUPLICATE_MODEL\]/g)).toHaveLength(1);
  expect(log.match(/\[ROLE_ARN\]/g)).toHaveLength(1);
  expect(log).toContain('nothing is registered, because of');
});

describe('a value that is known only when a resource is made', () => {
  const settings = { ...BEDROCK, config: { ...BEDROCK.config, 'project:role': 'no-role' } };

  test('is no mistake at preview', async () => {
    const { exitCode, log } = await runWithEngine(program('bedrock'), { ...settings, preview: true });
    expect([exitCode, log]).toEqual([0, expect.not.stringContaining('ROLE_ARN')]);
  });

  test('is looked at before anything that has to do with it is registered', async () => {
    const { exitCode, log, registrations } = await runWithEngine(program('bedrock'), settings);
    expect(exitCode).not.toBe(0);
    expect(log.match(/BedrockProvider bedrock: 'credentials' names a role.*got "no-role".*\[ROLE_ARN\]/g)).toHaveLength(1);
    expect(new Set(registrations.filter(({ type }) => /kubernetes:|ai-gateway:/.test(type)).map(({ name }) => name))).toEqual(new Set(['openai', 'openai:openai']));
  });
});

test('a value that waits for what waits for it is told, and nothing hangs', async () => {
  for (const preview of [true, false]) {
    const { exitCode, log, registrations } = await runWithEngine(program('waits-for-itself'), { preview });
    expect(exitCode).not.toBe(0);
    expect(log).toContain("BedrockProvider bedrock: AwsCredentials.irsa(): 'roleArn' waits for an Output");
    expect(log.match(/\[OUTPUT_NEVER_KNOWN\]/g)).toHaveLength(2);
    expect(log).not.toContain('    at ');
    expect(registrations.map(({ type }) => type)).toEqual(['pulumi:pulumi:Stack']);
  }
}, 120_000);

describe('examples', () => {
  const run = (name: string) => runWithEngine(join(__dirname, '../examples', name, 'index.ts'), {
    config: { 'project:openai': KEY, 'project:groq': KEY }, secretKeys: ['project:openai', 'project:groq'],
    stackOutputs: { bedrockRoleArn: 'arn:aws:iam::111122223333:role/bedrock' },
  });

  test.each(['quickstart', 'bedrock-with-a-role', 'key-rotation'])('%s makes', async name => {
    const { exitCode, registrations, log } = await run(name);
    expect([exitCode, log.match(/error/)]).toEqual([0, null]);
    expect(registrations.map(({ urn }) => short(urn)).sort()).toMatchSnapshot();
    expect(log.includes('KEY_ROTATION_GAP')).toBe(name === 'quickstart');
  });
});
