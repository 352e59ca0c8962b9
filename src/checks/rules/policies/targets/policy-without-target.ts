import { AI_GATEWAY, targets } from '../../../links';
import { Rule } from '../../../rule';

export const policyWithoutTarget: Rule = {
  code: 'POLICY_WITHOUT_TARGET',
  severity: 'error',
  title: 'A policy of the AI gateway names no provider',
  cause: 'A BackendSecurityPolicy or QuotaPolicy has no `targetRefs`. Providers do not refer to their policies; the link goes the other way.',
  consequence: 'The policy is accepted and attached to nothing: requests go to the provider without its key and answer 401, or a quota is never counted.',
  fix: 'Name the AIServiceBackend in `targetRefs`.',
  * check(graph) {
    for (const kind of ['BackendSecurityPolicy', 'QuotaPolicy']) {
      for (const node of graph.ofKind(AI_GATEWAY, kind)) {
        if (targets(node).length > 0) continue;
        yield { node, prop: 'spec.targetRefs', message: 'names no provider, so the policy does nothing', fix: 'name the AIServiceBackend it is for' };
      }
    }
  },
};
