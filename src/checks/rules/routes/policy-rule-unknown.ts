import { sectionsOfNoRule } from '../../policy-targets';
import { Rule } from '../../rule';

export const policyRuleUnknown: Rule = {
  code: 'POLICY_RULE_UNKNOWN',
  severity: 'error',
  title: 'A policy is for a rule the route does not have',
  cause: 'The `sectionName` of a policy\'s target is not the name of a rule of the AIGatewayRoute with the target\'s name. Rules have names from release v1.1, and only those that are written.',
  consequence: 'The policy reports TargetNotFound and does nothing: retries, limits or checks it was to bring are not there.',
  fix: 'Give the rule that name, or correct `sectionName`; without it the policy is for all rules of the route.',
  final: true,
  * check(graph) {
    for (const { policy, sectionName, path, route, names } of sectionsOfNoRule(graph)) {
      yield {
        node: policy,
        prop: `${path}.sectionName`,
        message: `names no rule of ${route.path}`,
        value: sectionName,
        fix: names.length > 0 ? `use one of ${names.join(', ')}` : 'give the rule that name, or leave sectionName out',
      };
    }
  },
};
