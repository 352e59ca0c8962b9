import { Chart, Lazy } from 'cdk8s';
import { Program, programOf, wrong } from './program';
import {
  AIGateway, AnthropicProvider, ApiKey, ArgoCD, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockProvider, Checks, ClusterSetup,
  EnvVariable, ExtProcImage, HeaderMatch, InClusterProvider, InClusterService, JsonValue, Listener, ModelMatch, ModelRoute, ModelServer,
  OpenAICompatibleProvider, OpenAIProvider, PathMatch, PathRoute, Policy, PolicyPoint, ProviderTls, RouteNamespaces, SecretStore, StoredSecret,
  TenantIdentity, Traffic, Vendor,
} from '../../src';

const KEY = ApiKey.fromSecretName('key');
const AZURE = AzureCredentials.fromApiKey(KEY);
const SERVICE = InClusterService.fromServiceName('vllm');
const POLICY = Policy.fromText('version: 1\ntenants: { "*": { models: { allow: ["*"] } } }');

/** Programs the compiler refuses, and what a program in JavaScript is told instead. */
const misuses: readonly [title: string, message: string, write: (program: Program) => unknown][] = [
  ['a model that is a number', "c/gw: 'model' must be text, got 4", p => p.gateway.addModel(wrong(4), p.openai.model())],
  ['a model that is an object', "c/gw: 'model' must be text, got {}", p => p.gateway.addModel(wrong({}), p.openai.model())],
  ['no target', "c/gw/m: 'target' must be a target, such as provider.model(\"…\"), got undefined", p => p.gateway.addModel('m', wrong(undefined))],
  ['a provider for a target', "c/gw/m: 'target' must be a target, such as provider.model(\"…\"), got the OpenAIProvider", p => p.gateway.addModel('m', wrong(p.openai))],
  ['no target of a pattern', "c/gw: 'addPattern(\"a.*\").target' must be a target", p => p.gateway.addPattern('a.*', wrong(null))],
  ['no target of the catch-all', "c/gw: 'addCatchAll().target' must be a target", p => p.gateway.addCatchAll(wrong(undefined))],
  ['nothing to fall back to', "fallbackTo(): 'next' must be a target", p => p.openai.model('a').fallbackTo(wrong(undefined))],
  ['no members of a split', "Traffic.split(): 'members' must be a list, got undefined", () => Traffic.split(wrong(undefined))],
  ['a member that is nothing', "Traffic.split(): 'members[0]' must be an object, got null", () => Traffic.split([wrong(null)])],
  ['a member without target', "Traffic.split(): 'members[0].to' must be a target", () => Traffic.split([wrong({ weight: 1 })])],
  ['no properties of a route', "c/r: 'props' must be an object, got undefined", p => new ModelRoute(p.chart, 'r', wrong(undefined))],
  ['no gateways', "c/r: 'gateways' must be a list, got undefined", p => new ModelRoute(p.chart, 'r', wrong({ entries: [] }))],
  ['the name of a gateway', "c/r: 'gateways[0]' must be a gateway, such as new AIGateway(…), got \"gw\"", p => new ModelRoute(p.chart, 'r', wrong({ gateways: ['gw'], entries: [] }))],
  ['one gateway for a list', "c/r: 'gateways' must be a list, got the AIGateway", p => new ModelRoute(p.chart, 'r', wrong({ gateways: p.gateway, entries: [] }))],
  ['no entries', "c/r: 'entries' must be a list, got undefined", p => new ModelRoute(p.chart, 'r', wrong({ gateways: [p.gateway] }))],
  ['an entry without match', "c/r: 'entries[0].match' must be a ModelMatch", p => new ModelRoute(p.chart, 'r', wrong({ gateways: [p.gateway], entries: [{ target: p.openai.model() }] }))],
  ['a path as text', "c/r: 'entries[0].path' must be a PathMatch, such as PathMatch.prefix(\"/openai\"), got \"/openai\"", p => new PathRoute(p.chart, 'r', { gateways: [p.gateway], entries: [{ path: wrong('/openai'), target: p.openai.model() }] })],
  ['a path that is a number', "c/gw: 'path' must be text, got 4", p => p.gateway.addPath(wrong(4), p.openai.model())],
  ['a rewrite as text', "c/gw/path-a: 'rewrite' must be a PathRewrite, such as PathRewrite.prefix(\"/\"), got \"/\"", p => p.gateway.addPath('/a', p.openai.model(), { rewrite: wrong('/') })],
  ['a path without target', "c/r: 'entries[0].target' must be a target", p => new PathRoute(p.chart, 'r', { gateways: [p.gateway], entries: [wrong({ path: PathMatch.exact('/a') })] })],
  [
    'the second of two entries', "c/r: 'entries[1].match' must be a ModelMatch",
    p => new ModelRoute(p.chart, 'r', { gateways: [p.gateway], entries: [{ match: ModelMatch.exact('a'), target: p.openai.model() }, wrong({ match: 'b' })] }),
  ],
  ['a timeout without unit', "c/gw/m: 'timeout' must be a Duration, such as Duration.seconds(30), got 5", p => p.gateway.addModel('m', p.openai.model(), { timeout: wrong(5) })],
  ['a late timeout', "c/gw/m: 'timeout' must be a Duration, such as Duration.seconds(30), got a value that is known only at synthesis", p => p.gateway.addModel('m', p.openai.model(), { timeout: Lazy.any({ produce: () => '5s' }) })],
  ['a date as text', "c/gw/m: 'createdAt' must be a Date", p => p.gateway.addModel('m', p.openai.model(), { createdAt: wrong('2024-01-01') })],
  ['a hostname for a list', "c/gw/m: 'hostnames' must be a list, got \"acom\"", p => p.gateway.addModel('m', p.openai.model(), { hostnames: wrong('acom') })],
  ['an API for a list', "c/gw/m: 'apis' must be a list", p => p.gateway.addModel('m', p.openai.model(), { apis: wrong('messages') })],
  ['status codes that are one', "c/gw/m: 'failover.statusCodes' must be a list, got 500", p => p.gateway.addModel('m', p.openai.model(), { failover: { statusCodes: wrong(500) } })],
  ['a header match that is a map', "c/gw/m: 'headerMatches[0]' must be a HeaderMatch", p => p.gateway.addModel('m', p.openai.model(), { headerMatches: [wrong({ 'x-team': 'blue' })] })],
  ['headers to remove that are one', "headers: 'remove' must be a list, got \"abc\"", p => p.openai.model('a', { headers: { remove: wrong('abc') } })],
  ['headers to set that are a list', "headers: 'set' must be an object, got [\"a\"]", p => p.openai.model('a', { headers: { set: wrong(['a']) } })],
  ['a body value that is no JsonValue', "body: 'set.a' must be a JsonValue, such as JsonValue.text(\"…\"), got 5", p => p.openai.model('a', { body: { set: { a: wrong(5) } } })],
  ['a number JSON does not have', "JsonValue.number(): 'value' must be a number JSON has, got NaN", () => JsonValue.number(NaN)],
  ['a text that is known later', "JsonValue.text(): 'value' must be text, got a value that is known only at synthesis", () => JsonValue.text(Lazy.any({ produce: () => 'x' }))],
  ['JSON that is a number already', "JsonValue.json(): 'text' must be text, got 5", () => JsonValue.json(wrong(5))],
  ['one listener for a list', "c/g: 'listeners' must be a list, got the Listener", p => new AIGateway(p.chart, 'g', { listeners: wrong(Listener.http()) })],
  ['a plain listener', "c/g: 'listeners[0]' must be a Listener", p => new AIGateway(p.chart, 'g', { listeners: [wrong({ port: 80 })] })],
  ['a size as text', "c/g: 'maxBodySize' must be a Size, such as Size.mebibytes(50), got \"5Mi\"", p => new AIGateway(p.chart, 'g', { maxBodySize: wrong('5Mi') })],
  ['namespaces as text', "c/g: 'routeNamespaces' must be a RouteNamespaces", p => new AIGateway(p.chart, 'g', { routeNamespaces: wrong('all') })],
  ['a namespace of routes that is missing', "RouteNamespaces.named(): 'namespaces[1]' must be text, got undefined", () => RouteNamespaces.named('apps', wrong(undefined))],
  ['an environment variable as text', "c/g: 'sidecar.env.A' must be an EnvVariable", p => new AIGateway(p.chart, 'g', { sidecar: { env: { A: wrong('x') } } })],
  ['a list of environment variables', "c/g: 'sidecar.env' must be an object", p => new AIGateway(p.chart, 'g', { sidecar: { env: wrong([EnvVariable.value('x')]) } })],
  ['late annotations', "c/g: 'proxy.serviceAnnotations' must be an object, got a value that is known only at synthesis", p => new AIGateway(p.chart, 'g', { proxy: { serviceAnnotations: Lazy.any({ produce: () => ({}) }) } })],
  ['an acknowledgement of nothing', "Checks.acknowledge(): 'scope' must be a construct", () => Checks.acknowledge(wrong(undefined), 'DUPLICATE_MODEL', 'x')],
  ['an acknowledgement without reason', "Checks.acknowledge(): 'reason' must be text, got undefined", p => Checks.acknowledge(p.app, 'DUPLICATE_MODEL', wrong(undefined))],
  ['a namespace nothing can be in', "Checks.declareComplete(): 'namespace' must be the name of a namespace, got \"A_b\"", p => Checks.declareComplete(p.app, 'A_b')],
  ['strictness of nothing', "Checks.strict(): 'scope' must be a construct", () => Checks.strict(wrong(null))],
  ['a wave that is half', "ArgoCD.useSyncWaves(): 'first' must be a whole number, got 1.5", p => ArgoCD.useSyncWaves(p.app, { first: 1.5 })],
  ['a wave that is none', "ArgoCD.useSyncWaves(): 'first' must be a whole number, got NaN", p => ArgoCD.useSyncWaves(p.app, { first: NaN })],
  ['TLS that is true', "c/p: 'tls' must be a ProviderTls, such as ProviderTls.publicCa(), got true", p => new OpenAIProvider(p.chart, 'p', { apiKey: KEY, tls: wrong(true) })],
  ['TLS in the cluster that is true', "c/p: 'tls' must be a ProviderTls", p => new InClusterProvider(p.chart, 'p', { server: ModelServer.VLLM, service: SERVICE, tls: wrong(true) })],
  ['TLS that is known later', "c/p: 'tls' must be a ProviderTls, such as ProviderTls.publicCa(), got a value that is known only at synthesis", p => new OpenAIProvider(p.chart, 'p', { apiKey: KEY, tls: wrong(Lazy.any({ produce: () => ({}) })) })],
  ['a key as text in the cluster', "c/p: 'apiKey' must be an ApiKey, such as ApiKey.fromSecretName(\"…\"), got text", p => new InClusterProvider(p.chart, 'p', { server: ModelServer.VLLM, service: SERVICE, apiKey: wrong('key') })],
  ['transparency as text', "c/p: 'transparent' must be true or false, got \"false\"", p => new InClusterProvider(p.chart, 'p', { server: ModelServer.VLLM, service: SERVICE, transparent: wrong('false') })],
  ['an endpoint of Bedrock as text', "c/p: 'endpoint' must be an endpoint, such as BedrockEndpoint.fips()", p => new BedrockProvider(p.chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity(), endpoint: wrong('fips') })],
  ['an endpoint of Azure as text', "c/p: 'endpoint' must be an endpoint", p => new AzureOpenAIProvider(p.chart, 'p', { resource: 'acme', credentials: AZURE, endpoint: wrong('openai') })],
  ['an API of Azure as text', "c/p: 'api' must be an AzureOpenAIApi, such as AzureOpenAIApi.v1(), got \"2025-01-01\"", p => new AzureOpenAIProvider(p.chart, 'p', { resource: 'acme', credentials: AZURE, api: wrong('2025-01-01') })],
  ['an authority that is missing', "ProviderTls.privateCa(): 'configMapName' must be text, got undefined", () => ProviderTls.privateCa(wrong(undefined))],
  ['a gateway that exists, without name', "AIGateway.fromGatewayName(): 'name' must be text, got undefined", p => AIGateway.fromGatewayName(p.chart, 'g', wrong(undefined))],
  ['headers of a provider without `set`', 'mutation: \'headers\' must be an object with `set`, `remove`, got ["x-team"]', p => new OpenAIProvider(p.chart, 'p', { apiKey: KEY, headers: wrong({ 'x-team': 'blue' }) })],
  ['headers of a provider that are empty text', "mutation: 'headers' must be an object, got \"\"", p => new OpenAIProvider(p.chart, 'p', { apiKey: KEY, headers: wrong('') })],
  ['a body without `set`', 'mutation: \'body\' must be an object with `set`, `setPaths`, `remove`, `removePaths`, got ["user"]', p => p.openai.model('a', { body: wrong({ user: JsonValue.text('a') }) })],
  ['headers in a Map', "headers: 'set' must be an object, got the Map", p => p.openai.model('a', { headers: { set: wrong(new Map([['x-team', 'blue']])) } })],
  ['annotations in a Map', "c/g: 'proxy.serviceAnnotations' must be an object, got the Map", p => new AIGateway(p.chart, 'g', { proxy: { serviceAnnotations: wrong(new Map([['a', 'b']])) } })],
  ['an image of the sidecar that is a number', "c/g: 'sidecar.image' must be text, got 1.5", p => new AIGateway(p.chart, 'g', { sidecar: { image: wrong(1.5) } })],
  ['a repository of the sidecar that is none', "c/g: 'sidecar.imageRepository' must be text, got true", p => new AIGateway(p.chart, 'g', { sidecar: { imageRepository: wrong(true) } })],
  ['a list of hostnames with a hole', "c/gw/m: 'hostnames[0]' must be text, got undefined", p => p.gateway.addModel('m', p.openai.model(), { hostnames: Object.assign([], { 1: 'a.example' }) })],
  ['entries with a hole', "c/r: 'entries[0]' must be an object, got undefined", p => new ModelRoute(p.chart, 'r', { gateways: [p.gateway], entries: Object.assign([], { 1: wrong({}) }) })],
  ['failing fast as text', "c/gw/m: 'failover.failFast' must be true or false, got \"false\"", p => p.gateway.addModel('m', p.openai.model(), { failover: { failFast: wrong('false') } })],
  ['scopes as text', "oidc: 'token.scopes' must be a list, got \"openid email\"", () => AwsCredentials.oidc({ roleArn: 'arn:aws:iam::111122223333:role/b', token: { issuer: 'https://a.example', clientId: 'c', clientSecret: StoredSecret.fromSecretName('s'), scopes: wrong('openid email') } })],
  ['one Secret to pull with', "ExtProcImage: 'pullSecrets' must be a list, got \"registry\"", () => ExtProcImage.bundled({ pullSecrets: wrong('registry') })],
  ['an image that is a number', "ExtProcImage.fromRegistry(): 'reference' must be text, got 5", () => ExtProcImage.fromRegistry(wrong(5))],
  ['a policy point whose name is known later', "c/p: 'name' must be text, got a value that is known only at synthesis", p => new PolicyPoint(p.chart, 'p', { gateway: p.gateway, policy: POLICY, name: wrong(Lazy.any({ produce: () => 'a' })) })],
  ['no NetworkPolicy as text', "c/p: 'networkPolicy' must be true or false, got \"false\"", p => new PolicyPoint(p.chart, 'p', { gateway: p.gateway, policy: POLICY, networkPolicy: wrong('false') })],
  ['a Redis without port', "ClusterSetup: 'redisUrl' must be an address such as \"redis.redis.svc:6379\", got \"redis\"", () => new ClusterSetup({ redisUrl: 'redis' })],
  ['a platform that is a release', "ClusterSetup: 'platform' must be a Platform", () => new ClusterSetup({ platform: wrong('v1.1') })],
  ['no directory', "ClusterSetup.write(): 'directory' must be text, got undefined", () => new ClusterSetup().write(wrong(undefined))],
];

