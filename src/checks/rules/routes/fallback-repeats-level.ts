import { attemptsPerLevel, describeRule, Fallback, fallbacksOf, retriesOf } from '../../fallbacks';
import { GraphNode } from '../../graph';
import { Rule } from '../../rule';
import { settingOf } from '../../traffic';

export const fallbackRepeatsLevel: Rule = {
  code: 'FALLBACK_REPEATS_LEVEL',
  severity: 'warning',
  title: 'There are more retries than levels',
  cause: '`retry.numRetries` is larger than the number of levels times `numAttemptsPerPriority`, less one. It is 2 where it is not set.',
  consequence: 'While all levels fail, the request goes back to the first one: the client waits longer for its error, providers that were only slow are paid twice, and the attempts together can outlast the timeout of the request.',
  fix: 'Set `retry.numRetries` to the number of levels times `numAttemptsPerPriority`, less one.',
  * check(graph) {
    // A policy on a gateway is for the rule with the most levels.
    const longest = new Map<GraphNode, { readonly fallback: Fallback; readonly needed: number }>();
    for (const fallback of fallbacksOf(graph)) {
      const policy = settingOf(fallback.traffic, 'retry', 'numRetries')?.policy ?? settingOf(fallback.traffic, 'retry')?.policy;
      const attempts = attemptsPerLevel(fallback.traffic);
      if (!policy || attempts === undefined) continue;
      const needed = fallback.rule.levels * attempts - 1;
      if (needed > (longest.get(policy)?.needed ?? 0)) longest.set(policy, { fallback, needed });
    }
    for (const [node, { fallback, needed }] of longest) {
      if (retriesOf(fallback.traffic) <= needed) continue;
      const given = settingOf(fallback.traffic, 'retry', 'numRetries')?.value;
      yield {
        node,
        prop: 'spec.retry.numRetries',
        message: `${given === undefined ? 'is 2 by default, which' : 'is too large and'} sends requests back to levels of ${describeRule(fallback.rule)} that failed already`,
        value: given,
        fix: `set it to ${needed}`,
      };
    }
  },
};
