import { surroundingsOf } from './surroundings';

const material = { certificate: 'CERTIFICATE', key: 'KEY' };
const metadata = { name: 'x', namespace: 'ai' };

test.each([
  ['the certificate of a listener', { apiVersion: 'v1', kind: 'Gateway', metadata, spec: { listeners: [{ tls: { certificateRefs: [{ kind: 'Secret', name: 'tls' }] } }, {}] } },
    { kind: 'Secret', metadata: { name: 'tls', namespace: 'ai' }, type: 'kubernetes.io/tls', stringData: { 'tls.crt': 'CERTIFICATE', 'tls.key': 'KEY' } }],
  ['the authority of a provider', { apiVersion: 'v1', kind: 'BackendTLSPolicy', metadata, spec: { validation: { caCertificateRefs: [{ kind: 'ConfigMap', name: 'ca' }] } } },
    { kind: 'ConfigMap', metadata: { name: 'ca', namespace: 'ai' }, data: { 'ca.crt': 'CERTIFICATE' } }],
  ['a credential, wherever it is named', { apiVersion: 'v1', kind: 'BackendSecurityPolicy', metadata, spec: { azureCredentials: { clientSecretRef: { name: 'azure', namespace: 'other' } } } },
    { kind: 'Secret', metadata: { name: 'azure', namespace: 'other' }, stringData: expect.objectContaining({ 'client-secret': 'dummy' }) }],
  ['the keys of callers', { apiVersion: 'v1', kind: 'SecurityPolicy', metadata, spec: { apiKeyAuth: { credentialRefs: [{ kind: 'Secret', name: 'teams' }] } } },
    { kind: 'Secret', metadata: { name: 'teams', namespace: 'ai' }, stringData: { client: 'dummy' } }],
])('%s', (_, manifest, expected) => {
  expect(surroundingsOf([manifest, manifest], material)).toMatchObject([expected]);
});

test('what the program makes itself stays its own', () => {
  const policy = { apiVersion: 'v1', kind: 'BackendSecurityPolicy', metadata, spec: { apiKey: { secretRef: { name: 'key' } } } };
  expect(surroundingsOf([policy, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'ai' } }], material)).toEqual([]);
});

test('a Service has an endpoint, as if its pods ran', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ name: 'http', port: 9002, targetPort: 'policy' }] } };
  expect(surroundingsOf([service], material)).toMatchObject([{
    kind: 'EndpointSlice', metadata: { name: 'x', namespace: 'ai', labels: { 'kubernetes.io/service-name': 'x' } },
    ports: [{ name: 'http', port: 9002, protocol: 'TCP' }], endpoints: [{ conditions: { ready: true } }],
  }]);
});
