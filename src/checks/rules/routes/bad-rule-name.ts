import { Links, Route, RouteRule } from '../../links';
import { isToken } from '../../read';
import { Rule } from '../../rule';

const RESERVED = 'route-not-found';

export const badRuleName: Rule = {
  code: 'BAD_RULE_NAME',
  severity: 'error',
  title: 'Two rules have the same name, or one has the name of the gateway\'s own',
  cause: 'Rules of an AIGatewayRoute have the same `name`, or one is called `route-not-found`, as the rule that answers unknown models with 404.',
  consequence: 'The API server refuses the route.',
  fix: 'Give each rule a name of its own, other than `route-not-found`.',
  final: true,
  * check(graph) {
    const seen = new Map<Route, Map<string, RouteRule>>();
    for (const rule of Links.of(graph).rules) {
      const { route, name } = rule;
      if (name === undefined || isToken(name)) continue;
      const named = seen.get(route) ?? new Map<string, RouteRule>();
      seen.set(route, named);
      const first = named.get(name);
      if (!first) named.set(name, rule);
      if (!first && name !== RESERVED) continue;
      yield {
        node: route.node,
        prop: `${rule.path}.name`,
        message: name === RESERVED ? 'is reserved for the rule that answers unknown models' : `is the name of ${first!.path} as well`,
        value: name,
        fix: 'give the rule another name',
      };
    }
  },
};
