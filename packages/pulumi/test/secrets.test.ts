import { Provider } from '@pulumi/kubernetes/provider';
import * as pulumi from '@pulumi/pulumi';
import {
  AIGateway, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockProvider, GcpCredentials, OpenAIProvider, StoredSecret,
  VertexAIProvider,
} from '../src';
import { Outcome, runProgram, Settings, unknown } from './engine/mocks';

const VALUE = 'not-a-real-key-8f3a';
const key = () => pulumi.secret(VALUE);
const secretOf = ({ objects }: Outcome) => objects.find(({ type }) => type === 'kubernetes:core/v1:Secret')!;

/** Everything a run shows somebody. */
function shown({ all, error, log }: Outcome): string {
  const names = all.map(({ urn, name, aliases, dependencies }) => ({ urn, name, aliases, dependencies }));
  const readable = all.map(({ inputs }) => JSON.stringify(inputs, (_, value) => (typeof value === 'object' && value !== null && 'secret' in value ? '<secret>' : value)));
  return [JSON.stringify(names), ...readable, error?.message, log].join('\n');
}

test('a secret Output becomes the Secret that the gateway reads, and stands nowhere else', async () => {
  const outcome = await runProgram(() => {
    const openai = new OpenAIProvider('openai', { namespace: 'ai', apiKey: ApiKey.fromSecretOutput(key()) });
    new AIGateway('gateway', { namespace: 'ai' }).addModel('gpt-4o', openai.model());
  });
  expect(outcome.error).toBeUndefined();
  const { name, inputs, additionalSecretOutputs } = secretOf(outcome);
  expect(name).toBe('openai:openai');
  expect(inputs).toEqual({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'openai', namespace: 'ai' }, stringData: { apiKey: { secret: VALUE } } });
  expect(additionalSecretOutputs).toEqual(['data', 'stringData']);
  const policy = outcome.objects.find(({ type }) => type.endsWith(':BackendSecurityPolicy'))!;
  expect(policy.inputs.spec.apiKey.secretRef).toEqual({ name: 'openai' });
  expect(policy.dependencies).toContainEqual(expect.stringMatching(/:Secret::openai:openai$/));
  expect(shown(outcome)).not.toContain(VALUE);
});

test('components send no inputs, so the state has no second copy', async () => {
  const { components } = await runProgram(() => void new OpenAIProvider('openai', { namespace: 'ai', apiKey: ApiKey.fromSecretOutput(key()) }));
  expect(components.map(({ inputs }) => inputs)).toEqual([{}]);
});

test('an access key becomes a credentials file', async () => {
  const outcome = await runProgram(() => void new BedrockProvider('bedrock', {
    namespace: 'ai', region: 'us-east-1',
    credentials: AwsCredentials.fromSecretOutputs({ accessKeyId: pulumi.output('id'), secretAccessKey: key(), sessionToken: pulumi.secret('token') }),
  }));
  expect(secretOf(outcome).inputs.stringData).toEqual({
    credentials: { secret: `[default]\naws_access_key_id = id\naws_secret_access_key = ${VALUE}\naws_session_token = token\n` },
  });
  expect(shown(outcome)).not.toContain(VALUE);
});

test.each<[string, () => unknown, string]>([
  ['a service account', () => new VertexAIProvider('vertex', {
    namespace: 'ai', project: 'acme-prod-1234', location: 'us-central1', credentials: GcpCredentials.fromSecretOutput(pulumi.secret(`{\n"key": "${VALUE}"}\n`)),
  }), 'service_account.json'],
  ['a client secret', () => new AzureOpenAIProvider('azure', {
    namespace: 'ai', resource: 'acme', credentials: AzureCredentials.clientSecret({
      clientId: '3f1c2d4e-0000-4000-8000-000000000001', tenantId: '3f1c2d4e-0000-4000-8000-000000000002', secret: StoredSecret.fromSecretOutput(key()),
    }),
  }), 'client-secret'],
])('%s stands under the key that the gateway reads', async (_, declare, dataKey) => {
  const outcome = await runProgram(declare);
  expect(outcome.error).toBeUndefined();
  expect(Object.keys(secretOf(outcome).inputs.stringData)).toEqual([dataKey]);
  expect(shown(outcome)).not.toContain(VALUE);
});

