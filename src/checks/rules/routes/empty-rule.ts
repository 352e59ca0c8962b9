import { Links } from '../../links';
import { fields, list } from '../../read';
import { Rule } from '../../rule';

export const emptyRule: Rule = {
  code: 'EMPTY_RULE',
  severity: 'error',
  title: 'A route has no rules, or a rule has no targets',
  cause: 'The `rules` of an AIGatewayRoute, or of an HTTPRoute of agentgateway, are empty, or a rule has no backendRefs and no filter that answers by itself.',
  consequence: 'The route is accepted without a hint. Requests for the models of such a rule answer 500; a route without rules only answers 404.',
  fix: 'Add a target, or remove the rule or route.',
  covers: ['INVALID_VALUE', 'MISSING_FIELD'],
  * check(graph) {
    const { allRoutes, allRules } = Links.of(graph);
    for (const { node, rules } of allRoutes) {
      if (rules.length === 0) yield { node, prop: 'spec.rules', message: 'has no rule, so the route serves no model', fix: 'add a rule, or remove the route' };
    }
    for (const { route: { node }, path } of allRules.filter(({ refs, rule }) => refs.length === 0 && !list(rule.filters).some(answers))) {
      yield { node, prop: `${path}.backendRefs`, message: 'has no target, so every request answers 500', fix: 'add a target, or remove the rule' };
    }
  },
};

/** Redirects, and filters of the gateway's own that may answer. */
function answers(filter: unknown): boolean {
  return ['RequestRedirect', 'ExtensionRef'].includes(String(fields(filter).type));
}
