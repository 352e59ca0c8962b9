import { ApiObject, Chart, Duration, Lazy, Testing } from 'cdk8s';
import {
  AIGateway, AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIEndpoint, AzureOpenAIProvider,
  BedrockEndpoint, BedrockProvider, Checks, CohereProvider, GcpCredentials, GeminiProvider, HeaderMatch, InClusterProvider, InClusterService,
  IProvider, JsonValue, ModelServer, OpenAICompatibleProvider, OpenAIProvider, PathRewrite, Platform, ProviderTls, RouteEntryOptions,
  StoredSecret, Target, Traffic, Vendor, VertexAIProvider, VertexAnthropicProvider,
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

test('weights, times and rewrites are those of the rule', () => {
  const { rule, findings } = program((chart, gateway) => {
    const [a, b] = ['a', 'b'].map(id => new OpenAIProvider(chart, id, { apiKey: key }));
    gateway.addPath('/p', Traffic.split([{ to: a.model(), weight: 9 }, { to: b.model(), weight: 1 }]), { rewrite: PathRewrite.full('/v1/chat/completions'), timeout: Duration.minutes(2) });
  });
  expect(rule.backendRefs).toEqual([
    { group: 'gateway.kgateway.dev', kind: 'Backend', name: 'c-a', weight: 9 }, { group: 'gateway.kgateway.dev', kind: 'Backend', name: 'c-b', weight: 1 },
  ]);
  expect(rule.filters[1]).toEqual({ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/v1/chat/completions' } } });
  expect(rule.timeouts).toEqual({ request: '120s' });
  expect(findings).toEqual([]);
});

test.each<[string, RouteEntryOptions, string]>([
  ['retries', { retries: 2 }, "'retries' repeats requests, which kgateway v2.1 cannot do"],
  ['silence of a stream', { streamIdleTimeout: Duration.seconds(5) }, "'streamIdleTimeout' limits the silence of a stream, which kgateway v2.1 cannot do"],
  ['an owner', { ownedBy: 'me' }, "'ownedBy' is for a list of models, which kgateway v2.1 cannot do"],
])('%s of an entry are refused', (_, options, message) => {
  const { findings } = program((chart, gateway) => void gateway.addPath('/p', new OpenAIProvider(chart, 'p', { apiKey: key }).model(), options));
  expect(findings).toEqual([expect.stringContaining(message)]);
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
  ['a vendor, which is a host with TLS', c => new OpenAICompatibleProvider(c, 'p', { vendor: Vendor.GROQ, apiKey: key }).model('m'), "'vendor' leads to an address of its own with TLS, to which kgateway v2.1 would speak in plaintext"],
  ['a host of OpenAI\'s in the EU', c => new OpenAIProvider(c, 'p', { hostname: 'eu.api.openai.com', apiKey: key }).model(), "'hostname' leads to an address of its own with TLS"],
  ['Azure Foundry', c => new AzureOpenAIProvider(c, 'p', { resource: 'acme', endpoint: AzureOpenAIEndpoint.foundry(), credentials: AzureCredentials.fromApiKey(key) }).model('m'),
    "'api' calls Azure OpenAI without a version, which kgateway v2.1 cannot do; use AzureOpenAIApi.deployments()"],
  ['Claude on Vertex AI', c => new VertexAnthropicProvider(c, 'p', { project: 'demo', location: 'us-east5', credentials: GcpCredentials.fromAccessToken(key) }).model('claude-sonnet-4@20250514'),
    "'class' speaks the vertex-anthropic API, for which kgateway v2.1 has no provider"],
  ['Cohere', c => new CohereProvider(c, 'p', { apiKey: key }).model('rerank-v3.5'), "'class' speaks the cohere API, for which kgateway v2.1 has no provider"],
  ['another endpoint of Bedrock', c => new BedrockProvider(c, 'p', { region: 'us-east-1', endpoint: BedrockEndpoint.fips(), credentials: AwsCredentials.podIdentity() }).model('us.amazon.nova-pro-v1:0'),
    "'endpoint' leads to another address than the usual one, which kgateway v2.1 cannot call for this API"],
  ['another port of Anthropic', c => new AnthropicProvider(c, 'p', { port: 8443, apiKey: key }).model('claude-x'), "'port' leads to another address than the usual one, which kgateway v2.1 cannot call for this API, got \"api.anthropic.com:8443\""],
  ['a private authority', c => new OpenAIProvider(c, 'p', { hostname: 'llm.internal', tls: ProviderTls.privateCa('ca'), apiKey: key }).model(), "'hostname' leads to an address of its own with TLS"],
  ['no credential', c => new InClusterProvider(c, 'p', { server: ModelServer.VLLM, service }).model(), "'apiKey' is none, while kgateway v2.1 always sends one"],
  ['a data key of one\'s own', c => new OpenAIProvider(c, 'p', { apiKey: ApiKey.fromSecretName('k', { key: 'openai' }) }).model(), "'apiKey' is under the data key \"openai\", while kgateway v2.1 reads an API key from \"Authorization\" only"],
  ['a Secret in another namespace', c => new OpenAIProvider(c, 'p', { apiKey: ApiKey.fromSecretName('k', { namespace: 'vaults' }) }).model(), "'apiKey' is in namespace vaults"],
  ['an application of Azure', c => new AzureOpenAIProvider(c, 'p', {
    resource: 'acme', api: AzureOpenAIApi.deployments('2024-10-21'), credentials: AzureCredentials.clientSecret({ clientId: 'c', tenantId: 't', secret: StoredSecret.fromSecretName('s') }),
  }).model('m'), "'credentials' are an identity of Microsoft Entra, for which kgateway v2.1 gets no tokens; use AzureCredentials.fromApiKey()"],
  ['a role that is assumed', c => new BedrockProvider(c, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity({ assumeRole: 'arn:aws:iam::111122223333:role/r' }) }).model('us.amazon.nova-pro-v1:0'),
    "'credentials' assume a role, which kgateway v2.1 cannot do"],
  ['an identity of Google', c => new VertexAIProvider(c, 'p', { project: 'demo', location: 'us-east5', credentials: GcpCredentials.adc() }).model('gemini-2.5-flash'),
    "'credentials' are an identity of Google Cloud, for which kgateway v2.1 gets no tokens; use GcpCredentials.fromAccessToken()"],
  ['changes of bodies', c => new OpenAIProvider(c, 'p', { apiKey: key, body: { set: { user: JsonValue.text('gw') } } }).model(), "'body' changes bodies of requests, which kgateway v2.1 cannot do"],
  ['changes of bodies by a target', c => new OpenAIProvider(c, 'p', { apiKey: key }).model('m', { body: { set: { user: JsonValue.text('gw') } } }), "'target' changes bodies of requests, which kgateway v2.1 cannot do"],
  ['a provider of another namespace', c => new OpenAIProvider(new Chart(c, 'other', { namespace: 'other' }), 'p', { apiKey: key }).model(), 'of another namespace, which kgateway v2.1 is not known to allow'],
  ['thirty-three levels', c => Array.from({ length: 33 }, (_, n) => new OpenAIProvider(c, `p${n}`, { apiKey: key }).model()).reduce<Target>((target, next) => target.fallbackTo(next), new OpenAIProvider(c, 'p', { apiKey: key }).model()),
    "'target' has more than 32 levels of 32 providers"],
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
