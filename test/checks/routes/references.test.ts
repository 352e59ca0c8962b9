import { Chart, JsonPatch } from 'cdk8s';
import { gateway, inProgram, inYaml, Json, policy, provider, route, rule, says } from './fixtures';
import {
  AIGateway, ApiKey, ExistingProvider, Listener, ModelMatch, ModelRoute, OpenAIProvider, RouteEntry, RouteNamespaces, Target,
} from '../../../src';

const chatOf = (target: Target): RouteEntry => ({ match: ModelMatch.exact('m'), target });

describe('NO_GATEWAY', () => {
  test('a route without parents', () => {
    expect(inProgram(({ chart, a }) => { new ModelRoute(chart, 'route', { gateways: [], entries: [chatOf(a.model())] }); }))
      .toMatchObject([{ code: 'NO_GATEWAY', severity: 'error', path: 'test/route', ...says("'gateways' is empty, so no gateway serves the route") }]);
    expect(inYaml([route([rule()], { parentRefs: undefined })])).toMatchObject([{ code: 'NO_GATEWAY', ...says("'spec.parentRefs'") }]);
    expect(inYaml([route([rule()])])).toEqual([]);
  });
});

describe('GATEWAY_TWICE', () => {
  test('the same gateway for one route', () => {
    const program = (...ids: string[]) => inProgram(({ chart, gateway: g, a }) => {
      const other = new AIGateway(chart, 'other', { name: 'other' });
      const gateways = ids.map(id => (id === 'other' ? other : g));
      new ModelRoute(chart, 'route', { gateways, entries: [chatOf(a.model())] });
    });
    expect(program('gateway', 'gateway')).toMatchObject([{ code: 'GATEWAY_TWICE', severity: 'error', path: 'test/route', ...says("'gateways' have the same gateway twice, got \"gateway\"; name it once") }]);
    expect(program('gateway', 'other')).toEqual([]);
  });

  test('parents are apart by listener only where both name one', () => {
    const parents = (...refs: object[]) => inYaml([route([rule()], { parentRefs: refs.map(ref => ({ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'elsewhere', ...ref })) })]);
    const twice = [{ code: 'GATEWAY_TWICE', ...says("'spec.parentRefs[1]' is the same gateway as spec.parentRefs[0]") }];
    expect(parents({}, { namespace: 'ai' })).toMatchObject(twice);
    expect(parents({ sectionName: 'http' }, {})).toMatchObject(twice);
    expect(parents({ sectionName: 'http' }, { sectionName: 'http' })).toMatchObject(twice);
    expect(parents({ sectionName: 'http' }, { sectionName: 'https' })).toEqual([]);
    expect(parents({}, { namespace: 'infra' })).toEqual([]);
  });
});

