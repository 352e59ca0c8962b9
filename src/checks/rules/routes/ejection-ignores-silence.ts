import { describeRule, fallbacksOf } from '../../fallbacks';
import { GraphNode } from '../../graph';
import { Rule } from '../../rule';
import { settingOf } from '../../traffic';

export const ejectionIgnoresSilence: Rule = {
  code: 'EJECTION_IGNORES_SILENCE',
  severity: 'warning',
  title: 'A provider that stays silent is never taken out',
  cause: '`healthCheck.passive.splitExternalLocalOriginErrors` is true in the policy of a rule with several priorities, and `consecutiveLocalOriginFailures` is not 1.',
  consequence: 'Refused connections take a provider out, attempts that time out no longer do: as long as it stays silent, each request waits for the timeout of one attempt before it goes on to the fallback.',
  fix: 'Remove `splitExternalLocalOriginErrors`: without it both count as server errors. Or set `consecutiveLocalOriginFailures` to 1.',
  * check(graph) {
    const reported = new Set<GraphNode>();
    for (const fallback of fallbacksOf(graph)) {
      const split = settingOf(fallback.traffic, 'healthCheck', 'passive', 'splitExternalLocalOriginErrors');
      const failures = settingOf(fallback.traffic, 'healthCheck', 'passive', 'consecutiveLocalOriginFailures');
      if (split?.value !== true || failures?.value === 1 || reported.has(split.policy)) continue;
      reported.add(split.policy);
      yield {
        node: split.policy,
        prop: 'spec.healthCheck.passive.splitExternalLocalOriginErrors',
        message: `keeps a silent provider of ${describeRule(fallback.rule)} in use`,
        value: true,
        fix: 'remove it, or set consecutiveLocalOriginFailures to 1',
      };
    }
  },
};
