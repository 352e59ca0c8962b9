import { GATEWAY_API } from './api-groups';
import { GraphNode } from './graph';
import { chooses } from './label-selectors';
import { namespaceOf } from './links';
import { perGraph } from './per-graph';
import { Listener } from './places';
import { at, fields, Fields, isToken, list, text } from './read';

/** The only label that is known of every namespace. */
const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

/** Why a listener takes no HTTPRoute of a namespace; undefined where it does, or where that is not known. */
export function refusal(listener: Listener, gatewayNamespace: string, routeNamespace: string): string | undefined {
  if (listener.protocol !== undefined && !['HTTP', 'HTTPS'].includes(listener.protocol)) return `it speaks ${listener.protocol}`;
  const kinds = list(at(listener.allowedRoutes, 'kinds')).map(fields);
  if (kinds.length > 0 && !kinds.some(isHttpRoute)) return 'it takes no HTTPRoutes';
  const namespaces = fields(at(listener.allowedRoutes, 'namespaces'));
  switch (text(namespaces.from) ?? 'Same') {
    case 'Same':
      return gatewayNamespace === routeNamespace ? undefined : `it takes only routes of "${gatewayNamespace}"`;
    case 'None':
      return 'it takes no routes';
    case 'Selector':
      // A namespace may be anywhere, and have labels that no manifest shows.
      return chooses(fields(namespaces.selector), { [NAMESPACE_LABEL]: routeNamespace }, false) === false ? `its selector does not choose "${routeNamespace}"` : undefined;
    default:
      return undefined;
  }
}

/** An entry without its kind is told to lack it. */
function isHttpRoute({ group, kind = 'HTTPRoute' }: Fields): boolean {
  return kind === 'HTTPRoute' && (group === undefined || group === GATEWAY_API);
}

/** The Secret of a certificate that a listener names. */
export interface ListenerCertificate {
  readonly node: GraphNode;
  /** `spec.listeners[0].tls.certificateRefs[0]` */
  readonly path: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

export const listenerCertificatesOf = perGraph((graph): readonly ListenerCertificate[] => graph.ofKind(GATEWAY_API, 'Gateway').flatMap(node => (
  list(at(node.manifest, 'spec', 'listeners')).flatMap((listener, index) => list(at(listener, 'tls', 'certificateRefs')).flatMap((ref, position) => {
    const { name, namespace, kind = 'Secret', group = '' } = fields(ref);
    if (typeof name !== 'string' || name === '' || isToken(name) || kind !== 'Secret' || group !== '') return [];
    return [{ node, path: `spec.listeners[${index}].tls.certificateRefs[${position}]`, name, namespace: text(namespace) ?? namespaceOf(node) }];
  }))
)));
