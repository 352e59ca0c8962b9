import { parseAllDocuments } from 'yaml';
import { adaptForThisMachine, Surroundings } from './adapter';

const surroundings: Surroundings = {
  listenPort: 20001,
  namesPort: 20002,
  namespace: 'ai',
  publicCaConfigMap: 'public-ca',
  portOf: (hostname, port) => (hostname === 'api.openai.com' && port === 443 ? 20003 : undefined),
  others: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' }, stringData: { apiKey: 'a' } }],
};

function adapted(yaml: string): any[] {
  return parseAllDocuments(adaptForThisMachine(yaml, surroundings)).map(document => document.toJS());
}

const gateway = (listener: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
spec: { gatewayClassName: eg, listeners: [${listener}] }
`;
const backend = (hostname: string) => `
kind: Backend
spec: { endpoints: [{ fqdn: { hostname: ${hostname}, port: 443 } }] }
`;

test.each([
  ['HTTP', '{ name: a, port: 80, protocol: HTTP }'],
  ['HTTPS', '{ name: a, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: certificate }] } }'],
])('the listener for %s gets the port of this machine, and the proxy that is a process', (_, listener) => {
  const [{ spec }] = adapted(gateway(listener));
  expect(spec.listeners).toEqual([{ name: 'a', port: 20001, protocol: 'HTTP' }]);
  expect(spec.infrastructure.parametersRef).toEqual({ group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'judge' });
});

test.each([
  ['two listeners', gateway('{ name: a, port: 80, protocol: HTTP }, { name: b, port: 81, protocol: HTTP }'), /one listener/],
  ['a host nothing stands for', backend('api.unknown.com'), /nothing stands for api\.unknown\.com:443/],
])('%s is not adapted in silence', (_, yaml, message) => {
  expect(() => adapted(yaml)).toThrow(message);
});

test('a provider keeps its name and gets a port of this machine', () => {
  expect(adapted(backend('api.openai.com'))[0].spec.endpoints).toEqual([{ fqdn: { hostname: 'api.openai.com', port: 20003 } }]);
});

test('a TLS policy for a port of a provider is for the one of this machine', () => {
  const policy = (section: string) => adapted(`
kind: BackendTLSPolicy
spec: { targetRefs: [{ kind: Backend, name: a${section} }], validation: { hostname: api.openai.com, wellKnownCACertificates: System } }
`)[0].spec.targetRefs;
  expect(policy(', sectionName: "443"')).toEqual([{ kind: 'Backend', name: 'a', sectionName: '20003' }]);
  expect(policy('')).toEqual([{ kind: 'Backend', name: 'a' }]);
});

test('a provider reached by address is on this machine', () => {
  const yaml = 'kind: Backend\nspec: { endpoints: [{ ip: { address: api.openai.com, port: 443 } }] }\n';
  expect(adapted(yaml)[0].spec.endpoints).toEqual([{ ip: { address: '127.0.0.1', port: 20003 } }]);
});

test.each([
  ['public authorities become those of the run', 'wellKnownCACertificates: System', [{ group: '', kind: 'ConfigMap', name: 'public-ca' }]],
  ['private ones stay', 'caCertificateRefs: [{ group: "", kind: ConfigMap, name: mine }]', [{ group: '', kind: 'ConfigMap', name: 'mine' }]],
])('%s', (_, authority, refs) => {
  const [{ spec }] = adapted(`kind: BackendTLSPolicy\nspec: { validation: { hostname: a.example.com, ${authority} } }\n`);
  expect(spec.validation).toEqual({ hostname: 'a.example.com', caCertificateRefs: refs });
});

test('what needs a cluster is left out, and what the cluster has is added', () => {
  const kinds = adapted(['EnvoyProxy', 'GatewayConfig', 'ReferenceGrant', 'ExternalSecret', 'AIGatewayRoute'].map(kind => `kind: ${kind}\n`).join('---\n'))
    .map(({ kind, metadata }) => `${kind} ${metadata?.name ?? ''}`.trim());
  expect(kinds).toEqual(['AIGatewayRoute', 'EnvoyProxy judge', 'Secret key']);
});

test('names are asked of the server of the run', () => {
  const [{ spec }] = adapted('');
  expect(spec.bootstrap.jsonPatches[0].value.typed_config.resolvers).toEqual([{ socket_address: { address: '127.0.0.1', port_value: 20002 } }]);
});

test('everything else goes through as it was written, with variables out of the way', () => {
  const route = 'kind: AIGatewayRoute\nspec:\n  # kept\n  value: "1.5"\n  other: on\n  text: costs $5 ${HOME}\n';
  expect(adaptForThisMachine(route, surroundings)).toContain('value: "1.5"\n  other: on\n  text: costs $$5 $${HOME}\n');
});
