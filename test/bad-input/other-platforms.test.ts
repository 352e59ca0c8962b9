import { Chart, Duration, Size, Testing } from 'cdk8s';
import { wrong } from './program';
import {
  AddPathOptions, AIGateway, AIGatewayProps, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider,
  BedrockProvider, Checks, ClientApi, ExistingProvider, GcpCredentials, HeaderMatch, InClusterProvider, InClusterService, JsonValue,
  Listener, ModelMatch, ModelRoute, ModelServer, OpenAICompatibleProvider, OpenAIProvider, PathMatch, PathRewrite, PathRoute, Platform,
  ProviderTls, RouteEntryOptions, SecretStore, StoredSecret, Target, Traffic, Vendor, VertexAIProvider,
} from '../../src';

const PLATFORMS = { agentgateway: Platform.agentgateway(), kgateway: Platform.kgateway() };
type PlatformName = keyof typeof PLATFORMS;

/** What mistakes are made in. */
class Attack {
  public readonly app = Testing.app();
  public readonly chart: Chart;
  public readonly openai: OpenAIProvider;
  public readonly other: OpenAIProvider;
  public readonly gateway: AIGateway;

  constructor(private readonly name: PlatformName) {
    Platform.use(this.app, PLATFORMS[name]);
    this.chart = new Chart(this.app, 'c', { namespace: 'ai' });
    this.openai = new OpenAIProvider(this.chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
    this.other = new OpenAIProvider(this.chart, 'other', { apiKey: ApiKey.fromSecretName('other') });
    this.gateway = new AIGateway(this.chart, 'gw');
  }

  /** Routes a target as the platform does. */
  public serve(target: Target, options: RouteEntryOptions & AddPathOptions = {}): void {
    if (this.name === 'agentgateway') this.gateway.addModel('m', target, options);
    else this.gateway.addPath('/m', target, options);
  }

  /** Each finding as `path: 'prop' CODE`; warnings about when a fallback acts are not mistakes. */
  public findings(): string[] {
    return Checks.findings(this.app).filter(({ code }) => code !== 'FALLBACK_AFTER_FAILURE').map(({ path, message, code }) => {
      expect(message).toMatch(/^'[^']+' [^;]+; .+ \[\w+\]$/);
      return `${path}: ${/^'[^']+'/.exec(message)![0]} ${code}`;
    });
  }
}

const vendor = (hostname: string) => (a: Attack) => a.serve(new OpenAICompatibleProvider(a.chart, 'p', { vendor: Vendor.of({ hostname }), apiKey: ApiKey.fromSecretName('k') }).model());
const azure = (resource: string, model: string) => (a: Attack) => a.serve(new AzureOpenAIProvider(a.chart, 'p', {
  resource, api: AzureOpenAIApi.deployments('2025-01-01'), credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName('k')),
}).model(model));
const bedrock = (region: string) => (a: Attack) => a.serve(new BedrockProvider(a.chart, 'p', { region, credentials: AwsCredentials.podIdentity() }).model('us.amazon.nova-pro-v1:0'));
const vertex = (project: string, location: string) => (a: Attack) => a.serve(new VertexAIProvider(a.chart, 'p', {
  project, location, credentials: GcpCredentials.fromAccessToken(ApiKey.fromSecretName('k')),
}).model('gemini-2.5-flash'));
const gateway = (props: AIGatewayProps) => (a: Attack) => void new AIGateway(a.chart, 'g', props);
const headers = (name: string, value = 'x') => (a: Attack) => a.serve(a.openai.model(), { headerMatches: [HeaderMatch.exact(name, value)] });
const setting = (set: { [name: string]: string }, remove?: string[]) => (a: Attack) => a.serve(a.openai.model('x', { headers: { set, remove } }));
const falling = (options: RouteEntryOptions) => (a: Attack) => a.serve(a.openai.model().fallbackTo(a.other.model()), options);
const plain = (options: RouteEntryOptions) => (a: Attack) => a.serve(a.openai.model(), options);
const pattern = (text: string) => (a: Attack) => a.gateway.addPattern(text, a.openai.model());
const named = (...names: string[]) => (a: Attack) => a.gateway.addModel(names[0], a.openai.model());
const path = (text: string, rewrite?: PathRewrite) => (a: Attack) => void a.gateway.addPath(text, a.openai.model(), { rewrite });

