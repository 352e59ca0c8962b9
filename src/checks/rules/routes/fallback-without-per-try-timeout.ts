import { describeRule, fallbacksOf } from '../../fallbacks';
import { GraphNode } from '../../graph';
import { duration } from '../../read';
import { Rule } from '../../rule';
import { settingOf } from '../../traffic';

export const fallbackWithoutPerTryTimeout: Rule = {
  code: 'FALLBACK_WITHOUT_PER_TRY_TIMEOUT',
  severity: 'warning',
  title: 'A provider that stays silent uses up the whole request',
  cause: 'The retry of a BackendTrafficPolicy for a rule with several priorities has no `perRetry.timeout`.',
  consequence: 'A provider that accepts the request and never answers is waited for until the timeout of the whole request: the client gets 504 and the fallback no attempt.',
  fix: 'Set `retry.perRetry.timeout` above the slowest answer that is not streamed, and the timeout of the request to as many times that as there are levels.',
  * check(graph) {
    const reported = new Set<GraphNode>();
    for (const fallback of fallbacksOf(graph)) {
      const retry = settingOf(fallback.traffic, 'retry');
      if (!retry || reported.has(retry.policy)) continue;
      const perTry = settingOf(fallback.traffic, 'retry', 'perRetry', 'timeout');
      if (perTry && duration(perTry.value) !== 0) continue;
      reported.add(retry.policy);
      yield {
        node: retry.policy,
        prop: 'spec.retry.perRetry.timeout',
        message: `is not set, so a provider that stays silent is never given up in ${describeRule(fallback.rule)}`,
        value: perTry?.value,
        fix: 'set it above the slowest answer that is not streamed, such as "120s"',
      };
    }
  },
};