describe('MISSING_REFERENCE', () => {
  const complete = { complete: ['ai'] };

  test('a provider nobody makes', () => {
    const program = (name: string) => inProgram(({ gateway: g, chart }) => {
      g.addModel('m', new ExistingProvider(chart, 'existing', { name }).model());
    }, complete);
    expect(program('c')).toMatchObject([{ code: 'MISSING_REFERENCE', severity: 'error', path: 'test/gateway/m', ...says('\'target\' names no AIServiceBackend there is in namespace "ai", got "c"') }]);
    expect(program('a')).toEqual([]);
    expect(inYaml([...provider('b'), gateway(), route([rule()])], complete)).toMatchObject([{ code: 'MISSING_REFERENCE', ...says("'spec.rules[0].backendRefs[0].name'") }]);
    expect(inYaml([...provider('b'), gateway(), route([rule()])])).toEqual([]);
  });

  test('a gateway nobody makes', () => {
    expect(inProgram(({ chart, a }) => {
      AIGateway.fromGatewayName(chart, 'other', 'other').addModel('m', a.model());
    }, complete)).toMatchObject([{ code: 'MISSING_REFERENCE', path: 'test/other/m', ...says("'gateways' names no Gateway") }]);
    expect(inYaml([...provider('a'), route([rule()])], complete)).toMatchObject([{ code: 'MISSING_REFERENCE', ...says("'spec.parentRefs[0].name'") }]);
  });

  test('a Backend nobody makes, in a namespace of its own', () => {
    const [backend, service]: any[] = provider('a');
    service.spec.backendRef.namespace = 'backends';
    const both = (namespace: string) => inYaml([{ ...backend, metadata: { name: 'a', namespace } }, service], { complete: ['backends'] });
    expect(both('ai')).toMatchObject([{ code: 'MISSING_REFERENCE', ...says('\'spec.backendRef.name\' names no Backend there is in namespace "backends"') }]);
    expect(both('backends')).toEqual([]);
  });

  test.each([
    ['SecurityPolicy', { extAuth: { http: { backendRefs: [{ name: 'policy', port: 9000 }] } } }, 'spec.extAuth.http.backendRefs[0]'],
    ['SecurityPolicy', { extAuth: { grpc: { backendRef: { name: 'policy', port: 9000 } } } }, 'spec.extAuth.grpc.backendRef'],
    ['EnvoyExtensionPolicy', { extProc: [{ backendRefs: [{ kind: 'Service', name: 'policy', port: 9000 }] }] }, 'spec.extProc[0].backendRefs[0]'],
  ])('a server that a %s asks and nobody makes', (kind, asks, path) => {
    const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }];
    const asking = { apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind, metadata: { name: 'p', namespace: 'ai' }, spec: { targetRefs, ...asks } };
    const server = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'policy', namespace: 'ai' }, spec: { ports: [{ port: 9000 }] } };
    const missing = { code: 'MISSING_REFERENCE', ...says(`'${path}.name' names no Service there is in namespace "ai", got "policy"`) };
    expect(inYaml([gateway(), asking], complete)).toMatchObject([missing]);
    expect(inYaml([gateway(), asking, server], complete)).toEqual([]);
    expect(inYaml([gateway(), asking])).toEqual([]);
  });

  test('a pool and a token are not looked for', () => {
    const refs = [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'pool' }];
    expect(inYaml([gateway(), route([rule({ backendRefs: refs })])], complete)).toEqual([]);
    expect(inYaml([gateway(), route([rule({ backendRefs: [{ name: '${Token[NAME.1]}' }] })])], complete)).toEqual([]);
  });
});

describe('MISSING_GRANT', () => {
  const elsewhere = route([rule({ backendRefs: [{ name: 'a', namespace: 'providers' }] })]);
  const grant = (from: [string, string], to: [string, string], name?: string) => ({
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: `${to[1]}-grant`.toLowerCase(), namespace: 'providers' },
    spec: { from: [{ group: from[0], kind: from[1], namespace: 'ai' }], to: [{ group: to[0], kind: to[1], ...(name && { name }) }] },
  });
  const services = grant(['aigateway.envoyproxy.io', 'AIGatewayRoute'], ['aigateway.envoyproxy.io', 'AIServiceBackend'], 'another');
  const backends = (name?: string) => grant(['gateway.networking.k8s.io', 'HTTPRoute'], ['gateway.envoyproxy.io', 'Backend'], name);
  const objects = [...provider('a', { namespace: 'providers' }), gateway(), elsewhere];

  test('both are needed', () => {
    expect(inYaml(objects)).toMatchObject([
      { code: 'MISSING_GRANT', severity: 'error', ...says('\'spec.rules[0].backendRefs[0]\' refers to another namespace, where no ReferenceGrant lets AIGatewayRoute of "ai" refer to AIServiceBackend, got "providers/a"') },
    ]);
    expect(inYaml([...objects, backends()])).toMatchObject([{ code: 'MISSING_GRANT', ...says('lets AIGatewayRoute') }]);
    expect(inYaml([...objects, services])).toMatchObject([{ code: 'MISSING_GRANT', ...says('lets HTTPRoute of "ai" refer to Backend') }]);
    expect(inYaml([...objects, services, backends()])).toEqual([]);
  });

  test('the name of a Backend counts', () => {
    expect(inYaml([...objects, services, backends('a')])).toEqual([]);
    expect(inYaml([...objects, services, backends('b')])).toMatchObject([{ code: 'MISSING_GRANT', ...says('lets HTTPRoute') }]);
  });

  test('what is not here may be granted elsewhere', () => {
    expect(inYaml([gateway(), elsewhere])).toEqual([]);
  });

  test('our own providers grant it themselves, until a patch says otherwise', () => {
    const program = (...patches: JsonPatch[]) => inProgram(({ gateway: g, chart }) => {
      const providers = new Chart(chart.node.root as any, 'providers', { namespace: 'providers' });
      const openai = new OpenAIProvider(providers, 'openai', { name: 'openai', apiKey: ApiKey.fromSecretName('openai') });
      g.addModel('m', openai.model());
      const made: any = openai.node.findAll().find((c: any) => c.kind === 'ReferenceGrant');
      made.addJsonPatch(...patches);
    });
    expect(program()).toEqual([]);
    expect(program(JsonPatch.remove('/spec/to/1'))).toMatchObject([{ code: 'MISSING_GRANT', path: 'test/gateway/m', ...says("'target' refers to another namespace") }]);
  });
});

