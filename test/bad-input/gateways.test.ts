import { Duration, Size } from 'cdk8s';
import { findingsOf, wrong } from './program';
import {
  AIGateway, AIGatewayProps, ApiKey, EnvVariable, ExistingProvider, HeaderMatch, Listener, OpenAIProvider, ProviderTls, RouteNamespaces,
} from '../../src';

const gateway = (props: AIGatewayProps) => findingsOf(({ chart }) => {
  new AIGateway(chart, 'g', { gatewayClassName: 'eg', ...props });
});
const reference = (prop: string, what: string, got: string) =>
  `c/g: '${prop}' is not a name ${what} can have, got "${got}"; use lower-case letters, digits and "-", as \`kubectl get\` shows it [BAD_REFERENCE]`;

test('names of objects that cannot exist', () => {
  expect(gateway({ gatewayClassName: 'A_b' })).toEqual([reference('gatewayClassName', 'a GatewayClass', 'A_b')]);
  expect(gateway({ listeners: [Listener.https('My_Cert')] })).toContain(reference('listeners', 'a Secret', 'My_Cert'));
  expect(gateway({ proxy: { serviceAccountName: '' } })).toContain(reference('proxy.serviceAccountName', 'a service account', ''));
  expect(gateway({ sidecar: { env: { TOKEN: EnvVariable.fromSecret('A b', 'token') } } })).toEqual([reference('sidecar.env.TOKEN', 'a Secret', 'A b')]);
  expect(gateway({ routeNamespaces: RouteNamespaces.named('apps', 'a.b', '') })).toEqual([
    reference('routeNamespaces', 'a namespace', ''), reference('routeNamespaces', 'a namespace', 'a.b'),
  ]);
});

test('a gateway, a provider and an authority that exist have names and namespaces objects can have', () => {
  const referred = (namespace?: string) => findingsOf(({ chart, openai }) => {
    AIGateway.fromGatewayName(chart, 'g', 'Shared GW', { namespace }).addModel('m', openai.model());
  });
  expect(referred()).toEqual([reference('name', 'a Gateway', 'Shared GW')]);
  expect(referred('Infra_1')).toContain(reference('namespace', 'a namespace', 'Infra_1'));
  expect(findingsOf(({ chart }) => void new ExistingProvider(chart, 'g', { name: 'A_b', namespace: 'a.b' }))).toEqual([
    reference('name', 'an object', 'A_b'), reference('namespace', 'a namespace', 'a.b'),
  ]);
  expect(findingsOf(({ chart }) => void new OpenAIProvider(chart, 'g', { apiKey: ApiKey.fromSecretName('k'), tls: ProviderTls.privateCa('Our CA') }))).toEqual([
    reference('tls', 'a ConfigMap', 'Our CA'),
  ]);
});

test('no namespace at all', () => {
  expect(gateway({ routeNamespaces: RouteNamespaces.named() })).toEqual([expect.stringMatching(/^c\/g: 'routeNamespaces' names no namespace, so the gateway takes no route; .*\[OPTION_WITHOUT_EFFECT\]$/)]);
});

test.each([[0, '0'], [-1, '-1'], [65536, '65536'], [1.5, '1.5'], [NaN, 'NaN'], ['80', '"80"']])('port %p', (port, got) => {
  expect(gateway({ listeners: [Listener.http({ port: wrong(port) })] })).toEqual([expect.stringMatching(new RegExp(`^c/g: 'listeners' .*, got ${got}; .*\\[INVALID_VALUE\\]$`))]);
});

test.each(['', 'Example.com', 'a.example.com:80', 'http://a.example.com', '*'])('hostname %p', hostname => {
  expect(gateway({ listeners: [Listener.http({ hostname })] })).toEqual([
    hostname === ''
      ? 'c/g: \'listeners\' is empty, got ""; give a value [INVALID_VALUE]'
      : `c/g: 'listeners' has characters or a form that is not allowed, got "${hostname}"; use a DNS name in lower case without scheme and port, such as "ai.example.com" or "*.example.com" [INVALID_VALUE]`,
  ]);
});

test('no listener, too many, and quantities that are none', () => {
  expect(gateway({ listeners: [] })).toEqual(["c/g: 'listeners' has 0 items, at least 1 are needed; add some [INVALID_VALUE]"]);
  expect(gateway({ proxy: { resources: { memoryLimit: '1GB' } } })).toEqual([
    'c/g: \'proxy.resources\' has a memoryLimit that is no quantity of Kubernetes, got "1GB"; write one such as "500m", "2" or "512Mi" [OUT_OF_RANGE]',
  ]);
  expect(gateway({ http2Window: Size.kibibytes(0) })).toContainEqual(expect.stringMatching(/^c\/g: 'http2Window' .*, got "0"/));
});

test.each<[string, AIGatewayProps, string]>([
  ['a proxy', { proxy: { resources: { memoryLimit: '1Mi' } } }, 'proxy.resources\' has a memoryLimit in which no body of 50 MiB fits'],
  ['a proxy, without unit', { proxy: { resources: { memoryLimit: '100' } } }, 'proxy.resources\' has a memoryLimit in which'],
  ['a sidecar', { sidecar: { resources: { memoryLimit: '50Mi' } } }, 'sidecar.resources\' has a memoryLimit in which no body of 50 MiB fits'],
  ['a sidecar of large bodies', { maxBodySize: Size.gibibytes(1), sidecar: { resources: { memoryLimit: '512Mi' } } }, 'no body of 1024 MiB fits'],
  ['a sidecar with less than it requests', { sidecar: { resources: { memoryRequest: '1Gi', memoryLimit: '512Mi' } } }, 'has a memoryRequest above its memoryLimit, 512Mi, got "1Gi"'],
  ['a number below zero', { proxy: { resources: { cpuLimit: -1 as never } } }, 'has a cpuLimit that is no quantity of Kubernetes, got -1'],
])('resources in which pods cannot do their work: %s', (_, props, text) => {
  expect(gateway(props)).toEqual([expect.stringContaining(text)]);
});

test('a body fits into what is left to it', () => {
  expect(gateway({ proxy: { resources: { memoryLimit: '51Mi' } } })).toEqual([]);
  expect(gateway({ maxBodySize: Size.mebibytes(1), sidecar: { resources: { memoryLimit: '0.5Gi' } } })).toEqual([]);
  // For Kubernetes no limit.
  expect(gateway({ proxy: { resources: { memoryLimit: '0' } } })).toEqual([]);
});

test('conditions on headers are told as such, not as the model', () => {
  const found = findingsOf(({ gateway: g, openai }) => {
    g.addModel('m', openai.model(), { headerMatches: [HeaderMatch.exact('a b', 'x')], timeout: Duration.seconds(9) });
  });
  expect(found).toEqual(["c/gw/m: 'headerMatches' has characters or a form that is not allowed, got \"a b\"; use the name of a header: letters, digits and \"-\", without spaces and colons [INVALID_VALUE]"]);
});

test('a header named twice counts once for the gateway', () => {
  const found = findingsOf(({ gateway: g, openai }) => {
    g.addModel('m', openai.model(), { headerMatches: [HeaderMatch.exact('x-team', 'a'), HeaderMatch.exact('X-Team', 'b')] });
  });
  expect(found).toEqual(["c/gw/m: 'headerMatches' has two conditions on one header, of which the gateway reads the first, got \"X-Team\"; write one, such as HeaderMatch.pattern(\"x-team\", \"a|b\") [NOT_EXPRESSIBLE]"]);
});
