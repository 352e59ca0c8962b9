import { Fallback, fallbacksOf } from '../../fallbacks';
import { RouteRule } from '../../links';
import { isMissedBy } from '../../policy-targets';
import { MOST_RULES } from '../../room';
import { Rule, RuleFinding } from '../../rule';
import { settingOf } from '../../traffic';

export const fallbackWithoutRetry: Rule = {
  code: 'FALLBACK_WITHOUT_RETRY',
  severity: 'error',
  title: 'A fallback never takes over, because nothing repeats the failed request',
  cause: 'The backendRefs of a rule have several priorities, and no BackendTrafficPolicy with a retry is on the rule, its route or its gateway.',
  consequence: 'Priorities alone only order the backends. The client gets the first provider\'s error, refused connections included, while the fallback idles. With passive health checks alone the first failing requests are lost.',
  fix: 'Add a BackendTrafficPolicy whose target is the HTTPRoute with the name of the route, with `retry.numAttemptsPerPriority: 1` and as many retries as there are further levels.',
  * check(graph) {
    const reported = new Set<RouteRule>();
    for (const fallback of fallbacksOf(graph)) {
      const { traffic, rule } = fallback;
      // What a route has no room for is told as that.
      if (reported.has(rule) || rule.route.rules.indexOf(rule) >= MOST_RULES || settingOf(traffic, 'retry') !== undefined) continue;
      if (isMissedBy(graph, 'BackendTrafficPolicy', rule.route.node)) continue;
      reported.add(rule);
      yield finding(fallback);
    }
  },
};

function finding({ rule, traffic }: Fallback): RuleFinding {
  const { route } = rule;
  const place = { node: route.node, prop: `${rule.path}.backendRefs` };
  const [policy] = traffic.policies;
  if (policy) {
    const checked = settingOf(traffic, 'healthCheck', 'passive') !== undefined;
    return {
      ...place,
      message: checked
        ? `has ${rule.levels} levels but no retry: ${policy.path} only checks health, so the first failing requests are answered with the error`
        : `has ${rule.levels} levels, but ${policy.path} has no retry that would try the next one`,
      fix: `add retry with numAttemptsPerPriority: 1 and numRetries: ${rule.levels - 1} to it`,
      severity: checked ? 'warning' : undefined,
    };
  }
  return {
    ...place,
    message: `has ${rule.levels} levels, but no BackendTrafficPolicy has a retry that would try the next one`,
    fix: `add a BackendTrafficPolicy on HTTPRoute "${route.name}" with retry.numAttemptsPerPriority: 1 and retry.numRetries: ${rule.levels - 1}`,
    // The owner of a gateway that is not here may have a policy on it.
    severity: traffic.gateway ? undefined : 'warning',
  };
}
