import { ApiObject, App, Chart, Duration, Size, Testing } from 'cdk8s';
import {
  AIGateway, AIGatewayProps, ApiKey, Checks, EnvoyAIGatewayRelease, EnvVariable, Listener, OpenAIProvider, Platform, ProxyLogLevel,
  ProxyServiceType, RouteNamespaces, Traffic,
} from '../../src';

function chartOf(options: { namespace?: string; app?: App } = {}): Chart {
  return new Chart(options.app ?? Testing.app(), 'ai', { namespace: options.namespace ?? 'ai', disableResourceNameHashes: true });
}

function synth(chart: Chart): any[] {
  return Testing.synth(chart);
}

function only(manifests: any[], kind: string): any {
  const found = manifests.filter(m => m.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
}

function openai(chart: Chart, id = 'openai') {
  return new OpenAIProvider(chart, id, { apiKey: ApiKey.fromSecretName('openai') });
}

test('a gateway with defaults: a class of its own, HTTP on port 80, and limits that fit prompts', () => {
  const chart = chartOf();
  new AIGateway(chart, 'gateway');
  const manifests = synth(chart);
  expect(manifests.map(m => m.kind)).toEqual(['GatewayClass', 'Gateway', 'ClientTrafficPolicy']);
  expect(only(manifests, 'Gateway').spec).toEqual({
    gatewayClassName: 'ai-gateway',
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } }],
  });
  expect(only(manifests, 'ClientTrafficPolicy').spec).toEqual({
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'ai-gateway' }],
    connection: { bufferLimit: '50Mi' },
    http2: { initialStreamWindowSize: '50Mi' },
  });
});

test('ApiObject.of() finds the Gateway', () => {
  const gateway = new AIGateway(chartOf(), 'gateway');
  expect(ApiObject.of(gateway).kind).toBe('Gateway');
});

test('every property reaches the manifests', () => {
  const chart = chartOf();
  const props: Required<Omit<AIGatewayProps, 'modelRouting'>> = {
    name: 'edge',
    gatewayClassName: 'eg',
    listeners: [Listener.https('edge-tls', { hostname: 'ai.example.com' }), Listener.http({ name: 'inside', port: 8080 })],
    routeNamespaces: RouteNamespaces.named('apps', 'batch'),
    maxBodySize: Size.mebibytes(10),
    http2Window: Size.mebibytes(4),
    proxy: {
      replicas: 3,
      resources: { cpuRequest: '500m', memoryLimit: '1Gi' },
      serviceType: ProxyServiceType.CLUSTER_IP,
      serviceAnnotations: { 'example.com/a': 'b' },
      serviceAccountName: 'edge-proxy',
      logLevel: ProxyLogLevel.INFO,
    },
    sidecar: {
      image: 'registry.example.com/extproc:v1.1.0',
      env: { HTTPS_PROXY: EnvVariable.value('http://proxy:3128'), TOKEN: EnvVariable.fromSecret('extproc', 'token') },
      resources: { memoryRequest: '256Mi', cpuLimit: '2' },
    },
  };
  new AIGateway(chart, 'gateway', props);
  expect(synth(chart)).toMatchSnapshot();
});

test.each([
  [EnvoyAIGatewayRelease.V1_0, 'v1.0.0'],
  [EnvoyAIGatewayRelease.V1_1, 'v1.1.0'],
])('a mirror of the sidecar\'s image has the tag of %s', (release, tag) => {
  const chart = chartOf();
  Platform.use(chart, Platform.envoyAIGateway({ release }));
  new AIGateway(chart, 'gateway', { sidecar: { imageRepository: 'registry.example.com/extproc' } });
  expect(only(synth(chart), 'GatewayConfig').spec.extProc.kubernetes.image).toBe(`registry.example.com/extproc:${tag}`);
});

test('a mirror beside an image has no effect', () => {
  const chart = chartOf();
  new AIGateway(chart, 'gateway', { sidecar: { image: 'registry.example.com/extproc:v1', imageRepository: 'registry.example.com/extproc' } });
  expect(Checks.findings(chart).map(({ code, message }) => [code, message])).toEqual([
    ['OPTION_WITHOUT_EFFECT', expect.stringContaining("'sidecar.imageRepository' has no effect beside `sidecar.image`")],
  ]);
});

test('what the proxy needs comes before the Gateway that names it, also when a later route asks for it', () => {
  const chart = chartOf();
  const gateway = new AIGateway(chart, 'gateway', { gatewayClassName: 'eg' });
  gateway._need({ kind: 'aws-irsa', principal: 'arn:aws:iam::111122223333:role/bedrock', provider: 'ai/bedrock' });
  const manifests = synth(chart);
  expect(manifests.map(m => m.kind)).toEqual(['EnvoyProxy', 'Gateway', 'ClientTrafficPolicy']);
  expect(only(manifests, 'EnvoyProxy').spec.provider.kubernetes.envoyServiceAccount).toEqual({ name: 'ai-gateway' });
  expect(only(manifests, 'Gateway').spec.infrastructure).toEqual({
    parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'ai-gateway' },
    annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/bedrock' },
  });
});

test('two roles on one gateway are refused, with both providers', () => {
  const chart = chartOf();
  const gateway = new AIGateway(chart, 'gateway');
  for (const role of ['one', 'two']) gateway._need({ kind: 'aws-irsa', principal: `arn:aws:iam::111122223333:role/${role}`, provider: `ai/${role}` });
  expect(Checks.findings(chart)).toMatchObject([{ path: 'ai/gateway', code: 'IDENTITY_CONFLICT', message: expect.stringContaining('ai/two') }]);
});