const M = 'c/gw/m:';
const P = 'c/gw/path-m:';
/** Of model routes kgateway tells that it has none. */
const NO_MODELS = ['NOT_EXPRESSIBLE'];

/** Each row: the mistake, and how each platform tells it; undefined where it is none there. */
const mistakes: readonly (readonly [string, (attack: Attack) => unknown, string | undefined, (string | readonly string[])?])[] = [
  ['an empty model name', named(''), 'c/gw/model: \'model\' INVALID_VALUE', NO_MODELS],
  ['a model name with a space before it', named(' a'), 'c/gw/ a: \'model\' MODEL_CHARACTERS', NO_MODELS],
  ['a model name of two lines', named('a\nb'), 'c/gw/a\nb: \'model\' MODEL_CHARACTERS', NO_MODELS],
  ['no model name at all', a => new ModelRoute(a.chart, 'r', { gateways: [a.gateway], entries: [{ match: ModelMatch.exact(), target: a.openai.model() }] }),
    'c/r: \'entries[0].match\' EMPTY_MATCHES', NO_MODELS],
  ['look-ahead', pattern('(?!gpt).*'), 'c/gw/Patterns: \'addPattern("(?!gpt).*")\' INVALID_PATTERN', NO_MODELS],
  ['a bracket that nothing closes', pattern('gpt('), 'c/gw/Patterns: \'addPattern("gpt(")\' INVALID_PATTERN', NO_MODELS],
  ['what only Go\'s engine takes', pattern('a{'), 'c/gw/Patterns: \'addPattern("a{")\' INVALID_PATTERN', NO_MODELS],
  ['a pattern too large for its engine', pattern('[\\w.-]{1,256}'), 'c/gw/Patterns: \'addPattern("[\\\\w.-]{1,256}")\' INVALID_PATTERN', NO_MODELS],
  ['an empty pattern', pattern(''), 'c/gw/Patterns: \'addPattern("")\' INVALID_VALUE', NO_MODELS],
  ['a pattern that looks like a beginning', pattern('^gpt-4'), 'c/gw/Patterns: \'addPattern("^gpt-4")\' HALF_ANCHORED_PATTERN', NO_MODELS],
  ['one pattern twice', (a) => { pattern('a.*')(a); pattern('a.*')(a); }, 'c/gw/Patterns: \'addPattern("a.*")\' PATTERN_UNREACHABLE', NO_MODELS],
  ['a pattern behind the catch-all', (a) => { a.gateway.addCatchAll(a.openai.model()); pattern('a.*')(a); }, 'c/gw/Patterns: \'addPattern("a.*")\' PATTERN_UNREACHABLE', NO_MODELS],
  ['one model in two routes', (a) => {
    named('m')(a);
    new ModelRoute(a.chart, 'r', { gateways: [a.gateway], entries: [{ match: ModelMatch.exact('m'), target: a.openai.model() }] });
  }, 'c/r: \'entries[0].match\' MODEL_ROUTED_TWICE', NO_MODELS],
  ['one path in two forms', (a) => { path('/m')(a); path('/m/')(a); }, 'c/gw/path-m-2: \'path\' PATH_ROUTED_TWICE', 'c/gw/path-m-2: \'path\' PATH_ROUTED_TWICE'],
  ['no gateway', a => new PathRoute(a.chart, 'r', { gateways: [], entries: [{ path: PathMatch.prefix('/a'), target: a.openai.model() }] }), 'c/r: \'gateways\' NO_GATEWAY', 'c/r: \'gateways\' NO_GATEWAY'],
  ['one gateway twice', a => new PathRoute(a.chart, 'r', { gateways: [a.gateway, a.gateway], entries: [{ path: PathMatch.prefix('/a'), target: a.openai.model() }] }),
    'c/r: \'gateways\' GATEWAY_TWICE', 'c/r: \'gateways\' GATEWAY_TWICE'],
  ['no entry', a => new PathRoute(a.chart, 'r', { gateways: [a.gateway], entries: [] }), 'c/r: \'entries\' EMPTY_RULE', 'c/r: \'entries\' EMPTY_RULE'],
  ['a path without slash', path('a'), 'c/gw/path-a: \'path\' BAD_PATH', 'c/gw/path-a: \'path\' BAD_PATH'],
  ['a rewrite with a query', path('/a', PathRewrite.full('/v1?x=y')), 'c/gw/path-a: \'rewrite\' BAD_PATH', 'c/gw/path-a: \'rewrite\' BAD_PATH'],
  ['a header with a space in its name', headers('a b'), `${M} 'headerMatches' INVALID_VALUE`, `${P} 'headerMatches' INVALID_VALUE`],
  ['a header without name', headers(''), `${M} 'headerMatches' INVALID_VALUE`, `${P} 'headerMatches' INVALID_VALUE`],
  ['a header value with a space before it', headers('x-a', ' a'), `${M} 'headerMatches' MODEL_CHARACTERS`, `${P} 'headerMatches' MODEL_CHARACTERS`],
  ['look-ahead in a header', plain({ headerMatches: [HeaderMatch.pattern('x-a', '(?=a)')] }), `${M} 'headerMatches' INVALID_PATTERN`, `${P} 'headerMatches' INVALID_PATTERN`],
  ['the header of the model', headers('X-Gateway-Model'), `${M} 'headerMatches' NOT_EXPRESSIBLE`, `${P} 'path' MODEL_HEADER_UNSET`],
  ['one header twice', plain({ headerMatches: [HeaderMatch.exact('x-a', 'a'), HeaderMatch.exact('X-A', 'b')] }), `${M} 'headerMatches' NOT_EXPRESSIBLE`, `${P} 'headerMatches' NOT_EXPRESSIBLE`],
  ['seventeen headers', plain({ headerMatches: Array.from({ length: 17 }, (_, n) => HeaderMatch.exact(`x-${n}`, 'x')) }),
    `${M} 'headerMatches' NOT_EXPRESSIBLE`, `${P} 'headerMatches' NOT_EXPRESSIBLE`],
  ['an empty model of the provider', a => a.serve(a.openai.model('')), 'c/openai: \'model()\' EMPTY_MODEL_OVERRIDE', 'c/openai: \'model()\' KGATEWAY_BACKEND'],
  ['a model of the provider with a space', a => a.serve(a.openai.model(' a')), 'c/openai: \'model()\' EMPTY_MODEL_OVERRIDE', 'c/openai: \'model()\' EMPTY_MODEL_OVERRIDE'],
  ['a target that is its own fallback', a => a.serve(a.openai.model('x').fallbackTo(a.openai.model('x'))), `${M} 'target' SAME_TARGET_TWICE`, `${P} 'target' SAME_TARGET_TWICE`],
  ['a target twice in a split', a => a.serve(Traffic.split([{ to: a.openai.model(), weight: 1 }, { to: a.openai.model(), weight: 1 }])), `${M} 'target' SAME_TARGET_TWICE`, `${P} 'target' SAME_TARGET_TWICE`],
  ['a negative weight', a => a.serve(Traffic.split([{ to: a.openai.model(), weight: -1 }, { to: a.other.model(), weight: 1 }])), `${M} 'target' OUT_OF_RANGE`, `${P} 'target' OUT_OF_RANGE`],
  ['an empty split', a => a.serve(Traffic.split([])), `${M} 'target' EMPTY_SPLIT`, `${P} 'target' EMPTY_SPLIT`],
  ['an empty split as fallback', a => a.serve(a.openai.model().fallbackTo(Traffic.split([]))), `${M} 'target' EMPTY_SPLIT`, `${P} 'target' EMPTY_SPLIT`],
  ['a split of seventeen', a => a.serve(Traffic.split(Array.from({ length: 17 }, (_, n) => ({ to: a.openai.model(`m${n}`), weight: 1 })))), `${M} 'target' NOT_EXPRESSIBLE`, `${P} 'target' NOT_EXPRESSIBLE`],
  ['nine levels', a => a.serve(Array.from({ length: 8 }, (_, n) => a.openai.model(`m${n}`)).reduce((target, next) => target.fallbackTo(next), a.other.model('first'))), `${M} 'target' NOT_EXPRESSIBLE`],
  ['a transparent fallback', a => a.serve(a.openai.model().fallbackTo(
    new InClusterProvider(a.chart, 'p', { server: ModelServer.LITELLM, service: InClusterService.fromServiceName('llm'), transparent: true }).model())), `${M} 'target' NOT_EXPRESSIBLE`, `${P} 'target' NOT_EXPRESSIBLE`],
  ['an API the target cannot serve', plain({ apis: [ClientApi.TOKENIZE] }), `${M} 'apis' API_NOT_SERVED`, `${P} 'apis' API_NOT_SERVED`],
  ['a region in capitals', bedrock('US-EAST-1'), 'c/p: \'region\' BAD_REGION', 'c/p: \'region\' KGATEWAY_BACKEND'],
  ['an empty region', bedrock(''), 'c/p: \'region\' BAD_REGION', 'c/p: \'region\' KGATEWAY_BACKEND'],
  ['a location that is none', vertex('acme-prod', 'US'), 'c/p: \'location\' BAD_REGION', 'c/p: \'location\' BAD_REGION'],
  ['a project without name', vertex('', 'us-central1'), 'c/p: \'project\' INVALID_VALUE', 'c/p: \'project\' KGATEWAY_BACKEND'],
  ['a URL for a host', vendor('https://a.example'), 'c/p: \'vendor\' BAD_HOSTNAME', 'c/p: \'vendor\' NOT_EXPRESSIBLE'],
  ['a port in a host', vendor('a.example:8443'), 'c/p: \'vendor\' BAD_HOSTNAME', 'c/p: \'vendor\' NOT_EXPRESSIBLE'],
  ['spaces in a host', vendor('a b.example'), 'c/p: \'vendor\' BAD_HOSTNAME', 'c/p: \'vendor\' NOT_EXPRESSIBLE'],
  ['an address of the pod itself', vendor('127.0.0.1'), 'c/p: \'vendor\' BAD_HOSTNAME', 'c/p: \'vendor\' NOT_EXPRESSIBLE'],
  ['port 0', a => a.serve(new OpenAIProvider(a.chart, 'p', { port: 0, apiKey: ApiKey.fromSecretName('k') }).model()), 'c/p: \'port\' INVALID_VALUE', 'c/p: \'port\' NOT_EXPRESSIBLE'],
  ['a service that cannot exist', a => a.serve(new InClusterProvider(a.chart, 'p', { server: ModelServer.LITELLM, service: InClusterService.fromServiceName('L L'), apiKey: ApiKey.fromSecretName('k') }).model()),
    'c/p: \'service\' BAD_HOSTNAME', 'c/p: \'service\' BAD_HOSTNAME'],
  ['a URL for a resource of Azure', azure('https://acme.openai.azure.com', 'd'), 'c/p: \'resource\' AZURE_ENDPOINT', 'c/p: \'resource\' AZURE_ENDPOINT'],
  ['a deployment that leaves its path', azure('acme', '../d'), 'c/p: \'model()\' AZURE_DEPLOYMENT_NAME', 'c/p: \'model()\' AZURE_DEPLOYMENT_NAME'],
  ['a provider of others without name', a => a.serve(new ExistingProvider(a.chart, 'p', { name: '' }).model()), 'c/p: \'name\' BAD_REFERENCE', 'c/p: \'name\' BAD_REFERENCE'],
  ['a provider of others that cannot exist', a => a.serve(new ExistingProvider(a.chart, 'p', { name: 'A b' }).model()), 'c/p: \'name\' BAD_REFERENCE', 'c/p: \'name\' BAD_REFERENCE'],
  ['an authority without name', a => a.serve(new OpenAIProvider(a.chart, 'p', { apiKey: ApiKey.fromSecretName('k'), hostname: 'a.example', tls: ProviderTls.privateCa('') }).model()),
    'c/p: \'tls\' TLS_CA_MISSING', 'c/p: \'hostname\' NOT_EXPRESSIBLE'],
  ['a Secret without the key', a => a.serve(new OpenAIProvider(a.chart, 'p', { apiKey: ApiKey.fromSecretName('k', { keys: ['apiKey'] }) }).model()),
    'c/p: \'apiKey\' SECRET_KEY_MISSING', 'c/p: \'apiKey\' SECRET_KEY_MISSING'],
  ['a store without name', a => a.serve(new OpenAIProvider(a.chart, 'p', { apiKey: ApiKey.fromExternalSecret({ store: SecretStore.cluster(''), key: 'k' }) }).model()),
    'c/p: \'apiKey.store\' EXTERNAL_SECRET_REFERENCE_EMPTY', 'c/p: \'apiKey.store\' EXTERNAL_SECRET_REFERENCE_EMPTY'],
  ['a data key that no Secret has', a => a.serve(new OpenAIProvider(a.chart, 'p', { apiKey: ApiKey.fromSecretName('k', { key: 'a b' }) }).model()),
    'c/p: \'apiKey\' BAD_REFERENCE', 'c/p: \'apiKey\' NOT_EXPRESSIBLE'],
  ['no region', a => a.serve(new BedrockProvider(a.chart, 'p', { region: wrong(undefined), credentials: AwsCredentials.podIdentity() }).model('us.amazon.nova-pro-v1:0')),
    'c/p: \'region\' TEXT_NEEDED', 'c/p: \'region\' TEXT_NEEDED'],
  ['a role to assume that is a number', a => a.serve(new BedrockProvider(a.chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity({ assumeRole: wrong(5) }) }).model('us.amazon.nova-pro-v1:0')),
    'c/p: \'credentials\' ROLE_ARN', ['NOT_EXPRESSIBLE', 'ROLE_ARN']],
  ['an application without id', a => a.serve(new AzureOpenAIProvider(a.chart, 'p', {
    resource: 'acme', credentials: AzureCredentials.clientSecret({ clientId: '', tenantId: 't', secret: StoredSecret.fromExternalSecret({ store: SecretStore.cluster('v'), key: 'k' }) }),
  }).model('d')), 'c/p: \'credentials\' ENTRA_CLIENT_ID', ['ENTRA_CLIENT_ID', 'NOT_EXPRESSIBLE']],
  ['a file that is missing', a => a.serve(new OpenAIProvider(a.chart, 'p', { apiKey: ApiKey.fromSopsFile('missing.yaml') }).model()),
    'c/p: \'apiKey\' SECRET_FILE_UNREADABLE', 'c/p: \'apiKey\' SECRET_FILE_UNREADABLE'],
  ['a time that is no number', plain({ timeout: Duration.millis(NaN) }), `${M} 'timeout' OUT_OF_RANGE`, `${P} 'timeout' OUT_OF_RANGE`],
  ['more retries than are counted', plain({ retries: 255 }), `${M} 'retries' OUT_OF_RANGE`, `${P} 'retries' NOT_EXPRESSIBLE`],
  ['more attempts than are counted', falling({ failover: { attemptsPerLevel: 500 } }), `${M} 'failover.attemptsPerLevel' OUT_OF_RANGE`, `${P} 'failover.attemptsPerLevel' NOT_EXPRESSIBLE`],
  ['codes that are not retried', falling({ failover: { statusCodes: [200, 503] } }), `${M} 'failover.statusCodes' NOT_EXPRESSIBLE`, `${P} 'failover.statusCodes' NOT_EXPRESSIBLE`],
  ['no codes', falling({ failover: { statusCodes: [] } }), `${M} 'failover.statusCodes' OPTION_WITHOUT_EFFECT`, `${P} 'failover.statusCodes' NOT_EXPRESSIBLE`],
  ['an ejection of a moment', falling({ failover: { ejectionTime: Duration.millis(10) } }), `${M} 'failover.ejectionTime' NOT_EXPRESSIBLE`, `${P} 'failover.ejectionTime' NOT_EXPRESSIBLE`],
  ['attempts that outlast the request', falling({ timeout: Duration.seconds(5), failover: { perTryTimeout: Duration.seconds(50) } }),
    `${M} 'timeout' ATTEMPTS_OUTLAST_REQUEST`, `${P} 'failover.perTryTimeout' NOT_EXPRESSIBLE`],
  ['a hostname of another gateway', a => {
    const g = new AIGateway(a.chart, 'g', { listeners: [Listener.http({ hostname: 'a.example' })] });
    g.addPath('/m', a.openai.model(), { hostnames: ['b.example'] });
  }, 'c/g/path-m: \'hostnames\' HOSTNAME_NOT_SERVED', 'c/g/path-m: \'hostnames\' HOSTNAME_NOT_SERVED'],
  ['a header set to two lines', setting({ 'x-a': 'c\nd' }), 'c/openai: \'model().headers.set\' BAD_HEADER', `${P} 'target' BAD_HEADER`],
  ['a header in two casings', setting({ 'x-a': '1', 'X-A': '2' }), 'c/openai: \'model().headers.set\' HEADER_TWICE', `${P} 'target' HEADER_TWICE`],
  ['a header set and removed', setting({ 'x-a': 'b' }, ['X-A']), 'c/openai: \'model().headers.remove\' MUTATION_CONTRADICTS', `${P} 'target' MUTATION_CONTRADICTS`],
  ['a header in place of the key', setting({ authorization: 'x' }), 'c/openai: \'model().headers.set\' MUTATION_OF_CREDENTIAL', `${P} 'target' NOT_EXPRESSIBLE`],
  ['a header that is a number', setting({ 'x-a': wrong(5) }), `${M} 'target' NOT_EXPRESSIBLE`, `${P} 'target' INVALID_VALUE`],
  ['a header that is the path', setting({ ':path': '/x' }), `${M} 'target' NOT_EXPRESSIBLE`, `${P} 'target' INVALID_VALUE`],
  ['a model that is a number', a => a.serve(a.openai.model(wrong(4))), `${M} 'target' NOT_EXPRESSIBLE`, `${P} 'target' NOT_EXPRESSIBLE`],
  ['a header whose name has a space', setting({ 'a b': 'c' }), 'c/openai: \'model().headers.set\' INVALID_VALUE', `${P} 'target' INVALID_VALUE`],
  ['a model in the body', a => a.serve(a.openai.model('x', { body: { set: { model: JsonValue.text('z') } } })), 'c/openai: \'model().body\' MODEL_IN_BODY_MUTATION', `${P} 'target' NOT_EXPRESSIBLE`],
  ['an empty field of the body', a => a.serve(a.openai.model('x', { body: { set: { '': JsonValue.number(1) } } })), 'c/openai: \'model().body\' INVALID_VALUE', `${P} 'target' NOT_EXPRESSIBLE`],
  ['bodies of nothing', gateway({ maxBodySize: Size.kibibytes(0) }), 'c/g: \'maxBodySize\' BUFFER_LIMIT', 'c/g: \'maxBodySize\' NOT_EXPRESSIBLE'],
  ['a window of nothing', gateway({ http2Window: Size.kibibytes(0) }), 'c/g: \'http2Window\' BUFFER_LIMIT', 'c/g: \'http2Window\' NOT_EXPRESSIBLE'],
  ['fewer pods than none', gateway({ proxy: { replicas: -1 } }), 'c/g: \'proxy.replicas\' OUT_OF_RANGE', 'c/g: \'proxy.replicas\' OUT_OF_RANGE'],
  ['half a pod', gateway({ proxy: { replicas: 1.5 } }), 'c/g: \'proxy.replicas\' OUT_OF_RANGE', 'c/g: \'proxy.replicas\' OUT_OF_RANGE'],
  ['a type of Service that does not exist', gateway({ proxy: { serviceType: wrong('Loadbalancer') } }), 'c/g: \'proxy.serviceType\' PROXY_SETTING', 'c/g: \'proxy.serviceType\' PROXY_SETTING'],
  ['a type of Service that is a number', gateway({ proxy: { serviceType: wrong(5) } }), 'c/g: \'proxy.serviceType\' PROXY_SETTING', 'c/g: \'proxy.serviceType\' PROXY_SETTING'],
  ['a log level that does not exist', gateway({ proxy: { logLevel: wrong('verbose') } }), 'c/g: \'proxy.logLevel\' PROXY_SETTING', 'c/g: \'proxy.logLevel\' PROXY_SETTING'],
  ['a log level that is no text', gateway({ proxy: { logLevel: wrong({}) } }), 'c/g: \'proxy.logLevel\' PROXY_SETTING', 'c/g: \'proxy.logLevel\' PROXY_SETTING'],
  ['an application without directory', a => a.serve(new AzureOpenAIProvider(a.chart, 'p', {
    resource: 'acme', credentials: AzureCredentials.clientSecret(wrong({ clientId: 'c', secret: StoredSecret.fromExternalSecret({ store: SecretStore.cluster('v'), key: 'k' }) })),
  }).model('d')), 'c/p: \'credentials\' ENTRA_CLIENT_ID', ['ENTRA_CLIENT_ID', 'NOT_EXPRESSIBLE']],
  ['an annotation that is a number', gateway({ proxy: { serviceAnnotations: { a: wrong(5) } } }), 'c/g: \'proxy.serviceAnnotations\' INVALID_VALUE', 'c/g: \'proxy.serviceAnnotations\' PROXY_SETTING'],
  ['memory in GB', gateway({ proxy: { resources: { memoryLimit: '1GB' } } }), 'c/g: \'proxy.resources\' OUT_OF_RANGE', 'c/g: \'proxy.resources\' OUT_OF_RANGE'],
  ['more CPU requested than the limit', gateway({ proxy: { resources: { cpuRequest: '2', cpuLimit: '1500m' } } }), 'c/g: \'proxy.resources\' OUT_OF_RANGE', 'c/g: \'proxy.resources\' OUT_OF_RANGE'],
  ['a negative number of CPUs', gateway({ proxy: { resources: { cpuLimit: '-1' } } }), 'c/g: \'proxy.resources\' OUT_OF_RANGE', 'c/g: \'proxy.resources\' OUT_OF_RANGE'],
  ['port 70000', gateway({ listeners: [Listener.http({ port: wrong(70_000) })] }), 'c/g: \'listeners\' INVALID_VALUE', 'c/g: \'listeners\' INVALID_VALUE'],
  ['no listener', gateway({ listeners: [] }), 'c/g: \'listeners\' INVALID_VALUE', 'c/g: \'listeners\' INVALID_VALUE'],
];

