import { Links, Route, RouteParent } from '../../links';
import { commonHostname, listenersOf } from '../../places';
import { isToken } from '../../read';
import { Rule } from '../../rule';

export const hostnameNotServed: Rule = {
  code: 'HOSTNAME_NOT_SERVED',
  severity: 'error',
  title: 'A route is for hostnames its gateway does not serve',
  cause: 'No hostname of the route has anything in common with the hostname of a listener it can attach to.',
  consequence: 'The HTTPRoute, which may be generated, is not accepted by the gateway, and the models of the route answer 404.',
  fix: 'Use a hostname the listener serves, or give the listener another one.',
  final: true,
  * check(graph) {
    for (const route of Links.of(graph).allRoutes) {
      if (route.hostnames.length === 0 || route.hostnames.some(isToken)) continue;
      for (const parent of route.parents) {
        const served = hostnamesOf(parent);
        if (served.length === 0 || meets(route, served)) continue;
        yield {
          node: route.node,
          prop: 'spec.hostnames',
          message: `has nothing in common with those that gateway "${parent.name}" serves: ${served.join(', ')}`,
          value: route.hostnames,
          fix: 'use a hostname a listener serves',
        };
      }
    }
  },
};

function hostnamesOf(parent: RouteParent): readonly string[] {
  const hostnames = listenersOf(parent).map(listener => listener.hostname ?? '*');
  return hostnames.some(isToken) ? [] : [...new Set(hostnames)];
}

function meets(route: Route, served: readonly string[]): boolean {
  return served.some(listener => route.hostnames.some(hostname => commonHostname(listener === '*' ? undefined : listener, hostname) !== undefined));
}
