import { Links, RouteMatch } from '../../links';
import { Place, Places } from '../../places';
import { isToken } from '../../read';
import { Rule } from '../../rule';

export const duplicateModel: Rule = {
  code: 'DUPLICATE_MODEL',
  severity: 'error',
  title: 'A gateway serves one model twice',
  cause: 'Two rules, of one route or of two, match the same model under the same conditions on the same gateway and hostname.',
  consequence: 'One of the two gets every request: within a route the first rule, between routes the object that is older in the cluster, whatever the program says. `/v1/models` lists the model twice.',
  fix: 'Remove one of them, or tell them apart by a hostname or by a condition on another header.',
  * check(graph) {
    const places = Places.of(graph);
    const claims = new Map<Place, Map<string, RouteMatch>>();
    for (const rule of Links.of(graph).rules) {
      const { route } = rule;
      const here = places.ofRoute(route);
      for (const match of rule.matches) {
        const { model } = match;
        if (!model || model.regex || typeof model.value !== 'string' || isToken(model.value)) continue;
        const key = match.others === '' ? model.value : `${model.value}\n${match.others}`;
        let first: { readonly match: RouteMatch; readonly gateway: string } | undefined;
        for (const place of here) {
          let taken = claims.get(place);
          if (!taken) claims.set(place, taken = new Map());
          const earlier = taken.get(key);
          if (earlier) first ??= { match: earlier, gateway: place.gateway }; else taken.set(key, match);
        }
        if (!first) continue;
        const { rule: taker, path } = first.match;
        yield {
          node: route.node,
          prop: match.path,
          message: taker.route === route
            ? `is for a model that ${path} is for already`
            : `is for a model that ${taker.route.node.path} serves already on ${first.gateway}`,
          value: model.value,
          fix: taker.route === route ? 'remove one of the two' : 'remove one of the two, or give the routes different hostnames',
          // Both say the same, so only the list of models is wrong.
          severity: taker === rule ? 'warning' : undefined,
        };
      }
    }
  },
};
