import { Links } from '../../links';
import { isToken } from '../../read';
import { Rule } from '../../rule';

const POLICIES = ['BackendTrafficPolicy', 'SecurityPolicy', 'EnvoyExtensionPolicy'] as const;

export const policyRuleUnknown: Rule = {
  code: 'POLICY_RULE_UNKNOWN',
  severity: 'error',
  title: 'A policy is for a rule the route does not have',
  cause: 'The `sectionName` of a policy\'s target is not the name of a rule of the AIGatewayRoute with the target\'s name. Rules have names from release v1.1, and only those that are written.',
  consequence: 'The policy reports TargetNotFound and does nothing: retries, limits or checks it was to bring are not there.',
  fix: 'Give the rule that name, or correct `sectionName`; without it the policy is for all rules of the route.',
  final: true,
  * check(graph) {
    const links = Links.of(graph);
    for (const { node, name, namespace, rules } of links.routes) {
      if (name === undefined) continue;
      for (const kind of POLICIES) {
        for (const { policy, sectionName, path } of links.attachmentsOn(kind, 'HTTPRoute', namespace, name)) {
          if (sectionName === undefined || isToken(sectionName) || rules.some(rule => rule.name === sectionName)) continue;
          yield {
            node: policy,
            prop: `${path}.sectionName`,
            message: `names no rule of ${node.path}`,
            value: sectionName,
            fix: rules.some(rule => rule.name !== undefined)
              ? `use one of ${rules.flatMap(rule => rule.name ?? []).join(', ')}`
              : 'give the rule that name, or leave sectionName out',
          };
        }
      }
    }
  },
};
