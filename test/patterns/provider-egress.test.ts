import { World } from './world';
import {
  AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider,
  Checks, GcpCredentials, OpenAIProvider, StoredSecret, VertexAIProvider,
} from '../../src';

/** The six kinds of credentials a gateway in front of external providers needs, each with the block and the Secret key it reads. */
test.each<[string, (world: World) => unknown, object]>([
  ['APIKey', world => new OpenAIProvider(world.chart, 'p', { apiKey: ApiKey.fromSecretName('key', { keys: ['apiKey'] }) }),
    { type: 'APIKey', apiKey: { secretRef: { name: 'key' } } }],
  ['AWSCredentials', world => new BedrockProvider(world.chart, 'p', { region: 'eu-central-1', credentials: AwsCredentials.fromSecretName('key', { keys: ['credentials'] }) }),
    { type: 'AWSCredentials', awsCredentials: { credentialsFile: { secretRef: { name: 'key' } } } }],
  ['AzureAPIKey', world => new AzureOpenAIProvider(world.chart, 'p', {
    resource: 'acme', api: AzureOpenAIApi.deployments('2025-01-01-preview'), credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName('key', { keys: ['apiKey'] })),
  }), { type: 'AzureAPIKey', azureAPIKey: { secretRef: { name: 'key' } } }],
  ['AzureCredentials', world => new AzureOpenAIProvider(world.chart, 'p', {
    resource: 'acme', credentials: AzureCredentials.clientSecret({ clientId: 'c', tenantId: 't', secret: StoredSecret.fromSecretName('key', { keys: ['client-secret'] }) }),
  }), { type: 'AzureCredentials', azureCredentials: { clientSecretRef: { name: 'key' } } }],
  ['GCPCredentials', world => new VertexAIProvider(world.chart, 'p', {
    project: 'acme', location: 'global', credentials: GcpCredentials.fromSecretName('key', { keys: ['service_account.json'] }),
  }), { type: 'GCPCredentials', gcpCredentials: { credentialsFile: { secretRef: { name: 'key' } } } }],
  ['AnthropicAPIKey', world => new AnthropicProvider(world.chart, 'p', { apiKey: ApiKey.fromSecretName('key', { keys: ['apiKey'] }) }),
    { type: 'AnthropicAPIKey', anthropicAPIKey: { secretRef: { name: 'key' } } }],
])('%s', (_, provider, spec) => {
  const world = new World();
  provider(world);
  expect(world.spec('BackendSecurityPolicy')).toMatchObject(spec);
});

test('a Secret whose key is called otherwise is refused, with the key that was meant', () => {
  const world = new World();
  new OpenAIProvider(world.chart, 'openai', { apiKey: ApiKey.fromSecretName('openai-key', { keys: ['key'] }) });
  expect(Checks.findings(world.chart)).toContainEqual(expect.objectContaining({ code: 'SECRET_KEY_MISSING', path: 'maas/openai', message: expect.stringContaining('apiKey') }));
});

test('the caller\'s own token never reaches a provider', () => {
  const world = new World();
  new AnthropicProvider(world.chart, 'anthropic', { apiKey: ApiKey.fromSecretName('key') });
  expect(world.spec('AIServiceBackend').headerMutation.remove).toEqual(expect.arrayContaining(['authorization', 'x-api-key', 'api-key', 'cookie']));
});

test('OpenAI first, Azure when it is unavailable, inside the request', () => {
  const world = new World();
  const openai = new OpenAIProvider(world.chart, 'openai-backend', { apiKey: ApiKey.fromSecretName('openai-key') });
  const azure = new AzureOpenAIProvider(world.chart, 'azure-backend', { resource: 'acme', credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName('azure-key')) });
  world.gateway.addModel('gpt-4o', openai.model().fallbackTo(azure.model('gpt-4o-deployment')));
  expect(world.spec('AIGatewayRoute').rules[0].backendRefs).toEqual([
    { name: 'maas-openai-backend', priority: 0 },
    { name: 'maas-azure-backend', priority: 1, modelNameOverride: 'gpt-4o-deployment' },
  ]);
  expect(world.spec('BackendTrafficPolicy').healthCheck.passive.maxEjectionPercent).toBe(100);
});

test('a drill: a host that does not resolve as primary is a valid program', () => {
  const world = new World();
  const broken = new OpenAIProvider(world.chart, 'broken', { hostname: 'invalid.example.invalid', apiKey: ApiKey.fromSecretName('key') });
  const standby = new OpenAIProvider(world.chart, 'standby', { apiKey: ApiKey.fromSecretName('key') });
  world.gateway.addModel('gpt-4o', broken.model().fallbackTo(standby.model()));
  expect(world.spec('Backend', 'maas-broken').endpoints).toEqual([{ fqdn: { hostname: 'invalid.example.invalid', port: 443 } }]);
});
