import { Chart, Testing } from 'cdk8s';
import {
  AIGateway, AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider, Checks,
  GcpCredentials, GeminiProvider, InClusterProvider, InClusterService, ModelServer, OpenAIProvider, PathMatch, PathRewrite, PathRoute, Platform,
  SecretStore, Traffic, VertexAIProvider,
} from '../../src';
import { silently } from '../silently';

/** Providers by path, with keys from 1Password, as guides for kgateway show them; in the forms that kgateway 2.1 and agentgateway read. */
const store = SecretStore.cluster('onepassword');
const key = (entry: string, property: string) => ApiKey.fromExternalSecretExtract({ store, key: entry, property });
const openai = (chart: Chart) => new OpenAIProvider(chart, 'openai', { apiKey: key('openai-credentials', 'OPENAI_API_KEY') });
const anthropic = (chart: Chart) => new AnthropicProvider(chart, 'anthropic', { apiKey: key('anthropic-credentials', 'ANTHROPIC_API_KEY') });
const gemini = (chart: Chart) => new GeminiProvider(chart, 'gemini', { apiKey: key('google-ai-credentials', 'GOOGLE_AI_API_KEY') });
const bedrock = (chart: Chart, credentials: AwsCredentials) => new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials });
const accessKey = () => AwsCredentials.fromExternalSecretExtract({
  store, key: 'aws-bedrock-credentials', accessKeyIdProperty: 'AWS_ACCESS_KEY_ID', secretAccessKeyProperty: 'AWS_SECRET_ACCESS_KEY', sessionTokenProperty: 'AWS_SESSION_TOKEN',
});
const azure = (chart: Chart) => new AzureOpenAIProvider(chart, 'azure', {
  resource: 'your-resource', api: AzureOpenAIApi.deployments('2024-10-21'), credentials: AzureCredentials.fromApiKey(key('azure-openai-credentials', 'AZURE_OPENAI_API_KEY')),
});
const litellm = (chart: Chart, transparent: boolean) => new InClusterProvider(chart, 'litellm', {
  server: ModelServer.LITELLM, service: InClusterService.fromServiceName('litellm', { namespace: 'ai' }), transparent,
  apiKey: transparent ? ApiKey.passThrough() : key('litellm-credentials', 'LITELLM_KEY'),
});

function synthesized(platform: Platform, write: (chart: Chart, gateway: AIGateway) => void) {
  const app = Testing.app();
  Platform.use(app, platform);
  const chart = new Chart(app, 'c', { namespace: 'ai-system', disableResourceNameHashes: true });
  write(chart, new AIGateway(chart, 'gateway', { name: 'agentgateway' }));
  expect(Checks.findings(app).filter(({ code }) => code !== 'FALLBACK_AFTER_FAILURE').map(f => f.message)).toEqual([]);
  const manifests: any[] = silently(() => Testing.synth(chart));
  const of = (kind: string, name?: string) => manifests.find(m => m.kind === kind && (name === undefined || m.metadata.name.startsWith(name)))?.spec;
  return { of, manifests };
}

const kgateway = (write: (chart: Chart, gateway: AIGateway) => void) => synthesized(Platform.kgateway(), write);
const agentgateway = (write: (chart: Chart, gateway: AIGateway) => void) => synthesized(Platform.agentgateway(), write);

test.each<[string, (chart: Chart) => unknown, string, string]>([
  ['OpenAI', openai, 'openai-credentials', 'OPENAI_API_KEY'],
  ['Anthropic', anthropic, 'anthropic-credentials', 'ANTHROPIC_API_KEY'],
  ['Gemini', gemini, 'google-ai-credentials', 'GOOGLE_AI_API_KEY'],
  ['Azure OpenAI', azure, 'azure-openai-credentials', 'AZURE_OPENAI_API_KEY'],
])('the ExternalSecret of %s', (_, provider, entry, property) => {
  for (const make of [kgateway, agentgateway]) {
    const { dataFrom, target, secretStoreRef } = make(chart => void provider(chart)).of('ExternalSecret');
    expect(secretStoreRef).toEqual({ kind: 'ClusterSecretStore', name: 'onepassword' });
    expect(dataFrom).toEqual([{ extract: expect.objectContaining({ key: entry }) }]);
    expect(Object.keys(target.template.data)).toEqual(['Authorization']);
    expect(target.template.data.Authorization).toContain(property);
  }
});

test('the ExternalSecret of Bedrock leaves out a session token that is not there', () => {
  for (const make of [kgateway, agentgateway]) {
    const { template } = make(chart => void bedrock(chart, accessKey())).of('ExternalSecret').target;
    expect(Object.keys(template.data)).toEqual(['accessKey', 'secretKey']);
    expect(template.templateFrom[0].literal).toContain('with index . "AWS_SESSION_TOKEN"');
  }
});

