import { Links, namespaceOf, Route, RouteParent } from '../../links';
import { refusal } from '../../listeners';
import { listenersOf } from '../../places';
import { isToken } from '../../read';
import { Rule } from '../../rule';

export const listenerRefusesRoute: Rule = {
  code: 'LISTENER_REFUSES_ROUTE',
  severity: 'error',
  title: 'No listener of the gateway takes the route',
  cause: 'The listeners a route can attach to do not allow its namespace (without `allowedRoutes` only that of the gateway is allowed) or HTTPRoutes at all, or the route names a listener that the gateway does not have.',
  consequence: 'The HTTPRoute is not accepted, while an AIGatewayRoute from which it is generated is, and all of its models answer 404.',
  fix: 'Allow the namespace in `allowedRoutes` of the listener (`routeNamespaces` of the gateway), or correct the name of the listener.',
  final: true,
  * check(graph) {
    for (const route of Links.of(graph).allRoutes) {
      for (const parent of route.parents) {
        const reason = reasonOf(route, parent);
        if (reason === undefined) continue;
        yield {
          node: route.node,
          prop: parent.path,
          message: `names a gateway that does not take the route: ${reason}`,
          value: `${parent.namespace}/${parent.name}`,
          fix: 'correct `allowedRoutes` or `protocol` of the listener, or the reference',
        };
      }
    }
  },
};

function reasonOf(route: Route, parent: RouteParent): string | undefined {
  if (!parent.gateway) return undefined;
  const listeners = listenersOf(parent);
  if (listeners.length === 0) {
    if (isToken(parent.sectionName)) return undefined;
    const wanted = [parent.sectionName === undefined ? [] : `name "${parent.sectionName}"`, parent.port === undefined ? [] : `port ${parent.port}`].flat();
    return wanted.length === 0 ? undefined : `it has no listener with ${wanted.join(' and ')}`;
  }
  const gatewayNamespace = namespaceOf(parent.gateway);
  if (route.namespace === undefined || gatewayNamespace === undefined) return undefined;
  let first: string | undefined;
  for (const listener of listeners) {
    const reason = refusal(listener, gatewayNamespace, route.namespace);
    if (reason === undefined) return undefined;
    first ??= `listener "${listener.name}": ${reason}`;
  }
  return first;
}