describe('models', () => {
  test('each has a route object of its own', () => {
    const chart = chartOf();
    const provider = openai(chart);
    const gateway = new AIGateway(chart, 'gateway');
    for (const model of ['gpt-4o', 'gpt-4o-mini']) gateway.addModel(model, provider.model());
    expect(synth(chart).filter(m => m.kind === 'AIGatewayRoute').map(m => m.metadata.name)).toEqual(['ai-gateway-gpt-4o', 'ai-gateway-gpt-4o-mini']);
  });

  test.each(['snake_case', '.hidden', 'UPPER.-x', 'n', '1e3', '2024-01-01', 'true', 'vendor/model:v1', 'a b', '__proto__', 'constructor', '"quoted"', 'x'.repeat(300)])(
    'a name such as %j reaches the manifest as text', (name) => {
      const chart = chartOf();
      new AIGateway(chart, 'gateway').addModel(name, openai(chart).model());
      const route = only(synth(chart), 'AIGatewayRoute');
      expect(route.spec.rules[0].matches[0].headers[0].value).toBe(name);
    });

  test('a model that is added twice is still made, for the checks to name', () => {
    const chart = chartOf();
    const gateway = new AIGateway(chart, 'gateway');
    gateway.addModel('gpt-4o', openai(chart, 'a').model());
    expect(() => gateway.addModel('gpt-4o', openai(chart, 'b').model())).not.toThrow();
  });

  test('patterns and the catch-all share one object, in the order of declaration', () => {
    const chart = chartOf();
    const provider = openai(chart);
    const gateway = new AIGateway(chart, 'gateway');
    gateway.addPattern('gpt-4.*', provider.model());
    gateway.addModel('gpt-4o', provider.model());
    gateway.addPattern('gpt-.*', provider.model().fallbackTo(openai(chart, 'other').model()));
    gateway.addCatchAll(provider.model());
    const [patterns, exact, ...more] = synth(chart).filter(m => m.kind === 'AIGatewayRoute');
    expect(more).toEqual([]);
    expect(patterns.spec.rules.map((r: any) => r.matches[0].headers[0].value)).toEqual(['gpt-4.*', 'gpt-.*', '.+']);
    expect(exact.spec.rules).toHaveLength(1);
    expect(only(synth(chart), 'BackendTrafficPolicy').spec.targetRefs[0].sectionName).toBe('rule-1');
  });

  test('a provider in another namespace is opened to the route\'s, once', () => {
    const app = Testing.app();
    const providers = new Chart(app, 'providers', { namespace: 'providers', disableResourceNameHashes: true });
    const provider = openai(providers);
    const chart = chartOf({ app });
    const gateway = new AIGateway(chart, 'gateway');
    gateway.addModel('a', provider.model());
    gateway.addModel('b', provider.model());
    expect(only(synth(providers), 'ReferenceGrant')).toMatchObject({
      metadata: { namespace: 'providers' },
      spec: {
        from: [{ kind: 'AIGatewayRoute', namespace: 'ai' }, { kind: 'HTTPRoute', namespace: 'ai' }],
        to: [{ kind: 'AIServiceBackend', name: 'providers-openai' }, { kind: 'Backend', name: 'providers-openai' }],
      },
    });
  });

  test('a provider whose namespace is left to the deployment cannot be opened', () => {
    const app = Testing.app();
    const provider = openai(new Chart(app, 'providers'));
    new AIGateway(chartOf({ app }), 'gateway').addModel('a', provider.model());
    expect(Checks.findings(app)).toMatchObject([{ path: 'ai/gateway/a', code: 'CROSS_NAMESPACE_UNKNOWN' }]);
  });

  test('a route and a provider for different releases are refused', () => {
    const app = Testing.app();
    const providers = new Chart(app, 'providers', { namespace: 'ai' });
    Platform.use(providers, Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V1_0 }));
    const provider = openai(providers);
    new AIGateway(chartOf({ app }), 'gateway').addModel('a', provider.model());
    expect(Checks.findings(app).map(f => f.code)).toContain('PLATFORM_MISMATCH');
  });

  test('options of a model reach its route and policy', () => {
    const chart = chartOf();
    const [a, b, c] = ['a', 'b', 'c'].map(id => openai(chart, id));
    new AIGateway(chart, 'gateway').addModel('m', Traffic.split([{ to: a.model('x'), weight: 1 }, { to: b.model('y'), weight: 2 }]).fallbackTo(c.model('z')), {
      name: 'chat',
      hostnames: ['ai.example.com'],
      timeout: Duration.minutes(10),
      ownedBy: 'us',
      createdAt: new Date('2024-05-01T10:20:30.400Z'),
      failover: { statusCodes: [500], perTryTimeout: Duration.seconds(90), connectTimeout: Duration.millis(500), failFast: true },
    });
    expect(synth(chart).filter(m => ['AIGatewayRoute', 'BackendTrafficPolicy'].includes(m.kind))).toMatchSnapshot();
  });
});

test('the platform cannot change under constructs that were made for it', () => {
  const chart = chartOf();
  new AIGateway(chart, 'gateway');
  expect(() => Platform.use(chart, Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V1_0 }))).toThrow('comes too late');
});
