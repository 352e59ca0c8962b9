import { Rule } from '../../../rule';
import { isPossible, PolicyKind, policyTargets } from '../../../policy-targets';

export const policyTargetKind: Rule = {
  code: 'POLICY_TARGET_KIND',
  severity: 'error',
  title: 'A policy targets a kind it cannot be on',
  cause: 'A target of the policy has a group or kind that the policy does not know, such as a BackendTrafficPolicy on an AIGatewayRoute.',
  consequence: 'The API server refuses the policy, or it stays without effect.',
  fix: 'Target a kind the message names. For an AIGatewayRoute that is the HTTPRoute of the same name, which the gateway generates.',
  final: true,
  * check(graph) {
    for (const target of policyTargets(graph)) {
      const { policyKind, policy, path, group, kind } = target;
      if (kind === '' || isPossible(target)) continue;
      yield {
        node: policy,
        prop: path,
        message: `is nothing a ${policyKind.kind} can be on`,
        value: { group, kind },
        fix: wayOut(kind, policyKind),
      };
    }
  },
};

function wayOut(kind: string, { targets }: PolicyKind): string {
  if (kind === 'AIGatewayRoute' && targets.some(target => target.kind === 'HTTPRoute')) {
    return 'target the HTTPRoute of the same name, group gateway.networking.k8s.io, which the gateway generates';
  }
  const same = targets.find(target => target.kind === kind);
  return same ? `write the group "${same.group}"` : `target ${targets.map(target => target.kind).join(', ')}`;
}
