import { Duration, Size } from 'cdk8s';
import { PlatformId } from './platforms';
import { World } from './world';
import {
  AIGateway, AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockAnthropicProvider,
  BedrockEndpoint, BedrockProvider, ClientApi, CohereProvider, EnvVariable, ExistingProvider, GcpCredentials, GeminiProvider,
  HeaderMatch, InClusterProvider, InClusterService, JsonValue, Listener, ModelMatch, ModelRoute, ModelServer, OpenAICompatibleProvider,
  OpenAIProvider, PathMatch, PathRewrite, PathRoute, ProviderTls, ProxyLogLevel, ProxyServiceType, StoredSecret, Traffic, Vendor,
  VertexAIProvider, VertexAnthropicProvider,
} from '../../src';

/** What a platform makes of a declaration: `from v1.4` is the first release that has it. */
export type Support = 'yes' | 'no' | `from ${string}`;

export interface Declaration {
  /** What is declared, as documentation says it. */
  readonly what: string;
  readonly program: (world: World) => void;
  readonly on: { readonly [platform in PlatformId]: Support };
  /** Codes of warnings that come along on some platforms. */
  readonly warnings?: readonly string[];
}

export interface Section {
  readonly title: string;
  readonly declarations: readonly Declaration[];
}

type Row = readonly [
  what: string, envoyAIGateway: Support, agentgateway: Support, kgateway: Support, toy: Support, program: Declaration['program'], warnings?: string[],
];

function section(title: string, rows: readonly Row[]): Section {
  return {
    title,
    declarations: rows.map(([what, envoyAIGateway, agentgateway, kgateway, toy, program, warnings]) => (
      { what, program, warnings, on: { 'envoy-ai-gateway': envoyAIGateway, agentgateway, kgateway, toy } })),
  };
}

const FALLBACK = ['FALLBACK_AFTER_FAILURE'];
const oidc = { issuer: 'https://login.example.com', clientId: 'gateway', clientSecret: StoredSecret.fromSecretName('oidc') };
const onVertex = { project: 'acme-prod', location: 'us-central1' };
const azureKey = (world: World) => AzureCredentials.fromApiKey(world.key());
const service = InClusterService.fromServiceName('llm', { namespace: 'models' });

