import { Links } from '../../links';
import { patternOf } from '../../patterns';
import { refusedByRust } from '../../re2/rust';
import { Rule } from '../../rule';

export const invalidPattern: Rule = {
  code: 'INVALID_PATTERN',
  severity: 'error',
  title: 'A pattern is no regular expression of the gateway',
  cause: 'A match of type RegularExpression is not in the syntax of RE2, which has no look-around, no back references, and no possessive or atomic groups; or it is what the engine of agentgateway (Rust\'s `regex`) does not take: `{` or `[` as characters without backslash, `\\Q`, octal escapes, and `\\w` repeated more than 200 times.',
  consequence: 'The route is accepted, and the gateway drops the rule from what it serves, or puts a pattern in its place that matches nothing: its models answer 404.',
  fix: 'Write the pattern in RE2; where it excludes something, use exact names for that, because exact names win over patterns.',
  final: true,
  * check(graph) {
    for (const condition of Links.of(graph).patterns) {
      const pattern = patternOf(condition);
      const reason = pattern?.reason ?? (pattern?.tree && condition.route.node.manifest.kind === 'HTTPRoute' ? refusedByRust(pattern.text, pattern.tree) : undefined);
      if (!pattern || reason === undefined) continue;
      yield { node: condition.route.node, prop: `${condition.path}.value`, message: reason, value: pattern.text, fix: pattern.tree ? 'write it in another way' : 'write it in the syntax of RE2' };
    }
  },
};
