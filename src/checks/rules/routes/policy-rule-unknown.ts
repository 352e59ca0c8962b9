import { AI_GATEWAY, Links } from '../../links';
import { isToken } from '../../read';
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
    const { sections, routes } = Links.of(graph);
    if (sections.length === 0) return;
    const byNode = new Map(routes.map(route => [route.node, route]));
    for (const { policy, sectionName, path, targetKind, namespace, name } of sections) {
      const node = targetKind === 'HTTPRoute' ? graph.find(AI_GATEWAY, 'AIGatewayRoute', namespace, name) : undefined;
      const names = (node && byNode.get(node)?.rules.flatMap(rule => rule.name ?? [])) ?? [];
      if (!node || isToken(sectionName) || names.includes(sectionName!)) continue;
      yield {
        node: policy,
        prop: `${path}.sectionName`,
        message: `names no rule of ${node.path}`,
        value: sectionName,
        fix: names.length > 0 ? `use one of ${names.join(', ')}` : 'give the rule that name, or leave sectionName out',
      };
    }
  },
};
