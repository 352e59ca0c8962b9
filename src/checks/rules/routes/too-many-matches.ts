import { Links } from '../../links';
import { Rule } from '../../rule';

const MOST_PER_RULE = 64;
/** The HTTPRoute holds 128, and the gateway's own rule needs one. */
const MOST = 127;

export const tooManyMatches: Rule = {
  code: 'TOO_MANY_MATCHES',
  severity: 'error',
  title: 'A route has more matches than the generated route can hold',
  cause: 'One rule has more than 64 matches, or all rules together have more than 127: the AIGatewayRoute takes more, the HTTPRoute generated from it does not.',
  consequence: 'The whole route is NotAccepted, and no change of it reaches the gateway any more.',
  fix: 'Divide the models over several rules, and more than 127 over several routes of the same gateway.',
  final: true,
  * check(graph) {
    for (const { node, rules } of Links.of(graph).routes) {
      let all = 0;
      for (const rule of rules) {
        const { matches } = rule;
        // A rule without matches becomes one that matches every path.
        all += Math.max(1, matches.length);
        if (matches.length <= MOST_PER_RULE) continue;
        yield { node, prop: `${rule.path}.matches`, message: `has ${matches.length} matches, ${MOST_PER_RULE} are allowed`, fix: 'divide them over several rules or routes' };
      }
      if (all > MOST) yield { node, prop: 'spec.rules', message: `has ${all} matches in all rules together, ${MOST} are allowed`, fix: 'divide them over several routes of the same gateway' };
    }
  },
};
