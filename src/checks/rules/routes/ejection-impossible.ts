import { describeRule } from '../../fallbacks';
import { GraphNode } from '../../graph';
import { Links, RouteRule } from '../../links';
import { at, list, number } from '../../read';
import { Rule } from '../../rule';
import { settingOf, trafficsOf } from '../../traffic';

/** Envoy's own, where a policy says nothing. */
const DEFAULT_PERCENT = 10;

export const ejectionImpossible: Rule = {
  code: 'EJECTION_IMPOSSIBLE',
  severity: 'error',
  title: 'A failing provider is never taken out',
  cause: '`healthCheck.passive.maxEjectionPercent` of a BackendTrafficPolicy allows less than the hosts of one level of the rule. It is 10 where it is not set, and a provider is one host.',
  consequence: 'The health check counts errors and does nothing: every request still goes to the failing provider first.',
  fix: 'Set `maxEjectionPercent` to 100.',
  * check(graph) {
    const links = Links.of(graph);
    const reported = new Set<GraphNode>();
    for (const rule of links.sharedRules) {
      for (const traffic of trafficsOf(rule, links)) {
        const passive = settingOf(traffic, 'healthCheck', 'passive');
        if (!passive || reported.has(passive.policy)) continue;
        if (settingOf(traffic, 'healthCheck', 'passive', 'alwaysEjectOneEndpoint')?.value === true) continue;
        const given = settingOf(traffic, 'healthCheck', 'passive', 'maxEjectionPercent')?.value;
        const percent = given === undefined ? DEFAULT_PERCENT : number(given);
        const { all, first } = hostsOf(rule, links);
        if (percent === undefined || all < 2 || Math.floor(all * percent / 100) >= first) continue;
        reported.add(passive.policy);
        yield {
          node: passive.policy,
          prop: 'spec.healthCheck.passive.maxEjectionPercent',
          message: `${given === undefined ? 'is 10 by default, which' : 'is too low and'} never takes out a provider of ${describeRule(rule)} (${all} hosts)`,
          value: given,
          fix: 'set it to 100',
        };
      }
    }
  },
};

/** Hosts of the rule, and those that must go before the first level counts as down (one, where there is only a split). */
function hostsOf(rule: RouteRule, links: Links): { readonly all: number; readonly first: number } {
  const hosts = new Map<number, number>();
  for (const { weight, priority, serviceBackend } of rule.refs) {
    if (weight === 0) continue;
    const backend = serviceBackend && links.backendOf(serviceBackend);
    // One that is not here is taken for a single host, as providers are.
    const count = Math.max(1, list(at(backend?.manifest, 'spec', 'endpoints')).length);
    hosts.set(priority, (hosts.get(priority) ?? 0) + count);
  }
  const all = [...hosts.values()].reduce((sum, count) => sum + count, 0);
  return { all, first: hosts.size > 1 ? hosts.get(Math.min(...hosts.keys()))! : 1 };
}
