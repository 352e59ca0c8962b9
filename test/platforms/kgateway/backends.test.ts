import { ApiObject, Chart, Lazy, Testing } from 'cdk8s';
import {
  AIGateway, AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider, Checks,
  GcpCredentials, GeminiProvider, HeaderMatch, InClusterProvider, InClusterService, IProvider, ModelServer, OpenAIProvider, Platform,
  Target, VertexAIProvider,
} from '../../../src';
import { judgeKgateway } from '../../judges/kgateway/judge';
import { silently } from '../../silently';

const key = ApiKey.fromSecretName('key');
const KEY = { kind: 'SecretRef', secretRef: { name: 'key' } };
const service = InClusterService.fromServiceName('litellm', { namespace: 'ai' });

/** Kinds of others need their CRD files, with which the contract suite judges them. */
function isOfKgateway({ apiVersion }: { apiVersion: string }): boolean {
  return apiVersion.startsWith('gateway.kgateway.dev/');
}

function program(write: (chart: Chart, gateway: AIGateway) => void) {
  const app = Testing.app();
  Platform.use(app, Platform.kgateway());
  const chart = new Chart(app, 'c', { namespace: 'ai', disableResourceNameHashes: true });
  write(chart, new AIGateway(chart, 'gw'));
  const found = Checks.findings(app);
  const manifests: any[] = found.some(f => f.severity === 'error') ? [] : silently(() => Testing.synth(chart));
  return {
    manifests,
    findings: found.map(f => f.message),
    backend: (name: string) => manifests.find(m => m.kind === 'Backend' && m.metadata.name.startsWith(name))?.spec,
    rule: manifests.find(m => m.kind === 'HTTPRoute')?.spec.rules[0],
  };
}

test.each<[string, (chart: Chart) => IProvider, string | undefined, object]>([
  ['OpenAI', c => new OpenAIProvider(c, 'p', { apiKey: key }), 'gpt-4', { openai: { authToken: KEY, model: 'gpt-4' } }],
  ['OpenAI, the client\'s model', c => new OpenAIProvider(c, 'p', { apiKey: key }), undefined, { openai: { authToken: KEY } }],
  ['the caller\'s own key', c => new OpenAIProvider(c, 'p', { apiKey: ApiKey.passThrough() }), undefined, { openai: { authToken: { kind: 'Passthrough' } } }],
  ['Anthropic', c => new AnthropicProvider(c, 'p', { apiKey: key }), 'claude-3-opus-20240229', { anthropic: { authToken: KEY, model: 'claude-3-opus-20240229' } }],
  ['Gemini', c => new GeminiProvider(c, 'p', { apiKey: key }), 'gemini-2.5-flash-lite', { gemini: { authToken: KEY, model: 'gemini-2.5-flash-lite', apiVersion: 'v1beta' } }],
  ['Bedrock with an access key', c => new BedrockProvider(c, 'p', { region: 'us-east-1', credentials: AwsCredentials.fromSecretName('aws') }), 'anthropic.claude-3-sonnet-20240229-v1:0',
    { bedrock: { region: 'us-east-1', model: 'anthropic.claude-3-sonnet-20240229-v1:0', auth: { type: 'Secret', secretRef: { name: 'aws' } } } }],
  ['Bedrock with the identity of the pods', c => new BedrockProvider(c, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity() }),
    'us.anthropic.claude-3-5-sonnet-20240620-v1:0', { bedrock: { region: 'us-east-1', model: 'us.anthropic.claude-3-5-sonnet-20240620-v1:0' } }],
  ['Azure OpenAI', c => new AzureOpenAIProvider(c, 'p', { resource: 'acme', credentials: AzureCredentials.fromApiKey(key), api: AzureOpenAIApi.deployments('2024-10-21') }), 'gpt4o-prod',
    { azureopenai: { authToken: KEY, endpoint: 'acme.openai.azure.com', deploymentName: 'gpt4o-prod', apiVersion: '2024-10-21' } }],
  ['Vertex AI', c => new VertexAIProvider(c, 'p', { project: 'demo', location: 'europe-west4', credentials: GcpCredentials.fromAccessToken(key) }), 'gemini-2.5-flash',
    { vertexai: { authToken: KEY, projectId: 'demo', location: 'europe-west4', publisher: 'GOOGLE', apiVersion: 'v1', model: 'gemini-2.5-flash' } }],
  ['LiteLLM', c => new InClusterProvider(c, 'p', { server: ModelServer.LITELLM, service, apiKey: key }), undefined,
    { openai: { authToken: KEY }, host: 'litellm.ai.svc.cluster.local', port: 4000 }],
  ['a server below a path', c => new InClusterProvider(c, 'p', { server: ModelServer.of({ port: 80, pathPrefix: '/api' }), service, apiKey: key }), undefined,
    { openai: { authToken: KEY }, host: 'litellm.ai.svc.cluster.local', port: 80, path: { full: '/api/chat/completions' } }],
])('%s', (_, provider, model, llm) => {
  const { manifests, findings, backend, rule } = program((chart, gateway) => void gateway.addPath('/p', provider(chart).model(model)));
  expect(backend(rule.backendRefs[0].name)).toEqual({ type: 'AI', ai: { llm } });
  expect(findings).toEqual([]);
  expect(judgeKgateway(manifests.filter(isOfKgateway))).toEqual([]);
});

