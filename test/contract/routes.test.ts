import { Chart, Duration, Size, Testing } from 'cdk8s';
import {
  AIGateway, ApiKey, Checks, ClientApi, EnvoyAIGatewayRelease, EnvVariable, HeaderMatch, JsonValue, Listener, ModelMatch, ModelRoute, OpenAIProvider,
  Platform, RouteNamespaces, Traffic,
} from '../../src';
import { AiGatewayRelease, CrdJudge, describeWithCrds } from '../judges/crd/judge';

interface World {
  readonly chart: Chart;
  readonly apps: Chart;
  readonly a: OpenAIProvider;
  readonly b: OpenAIProvider;
  readonly c: OpenAIProvider;
  readonly gateway: AIGateway;
}

const EVERY = Object.values(EnvoyAIGatewayRelease);
const FROM_V0_7 = EVERY.slice(EVERY.indexOf(EnvoyAIGatewayRelease.V0_7));
const V1_1 = [EnvoyAIGatewayRelease.V1_1];

/** What routes and gateways can say, and the releases that can say it. */
const PROGRAMS: readonly (readonly [name: string, releases: readonly EnvoyAIGatewayRelease[], program: (world: World) => void])[] = [
  ['a model', EVERY, ({ gateway, a }) => void gateway.addModel('gpt-4o', a.model())],
  ['model names with every allowed character', EVERY, ({ gateway, a }) => {
    for (const name of ['vendor/Model.v1:free@x', 'a "quoted" name', '100%', '*', 'n', '1e3', '2024-01-01', 'x'.repeat(200)]) gateway.addModel(name, a.model());
  }],
  ['a chain of three levels', EVERY, ({ gateway, a, b, c }) => void gateway.addModel('m', a.model('x').fallbackTo(b.model('y')).fallbackTo(c.model('z')))],
  ['a split with a fallback', EVERY, ({ gateway, a, b, c }) => void gateway.addModel('m',
    Traffic.split([{ to: a.model(), weight: 90 }, { to: b.model(), weight: 10 }]).fallbackTo(c.model()))],
  ['sixteen providers behind a model', EVERY, ({ gateway, chart }) => {
    const members = Array.from({ length: 16 }, (_, n) => new OpenAIProvider(chart, `p${n}`, { apiKey: ApiKey.fromSecretName('key') }));
    gateway.addModel('m', Traffic.split(members.map(p => ({ to: p.model(), weight: 1 }))));
  }],
  ['retries and timeouts', EVERY, ({ gateway, a, b }) => {
    gateway.addModel('retried', a.model(), { retries: 3, timeout: Duration.minutes(10) });
    gateway.addModel('odd', a.model(), { timeout: Duration.millis(1500) });
    gateway.addModel('endless', a.model(), { timeout: Duration.seconds(0) });
    gateway.addModel('tuned', a.model().fallbackTo(b.model()), {
      failover: {
        statusCodes: [429, 503], perTryTimeout: Duration.seconds(90), connectTimeout: Duration.millis(250), attemptsPerLevel: 2,
        consecutiveErrors: 10, ejectionTime: Duration.minutes(2), failFast: true,
      },
    });
  }],
  ['what /v1/models shows, mutations, headers, client APIs', EVERY, ({ gateway, a }) => void gateway.addModel('m', a.model('x', {
    headers: { set: { 'x-cost-center': 'research' }, remove: ['x-request-id'] },
    body: { set: { 'temperature': JsonValue.number(0.2), 'with.dot': JsonValue.json('{"a":[1]}') }, remove: ['user'] },
  }), {
    ownedBy: 'OpenAI', createdAt: new Date('2024-05-01T00:00:00Z'), apis: [ClientApi.CHAT_COMPLETIONS],
    headerMatches: [HeaderMatch.exact('x-team', 'blue'), HeaderMatch.pattern('x-tier', 'gold|silver')],
  })],
  ['hostnames', FROM_V0_7, ({ gateway, a }) => void gateway.addModel('m', a.model(), { hostnames: ['ai.example.com', '*.ai.example.com'] })],
  ['a stream\'s longest silence', V1_1, ({ gateway, a, b }) => void gateway.addModel('m', a.model().fallbackTo(b.model()), { streamIdleTimeout: Duration.seconds(30) })],
  ['patterns and a catch-all', EVERY, ({ gateway, a, b }) => {
    gateway.addPattern('gpt-4.*', a.model());
    gateway.addPattern('gpt-.*', b.model());
    gateway.addCatchAll(a.model());
  }],
  ['patterns of which one has a fallback', V1_1, ({ gateway, a, b }) => {
    gateway.addPattern('gpt-.*', a.model().fallbackTo(b.model()));
    gateway.addCatchAll(a.model());
  }],
  ['a route with fifteen entries on two gateways', EVERY, ({ chart, gateway, a }) => void new ModelRoute(chart, 'route', {
    gateways: [gateway, new AIGateway(chart, 'second')],
    entries: Array.from({ length: 15 }, (_, n) => ({ match: ModelMatch.exact(`m${n}`, `n${n}`), target: a.model() })),
  })],
  ['a route in another namespace', EVERY, ({ apps, gateway, a }) => void new ModelRoute(apps, 'route', {
    gateways: [gateway], entries: [{ match: ModelMatch.exact('m'), target: a.model() }],
  })],
  ['a gateway with everything', EVERY, ({ chart, a }) => {
    new AIGateway(chart, 'full', {
      gatewayClassName: 'eg',
      listeners: [Listener.https('tls', { hostname: '*.example.com' }), Listener.http({ name: 'inside', port: 8080 })],
      routeNamespaces: RouteNamespaces.named('ai', 'apps'),
      maxBodySize: Size.mebibytes(100),
      http2Window: Size.mebibytes(1),
      proxy: { replicas: 2, serviceType: 'ClusterIP', serviceAnnotations: { a: 'b' }, serviceAccountName: 'full', logLevel: 'debug', resources: { cpuLimit: '2' } },
      sidecar: { image: 'registry.example.com/extproc:v1', env: { A: EnvVariable.value('b') }, resources: { memoryLimit: '1Gi' } },
    }).addModel('other', a.model());
  }],
];

