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
    const meansAll = { message: 'is empty, which means every model', fix: 'name the models, or use the pattern ".+" where all are meant' };
    for (const rule of Links.of(graph).allRules) {
      const { route: { node }, matches } = rule;
      if (Array.isArray(rule.rule.matches) && matches.length === 0) yield { node, prop: `${rule.path}.matches`, ...meansAll };
      // A match of an HTTPRoute has more than headers.
      if (node.manifest.kind === 'HTTPRoute') continue;
      for (const match of matches) {
        if (match.bare) yield { node, prop: match.path, ...meansAll };
      }
    }
  },
};
