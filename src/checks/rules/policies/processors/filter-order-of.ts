import { Graph, GraphNode } from '../../../graph';
import { at } from '../../../read';
import { classOf, proxyOfClass, proxyOfGateway } from '../gateways/proxy-of';

/** What says in which order the filters of a Gateway come. */
export interface OrderOfFilters {
  /** Undefined where nothing is said. */
  readonly order: unknown;
  /** The EnvoyProxy that could say it; the default order holds without one. */
  readonly proxy: GraphNode | undefined;
  /** Whether a class that is not here may name another EnvoyProxy. */
  readonly certain: boolean;
}

/** Undefined where the EnvoyProxy is in another repository. */
export function filterOrderOf(graph: Graph, gateway: GraphNode): OrderOfFilters | undefined {
  const gatewayClass = classOf(graph, gateway);
  const reference = proxyOfGateway(graph, gateway) ?? (gatewayClass && proxyOfClass(graph, gatewayClass));
  if (reference && !reference.proxy) return undefined;
  const proxy = reference?.proxy;
  return { order: at(proxy?.manifest, 'spec', 'filterOrder'), proxy, certain: proxy !== undefined || gatewayClass !== undefined };
}
