import { Links, RouteParent } from '../../links';
import { Rule } from '../../rule';

export const gatewayTwice: Rule = {
  code: 'GATEWAY_TWICE',
  severity: 'error',
  title: 'A route names one gateway twice',
  cause: 'Two `parentRefs` of an AIGatewayRoute, or of an HTTPRoute of agentgateway, are the same Gateway, without different listeners in their `sectionName` or `port`.',
  consequence: 'The API server refuses such an HTTPRoute, also the one generated from a stored AIGatewayRoute: the route serves nothing.',
  fix: 'Name each gateway once, or give each of the two a listener of its own.',
  final: true,
  * check(graph) {
    for (const { node, parents } of Links.of(graph).allRoutes) {
      if (parents.length < 2) continue;
      const seen = new Map<string, RouteParent[]>();
      for (const parent of parents) {
        const gateway = `${parent.namespace ?? ''}/${parent.name}`;
        const same = seen.get(gateway) ?? [];
        seen.set(gateway, [...same, parent]);
        const twin = same.find(other => !areApart(other, parent));
        if (parent.name === undefined || !twin) continue;
        yield {
          node,
          prop: parent.path,
          message: `is the same gateway as ${twin.path}`,
          value: parent.name,
          fix: 'remove one of the two, or give each a `sectionName` of its own',
          inCode: { message: 'have the same gateway twice', fix: 'name it once' },
        };
      }
    }
  },
};

/** Both must name a listener, and not the same. */
function areApart(a: RouteParent, b: RouteParent): boolean {
  const named = ({ sectionName, port }: RouteParent) => sectionName !== undefined || port !== undefined;
  return named(a) && named(b) && (a.sectionName !== b.sectionName || a.port !== b.port);
}
