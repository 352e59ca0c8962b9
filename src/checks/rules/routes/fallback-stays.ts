import { attemptsPerLevel, describeRule, fallbacksOf } from '../../fallbacks';
import { GraphNode } from '../../graph';
import { Rule } from '../../rule';
import { settingOf } from '../../traffic';

export const fallbackStays: Rule = {
  code: 'FALLBACK_STAYS',
  severity: 'error',
  title: 'Retries stay on the first level',
  cause: 'The retry of a BackendTrafficPolicy for a rule with several priorities has no `numAttemptsPerPriority`.',
  consequence: 'Every retry goes to the provider that just failed; the fallback never gets a request.',
  fix: 'Set `retry.numAttemptsPerPriority` to 1.',
  * check(graph) {
    const reported = new Set<GraphNode>();
    for (const fallback of fallbacksOf(graph)) {
      const retry = settingOf(fallback.traffic, 'retry');
      if (!retry || reported.has(retry.policy) || attemptsPerLevel(fallback.traffic) !== undefined) continue;
      reported.add(retry.policy);
      yield {
        node: retry.policy,
        prop: 'spec.retry.numAttemptsPerPriority',
        message: `is missing, so no request reaches a fallback in ${describeRule(fallback.rule)}`,
        fix: 'set it to 1',
      };
    }
  },
};
