import { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API } from './api-groups';
import { Graph, GraphNode } from './graph';
import { perGraph } from './per-graph';
import { fields, list } from './read';
import { SECRET_PATHS } from './security-policies';

/** A reference of which only some kinds are read. */
export interface KindedReference {
  readonly node: GraphNode;
  /** `spec.listeners[0].tls.certificateRefs[0]` */
  readonly path: string;
  readonly ref: unknown;
  /** Whether it names certificate authorities, which need not be secret. */
  readonly authorities: boolean;
}

interface Field {
  readonly group: string;
  readonly kind: string;
  /** Below `spec`; `[]` stands for each item. */
  readonly paths: readonly string[];
  readonly authorities?: boolean;
}

const FIELDS: readonly Field[] = [
  { group: AI_GATEWAY, kind: 'BackendSecurityPolicy', paths: SECRET_PATHS },
  { group: AI_GATEWAY, kind: 'MCPRoute', paths: ['backendRefs[].securityPolicy.apiKey.secretRef', 'securityPolicy.apiKeyAuth.credentialRefs[]'] },
  { group: GATEWAY_API, kind: 'Gateway', paths: ['listeners[].tls.certificateRefs[]', 'tls.backend.clientCertificateRef'] },
  { group: ENVOY_GATEWAY, kind: 'Backend', paths: ['tls.clientCertificateRef'] },
  { group: ENVOY_GATEWAY, kind: 'EnvoyProxy', paths: ['backendTLS.clientCertificateRef'] },
  { group: ENVOY_GATEWAY, kind: 'SecurityPolicy', paths: ['apiKeyAuth.credentialRefs[]', 'basicAuth.users', 'oidc.clientSecret'] },
  { group: GATEWAY_API, kind: 'BackendTLSPolicy', paths: ['validation.caCertificateRefs[]'], authorities: true },
  { group: ENVOY_GATEWAY, kind: 'Backend', paths: ['tls.caCertificateRefs[]'], authorities: true },
  { group: ENVOY_GATEWAY, kind: 'ClientTrafficPolicy', paths: ['tls.clientValidation.caCertificateRefs[]'], authorities: true },
];

/** References that must lead to Secrets, or to certificate authorities. */
export const kindedReferences = perGraph((graph): readonly KindedReference[] => FIELDS.flatMap(field => referencesOf(graph, field)));

function referencesOf(graph: Graph, { group, kind, paths, authorities = false }: Field): KindedReference[] {
  const found: KindedReference[] = [];
  const steps = paths.map(path => path.split('.').map(part => ({ name: part.replace('[]', ''), items: part.endsWith('[]') })));
  for (const node of graph.ofKind(group, kind)) {
    for (const path of steps) addAt(node.manifest.spec, path, 0, 'spec', (at, ref) => found.push({ node, path: at, ref, authorities }));
  }
  return found;
}

interface Step {
  readonly name: string;
  /** Whether each item is meant. */
  readonly items: boolean;
}

function addAt(value: unknown, steps: readonly Step[], next: number, at: string, add: (path: string, ref: unknown) => void): void {
  if (value === undefined) return;
  if (next === steps.length) return add(at, value);
  const { name, items } = steps[next];
  const inner = fields(value)[name];
  if (inner === undefined) return;
  if (!items) return addAt(inner, steps, next + 1, `${at}.${name}`, add);
  list(inner).forEach((item, index) => addAt(item, steps, next + 1, `${at}.${name}[${index}]`, add));
}
