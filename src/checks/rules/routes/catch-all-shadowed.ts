import { Links, RouteRule } from '../../links';
import { Places } from '../../places';
import { Rule } from '../../rule';

export const catchAllShadowed: Rule = {
  code: 'CATCH_ALL_SHADOWED',
  severity: 'error',
  title: 'A rule without matches competes with the not-found rule of another route',
  cause: 'A rule has no matches, so that it serves every model, and its gateway has a second AIGatewayRoute. Each of them ends with a rule of the gateway\'s own that answers 404 to everything.',
  consequence: 'The route that is older in the cluster wins: after the next recreation the models of the catch-all may answer 404.',
  fix: 'Write the catch-all as a match of type RegularExpression with the value `.+`; that wins over the not-found rules of all routes.',
  * check(graph) {
    const places = Places.of(graph);
    for (const { route, path } of Links.of(graph).rules.filter(takesAll)) {
      const place = places.ofRoute(route).find(({ routes }) => routes.length > 1);
      if (!place) continue;
      const other = place.routes.find(r => r !== route)!;
      yield {
        node: route.node,
        prop: `${path}.matches`,
        message: `is missing, so the not-found rule of ${other.node.path} on ${place.gateway} takes the requests if that route is older`,
        fix: 'match x-ai-eg-model with the RegularExpression ".+"',
      };
    }
  },
};

function takesAll({ rule: { matches } }: RouteRule): boolean {
  return matches === undefined || matches === null;
}