test.each(misuses)('misuse is told at once: %s', (_, message, write) => {
  expect(() => write(programOf())).toThrow(message);
});

test('an option that is null counts as left out, as other languages pass it', () => {
  const { app, gateway, openai } = programOf();
  const nothing = wrong(null);
  gateway.addModel('m', openai.model('a', { headers: nothing }), { timeout: nothing, failover: nothing, createdAt: nothing, hostnames: nothing, apis: nothing });
  gateway.addModel('n', openai.model(), nothing);
  expect(Checks.findings(app)).toEqual([]);
});

const nothing = wrong(null);
const SHARED = { name: nothing, hostname: nothing, port: nothing, tls: nothing, headers: nothing, body: nothing };

/** Each with nothing left out and everything null makes the same manifests. */
const nulls: readonly [title: string, write: (program: Program, left: object) => unknown, left: object][] = [
  ['OpenAI', (p, left) => new OpenAIProvider(p.chart, 'p', { apiKey: KEY, ...left }), { ...SHARED, organization: nothing, project: nothing }],
  ['Anthropic', (p, left) => new AnthropicProvider(p.chart, 'p', { apiKey: KEY, ...left }), { ...SHARED, pathPrefix: nothing }],
  ['a vendor', (p, left) => new OpenAICompatibleProvider(p.chart, 'p', { apiKey: KEY, vendor: Vendor.GROQ, ...left }), { ...SHARED, pathPrefix: nothing }],
  ['a vendor of one\'s own', (p, left) => new OpenAICompatibleProvider(p.chart, 'p', { apiKey: KEY, vendor: Vendor.of({ hostname: 'a.example', ...left }) }), { pathPrefix: nothing }],
  ['Bedrock', (p, left) => new BedrockProvider(p.chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity(), ...left }), { ...SHARED, endpoint: nothing }],
  ['Azure', (p, left) => new AzureOpenAIProvider(p.chart, 'p', { resource: 'acme', credentials: AZURE, ...left }), { ...SHARED, api: nothing, endpoint: nothing }],
  ['a server in the cluster', (p, left) => new InClusterProvider(p.chart, 'p', { server: ModelServer.VLLM, service: SERVICE, ...left }), { ...SHARED, apiKey: nothing, pathPrefix: nothing, transparent: nothing }],
  ['an external secret', (p, left) => new OpenAIProvider(p.chart, 'p', { apiKey: ApiKey.fromExternalSecret({ store: SecretStore.cluster('vault'), key: 'k', ...left }) }), {
    refreshInterval: nothing, refreshPolicy: nothing, targetName: nothing, creationPolicy: nothing, deletionPolicy: nothing,
    property: nothing, version: nothing,
  }],
  ['a token', (p, left) => new BedrockProvider(p.chart, 'p', {
    region: 'us-east-1',
    credentials: AwsCredentials.oidc({ roleArn: 'arn:aws:iam::111122223333:role/b', token: { issuer: 'https://a.example', clientId: 'c', clientSecret: StoredSecret.fromSecretName('s'), ...left } }),
  }), { tokenEndpoint: nothing, scopes: nothing, audience: nothing, grantType: nothing }],
  ['a route', (p, left) => new ModelRoute(p.chart, 'r', { gateways: [p.gateway], entries: [{ match: ModelMatch.exact('a'), target: p.openai.model() }], ...left }), { name: nothing, hostnames: nothing }],
];

