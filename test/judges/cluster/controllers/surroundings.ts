import { serviceAccountFile } from '../../service-account';
import { Manifest } from '../client';

/** What a program's manifests refer to and somebody else makes. Every credential is a dummy. */
export interface Material {
  readonly certificate: string;
  readonly key: string;
}

interface Reference {
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Keys that the controllers look for in a Secret, whichever kind of credential it holds. */
const dummyKeys = () => ({
  'apiKey': 'dummy',
  'credentials': '[default]\naws_access_key_id = AKIADUMMYDUMMYDUMMY0\naws_secret_access_key = dummy\n',
  'client-secret': 'dummy',
  'service_account.json': serviceAccountFile(),
  'Authorization': 'dummy',
  'openai': 'dummy',
  'accessKey': 'AKIADUMMYDUMMYDUMMY0',
  'secretKey': 'dummy',
  'clientID': 'dummy',
  'tenantID': 'dummy',
  'clientSecret': 'dummy',
  'credentials.json': serviceAccountFile(),
});

/** The Secrets and ConfigMaps that manifests refer to and that are not among them, and endpoints of their Services. */
export function surroundingsOf(manifests: readonly Manifest[], { certificate, key }: Material): Manifest[] {
  const made = new Map<string, Manifest>();
  const need = (ref: Reference, from: Manifest, content: Pick<Manifest, string>) => {
    const { kind = 'Secret', name, namespace = from.metadata.namespace } = ref;
    const id = `${kind} ${namespace} ${name}`;
    if (manifests.some(other => other.kind === kind && other.metadata.name === name && other.metadata.namespace === namespace)) return;
    if (!made.has(id)) made.set(id, { apiVersion: 'v1', kind, metadata: { name, namespace }, ...content } as Manifest);
  };
  for (const manifest of manifests) {
    for (const listener of (manifest.kind === 'Gateway' ? manifest.spec.listeners : []) as readonly any[]) {
      for (const ref of listener.tls?.certificateRefs ?? []) {
        need(ref, manifest, { type: 'kubernetes.io/tls', stringData: { 'tls.crt': certificate, 'tls.key': key } });
      }
    }
    if (manifest.kind === 'BackendTLSPolicy') {
      for (const ref of manifest.spec.validation?.caCertificateRefs ?? []) {
        need(ref, manifest, ref.kind === 'ConfigMap' ? { data: { 'ca.crt': certificate } } : { stringData: { 'ca.crt': certificate } });
      }
    }
    if (manifest.kind === 'AgentgatewayBackend') {
      for (const ref of manifest.spec.policies?.tls?.caCertificateRefs ?? []) need({ kind: 'ConfigMap', ...ref }, manifest, { data: { 'ca.crt': certificate } });
    }
    if (manifest.kind === 'BackendSecurityPolicy' || manifest.kind === 'AgentgatewayBackend') {
      for (const ref of secretRefsIn(manifest.spec)) need(ref, manifest, { stringData: dummyKeys() });
    }
    if (manifest.kind === 'SecurityPolicy') {
      for (const ref of manifest.spec.apiKeyAuth?.credentialRefs ?? []) need(ref, manifest, { stringData: { client: 'dummy' } });
    }
  }
  return [...made.values(), ...manifests.filter(({ kind }) => kind === 'Service').map(endpointsOf)];
}

/** As the controllers of a cluster would find the pods of a Service. */
function endpointsOf({ metadata: { name, namespace }, spec }: Manifest): Manifest {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: spec.ports.map(({ name: port, port: number }: any) => ({ ...(port === undefined ? {} : { name: port }), port: number, protocol: 'TCP' })),
    endpoints: [{ addresses: ['192.0.2.10'], conditions: { ready: true } }],
  };
}

/** Whatever ends in `secretRef`, at any depth: each kind of credential has its own, and clients of OpenID Connect have `clientSecret`. */
function secretRefsIn(value: unknown): Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    /(secretRef|^clientSecret)$/i.test(key) && typeof inner?.name === 'string' ? [inner as Reference] : secretRefsIn(inner));
}
