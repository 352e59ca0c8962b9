import { AGENTGATEWAY, httpRules, KGATEWAY } from '../../../agentgateway';
import { Grants } from '../../../grants';
import { GATEWAY_API, namespaceOf } from '../../../links';
import { fields, list, text } from '../../../read';
import { Rule } from '../../../rule';

const KINDS: { readonly [group: string]: string } = { [AGENTGATEWAY]: 'AgentgatewayBackend', [KGATEWAY]: 'Backend' };

export const backendUnresolved: Rule = {
  code: 'BACKEND_UNRESOLVED',
  severity: 'error',
  title: 'An HTTPRoute refers to a backend that it does not get',
  cause: 'The backend does not exist in a namespace that was declared complete, or it is in another namespace that has no ReferenceGrant for it.',
  consequence: 'The share of the requests that it should get answers 500.',
  fix: 'Correct the name, make the backend, or let routes of the namespace refer to it with a ReferenceGrant.',
  * check(graph) {
    for (const node of graph.ofKind(GATEWAY_API, 'HTTPRoute')) {
      const own = namespaceOf(node);
      for (const [rule, { backendRefs }] of httpRules(node).entries()) {
        for (const [index, value] of list(backendRefs).entries()) {
          const ref = fields(value);
          const group = text(ref.group) ?? '';
          const kind = KINDS[group];
          const name = text(ref.name);
          if (kind === undefined || ref.kind !== kind || name === undefined) continue;
          const namespace = text(ref.namespace) ?? own;
          const prop = `spec.rules[${rule}].backendRefs[${index}]`;
          if (graph.knownMissing(group, kind, namespace, name)) {
            yield { node, prop: `${prop}.name`, message: `names no ${kind} there is in namespace "${namespace}"`, value: name, fix: `correct the name or namespace, or make the ${kind}` };
          } else if (own !== undefined && namespace !== undefined && namespace !== own && graph.find(group, kind, namespace, name)
            && !Grants.of(graph).allow({ from: { group: GATEWAY_API, kind: 'HTTPRoute', namespace: own }, to: { group, kind, namespace } }, name)) {
            yield { node, prop, message: 'refers to another namespace, where no ReferenceGrant lets it', value: `${namespace}/${name}`, fix: `add a ReferenceGrant in "${namespace}" from HTTPRoute in "${own}" to ${kind}` };
          }
        }
      }
    }
  },
};
