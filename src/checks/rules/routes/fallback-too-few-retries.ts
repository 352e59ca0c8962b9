import { attemptsPerLevel, describeRule, Fallback, fallbacksOf, retriesOf } from '../../fallbacks';
import { GraphNode } from '../../graph';
import { Rule } from '../../rule';
import { settingOf } from '../../traffic';

interface Shortage {
  readonly fallback: Fallback;
  readonly retries: number;
  /** Retries after which the last level has its first attempt. */
  readonly reaching: number;
  /** Retries after which every level had all of its attempts. */
  readonly all: number;
}

export const fallbackTooFewRetries: Rule = {
  code: 'FALLBACK_TOO_FEW_RETRIES',
  severity: 'error',
  title: 'There are fewer retries than levels',
  cause: '`retry.numRetries` is smaller than the number of levels times `numAttemptsPerPriority`, less one.',
  consequence: 'While the levels before it fail, the last one is never tried, or not as often as the others; the client gets the error of an earlier one.',
  fix: 'Set `retry.numRetries` to the number of levels times `numAttemptsPerPriority`, less one.',
  * check(graph) {
    const worst = new Map<GraphNode, Shortage>();
    for (const fallback of fallbacksOf(graph)) {
      const policy = settingOf(fallback.traffic, 'retry', 'numRetries')?.policy ?? settingOf(fallback.traffic, 'retry')?.policy;
      const attempts = attemptsPerLevel(fallback.traffic);
      if (!policy || attempts === undefined) continue;
      const { levels } = fallback.rule;
      const shortage = { fallback, retries: retriesOf(fallback.traffic), reaching: (levels - 1) * attempts, all: levels * attempts - 1 };
      if (shortage.retries < shortage.all && shortage.all > (worst.get(policy)?.all ?? 0)) worst.set(policy, shortage);
    }
    for (const [node, { fallback, retries, reaching, all }] of worst) {
      yield {
        node,
        prop: 'spec.retry.numRetries',
        message: retries < reaching
          ? `is too small for the ${fallback.rule.levels} levels of ${describeRule(fallback.rule)}: the last one is never tried`
          : `is too small for the ${fallback.rule.levels} levels of ${describeRule(fallback.rule)}: the last one gets fewer attempts than the others`,
        value: retries,
        fix: `set it to ${all}`,
        severity: retries < reaching ? undefined : 'warning',
      };
    }
  },
};
