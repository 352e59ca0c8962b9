import { World } from './world';
import {
  ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider, GcpCredentials, InClusterProvider, InClusterService,
  ModelServer, OpenAICompatibleProvider, OpenAIProvider, StoredSecret, Vendor, VertexAIProvider, VertexAnthropicProvider,
} from '../../src';

/** Connections, credentials and routes as pages on connecting providers show them, in the form the gateway reads today. */
const openai = (world: World, id = 'openai-backend') => new OpenAIProvider(world.chart, id, { apiKey: ApiKey.fromSecretName('openai-secret') });

describe('credentials', () => {
  test('an API key: the policy names its backend and a Secret beside it, without namespace', () => {
    const world = new World();
    openai(world);
    expect(world.spec('BackendSecurityPolicy')).toEqual({
      type: 'APIKey',
      apiKey: { secretRef: { name: 'openai-secret' } },
      targetRefs: [{ group: 'aigateway.envoyproxy.io', kind: 'AIServiceBackend', name: 'maas-openai-backend' }],
    });
  });

  test('an AWS credentials file: no profile, which the gateway ignores', () => {
    const world = new World();
    new BedrockProvider(world.chart, 'bedrock', { region: 'us-east-1', credentials: AwsCredentials.fromSecretName('aws-secret') });
    expect(world.spec('BackendSecurityPolicy')).toMatchObject({
      type: 'AWSCredentials',
      awsCredentials: { region: 'us-east-1', credentialsFile: { secretRef: { name: 'aws-secret' } } },
    });
    expect(world.spec('BackendSecurityPolicy').awsCredentials.credentialsFile).not.toHaveProperty('profile');
  });

  test('an Entra ID application', () => {
    const world = new World();
    new AzureOpenAIProvider(world.chart, 'azure', {
      resource: 'acme-openai',
      api: AzureOpenAIApi.deployments('2025-01-01-preview'),
      credentials: AzureCredentials.clientSecret({ clientId: 'your-azure-client-id', tenantId: 'your-azure-tenant-id', secret: StoredSecret.fromSecretName('azure-secret') }),
    });
    expect(world.spec('BackendSecurityPolicy')).toMatchObject({
      type: 'AzureCredentials',
      azureCredentials: { clientID: 'your-azure-client-id', tenantID: 'your-azure-tenant-id', clientSecretRef: { name: 'azure-secret' } },
    });
    expect(world.spec('AIServiceBackend').schema).toEqual({ name: 'AzureOpenAI', version: '2025-01-01-preview' });
  });

  test('workload identity federation with impersonation', () => {
    const world = new World();
    new VertexAIProvider(world.chart, 'vertex', {
      project: 'your-gcp-project',
      location: 'us-central1',
      credentials: GcpCredentials.workloadIdentityFederation({
        projectNumber: '123456789012',
        pool: 'your-workload-identity-pool',
        provider: 'your-identity-provider',
        impersonate: 'gateway@your-gcp-project.iam.gserviceaccount.com',
        token: { issuer: 'https://your-oidc-provider.com', clientId: 'your-oidc-client-id', clientSecret: StoredSecret.fromSecretName('gcp-client-secret') },
      }),
    });
    expect(world.spec('BackendSecurityPolicy')).toMatchObject({
      type: 'GCPCredentials',
      gcpCredentials: {
        projectName: 'your-gcp-project',
        region: 'us-central1',
        workloadIdentityFederationConfig: {
          projectID: '123456789012',
          workloadIdentityPoolName: 'your-workload-identity-pool',
          workloadIdentityProviderName: 'your-identity-provider',
          // The gateway appends the project and the domain.
          serviceAccountImpersonation: { serviceAccountName: 'gateway' },
          oidcExchangeToken: { oidc: { provider: { issuer: 'https://your-oidc-provider.com' }, clientID: 'your-oidc-client-id', clientSecret: { name: 'gcp-client-secret' } } },
        },
      },
    });
  });
});

