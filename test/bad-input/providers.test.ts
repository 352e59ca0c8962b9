import { Chart, Testing } from 'cdk8s';
import * as lib from '../../src';

/** Programs in JavaScript that leave out what a provider cannot be without, or hand over something else. */
const key = lib.ApiKey.fromSecretName('key');
const CASES: readonly (readonly [name: keyof typeof lib, props: any, message: string])[] = [
  ['OpenAIProvider', undefined, "'props' must be an object, got undefined"],
  ['OpenAIProvider', {}, "'apiKey' must be an ApiKey, such as ApiKey.fromSecretName(\"…\"), got undefined"],
  ['OpenAIProvider', { apiKey: 'x' }, "'apiKey' must be an ApiKey"],
  ['AnthropicProvider', { apiKey: null }, "'apiKey' must be an ApiKey"],
  ['GeminiProvider', { apiKey: lib.AwsCredentials.podIdentity() }, "'apiKey' must be an ApiKey"],
  ['CohereProvider', {}, "'apiKey' must be an ApiKey"],
  ['BedrockProvider', { region: 'us-east-1' }, "'credentials' must be AwsCredentials"],
  ['BedrockAnthropicProvider', { region: 'us-east-1', credentials: key }, "'credentials' must be AwsCredentials"],
  ['AzureOpenAIProvider', { resource: 'acme' }, "'credentials' must be AzureCredentials"],
  ['VertexAIProvider', { project: 'p', location: 'global' }, "'credentials' must be GcpCredentials"],
  ['VertexAnthropicProvider', null, "'props' must be an object"],
  ['OpenAICompatibleProvider', { apiKey: key }, "'vendor' must be a Vendor, such as Vendor.GROQ"],
  ['OpenAICompatibleProvider', { vendor: lib.Vendor.GROQ }, "'apiKey' must be an ApiKey"],
  ['InClusterProvider', { service: lib.InClusterService.fromServiceName('x') }, "'server' must be a ModelServer"],
  ['InClusterProvider', { server: lib.ModelServer.VLLM }, "'service' must be an InClusterService"],
  ['ExistingProvider', undefined, "'props' must be an object"],
];

test.each(CASES)('%s with %j says what it needs, and where', (name, props, message) => {
  const chart = new Chart(Testing.app(), 'ai', { namespace: 'ai' });
  const Provider = lib[name] as any;
  expect(() => new Provider(chart, 'provider', props)).toThrow(`ai/provider: ${message}`);
});

test('port 0, which the schema allows, is refused', () => {
  const chart = new Chart(Testing.app(), 'ai', { namespace: 'ai' });
  new lib.OpenAIProvider(chart, 'provider', { apiKey: key, port: 0 });
  expect(lib.Checks.findings(chart)).toMatchObject([{
    path: 'ai/provider', code: 'OUT_OF_RANGE', message: expect.stringMatching(/^'port' is no port that anything listens on, got 0; use 1 to 65535/),
  }]);
});