describe.each<PlatformName>(['agentgateway', 'kgateway'])('%s tells once', (name) => {
  test.each(mistakes.map(([what, ...rest]) => [what, rest] as const))('%s', (_, [write, agentgateway, kgateway]) => {
    const attack = new Attack(name);
    write(attack);
    const found = attack.findings();
    const expected = name === 'agentgateway' ? agentgateway : kgateway;
    if (Array.isArray(expected)) expect([...new Set(found.map(finding => finding.split(' ').at(-1)))]).toEqual(expected);
    else expect(found).toEqual(expected === undefined ? [] : [expected]);
  });
});

test.each(['__proto__', 'constructor', 'n', '1e3', '2024-01-01', 'x'.repeat(200)])('the model %s works', (name) => {
  const attack = new Attack('agentgateway');
  attack.gateway.addModel(name, attack.openai.model(name));
  expect(attack.findings()).toEqual([]);
});

test('a provider\'s name may be as long as names are', () => {
  const attack = new Attack('agentgateway');
  const provider = new OpenAIProvider(attack.chart, 'p', { name: 'p'.repeat(253), apiKey: ApiKey.fromSecretName('k') });
  attack.gateway.addModel('m', provider.model('x'));
  expect(attack.findings()).toEqual([]);
});

test.each<[string, (chart: Chart) => unknown, string]>([
  ['a provider of others without a name', c => new ExistingProvider(c, 'p', wrong({})), "c/p: 'name' must be text, got undefined"],
  ['an API that does not exist', c => new ExistingProvider(c, 'p', { name: 'a', api: wrong('rest') }), "c/p: 'api' must be a ProviderApi, such as ProviderApi.OPENAI, got \"rest\""],
  ['deployments without version', () => AzureOpenAIApi.deployments(wrong(undefined)), "AzureOpenAIApi.deployments(): 'apiVersion' must be text, got undefined"],
  ['a role in place of options', () => AwsCredentials.podIdentity(wrong('arn:aws:iam::111122223333:role/r')), "AwsCredentials.podIdentity(): 'options' must be an object, got \"arn:aws:iam::111122223333:role/r\""],
  ['an answer in words', c => new AIGateway(c, 'g', { modelRouting: wrong('no') }), "c/g: 'modelRouting' must be true or false, got \"no\""],
])('%s is told at once', (_, write, message) => {
  expect(() => write(new Attack('agentgateway').chart)).toThrow(message);
});