const SECRET = (name: string) => ({ kind: 'SecretRef', secretRef: { name: `c-${name}` } });
const auth = (name: string) => ({ secretRef: { name: `c-${name}` } });

/** Each row: the provider with its model, a Backend of kgateway, a provider of agentgateway and its credential. */
test.each<[string, (chart: Chart, gateway: AIGateway) => void, object, object, object | undefined]>([
  ['OpenAI', (c, g) => void g.addPath('/p', openai(c).model('gpt-4')), { openai: { authToken: SECRET('openai'), model: 'gpt-4' } }, { openai: { model: 'gpt-4' } }, auth('openai')],
  ['Anthropic', (c, g) => void g.addPath('/p', anthropic(c).model('claude-3-opus-20240229')), { anthropic: { authToken: SECRET('anthropic'), model: 'claude-3-opus-20240229' } },
    { anthropic: { model: 'claude-3-opus-20240229' } }, auth('anthropic')],
  ['Gemini', (c, g) => void g.addPath('/p', gemini(c).model('gemini-2.5-flash-lite')), { gemini: { authToken: SECRET('gemini'), model: 'gemini-2.5-flash-lite', apiVersion: 'v1beta' } },
    { gemini: { model: 'gemini-2.5-flash-lite' } }, auth('gemini')],
  ['Bedrock with an access key', (c, g) => void g.addPath('/p', bedrock(c, accessKey()).model('anthropic.claude-3-sonnet-20240229-v1:0')),
    { bedrock: { model: 'anthropic.claude-3-sonnet-20240229-v1:0', region: 'us-east-1', auth: { type: 'Secret', secretRef: { name: 'c-bedrock' } } } },
    { bedrock: { model: 'anthropic.claude-3-sonnet-20240229-v1:0', region: 'us-east-1' } }, { aws: { secretRef: { name: 'c-bedrock' } } }],
  ['Bedrock with a role of the pods', (c, g) => void g.addPath('/p', bedrock(c, AwsCredentials.irsa('arn:aws:iam::111122223333:role/llm')).model('us.anthropic.claude-3-5-sonnet-20240620-v1:0')),
    { bedrock: { model: 'us.anthropic.claude-3-5-sonnet-20240620-v1:0', region: 'us-east-1' } },
    { bedrock: { model: 'us.anthropic.claude-3-5-sonnet-20240620-v1:0', region: 'us-east-1' } }, { aws: {} }],
  ['Azure OpenAI', (c, g) => void g.addPath('/p', azure(c).model('gpt-4-deployment')),
    { azureopenai: { endpoint: 'your-resource.openai.azure.com', deploymentName: 'gpt-4-deployment', apiVersion: '2024-10-21', authToken: SECRET('azure') } },
    { azure: { resourceName: 'your-resource', resourceType: 'OpenAI', apiVersion: '2024-10-21', model: 'gpt-4-deployment' } }, { ...auth('azure'), location: { header: { name: 'api-key' } } }],
  ['Vertex AI', (c, g) => void g.addPath('/p', new VertexAIProvider(c, 'vertex', {
    project: 'your-gcp-project-id', location: 'us-central1', credentials: GcpCredentials.fromAccessToken(ApiKey.fromSecretName('c-vertex')),
  }).model('gemini-pro')),
  { vertexai: { projectId: 'your-gcp-project-id', location: 'us-central1', publisher: 'GOOGLE', apiVersion: 'v1', model: 'gemini-pro', authToken: SECRET('vertex') } },
  { vertexai: { projectId: 'your-gcp-project-id', region: 'us-central1', model: 'gemini-pro' } }, auth('vertex')],
  ['LiteLLM, read by the gateway', (c, g) => void g.addPath('/p', litellm(c, false).model()),
    { openai: { authToken: SECRET('litellm') }, host: 'litellm.ai.svc.cluster.local', port: 4000 },
    { openai: {}, host: 'litellm.ai.svc.cluster.local', port: 4000, pathPrefix: '/v1' }, auth('litellm')],
])('%s', (_, write, backend, provider, credential) => {
  const used = (kind: string, { of, manifests }: ReturnType<typeof synthesized>) => of(kind, manifests.find(m => m.kind === 'HTTPRoute').spec.rules[0].backendRefs[0].name);
  expect(used('Backend', kgateway(write))).toEqual({ type: 'AI', ai: { llm: backend } });
  const { ai, policies } = used('AgentgatewayBackend', agentgateway(write));
  expect(ai.provider).toEqual(provider);
  expect(policies.auth).toEqual(credential);
});