/** What programs declare, and what each platform makes of it: the result, or a refusal that names the platform and the property. */
export const table: readonly Section[] = [
  section('Routes', [
    //                                            Envoy AI Gateway, agentgateway, kgateway, toy
    ['a model by its name', 'yes', 'yes', 'no', 'no', w => void w.gateway.addModel('gpt-4o', w.a.model())],
    ['model names with odd characters', 'yes', 'yes', 'no', 'no', w => {
      for (const name of ['vendor/Model.v1:free@x', 'a "quoted" name', '100%', '*', 'n', '1e3', '2024-01-01', 'x'.repeat(200)]) w.gateway.addModel(name, w.a.model());
    }],
    ['patterns of model names, and a catch-all', 'yes', 'yes', 'no', 'no', w => {
      w.gateway.addPattern('gpt-4.*', w.a.model());
      w.gateway.addPattern('gpt-.*', w.b.model());
      w.gateway.addCatchAll(w.a.model());
    }],
    ['patterns of which one has a fallback', 'from v1.1', 'yes', 'no', 'no', w => {
      w.gateway.addPattern('gpt-.*', w.a.model().fallbackTo(w.b.model()));
      w.gateway.addCatchAll(w.a.model());
    }, FALLBACK],
    ['a pattern with a condition on a header', 'yes', 'no', 'no', 'no', w => void w.gateway.addPattern('gpt-.*', w.a.model(), { headerMatches: [HeaderMatch.exact('x-team', 'blue')] })],
    ['fifteen models in one route, on two gateways', 'yes', 'yes', 'no', 'no', w => void new ModelRoute(w.chart, 'route', {
      gateways: [w.gateway, new AIGateway(w.chart, 'second')],
      entries: Array.from({ length: 15 }, (_, n) => ({ match: ModelMatch.exact(`m${n}`, `n${n}`), target: w.a.model() })),
    })],
    ['a path', 'no', 'yes', 'yes', 'yes', w => void w.gateway.addPath('/openai', w.a.model())],
    ['a path that is rewritten', 'no', 'yes', 'yes', 'no', w => {
      w.gateway.addPath('/openai', w.a.model(), { rewrite: PathRewrite.full('/v1/chat/completions') });
      w.gateway.addPath('/standby', w.b.model(), { rewrite: PathRewrite.prefix('/') });
    }],
    ['a whole path beside its prefix', 'no', 'yes', 'yes', 'no', w => void new PathRoute(w.chart, 'paths', {
      gateways: [w.gateway],
      entries: [{ path: PathMatch.exact('/chat'), target: w.a.model() }, { path: PathMatch.prefix('/chat'), target: w.b.model() }],
    })],
    ['conditions on headers', 'yes', 'yes', 'yes', 'no', w => w.serve(w.a.model(), { headerMatches: [HeaderMatch.exact('x-team', 'blue'), HeaderMatch.pattern('x-tier', 'gold|silver')] })],
    ['hostnames', 'from v0.7', 'yes', 'yes', 'no', w => w.serve(w.a.model(), { hostnames: ['ai.example.com', '*.ai.example.com'] })],
    ['a route in another namespace than its provider', 'yes', 'from v1.4', 'no', 'no', w => void (w.routesBy === 'model'
      ? new ModelRoute(w.apps, 'route', { gateways: [w.gateway], entries: [{ match: ModelMatch.exact('m'), target: w.a.model() }] })
      : new PathRoute(w.apps, 'route', { gateways: [w.gateway], entries: [{ path: PathMatch.prefix('/m'), target: w.a.model() }] }))],
    ['owner and date in /v1/models', 'yes', 'no', 'no', 'no', w => w.serve(w.a.model(), { ownedBy: 'OpenAI', createdAt: new Date('2024-05-01T00:00:00Z') })],
    ['client APIs that must be served', 'yes', 'yes', 'yes', 'no', w => w.serve(w.a.model(), { apis: [ClientApi.CHAT_COMPLETIONS] })],
  ]),
  section('Traffic', [
    ['another model name for the provider', 'yes', 'yes', 'yes', 'no', w => w.serve(w.a.model('gpt-4o-2024-08-06'))],
    ['a split by weights', 'yes', 'yes', 'yes', 'no', w => w.serve(Traffic.split([{ to: w.a.model(), weight: 90 }, { to: w.b.model('small'), weight: 10 }]))],
    ['a split over sixteen providers', 'yes', 'yes', 'yes', 'no', w => w.serve(Traffic.split(Array.from({ length: 16 }, (_, n) => ({ to: w.openai(`p${n}`).model(), weight: 1 }))))],
    ['a chain of three fallbacks', 'yes', 'yes', 'yes', 'yes', w => w.serve(w.a.model().fallbackTo(w.b.model()).fallbackTo(w.c.model())), FALLBACK],
    ['a split with a fallback', 'yes', 'yes', 'yes', 'no', w => w.serve(
      Traffic.split([{ to: w.a.model('x'), weight: 90 }, { to: w.b.model('y'), weight: 10 }]).fallbackTo(w.c.model('z'))), FALLBACK],
    ['a fallback that is an even split', 'yes', 'yes', 'yes', 'no', w => w.serve(
      w.a.model().fallbackTo(Traffic.split([{ to: w.b.model(), weight: 1 }, { to: w.c.model(), weight: 1 }]))), FALLBACK],
    ['a fallback that is an uneven split', 'yes', 'no', 'no', 'no', w => w.serve(
      w.a.model().fallbackTo(Traffic.split([{ to: w.b.model(), weight: 9 }, { to: w.c.model(), weight: 1 }]))), FALLBACK],
    ['a split whose members have fallbacks of their own', 'no', 'yes', 'yes', 'no', w => w.serve(
      Traffic.split([{ to: w.a.model().fallbackTo(w.b.model()), weight: 4 }, { to: w.c.model().fallbackTo(w.b.model()), weight: 1 }])), FALLBACK],
    ['the time of a whole answer', 'yes', 'yes', 'yes', 'no', w => {
      w.serve(w.a.model(), { timeout: Duration.minutes(10) });
      w.serve(w.a.model(), { timeout: Duration.millis(1500) }, 'odd');
      w.serve(w.a.model(), { timeout: Duration.seconds(0) }, 'endless');
    }],
    ['the longest silence of a stream', 'from v1.1', 'no', 'no', 'no', w => w.serve(w.a.model(), { streamIdleTimeout: Duration.seconds(30) })],
    ['retries', 'yes', 'yes', 'no', 'no', w => w.serve(w.a.model(), { retries: 3 })],
    ['status codes that count as failures', 'yes', 'yes', 'no', 'no', w => w.serve(w.a.model().fallbackTo(w.b.model()), { failover: { statusCodes: [429, 503] } }), FALLBACK],
    ['the time of one attempt', 'yes', 'yes', 'no', 'no', w => w.serve(w.a.model().fallbackTo(w.b.model()), { failover: { perTryTimeout: Duration.seconds(90) } }), FALLBACK],
    ['attempts before the next fallback', 'yes', 'yes', 'no', 'no', w => w.serve(w.a.model().fallbackTo(w.b.model()), { failover: { attemptsPerLevel: 2 } }), FALLBACK],
    ['how long a failing provider is skipped', 'yes', 'yes', 'no', 'no', w => w.serve(w.a.model().fallbackTo(w.b.model()), { failover: { ejectionTime: Duration.minutes(2) } }), FALLBACK],
    ['the time to open a connection', 'yes', 'no', 'no', 'no', w => w.serve(w.a.model().fallbackTo(w.b.model()), { failover: { connectTimeout: Duration.millis(250) } }), FALLBACK],
    ['503 at once while all providers fail', 'yes', 'no', 'no', 'no', w => w.serve(w.a.model().fallbackTo(w.b.model()), { failover: { failFast: true } }), FALLBACK],
  ]),
  section('Changes of requests', [
    ['headers of a provider', 'yes', 'yes', 'yes', 'no', w => w.serve(new OpenAIProvider(w.chart, 'p', {
      apiKey: w.key(), organization: 'org-abc', headers: { set: { 'x-team': 'a "b" \\c' }, remove: ['x-request-id'] },
    }).model())],
    ['headers of one target', 'yes', 'yes', 'yes', 'no', w => w.serve(w.a.model('x', { headers: { set: { 'x-cost-center': 'research' }, remove: ['x-request-id'] } }))],
    ['fields of the body', 'yes', 'yes', 'no', 'no', w => w.serve(w.a.model('x', { body: { set: { 'temperature': JsonValue.number(0.2), 'with.dot': JsonValue.json('{"a":[1]}') } } }))],
    ['fields inside of fields', 'yes', 'no', 'no', 'no', w => w.serve(w.a.model('x', { body: { setPaths: { 'metadata.team': JsonValue.text('blue') } } }))],
    ['removal of fields', 'yes', 'no', 'no', 'no', w => w.serve(w.a.model('x', { body: { remove: ['user'] } }))],
  ]),
  section('Providers', [
    ['OpenAI', 'yes', 'yes', 'yes', 'yes', w => void new OpenAIProvider(w.chart, 'p', { apiKey: w.key() })],
    ['Anthropic', 'yes', 'yes', 'yes', 'no', w => w.serve(new AnthropicProvider(w.chart, 'p', { apiKey: w.key() }).model('claude-sonnet-4-5'))],
    ['Gemini with a key of Google AI Studio', 'yes', 'yes', 'yes', 'no', w => w.serve(new GeminiProvider(w.chart, 'p', { apiKey: w.key() }).model('gemini-2.5-flash'))],
    ['Cohere rerank', 'yes', 'from v1.4', 'no', 'no', w => w.serve(new CohereProvider(w.chart, 'p', { apiKey: w.key() }).model('rerank-v3.5'))],
    ['a vendor with OpenAI\'s dialect', 'yes', 'yes', 'no', 'no', w => w.serve(
      new OpenAICompatibleProvider(w.chart, 'p', { vendor: Vendor.GROQ, apiKey: w.key() }).model('llama-3.3-70b-versatile'))],
    ['Amazon Bedrock', 'yes', 'yes', 'yes', 'no', w => w.serve(new BedrockProvider(w.chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.fromSecretName('aws') }).model('us.amazon.nova-pro-v1:0'))],
    ['Claude on Amazon Bedrock', 'yes', 'yes', 'yes', 'no', w => w.serve(
      new BedrockAnthropicProvider(w.chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.fromSecretName('aws') }).model('us.anthropic.claude-sonnet-4-20250514-v1:0'))],
    ['Bedrock at another of its endpoints', 'from v1.1', 'from v1.4', 'no', 'no', w => w.serve(new BedrockProvider(w.chart, 'p', {
      region: 'us-east-1', credentials: AwsCredentials.fromSecretName('aws'), endpoint: BedrockEndpoint.fips(),
    }).model('us.amazon.nova-pro-v1:0'))],
    ['Azure OpenAI', 'yes', 'yes', 'no', 'no', w => w.serve(new AzureOpenAIProvider(w.chart, 'p', { resource: 'acme', credentials: azureKey(w) }).model('my-gpt-4o'))],
    ['Azure OpenAI by deployments', 'yes', 'from v1.4', 'yes', 'no', w => w.serve(new AzureOpenAIProvider(w.chart, 'p', {
      resource: 'acme', credentials: azureKey(w), api: AzureOpenAIApi.deployments('2025-01-01-preview'),
    }).model('my-gpt-4o'))],
    ['Vertex AI', 'yes', 'from v1.4', 'no', 'no', w => w.serve(new VertexAIProvider(w.chart, 'p', { ...onVertex, credentials: GcpCredentials.fromSecretName('gcp') }).model('gemini-2.5-flash'))],
    ['Claude on Vertex AI', 'yes', 'from v1.4', 'no', 'no', w => w.serve(
      new VertexAnthropicProvider(w.chart, 'p', { ...onVertex, credentials: GcpCredentials.fromSecretName('gcp') }).model('claude-sonnet-4@20250514'))],
    ['a model server in the cluster, with a key', 'yes', 'yes', 'yes', 'yes', w => void new InClusterProvider(w.chart, 'p', { server: ModelServer.LITELLM, service, apiKey: w.key() })],
    ['a model server in the cluster, without one', 'yes', 'yes', 'no', 'no', w => w.serve(new InClusterProvider(w.chart, 'p', { server: ModelServer.VLLM, service }).model())],
    ['a server whose requests go through unread', 'no', 'yes', 'yes', 'no', w => w.serve(new InClusterProvider(w.chart, 'p', { server: ModelServer.LITELLM, service, transparent: true }).model())],
    ['a private certificate authority', 'yes', 'yes', 'no', 'no', w => w.serve(new OpenAIProvider(w.chart, 'p', {
      apiKey: w.key(), hostname: 'llm.acme.internal', port: 8443, tls: ProviderTls.privateCa('acme-ca', { serverName: 'llm.acme.example' }),
    }).model())],
    ['a provider that others made', 'yes', 'yes', 'yes', 'yes', w => w.serve(new ExistingProvider(w.chart, 'p', { name: 'shared' }).model())],
    ['another model name for a provider that others made', 'yes', 'no', 'no', 'no', w => w.serve(new ExistingProvider(w.chart, 'p', { name: 'shared' }).model('x'))],
  ]),
  section('Credentials', [
    ['a Secret', 'yes', 'yes', 'yes', 'yes', w => void new OpenAIProvider(w.chart, 'p', { apiKey: w.key() })],
    ['a data key of one\'s own', 'no', 'from v1.4', 'no', 'no', w => void new OpenAIProvider(w.chart, 'p', { apiKey: ApiKey.fromSecretName('llm-keys', { key: 'openai' }) })],
    ['External Secrets', 'yes', 'yes', 'yes', 'yes', w => void new OpenAIProvider(w.chart, 'p', { apiKey: ApiKey.fromExternalSecret(w.stored) })],
    ['the caller\'s own key', 'yes', 'yes', 'yes', 'no', w => w.serve(new OpenAIProvider(w.chart, 'p', { apiKey: ApiKey.passThrough() }).model())],
    ['an AWS access key', 'yes', 'yes', 'yes', 'no', w => void new BedrockProvider(w.chart, 'p', {
      region: 'us-east-1', credentials: AwsCredentials.fromExternalSecretExtract({
        store: w.stored.store, key: 'aws', accessKeyIdProperty: 'id', secretAccessKeyProperty: 'secret', sessionTokenProperty: 'token',
      }),
    })],
    ['an EKS pod identity', 'yes', 'yes', 'yes', 'no', w => w.serve(
      new BedrockProvider(w.chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity() }).model('us.amazon.nova-pro-v1:0'))],
    ['an IAM role of the gateway\'s service account', 'yes', 'yes', 'yes', 'no', w => w.serve(new BedrockProvider(w.chart, 'p', {
      region: 'us-east-1', credentials: AwsCredentials.irsa('arn:aws:iam::111122223333:role/bedrock'),
    }).model('us.amazon.nova-pro-v1:0'))],
    ['a role that the identity of the pods assumes', 'no', 'from v1.4', 'no', 'no', w => w.serve(new BedrockProvider(w.chart, 'p', {
      region: 'us-east-1', credentials: AwsCredentials.podIdentity({ assumeRole: 'arn:aws:iam::444455556666:role/bedrock' }),
    }).model('us.amazon.nova-pro-v1:0'))],
    ['an AWS role by OpenID Connect', 'yes', 'no', 'no', 'no', w => void new BedrockProvider(w.chart, 'p', {
      region: 'us-east-1', credentials: AwsCredentials.oidc({ roleArn: 'arn:aws:iam::111122223333:role/bedrock', token: oidc }),
    })],
    ['an Azure application with a client secret', 'yes', 'yes', 'no', 'no', w => void new AzureOpenAIProvider(w.chart, 'p', {
      resource: 'acme', credentials: AzureCredentials.clientSecret({ clientId: 'app', tenantId: 'dir', secret: StoredSecret.fromExternalSecret(w.stored) }),
    })],
    ['an Azure application by OpenID Connect', 'yes', 'no', 'no', 'no', w => void new AzureOpenAIProvider(w.chart, 'p', {
      resource: 'acme', credentials: AzureCredentials.oidc({ clientId: 'app', tenantId: 'dir', token: oidc }),
    })],
    ['a Workload ID of Microsoft Entra', 'no', 'from v1.4', 'no', 'no', w => w.serve(new AzureOpenAIProvider(w.chart, 'p', {
      resource: 'acme', credentials: AzureCredentials.workloadIdentity('11111111-2222-3333-4444-555555555555'),
    }).model('my-gpt-4o'))],
    ['a Google service account key', 'yes', 'from v1.4', 'no', 'no', w => void new VertexAIProvider(w.chart, 'p', { ...onVertex, credentials: GcpCredentials.fromExternalSecret(w.stored) })],
    ['Application Default Credentials', 'from v0.6', 'yes', 'no', 'no', w => w.serve(
      new VertexAIProvider(w.chart, 'p', { ...onVertex, credentials: GcpCredentials.adc({ serviceAccount: 'llm@acme-prod.iam.gserviceaccount.com' }) }).model('gemini-2.5-flash'))],
    ['workload identity federation', 'yes', 'no', 'no', 'no', w => void new VertexAIProvider(w.chart, 'p', {
      ...onVertex, credentials: GcpCredentials.workloadIdentityFederation({ projectNumber: '123456789012', pool: 'pool', provider: 'provider', token: oidc }),
    })],
    ['a Google access token', 'no', 'yes', 'yes', 'no', w => w.serve(
      new VertexAIProvider(w.chart, 'p', { ...onVertex, credentials: GcpCredentials.fromAccessToken(w.key()) }).model('gemini-2.5-flash'))],
  ]),
  section('Gateways', [
    ['nothing beside its name', 'yes', 'yes', 'yes', 'yes', w => void new AIGateway(w.chart, 'g')],
    ['HTTPS, hostnames and ports', 'yes', 'yes', 'yes', 'no', w => void new AIGateway(w.chart, 'g', {
      listeners: [Listener.https('tls', { hostname: '*.example.com' }), Listener.http({ name: 'inside', port: 8080 })],
    })],
    ['a GatewayClass that exists', 'yes', 'yes', 'yes', 'yes', w => void new AIGateway(w.chart, 'g', { gatewayClassName: 'shared' })],
    ['the largest prompt', 'yes', 'yes', 'no', 'no', w => void new AIGateway(w.chart, 'g', { maxBodySize: Size.mebibytes(100) })],
    ['the HTTP/2 window', 'yes', 'yes', 'no', 'no', w => void new AIGateway(w.chart, 'g', { http2Window: Size.mebibytes(1) })],
    ['pods, Service and log level', 'yes', 'yes', 'yes', 'no', w => void new AIGateway(w.chart, 'g', {
      proxy: { replicas: 2, serviceType: ProxyServiceType.CLUSTER_IP, serviceAnnotations: { a: 'b' }, logLevel: ProxyLogLevel.DEBUG, resources: { cpuLimit: '2' } },
    })],
    ['the name of the service account', 'yes', 'no', 'no', 'no', w => void new AIGateway(w.chart, 'g', { proxy: { serviceAccountName: 'g' } })],
    ['the AI sidecar', 'yes', 'no', 'no', 'no', w => void new AIGateway(w.chart, 'g', {
      sidecar: { image: 'registry.example.com/extproc:v1', env: { A: EnvVariable.value('b') }, resources: { memoryLimit: '1Gi' } },
    })],
    ['no routing by model', 'no', 'yes', 'yes', 'no', w => void new AIGateway(w.chart, 'g', { modelRouting: false })],
  ]),
];
