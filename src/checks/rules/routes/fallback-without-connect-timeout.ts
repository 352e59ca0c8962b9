import { describeRule, fallbacksOf } from '../../fallbacks';
import { GraphNode } from '../../graph';
import { Rule } from '../../rule';
import { settingOf } from '../../traffic';

export const fallbackWithoutConnectTimeout: Rule = {
  code: 'FALLBACK_WITHOUT_CONNECT_TIMEOUT',
  severity: 'warning',
  title: 'A provider that cannot be reached holds each request for 10 seconds',
  cause: 'The BackendTrafficPolicy of a rule with several priorities sets no `timeout.tcp.connectTimeout`. It is 10 s then.',
  consequence: 'Where packets to a provider are lost, as behind a firewall or in an outage of a region, every request waits 10 s before it goes on to the fallback.',
  fix: 'Set `timeout.tcp.connectTimeout` to a few seconds.',
  * check(graph) {
    const reported = new Set<GraphNode>();
    for (const fallback of fallbacksOf(graph)) {
      const retry = settingOf(fallback.traffic, 'retry');
      if (!retry || reported.has(retry.policy) || settingOf(fallback.traffic, 'timeout', 'tcp', 'connectTimeout') !== undefined) continue;
      reported.add(retry.policy);
      yield {
        node: retry.policy,
        prop: 'spec.timeout.tcp.connectTimeout',
        message: `is not set, so a provider of ${describeRule(fallback.rule)} that cannot be reached is waited for 10s before its fallback`,
        fix: 'set it, such as to "3s"',
      };
    }
  },
};