describe('LISTENER_REFUSES_ROUTE', () => {
  const allowing = (allowedRoutes?: Json, more: Json = {}) => [{ name: 'http', port: 80, protocol: 'HTTP', ...(allowedRoutes && { allowedRoutes }), ...more }];
  const attached = (listeners: readonly Json[], parent: Json = {}) => inYaml([
    gateway(listeners, 'infra'), route([rule()], { parentRefs: [{ name: 'gateway', namespace: 'infra', ...parent }] }),
  ]);
  const names = (...values: string[]) => ({ namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] } } });

  test.each<[string, readonly Json[], string]>([
    ['nothing said', allowing(), 'it takes only routes of "infra"'],
    ['Same', allowing({ namespaces: { from: 'Same' } }), 'it takes only routes of "infra"'],
    ['other names', allowing(names('apps')), 'its selector does not choose "ai"'],
    ['another label of the name', allowing({ namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'apps' } } } }), 'its selector does not choose "ai"'],
    ['all but this one', allowing({ namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['ai'] }] } } }), 'its selector does not choose "ai"'],
    ['a namespace without a name', allowing({ namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'DoesNotExist' }] } } }), 'its selector does not choose "ai"'],
    ['other kinds', allowing({ namespaces: { from: 'All' }, kinds: [{ kind: 'GRPCRoute' }] }), 'it takes no HTTPRoutes'],
    ['another protocol', allowing({ namespaces: { from: 'All' } }, { protocol: 'TCP' }), 'it speaks TCP'],
  ])('refused: %s', (_, listeners, message) => {
    expect(attached(listeners)).toMatchObject([{ code: 'LISTENER_REFUSES_ROUTE', severity: 'error', ...says(`'spec.parentRefs[0]' names a gateway that does not take the route: listener "http": ${message}, got "infra/gateway"`) }]);
  });

  test.each<[string, readonly Json[]]>([
    ['All', allowing({ namespaces: { from: 'All' } })],
    ['these names', allowing(names('apps', 'ai'))],
    ['a name that is known later', allowing({ namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': '${Token[TOKEN.1]}' } } } })],
    ['names of which one is known later', allowing(names('apps', '${Token[TOKEN.1]}'))],
    ['all but a name that is known later', allowing({ namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['${Token[TOKEN.1]}'] }] } } })],
    ['labels that are not known', allowing({ namespaces: { from: 'Selector', selector: { matchLabels: { team: 'red' } } } })],
    ['one listener of two', [...allowing(), { name: 'other', port: 81, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }]],
  ])('taken: %s', (_, listeners) => {
    expect(attached(listeners)).toEqual([]);
  });

  test('a listener that is not there', () => {
    const all = allowing({ namespaces: { from: 'All' } });
    expect(attached(all, { sectionName: 'https' })).toMatchObject([{ code: 'LISTENER_REFUSES_ROUTE', ...says('it has no listener with name "https"') }]);
    expect(attached(all, { port: 443 })).toMatchObject([{ code: 'LISTENER_REFUSES_ROUTE', ...says('it has no listener with port 443') }]);
    expect(attached(all, { sectionName: 'http', port: 80 })).toEqual([]);
  });

  test('a gateway of ours', () => {
    const program = (routeNamespaces?: RouteNamespaces) => inProgram(({ gateway: g, chart }) => {
      const apps = new Chart(chart.node.root as any, 'apps', { namespace: 'apps' });
      const openai = new OpenAIProvider(apps, 'openai', { name: 'openai', apiKey: ApiKey.fromSecretName('openai') });
      new ModelRoute(apps, 'route', { gateways: [g], entries: [chatOf(openai.model())] });
    }, { gateway: { routeNamespaces } });
    expect(program()).toMatchObject([{ code: 'LISTENER_REFUSES_ROUTE', path: 'apps/route', ...says("'gateways' names a gateway that does not take the route") }]);
    expect(program(RouteNamespaces.named('apps'))).toEqual([]);
    expect(program(RouteNamespaces.all())).toEqual([]);
  });
});

