import { Links } from '../../links';
import { isBefore } from '../../release';
import { MOST_RULES } from '../../room';
import { Rule } from '../../rule';

export const tooManyRules: Rule = {
  code: 'TOO_MANY_RULES',
  severity: 'error',
  title: 'A route has more rules than the generated route can hold',
  cause: 'An AIGatewayRoute has more than 15 rules. Releases before v0.7 take up to 128, but the HTTPRoute generated from them holds 16, and one of these is the gateway\'s own.',
  consequence: 'The HTTPRoute is refused, none of the models of the route is served, and the AIGatewayRoute looks fine.',
  fix: 'Divide the rules over several routes of the same gateway.',
  final: true,
  * check(graph) {
    for (const { node, rules } of Links.of(graph).routes) {
      // Later releases say so in their schema.
      if (rules.length <= MOST_RULES || !isBefore(node.target, 'envoy-ai-gateway', 'v0.7')) continue;
      yield { node, prop: 'spec.rules', message: `has ${rules.length} rules, ${MOST_RULES} are allowed`, fix: 'divide them over several routes of the same gateway' };
    }
  },
};
