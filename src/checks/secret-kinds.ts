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
  const parts = paths.map(path => path.split('.'));
  return graph.ofKind(group, kind).flatMap(node => parts.flatMap(path => (
    valuesAt(node.manifest.spec, path, 'spec').map(found => ({ node, ...found, authorities }))
  )));
}

function valuesAt(value: unknown, [part, ...rest]: readonly string[], at: string): { path: string; ref: unknown }[] {
  if (part === undefined) return value === undefined ? [] : [{ path: at, ref: value }];
  const name = part.replace('[]', '');
  const inner = fields(value)[name];
  if (part === name) return valuesAt(inner, rest, `${at}.${name}`);
  return list(inner).flatMap((item, index) => valuesAt(item, rest, `${at}.${name}[${index}]`));
}
