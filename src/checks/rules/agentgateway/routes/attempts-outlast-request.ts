import { agentPoliciesOn } from '../../../agentgateway';
import { Graph } from '../../../graph';
import { Links, Route, RouteRule } from '../../../links';
import { at, duration, number } from '../../../read';
import { Rule } from '../../../rule';

export const attemptsOutlastRequest: Rule = {
  code: 'ATTEMPTS_OUTLAST_REQUEST',
  severity: 'error',
  title: 'The attempts of a request on agentgateway do not fit into its timeout',
  cause: '`timeouts.request` of a rule of an HTTPRoute is shorter than `timeouts.backendRequest` times the attempts: one, and those of the retries on the rule.',
  consequence: 'While the first provider stays silent, the request is cut with 504 before the last attempt, or the fallback, had its turn. With one attempt the API server refuses the route.',
  fix: 'Raise `timeouts.request`, or lower `timeouts.backendRequest` or the retries.',
  * check(graph) {
    for (const route of Links.of(graph).httpRoutes) {
      for (const rule of route.rules) {
        const requestMs = duration(rule.timeouts.request);
        const perTryMs = duration(rule.timeouts.backendRequest);
        if (!requestMs || !perTryMs) continue;
        const attempts = 1 + retriesOf(graph, route, rule);
        if (attempts * perTryMs <= requestMs) continue;
        const least = `${attempts * perTryMs / 1000}s`;
        yield {
          node: route.node, prop: `${rule.path}.timeouts.request`,
          message: `is shorter than ${attempts === 1 ? 'one attempt' : `${attempts} attempts`} of ${perTryMs / 1000}s${attempts === 1 ? '' : ' each'}`,
          value: rule.timeouts.request, fix: `use at least ${least}, or lower the timeout of one attempt`,
          inCode: { fix: `use at least ${least}, or lower \`failover.perTryTimeout\`` },
        };
      }
    }
  },
};

/** Retries of a rule, by itself or by policies on it or its route. */
function retriesOf(graph: Graph, { namespace, name }: Route, rule: RouteRule): number {
  const policies = agentPoliciesOn(graph, 'HTTPRoute', namespace, name ?? '').filter(({ sectionName }) => sectionName === undefined || sectionName === rule.name);
  return Math.max(0, ...[at(rule.rule.retry, 'attempts'), ...policies.map(({ spec }) => at(spec, 'traffic', 'retry', 'attempts'))].map(attempts => number(attempts) ?? 0));
}