test.each<[string, (world: World) => unknown, object]>([
  ['OpenAI: no version, which is ignored', world => openai(world), { name: 'OpenAI' }],
  ['Bedrock', world => new BedrockProvider(world.chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity() }), { name: 'AWSBedrock' }],
  ['Vertex AI', world => new VertexAIProvider(world.chart, 'p', { project: 'p', location: 'us-central1', credentials: GcpCredentials.adc() }), { name: 'GCPVertexAI' }],
  ['Claude on Vertex: with its version', world => new VertexAnthropicProvider(world.chart, 'p', { project: 'p', location: 'us-east5', credentials: GcpCredentials.adc() }),
    { name: 'GCPAnthropic', version: 'vertex-2023-10-16' }],
  ['a vendor with a path of its own: as prefix', world => new OpenAICompatibleProvider(world.chart, 'p', { vendor: Vendor.GROQ, apiKey: ApiKey.fromSecretName('groq') }),
    { name: 'OpenAI', prefix: '/openai/v1' }],
])('the schema of %s', (_, provider, schema) => {
  const world = new World();
  provider(world);
  expect(world.spec('AIServiceBackend').schema).toEqual(schema);
});

describe('routes', () => {
  test('two models at two providers', () => {
    const world = new World();
    const bedrock = new BedrockProvider(world.chart, 'bedrock-backend', { region: 'us-east-1', credentials: AwsCredentials.fromSecretName('aws') });
    world.gateway.addModel('gpt-4o-mini', openai(world).model());
    world.gateway.addModel('claude-3-sonnet', bedrock.model('anthropic.claude-3-sonnet-20240229-v1:0'));
    expect(world.spec('AIGatewayRoute', 'maas-gateway-gpt-4o-mini').rules).toEqual([{
      matches: [{ headers: [{ type: 'Exact', name: 'x-ai-eg-model', value: 'gpt-4o-mini' }] }],
      backendRefs: [{ name: 'maas-openai-backend' }],
      timeouts: { request: '300s' },
    }]);
    expect(world.spec('AIGatewayRoute', 'maas-gateway-claude-3-sonnet').rules[0].backendRefs).toEqual([
      { name: 'maas-bedrock-backend', modelNameOverride: 'anthropic.claude-3-sonnet-20240229-v1:0' },
    ]);
  });

  test('one provider for every model: a pattern, which no other route shadows', () => {
    const world = new World();
    world.gateway.addCatchAll(openai(world).model());
    expect(world.spec('AIGatewayRoute').rules[0].matches).toEqual([{ headers: [{ type: 'RegularExpression', name: 'x-ai-eg-model', value: '.+' }] }]);
  });

  test('a fallback: priorities and the policy that makes them true', () => {
    const world = new World();
    const groq = new OpenAICompatibleProvider(world.chart, 'groq-backend', { vendor: Vendor.GROQ, apiKey: ApiKey.fromSecretName('groq') });
    world.gateway.addModel('gpt-4o-mini', openai(world).model().fallbackTo(groq.model('llama-3.1-8b-instant')));
    expect(world.spec('AIGatewayRoute').rules[0].backendRefs.map((r: any) => r.priority)).toEqual([0, 1]);
    expect(world.spec('BackendTrafficPolicy').retry).toMatchObject({ numRetries: 1, numAttemptsPerPriority: 1 });
  });

  test('embeddings at a provider of their own', () => {
    const world = new World();
    world.gateway.addModel('gpt-4o-mini', openai(world).model());
    world.gateway.addModel('text-embedding-ada-002', openai(world, 'openai-embeddings-backend').model());
    expect(world.spec('AIGatewayRoute', 'maas-gateway-text-embedding-ada-002').rules[0].backendRefs).toEqual([{ name: 'maas-openai-embeddings-backend' }]);
  });

  test('what /v1/models shows stands on the rule', () => {
    const world = new World();
    world.gateway.addModel('gpt-4o-mini', openai(world).model(), { ownedBy: 'OpenAI', createdAt: new Date('2024-01-01T00:00:00Z') });
    expect(world.spec('AIGatewayRoute').rules[0]).toMatchObject({ modelsOwnedBy: 'OpenAI', modelsCreatedAt: '2024-01-01T00:00:00Z' });
  });
});

test('a model served by vLLM in the cluster, in plaintext and without key', () => {
  const world = new World();
  const vllm = new InClusterProvider(world.chart, 'vllm', { server: ModelServer.VLLM, service: InClusterService.fromServiceName('vllm', { namespace: 'models' }) });
  world.gateway.addModel('llama', vllm.model('meta-llama/Llama-3.1-8B-Instruct'));
  expect(world.spec('Backend').endpoints).toEqual([{ fqdn: { hostname: 'vllm.models.svc.cluster.local', port: 8000 } }]);
  expect(world.manifests().map(m => m.kind)).not.toContain('BackendTLSPolicy');
});
