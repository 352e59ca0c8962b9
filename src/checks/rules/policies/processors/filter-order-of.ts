import { Graph, GraphNode } from '../../../graph';
import { at, list } from '../../../read';
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

/** Undefined where the EnvoyProxy is in another repository, or a field is missing without which nobody knows what it says. */
export function filterOrderOf(graph: Graph, gateway: GraphNode): OrderOfFilters | undefined {
  const own = at(gateway.manifest, 'spec', 'infrastructure', 'parametersRef');
  if (own !== undefined && ['group', 'kind', 'name'].some(name => at(own, name) === undefined)) return undefined;
  const gatewayClass = classOf(graph, gateway);
  const reference = proxyOfGateway(graph, gateway) ?? (gatewayClass && proxyOfClass(graph, gatewayClass));
  if (reference && !reference.proxy) return undefined;
  const proxy = reference?.proxy;
  const order = at(proxy?.manifest, 'spec', 'filterOrder');
  if (list(order).some(entry => at(entry, 'name') === undefined)) return undefined;
  return { order, proxy, certain: proxy !== undefined || gatewayClass !== undefined };
}
