import { Links } from '../../links';
import { Rule } from '../../rule';

export const emptyRule: Rule = {
  code: 'EMPTY_RULE',
  severity: 'error',
  title: 'A route has no rules, or a rule has no targets',
  cause: 'The `rules` of an AIGatewayRoute are empty, or a rule has no backendRefs.',
  consequence: 'The route is accepted without a hint. Requests for the models of such a rule answer 500; a route without rules only answers 404.',
  fix: 'Add a target, or remove the rule or route.',
  * check(graph) {
    for (const { node, rules } of Links.of(graph).routes) {
      if (rules.length === 0) yield { node, prop: 'spec.rules', message: 'has no rule, so the route serves no model', fix: 'add a rule, or remove the route' };
      for (const { path, refs } of rules) {
        if (refs.length > 0) continue;
        yield { node, prop: `${path}.backendRefs`, message: 'has no target, so every request answers 500', fix: 'add a target, or remove the rule' };
      }
    }
  },
};
