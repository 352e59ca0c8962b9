import { Links } from '../../links';
import { at } from '../../read';
import { Rule } from '../../rule';

export const policyTimeoutIgnored: Rule = {
  code: 'POLICY_TIMEOUT_IGNORED',
  severity: 'warning',
  title: 'A timeout of a policy has no effect on AI routes',
  cause: 'A BackendTrafficPolicy on the route generated from an AIGatewayRoute sets `timeout.http.requestTimeout`. Each generated rule has a timeout of its own, which wins.',
  consequence: 'Requests are cut when the timeout of the rule is over, 60 s where the rule says nothing, whatever the policy says.',
  fix: 'Set `timeouts.request` of the rule, and remove the timeout from the policy.',
  * check(graph) {
    for (const { node, trafficPolicies } of Links.of(graph).routes) {
      for (const { policy, byLabel } of trafficPolicies) {
        // One for many routes may have effect on others.
        if (byLabel) continue;
        const timeout = at(policy.manifest, 'spec', 'timeout', 'http', 'requestTimeout');
        if (timeout === undefined || timeout === null) continue;
        yield {
          node: policy,
          prop: 'spec.timeout.http.requestTimeout',
          message: `has no effect on ${node.path}, whose rules have timeouts of their own`,
          value: timeout,
          fix: 'set timeouts.request of the rule instead',
        };
      }
    }
  },
};
