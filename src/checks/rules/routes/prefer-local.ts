import { describeRule } from '../../fallbacks';
import { GraphNode } from '../../graph';
import { Links } from '../../links';
import { Rule } from '../../rule';
import { settingOf, trafficsOf } from '../../traffic';

export const preferLocal: Rule = {
  code: 'PREFER_LOCAL',
  severity: 'error',
  title: 'Preferring the local zone breaks priorities',
  cause: 'A BackendTrafficPolicy sets `loadBalancer.zoneAware.preferLocal` for a rule with several backends.',
  consequence: 'The backends no longer form one cluster with levels: the fallback serves requests while the first provider is healthy, and nothing falls over.',
  fix: 'Remove `zoneAware`: providers outside of the cluster have no zone.',
  * check(graph) {
    const links = Links.of(graph);
    const reported = new Set<GraphNode>();
    for (const rule of links.sharedRules) {
      for (const traffic of trafficsOf(rule, links)) {
        const setting = settingOf(traffic, 'loadBalancer', 'zoneAware', 'preferLocal');
        if (!setting || reported.has(setting.policy)) continue;
        reported.add(setting.policy);
        yield {
          node: setting.policy,
          prop: 'spec.loadBalancer.zoneAware.preferLocal',
          message: `breaks the priorities and weights of ${describeRule(rule)}`,
          fix: 'remove it',
        };
      }
    }
  },
};
