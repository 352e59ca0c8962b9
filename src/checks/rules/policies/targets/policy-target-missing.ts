import { agentTargets, isOfPolicies } from '../../../agentgateway';
import { labelOf, placeLabel } from '../../../identity';
import { namespaceOf } from '../../../links';
import { idleSelectors, isPossible, missingTarget, policyTargets } from '../../../policy-targets';
import { Rule } from '../../../rule';

export const policyTargetMissing: Rule = {
  code: 'POLICY_TARGET_MISSING',
  severity: 'error',
  title: 'A policy is on something that does not exist',
  cause: 'The name of a target is misspelt, a selector chooses none, or the target is in another namespace: policies reach only their own.',
  consequence: 'The policy is stored, gets no status and does nothing: no retries, no TLS, no credential, no limit. Nothing reports it.',
  fix: 'Correct the name, or put the policy into the namespace of its target.',
  * check(graph) {
    for (const target of [...policyTargets(graph).filter(isPossible), ...agentTargets(graph).filter(isOfPolicies)]) {
      const missing = missingTarget(graph, target);
      if (!missing) continue;
      const { policy, path, kind, name } = target;
      const { certain, other } = missing;
      yield {
        node: policy,
        prop: `${path}.name`,
        message: `names the ${kind} "${placeLabel(namespaceOf(policy), name!)}", ${other ? `while there is only ${labelOf(other)}` : 'which does not exist'}`,
        value: name,
        fix: 'correct the name, or put the policy into the namespace of its target',
        // Another repository may have one of this name there.
        severity: certain ? 'error' : 'warning',
      };
    }
    for (const { policy, path, targetKind, namespace } of idleSelectors(graph)) {
      yield {
        node: policy,
        prop: path,
        message: `chooses no ${targetKind} of namespace "${namespace}"`,
        fix: 'correct its labels, or those of the target',
      };
    }
  },
};
