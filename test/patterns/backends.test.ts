import { World } from './world';
import {
  AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider,
  BedrockAnthropicProvider, BedrockProvider, CohereProvider, GcpCredentials, GeminiProvider, InClusterProvider,
  InClusterService, JsonValue, ModelServer, OpenAIProvider, VertexAIProvider, VertexAnthropicProvider,
} from '../../src';

const key = () => ApiKey.fromSecretName('key');

/** A backend for every schema: host, TLS that checks it, schema with what it needs. */
test.each<[string, (world: World) => unknown, string, object]>([
  ['OpenAI', w => new OpenAIProvider(w.chart, 'p', { apiKey: key() }), 'api.openai.com', { name: 'OpenAI' }],
  ['Anthropic', w => new AnthropicProvider(w.chart, 'p', { apiKey: key() }), 'api.anthropic.com', { name: 'Anthropic' }],
  ['AWSBedrock', w => new BedrockProvider(w.chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity() }),
    'bedrock-runtime.us-east-1.amazonaws.com', { name: 'AWSBedrock' }],
  ['AzureOpenAI', w => new AzureOpenAIProvider(w.chart, 'p', {
    resource: 'your-resource', api: AzureOpenAIApi.deployments('2025-01-01-preview'), credentials: AzureCredentials.fromApiKey(key()),
  }), 'your-resource.openai.azure.com', { name: 'AzureOpenAI', version: '2025-01-01-preview' }],
  ['GCPVertexAI', w => new VertexAIProvider(w.chart, 'p', { project: 'acme', location: 'us-central1', credentials: GcpCredentials.adc() }),
    'us-central1-aiplatform.googleapis.com', { name: 'GCPVertexAI' }],
  ['Cohere', w => new CohereProvider(w.chart, 'p', { apiKey: key() }), 'api.cohere.com', { name: 'Cohere', version: 'v2' }],
  ['GCPAnthropic', w => new VertexAnthropicProvider(w.chart, 'p', { project: 'acme', location: 'us-east5', credentials: GcpCredentials.adc() }),
    'us-east5-aiplatform.googleapis.com', { name: 'GCPAnthropic', version: 'vertex-2023-10-16' }],
  ['AWSAnthropic', w => new BedrockAnthropicProvider(w.chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity() }),
    'bedrock-runtime.us-east-1.amazonaws.com', { name: 'AWSAnthropic', version: 'bedrock-2023-05-31' }],
  ['Gemini through its OpenAI-compatible path', w => new GeminiProvider(w.chart, 'p', { apiKey: key() }),
    'generativelanguage.googleapis.com', { name: 'OpenAI', prefix: '/v1beta/openai' }],
])('%s', (_, provider, hostname, schema) => {
  const world = new World();
  provider(world);
  expect(world.spec('Backend').endpoints).toEqual([{ fqdn: { hostname, port: 443 } }]);
  expect(world.spec('BackendTLSPolicy')).toMatchObject({
    targetRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'maas-p' }],
    validation: { hostname, wellKnownCACertificates: 'System' },
  });
  expect(world.spec('AIServiceBackend')).toMatchObject({ schema, backendRef: { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'maas-p' } });
});

test('a Service in the cluster, on a port of its own', () => {
  const world = new World();
  new InClusterProvider(world.chart, 'my-ollama-backend', {
    server: ModelServer.OLLAMA, service: InClusterService.fromServiceName('my-ollama-service', { namespace: 'default' }), port: 80,
  });
  expect(world.spec('Backend').endpoints).toEqual([{ fqdn: { hostname: 'my-ollama-service.default.svc.cluster.local', port: 80 } }]);
});

test('headers and body changed on the way', () => {
  const world = new World();
  new OpenAIProvider(world.chart, 'my-backend', {
    apiKey: key(),
    headers: { set: { 'X-Custom-Header': 'custom-value' } },
    body: { set: { service_tier: JsonValue.text('flex') } },
  });
  expect(world.spec('AIServiceBackend')).toMatchObject({
    headerMutation: { set: [{ name: 'X-Custom-Header', value: 'custom-value' }] },
    bodyMutation: { set: [{ path: 'service_tier', value: '"flex"' }] },
  });
});

test('another model than the client asked for is an override, not a change of the body', () => {
  const world = new World();
  const provider = new OpenAIProvider(world.chart, 'my-backend', { apiKey: key() });
  world.gateway.addModel('chat', provider.model('gpt-4o'));
  expect(world.spec('AIGatewayRoute').rules[0].backendRefs).toEqual([{ name: 'maas-my-backend', modelNameOverride: 'gpt-4o' }]);
});