test.each(nulls)('null counts as left out: %s', (_, write, left) => {
  const text = (props: object) => {
    const program = programOf();
    write(program, props);
    expect(Checks.findings(program.app)).toEqual([]);
    return program.app.synthYaml();
  };
  expect(text(left)).toBe(text({}));
});

test('options of a policy point that are null count as left out', () => {
  const { app, chart, gateway, openai } = programOf();
  gateway.addModel('m', openai.model());
  const policy = Policy.fromText([
    'version: 1', 'tenant: { header: x-team }', 'credentials: { openai: { type: APIKey, header: x-aigw-openai } }',
    'tenants: { a: { models: { allow: ["*"] }, credentials: { openai: a } } }',
  ].join('\n'));
  const point = new PolicyPoint(chart, 'p', {
    gateway, policy, tenants: TenantIdentity.trustedHeader(), tenantKeys: { a: 'keys' }, resources: { cpuLimit: nothing, cpuRequest: '1' },
    networkPolicy: nothing, name: nothing, replicas: nothing, audit: nothing,
  });
  point.handOver('openai', openai, nothing);
  expect(Checks.findings(app)).toEqual([]);
});

test('HeaderMatch and ModelMatch with other content are findings, not exceptions', () => {
  const { app, chart, gateway, openai } = programOf();
  new ModelRoute(chart, 'r', { gateways: [gateway], entries: [{ match: ModelMatch.exact(wrong(undefined)), headerMatches: [HeaderMatch.exact('x', 'y')], target: openai.model() }] });
  expect(Checks.findings(app).map(f => f.code)).toEqual(['MISSING_FIELD']);
});

test('a construct outside of a chart says so', () => {
  const { app } = programOf();
  expect(() => new AIGateway(app, 'gw')).toThrow('cannot find a parent chart');
  expect(() => new AIGateway(new Chart(app, 'fine'), 'gw')).not.toThrow();
});
