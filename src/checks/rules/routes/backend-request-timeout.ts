import { Links } from '../../links';
import { duration } from '../../read';
import { Rule } from '../../rule';

export const backendRequestTimeout: Rule = {
  code: 'BACKEND_REQUEST_TIMEOUT',
  severity: 'error',
  title: 'A timeout meant for one attempt cuts the whole request',
  cause: 'A rule has `timeouts.backendRequest`.',
  consequence: 'It takes the place of `timeouts.request`: when it is over the client gets 504, without another attempt and whatever retries there are, and streams are cut at that moment.',
  fix: 'Remove `backendRequest`. The limit of one attempt is `retry.perRetry.timeout` of the BackendTrafficPolicy.',
  * check(graph) {
    for (const rule of Links.of(graph).rules) {
      const { backendRequest: limit, request } = rule.timeouts;
      if (limit === undefined || limit === null) continue;
      const ms = duration(limit);
      if (ms !== undefined && ms === duration(request)) continue;
      yield {
        node: rule.route.node,
        prop: `${rule.path}.timeouts.backendRequest`,
        message: 'limits the whole request with all of its attempts, not one attempt',
        value: limit,
        fix: 'remove it, and set retry.perRetry.timeout in a BackendTrafficPolicy',
      };
    }
  },
};
