import { connectionsOf } from '../../../connections';
import { labelOf } from '../../../identity';
import { Rule } from '../../../rule';

export const tlsPolicySection: Rule = {
  code: 'TLS_POLICY_SECTION',
  severity: 'error',
  title: 'A BackendTLSPolicy for one port of a Backend never applies to AI routes',
  cause: 'A target of the policy has a `sectionName`. The routes the AI gateway generates refer to Backends without a port, so a policy for a port never matches them.',
  consequence: 'The policy has no status and no effect: the proxy sends plaintext to the provider, and every request ends in 503.',
  fix: 'Remove `sectionName` from the target of the policy.',
  * check(graph) {
    for (const { users, policies, tls, hasWholePolicy } of connectionsOf(graph)) {
      const user = users.find(({ manifest }) => manifest.kind === 'AIServiceBackend');
      if (!user) continue;
      for (const { policy, sectionName, path } of policies) {
        if (!sectionName) continue;
        yield {
          node: policy,
          prop: `${path}.sectionName`,
          message: `keeps the policy away from requests of ${labelOf(user)}`,
          value: sectionName,
          fix: 'remove it, so that the policy is for the whole Backend',
          // Something else protects the connection then; the policy is merely without effect.
          severity: tls || hasWholePolicy ? 'warning' : 'error',
        };
      }
    }
  },
};