test('a role of the pods is on the service account of the gateway', () => {
  const write = (chart: Chart, gateway: AIGateway) => void gateway.addPath('/p', bedrock(chart, AwsCredentials.irsa('arn:aws:iam::111122223333:role/llm')).model('us.amazon.nova-pro-v1:0'));
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/llm' };
  expect(kgateway(write).of('GatewayParameters')).toEqual({ kube: { serviceAccount: { extraAnnotations: annotations } } });
  expect(agentgateway(write).of('AgentgatewayParameters')).toEqual({ serviceAccount: { metadata: { annotations } } });
});

test('LiteLLM, unread by the gateway', () => {
  const write = (chart: Chart, gateway: AIGateway) => void gateway.addPath('/v1', litellm(chart, true).model());
  expect(kgateway(write).of('Backend')).toEqual({ type: 'Static', static: { hosts: [{ host: 'litellm.ai.svc.cluster.local', port: 4000 }] } });
  expect(agentgateway(write).of('AgentgatewayBackend').static).toEqual({ host: 'litellm.ai.svc.cluster.local', port: 4000 });
});

test('two providers that share the load, and a cheaper one behind them', () => {
  const write = (chart: Chart, gateway: AIGateway) => {
    const first = openai(chart);
    gateway.addPath('/chat', Traffic.split([{ to: first.model('gpt-4'), weight: 1 }, { to: anthropic(chart).model('claude-3-5-sonnet-20241022'), weight: 1 }]).fallbackTo(first.model('gpt-3.5-turbo')));
  };
  const groupsOf = ({ manifests }: ReturnType<typeof synthesized>, kind: string) => {
    const { backendRefs } = manifests.find(m => m.kind === 'HTTPRoute').spec.rules[0];
    return backendRefs.map(({ name, weight }: any) => {
      const { ai } = manifests.find(m => m.kind === kind && m.metadata.name === name).spec;
      return [weight, (ai.priorityGroups ?? ai.groups).map((group: any) => group.providers.map((p: any) => (p.openai ?? p.anthropic).model))];
    });
  };
  const chains = [[1, [['gpt-4'], ['gpt-3.5-turbo']]], [1, [['claude-3-5-sonnet-20241022'], ['gpt-3.5-turbo']]]];
  expect(groupsOf(kgateway(write), 'Backend')).toEqual(chains);
  expect(groupsOf(agentgateway(write), 'AgentgatewayBackend')).toEqual(chains);
  // Without it the second group is never used.
  expect(agentgateway(write).of('AgentgatewayBackend', 'c-gateway-path-chat').policies.health.eviction).toEqual({ duration: '30s', consecutiveFailures: 1 });
});

test('one route for all of them', () => {
  const write = (chart: Chart, gateway: AIGateway) => void new PathRoute(chart, 'llm-routes', {
    gateways: [gateway],
    entries: [
      { path: PathMatch.prefix('/openai'), target: openai(chart).model('gpt-4'), rewrite: PathRewrite.full('/v1/chat/completions') },
      { path: PathMatch.prefix('/anthropic'), target: anthropic(chart).model() },
      { path: PathMatch.prefix('/gemini'), target: gemini(chart).model('gemini-2.5-flash-lite') },
      { path: PathMatch.prefix('/bedrock'), target: bedrock(chart, accessKey()).model('us.amazon.nova-pro-v1:0') },
      { path: PathMatch.prefix('/v1'), target: litellm(chart, true).model() },
    ],
  });
  const rulesOf = ({ manifests }: ReturnType<typeof synthesized>) => {
    const routes = manifests.filter(m => m.kind === 'HTTPRoute');
    expect(routes).toHaveLength(1);
    expect(routes[0].spec.parentRefs).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'agentgateway' }]);
    return routes[0].spec.rules.map(({ matches, filters = [], backendRefs }: any) => [
      matches[0].path.value, filters.find((filter: any) => filter.type === 'URLRewrite')?.urlRewrite.path, backendRefs[0].group, backendRefs[0].kind,
    ]);
  };
  const paths = ['/openai', '/anthropic', '/gemini', '/bedrock', '/v1'];
  const rewritten = { type: 'ReplaceFullPath', replaceFullPath: '/v1/chat/completions' };
  expect(rulesOf(kgateway(write))).toEqual(paths.map((path, index) => [path, index === 0 ? rewritten : undefined, 'gateway.kgateway.dev', 'Backend']));
  expect(rulesOf(agentgateway(write))).toEqual(paths.map((path, index) => [path, index === 0 ? rewritten : undefined, 'agentgateway.dev', 'AgentgatewayBackend']));
});