test('one that is unknown at preview is no error', async () => {
  const outcome = await runProgram(() => void new OpenAIProvider('openai', { namespace: 'ai', apiKey: ApiKey.fromSecretOutput(unknown()) }), { preview: true });
  expect(outcome.error).toBeUndefined();
  expect(secretOf(outcome).inputs.stringData).toEqual({ apiKey: '<unknown>' });
});

test.each<[string, string, () => unknown, Settings]>([
  ['plain text', 'NOT_SECRET', () => new OpenAIProvider('openai', { apiKey: ApiKey.fromSecretOutput(VALUE as any) }), {}],
  ['an Output that is no secret', 'NOT_SECRET', () => new OpenAIProvider('openai', { apiKey: ApiKey.fromSecretOutput(pulumi.output(VALUE)) }), {}],
  ['a key with a line break', 'UNUSABLE_CREDENTIAL', () => new OpenAIProvider('openai', { apiKey: ApiKey.fromSecretOutput(pulumi.secret(`${VALUE}\n`)) }), {}],
  ['a key with "Bearer "', 'UNUSABLE_CREDENTIAL', () => new OpenAIProvider('openai', { apiKey: ApiKey.fromSecretOutput(pulumi.secret(`Bearer ${VALUE}`)) }), {}],
  ['an empty key', 'UNUSABLE_CREDENTIAL', () => new OpenAIProvider('openai', { apiKey: ApiKey.fromSecretOutput(pulumi.secret('')) }), {}],
  ['a stack that renders files', 'RENDERED_CREDENTIAL', () => new OpenAIProvider('openai', { apiKey: ApiKey.fromSecretOutput(key()) }), {
    config: { 'kubernetes:renderYamlToDirectory': 'out' },
  }],
  ['a provider that renders files', 'RENDERED_CREDENTIAL', () => new OpenAIProvider('openai', { apiKey: ApiKey.fromSecretOutput(key()) }, {
    provider: new Provider('files', { renderYamlToDirectory: 'out' }),
  }), {}],
])('%s is refused without showing it', async (_, code, declare, settings) => {
  const outcome = await runProgram(declare, settings);
  expect(outcome.error!.message).toContain(`[${code}]`);
  expect(secretOf(outcome)).toBeUndefined();
  expect(shown(outcome)).not.toContain(VALUE);
});

describe('the gap when a key changes', () => {
  const warned = async (declare: () => unknown, settings?: Settings) =>
    (await runProgram(declare, settings)).log.match(/\[KEY_ROTATION_GAP\]/g)?.length ?? 0;
  const provider = (name: string, opts?: pulumi.ComponentResourceOptions) => {
    new OpenAIProvider(name, { apiKey: ApiKey.fromSecretOutput(key()) }, opts);
  };

  test('is told once for each provider', async () => expect(await warned(() => ['a', 'b'].map(name => provider(name)))).toBe(1));
  test('is not there where Secrets are mutable', async () => {
    expect(await warned(() => provider('a'), { config: { 'kubernetes:enableSecretMutable': 'true' } })).toBe(0);
    expect(await warned(() => provider('a', { provider: new Provider('p', { enableSecretMutable: true }) }))).toBe(0);
  });
  test('is there with a provider that says nothing', async () => {
    expect(await warned(() => provider('a', { provider: new Provider('p', {}) }))).toBe(1);
  });
  test('is not there for Secrets that others make', async () => {
    expect(await warned(() => new OpenAIProvider('a', { apiKey: ApiKey.fromSecretName('key') }))).toBe(0);
  });
});