function synthesize(release: EnvoyAIGatewayRelease, program: (world: World) => void) {
  const app = Testing.app();
  Platform.use(app, Platform.envoyAIGateway({ release }));
  const chart = new Chart(app, 'ai', { namespace: 'ai' });
  const apps = new Chart(app, 'apps', { namespace: 'apps' });
  const [a, b, c] = ['a', 'b', 'c'].map(id => new OpenAIProvider(chart, id, { apiKey: ApiKey.fromSecretName(id) }));
  const gateway = new AIGateway(chart, 'gateway', { routeNamespaces: RouteNamespaces.named('ai', 'apps') });
  program({ chart, apps, a, b, c, gateway });
  return { findings: Checks.findings(app), manifests: () => [...Testing.synth(chart), ...Testing.synth(apps)] };
}

describe.each(EVERY)('on %s', (release) => {
  test.each(PROGRAMS.filter(([, releases]) => releases.includes(release)))('%s has no finding', (_, __, program) => {
    expect(synthesize(release, program).findings).toEqual([]);
  });

  const beyond = PROGRAMS.filter(([, releases]) => !releases.includes(release));
  if (beyond.length > 0) {
    test.each(beyond)('%s is refused, and the message names a release that has it', (_, releases, program) => {
      const { findings } = synthesize(release, program);
      expect(findings.map(f => f.code)).toEqual(expect.arrayContaining([expect.stringMatching(/^NOT_(IN_RELEASE|EXPRESSIBLE)$/)]));
      expect(findings.map(f => f.message).join()).toContain(releases[0]);
    });
  }
});

describeWithCrds('the CRDs of', () => {
  for (const release of EVERY) {
    test.each(PROGRAMS.filter(([, releases]) => releases.includes(release)))(`${release} take %s`, (_, __, program) => {
      for (const channel of ['standard', 'experimental'] as const) {
        const judge = CrdJudge.load({ aiGateway: `${release}.0` as AiGatewayRelease, channel });
        expect(judge.judgeAll(synthesize(release, program).manifests())).toEqual([]);
      }
    });
  }
});
