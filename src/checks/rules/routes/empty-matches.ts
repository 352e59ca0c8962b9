import { Links } from '../../links';
import { Rule } from '../../rule';

export const emptyMatches: Rule = {
  code: 'EMPTY_MATCHES',
  severity: 'error',
  title: 'An empty list of matches takes every model',
  cause: 'A rule has `matches` without an item, or a match without a condition.',
  consequence: 'It means the opposite of what it looks like: the rule takes requests for every model that no other rule is for, and sends them to its provider.',
  fix: 'Name the models, or say that all are meant with the pattern `.+`.',
  * check(graph) {
    for (const { node, rules } of Links.of(graph).allRoutes) {
      for (const { path, rule, matches } of rules) {
        const meansAll = { message: 'is empty, which means every model', fix: 'name the models, or use the pattern ".+" where all are meant' };
        if (Array.isArray(rule.matches) && matches.length === 0) yield { node, prop: `${path}.matches`, ...meansAll };
        // A match of an HTTPRoute has more than headers.
        if (node.manifest.kind === 'HTTPRoute') continue;
        for (const match of matches) {
          if (match.headers.length === 0) yield { node, prop: match.path, ...meansAll };
        }
      }
    }
  },
};