test('a transparent server is a static Backend without key', () => {
  const { backend, findings } = program((chart, gateway) => void gateway.addPath('/v1', new InClusterProvider(chart, 'p', { server: ModelServer.LITELLM, service, transparent: true }).model()));
  expect(backend('c-p')).toEqual({ type: 'Static', static: { hosts: [{ host: 'litellm.ai.svc.cluster.local', port: 4000 }] } });
  expect(findings).toEqual([]);
});

test('the caller\'s credentials are removed by the rule, before the provider\'s own is written', () => {
  const filters = (apiKey: ApiKey) => program((chart, gateway) => void gateway.addPath('/p', new OpenAIProvider(chart, 'p', { apiKey, headers: { set: { 'x-a': 'b' } } }).model())).rule.filters;
  const changes = (remove: string[]) => [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'x-a', value: 'b' }], remove } }];
  expect(filters(key)).toEqual(changes(['api-key', 'authorization', 'cookie', 'x-api-key']));
  expect(filters(ApiKey.passThrough())).toEqual(changes(['api-key', 'cookie', 'x-api-key']));
});

test('levels of a fallback, with a warning of what they do not do', () => {
  const { backend, findings, manifests } = program((chart, gateway) => {
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: key });
    const claude = new AnthropicProvider(chart, 'claude', { apiKey: key });
    gateway.addPath('/chat', openai.model('gpt-4').fallbackTo(claude.model('claude-3-5-sonnet-20241022')).fallbackTo(openai.model('gpt-3.5-turbo')));
  });
  expect(backend('c-gw-path-chat').ai.priorityGroups).toEqual([
    { providers: [{ name: 'c-openai', openai: { authToken: KEY, model: 'gpt-4' } }] },
    { providers: [{ name: 'c-claude', anthropic: { authToken: KEY, model: 'claude-3-5-sonnet-20241022' } }] },
    { providers: [{ name: 'c-openai', openai: { authToken: KEY, model: 'gpt-3.5-turbo' } }] },
  ]);
  expect(findings.map(message => message.replace(/^.*\[/, '['))).toEqual(['[FALLBACK_AFTER_FAILURE]']);
  expect(judgeKgateway(manifests.filter(isOfKgateway))).toEqual([]);
});

test.each<[string, (chart: Chart) => Target, string]>([
  ['Gemini without a model', c => new GeminiProvider(c, 'p', { apiKey: key }).model(), "'target' leaves the model of c/p to the client, while kgateway v2.1 needs its name; give it: provider.model(\"…\") [MODEL_NAME_NEEDED]"],
  ['a key for a transparent server', c => new InClusterProvider(c, 'p', { server: ModelServer.LITELLM, service, transparent: true, apiKey: key }).model(), "'apiKey' is for a transparent provider, to which kgateway v2.1 sends no key"],
  ['targets with different headers', c => new OpenAIProvider(c, 'p', { apiKey: key }).model('a').fallbackTo(new OpenAIProvider(c, 'q', { apiKey: key, organization: 'org' }).model('b')),
    "'target' has targets with different changes of headers"],
])('%s is refused', (_, target, message) => {
  const { findings } = program((chart, gateway) => void gateway.addPath('/p', target(chart)));
  expect(findings.join('\n')).toContain(message);
});

test('a model is routed by path instead', () => {
  const { findings } = program((chart, gateway) => void gateway.addModel('gpt-4o', new OpenAIProvider(chart, 'p', { apiKey: key }).model()));
  expect(findings).toEqual([
    "'model' is a model in the body of requests, by which kgateway v2.1 cannot route, got [\"gpt-4o\"]; route by path with addPath() or PathRoute, or use agentgateway with Platform.use() [NOT_EXPRESSIBLE]",
  ]);
});

test('a catch-all takes every path', () => {
  const { rule, findings } = program((chart, gateway) => void gateway.addCatchAll(new OpenAIProvider(chart, 'p', { apiKey: key }).model()));
  expect(rule.matches).toEqual([{ path: { type: 'PathPrefix', value: '/' } }]);
  expect(findings).toEqual([]);
});

test('of a provider that needs a model there is a Backend for each', () => {
  const app = Testing.app();
  Platform.use(app, Platform.kgateway());
  const chart = new Chart(app, 'c', { namespace: 'ai' });
  const gemini = new GeminiProvider(chart, 'p', { apiKey: key });
  expect(gemini.node.findAll().filter(ApiObject.isApiObject)).toHaveLength(0);
  new AIGateway(chart, 'gw').addPath('/a', gemini.model('x'));
  new AIGateway(chart, 'gw2').addPath('/a', gemini.model('x'));
  expect(gemini.node.findAll().filter(ApiObject.isApiObject).map(object => object.kind)).toEqual(['Backend']);
});

test('a model that is known only at synthesis names no Backend', () => {
  const { findings } = program((chart, gateway) => {
    gateway.addPath('/a', new OpenAIProvider(chart, 'p', { apiKey: key }).model(Lazy.any({ produce: () => 'gpt-4o' }) as unknown as string));
  });
  expect(findings).toEqual([expect.stringContaining("'target' names a model that is known only at synthesis, while on kgateway v2.1 it is part of an object's name")]);
});

test('conditions on headers stand beside the path', () => {
  const { rule } = program((chart, gateway) => {
    gateway.addPath('/a', new OpenAIProvider(chart, 'p', { apiKey: key }).model(), { headerMatches: [HeaderMatch.exact('x-team', 'blue')] });
  });
  expect(rule.matches).toEqual([{ path: { type: 'PathPrefix', value: '/a' }, headers: [{ type: 'Exact', name: 'x-team', value: 'blue' }] }]);
});
