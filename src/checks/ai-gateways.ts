import { GraphNode } from './graph';
import { AI_GATEWAY, Links, namespaceOf, Route } from './links';
import { nameOf } from './identity';
import { perGraph } from './per-graph';
import { at } from './read';

/** On a Gateway: the GatewayConfig of its AI sidecar. */
export const GATEWAY_CONFIG_ANNOTATION = `${AI_GATEWAY}/gateway-config`;

/** AIGatewayRoutes by the Gateway they name as parent, whether the Gateway is in the graph or not. */
export const routesByGateway = perGraph(graph => {
  const routes = new Map<string, Route[]>();
  for (const route of Links.of(graph).routes) {
    for (const key of new Set(route.parents.map(({ namespace, name }) => gatewayKey(namespace, name)))) {
      const known = routes.get(key);
      if (known) {
        known.push(route);
      } else {
        routes.set(key, [route]);
      }
    }
  }
  return routes;
});

export function gatewayKey(namespace: string | undefined, name: string | undefined): string {
  return `${namespace ?? ''}/${name ?? ''}`;
}

export function keyOfGateway(gateway: GraphNode): string {
  return gatewayKey(namespaceOf(gateway), nameOf(gateway));
}

/** What the annotation on a Gateway names; undefined where it has none. */
export function configNameOf(gateway: GraphNode): unknown {
  return at(gateway.manifest, 'metadata', 'annotations', GATEWAY_CONFIG_ANNOTATION);
}
