import { Links } from '../../links';
import { Rule } from '../../rule';

export const defaultTimeout: Rule = {
  code: 'DEFAULT_TIMEOUT',
  severity: 'warning',
  title: 'Requests are cut after 60 seconds',
  cause: 'A rule has no `timeouts.request`, so the gateway writes its own default. A timeout in a BackendTrafficPolicy does not help: the generated route always carries one.',
  consequence: 'A longer answer becomes a 504, and a longer stream ends in the middle with status 200.',
  fix: 'Set `timeouts.request` to the longest whole answer there is, such as `300s`; `0s` means no limit.',
  * check(graph) {
    for (const rule of Links.of(graph).rules) {
      const { request } = rule.timeouts;
      if (request !== undefined && request !== null) continue;
      yield {
        node: rule.route.node,
        prop: `${rule.path}.timeouts.request`,
        message: 'is not set, so answers and streams are cut after 60s',
        fix: 'set it to the longest whole answer, such as "300s"',
      };
    }
  },
};
