import { Chart, Lazy } from 'cdk8s';
import { Program, programOf, wrong } from './program';
import { AIGateway, ArgoCD, Checks, ClusterSetup, EnvVariable, HeaderMatch, JsonValue, Listener, ModelMatch, ModelRoute, PathMatch, PathRoute, Traffic } from '../../src';

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
  ['an environment variable as text', "c/g: 'sidecar.env.A' must be an EnvVariable", p => new AIGateway(p.chart, 'g', { sidecar: { env: { A: wrong('x') } } })],
  ['a list of environment variables', "c/g: 'sidecar.env' must be an object", p => new AIGateway(p.chart, 'g', { sidecar: { env: wrong([EnvVariable.value('x')]) } })],
  ['late annotations', "c/g: 'proxy.serviceAnnotations' must be an object, got a value that is known only at synthesis", p => new AIGateway(p.chart, 'g', { proxy: { serviceAnnotations: Lazy.any({ produce: () => ({}) }) } })],
  ['an acknowledgement of nothing', "Checks.acknowledge(): 'scope' must be a construct", () => Checks.acknowledge(wrong(undefined), 'DUPLICATE_MODEL', 'x')],
  ['an acknowledgement without reason', "Checks.acknowledge(): 'reason' must be text, got undefined", p => Checks.acknowledge(p.app, 'DUPLICATE_MODEL', wrong(undefined))],
  ['a namespace nothing can be in', "Checks.declareComplete(): 'namespace' must be the name of a namespace, got \"A_b\"", p => Checks.declareComplete(p.app, 'A_b')],
  ['strictness of nothing', "Checks.strict(): 'scope' must be a construct", () => Checks.strict(wrong(null))],
  ['a wave that is half', "ArgoCD.useSyncWaves(): 'first' must be a whole number, got 1.5", p => ArgoCD.useSyncWaves(p.app, { first: 1.5 })],
  ['a wave that is none', "ArgoCD.useSyncWaves(): 'first' must be a whole number, got NaN", p => ArgoCD.useSyncWaves(p.app, { first: NaN })],
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