describe('HOSTNAME_NOT_SERVED', () => {
  test('a hostname no listener has', () => {
    const program = (hostname: string) => inProgram(({ gateway: g, a }) => { g.addModel('m', a.model(), { hostnames: [hostname] }); },
      { gateway: { listeners: [Listener.http({ hostname: '*.example.com' })] } });
    expect(program('models.example.org')).toMatchObject([
      { code: 'HOSTNAME_NOT_SERVED', severity: 'error', path: 'test/gateway/m', ...says('\'hostnames\' has nothing in common with those that gateway "gateway" serves: *.example.com, got ["models.example.org"]') },
    ]);
    expect(program('models.example.com')).toEqual([]);
    expect(program('*.example.com')).toEqual([]);
  });

  test.each([['api.example.com', '*.example.com'], ['*.example.com', '*.api.example.com'], [undefined, 'a.example.com']])('listener %s and route %s meet', (listener, hostname) => {
    const listeners = [{ name: 'http', port: 80, protocol: 'HTTP', hostname: listener }];
    expect(inYaml([gateway(listeners), route([rule()], { hostnames: [hostname] })])).toEqual([]);
    expect(inYaml([gateway([{ ...listeners[0], hostname: 'other.org' }]), route([rule()], { hostnames: [hostname] })])).toMatchObject([{ code: 'HOSTNAME_NOT_SERVED', ...says("'spec.hostnames'") }]);
  });
});

describe('POLICY_RULE_UNKNOWN', () => {
  const named = (...rules: Json[]) => (sectionName: string) => inYaml([route(rules), policy({ retry: { numRetries: 1 } }, { sectionName })]);

  test('a policy for a rule that is not there', () => {
    const first = named({ name: 'first', ...rule() });
    expect(first('second')).toMatchObject([{ code: 'POLICY_RULE_UNKNOWN', severity: 'error', ...says('\'spec.targetRefs[0].sectionName\' names no rule of test/doc-0, got "second"; use one of first') }]);
    expect(first('first')).toEqual([]);
    expect(named(rule())('first')).toMatchObject([{ code: 'POLICY_RULE_UNKNOWN', ...says('give the rule that name') }]);
  });

  test('routes of others are not known, and ours name their rules', () => {
    expect(inYaml([policy({}, { name: 'elsewhere', sectionName: 'first' })])).toEqual([]);
    const program = (sectionName: string) => inProgram(({ gateway: g, chart, a, b }) => {
      const made = new ModelRoute(chart, 'route', { gateways: [g], entries: [chatOf(a.model().fallbackTo(b.model())), { match: ModelMatch.exact('n'), target: b.model() }] });
      made.trafficPolicy!.addJsonPatch(JsonPatch.replace('/spec/targetRefs/0/sectionName', sectionName));
    });
    expect(program('rule-0')).toEqual([]);
    expect(program('rule-9').map(({ code }) => code)).toEqual(['FALLBACK_WITHOUT_RETRY', 'POLICY_RULE_UNKNOWN']);
  });
});
