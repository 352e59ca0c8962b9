import { AGENTGATEWAY, httpRules } from '../../../agentgateway';
import { GATEWAY_API } from '../../../links';
import { fields, list } from '../../../read';
import { Rule } from '../../../rule';

export const rewriteOnBackend: Rule = {
  code: 'REWRITE_ON_BACKEND',
  severity: 'error',
  title: 'A path is rewritten where agentgateway does not allow it',
  cause: 'A backendRef to an AgentgatewayBackend has the filter URLRewrite.',
  consequence: 'The HTTPRoute is not accepted, and none of its rules is served.',
  fix: 'Move the filter to the rule.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(GATEWAY_API, 'HTTPRoute')) {
      for (const [rule, { backendRefs }] of httpRules(node).entries()) {
        for (const [index, value] of list(backendRefs).entries()) {
          const { group, filters } = fields(value);
          const at = list(filters).findIndex(filter => fields(filter).type === 'URLRewrite');
          if (group !== AGENTGATEWAY || at < 0) continue;
          yield { node, prop: `spec.rules[${rule}].backendRefs[${index}].filters[${at}]`, message: 'rewrites the path for one backend only', fix: 'move the filter to the rule' };
        }
      }
    }
  },
};
