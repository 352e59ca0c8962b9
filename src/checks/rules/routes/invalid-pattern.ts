import { Links } from '../../links';
import { patternOf } from '../../patterns';
import { Rule } from '../../rule';

export const invalidPattern: Rule = {
  code: 'INVALID_PATTERN',
  severity: 'error',
  title: 'A pattern is no regular expression of the gateway',
  cause: 'A match of type RegularExpression is not in the syntax of RE2, which has no look-around, no back references, and no possessive or atomic groups.',
  consequence: 'The route is accepted, and the gateway drops the rule from what it serves: its models answer 404.',
  fix: 'Write the pattern in RE2; where it excludes something, use exact names for that, because exact names win over patterns.',
  final: true,
  * check(graph) {
    for (const { route, condition } of Links.of(graph).patterns) {
      const reason = patternOf(condition)?.reason;
      if (reason === undefined) continue;
      yield { node: route.node, prop: `${condition.path}.value`, message: reason, value: condition.value, fix: 'write it in the syntax of RE2' };
    }
  },
};
