import { Graph, GraphNode } from '../../../graph';
import { ENVOY_GATEWAY, GATEWAY_API, namespaceOf } from '../../../links';
import { at, fields, text } from '../../../read';

/** What says how the proxies of a Gateway run. */
export interface ProxyReference {
  /** The Gateway, or its GatewayClass, that names the EnvoyProxy. */
  readonly holder: GraphNode;
  /** `spec.infrastructure.parametersRef` */
  readonly path: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly proxy: GraphNode | undefined;
}

/** The EnvoyProxy that a Gateway names itself; it has to be in the same namespace. */
export function proxyOfGateway(graph: Graph, gateway: GraphNode): ProxyReference | undefined {
  const path = 'spec.infrastructure.parametersRef';
  return reference(graph, gateway, path, at(gateway.manifest, 'spec', 'infrastructure', 'parametersRef'), namespaceOf(gateway));
}

/** The EnvoyProxy that a GatewayClass names, with its namespace. */
export function proxyOfClass(graph: Graph, gatewayClass: GraphNode): ProxyReference | undefined {
  const ref = at(gatewayClass.manifest, 'spec', 'parametersRef');
  return reference(graph, gatewayClass, 'spec.parametersRef', ref, text(at(ref, 'namespace')));
}

export function classOf(graph: Graph, gateway: GraphNode): GraphNode | undefined {
  const name = text(at(gateway.manifest, 'spec', 'gatewayClassName'));
  return name === undefined ? undefined : graph.ofKind(GATEWAY_API, 'GatewayClass').length === 0 ? undefined : findClass(graph, name);
}

/** Charts give even kinds without namespace one, so the name alone decides. */
function findClass(graph: Graph, name: string): GraphNode | undefined {
  return graph.find(GATEWAY_API, 'GatewayClass', undefined, name)
    ?? graph.ofKind(GATEWAY_API, 'GatewayClass').find(({ manifest }) => at(manifest, 'metadata', 'name') === name);
}

function reference(graph: Graph, holder: GraphNode, path: string, value: unknown, namespace: string | undefined): ProxyReference | undefined {
  const { group, kind, name } = fields(value);
  if (group !== ENVOY_GATEWAY || kind !== 'EnvoyProxy' || typeof name !== 'string') return undefined;
  return { holder, path, name, namespace, proxy: graph.find(ENVOY_GATEWAY, 'EnvoyProxy', namespace, name) };
}
