import { describeRule, fallbacksOf } from '../../fallbacks';
import { GraphNode } from '../../graph';
import { list } from '../../read';
import { Rule } from '../../rule';
import { settingOf, Traffic } from '../../traffic';

/** Envoy Gateway's own triggers, where none are listed. */
const DEFAULT_TRIGGERS = ['connect-failure', 'retriable-status-codes'];

export const fallbackMissesFailures: Rule = {
  code: 'FALLBACK_MISSES_FAILURES',
  severity: 'warning',
  title: 'A fallback takes over for some failures only',
  cause: '`retry.retryOn` of the policy for a rule with several priorities leaves out failures that providers have: it lists no status codes, or lacks the triggers `connect-failure` and `reset`.',
  consequence: 'These failures reach the client although a healthy fallback is there. By default only 503 and refused connections fall over.',
  fix: 'List the status codes 429, 500, 502, 503 and 504, and the triggers `connect-failure`, `reset` and `retriable-status-codes`.',
  * check(graph) {
    const reported = new Set<GraphNode>();
    for (const fallback of fallbacksOf(graph)) {
      const retry = settingOf(fallback.traffic, 'retry');
      if (!retry || reported.has(retry.policy)) continue;
      const missed = missedFailures(fallback.traffic);
      if (missed.length === 0) continue;
      reported.add(retry.policy);
      yield {
        node: retry.policy,
        prop: 'spec.retry.retryOn',
        message: `does not try the next level of ${describeRule(fallback.rule)} after ${missed.join(', ')}`,
        fix: 'list httpStatusCodes 429, 500, 502, 503, 504 and triggers connect-failure, reset, retriable-status-codes',
      };
    }
  },
};

function missedFailures(traffic: Traffic): string[] {
  const listed = list(settingOf(traffic, 'retry', 'retryOn', 'triggers')?.value);
  const triggers = new Set(listed.length > 0 ? listed : DEFAULT_TRIGGERS);
  const codes = list(settingOf(traffic, 'retry', 'retryOn', 'httpStatusCodes')?.value);
  const has = (...names: readonly string[]) => names.some(name => triggers.has(name));
  const missed: string[] = [];
  // An author who lists codes has chosen them; whether they take effect is another rule's question.
  if (codes.length === 0) {
    missed.push('status 429');
    if (!has('5xx')) missed.push('status 500');
  }
  if (!has('connect-failure', 'reset', '5xx', 'gateway-error')) missed.push('a refused connection');
  if (!has('reset', '5xx', 'gateway-error')) missed.push('a connection that breaks or stays silent');
  return missed;
}
