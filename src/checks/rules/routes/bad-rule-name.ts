import { Links } from '../../links';
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
    for (const { node, rules } of Links.of(graph).routes) {
      const seen = new Map<string, string>();
      for (const { path, name } of rules) {
        if (name === undefined || isToken(name)) continue;
        const first = seen.get(name);
        if (first === undefined) seen.set(name, path);
        if (first === undefined && name !== RESERVED) continue;
        yield {
          node,
          prop: `${path}.name`,
          message: name === RESERVED ? 'is reserved for the rule that answers unknown models' : `is the name of ${first} as well`,
          value: name,
          fix: 'give the rule another name',
        };
      }
    }
  },
};
