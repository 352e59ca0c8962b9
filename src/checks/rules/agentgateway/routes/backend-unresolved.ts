import { AGENTGATEWAY, httpRules, KGATEWAY, parentGateways } from '../../../agentgateway';
import { Grants } from '../../../grants';
import { Graph } from '../../../graph';
import { GATEWAY_API, namespaceOf } from '../../../links';
import { at, Fields, fields, list, text } from '../../../read';
import { Rule } from '../../../rule';

const KINDS: { readonly [group: string]: string } = { [AGENTGATEWAY]: 'AgentgatewayBackend', [KGATEWAY]: 'Backend' };

export const backendUnresolved: Rule = {
  code: 'BACKEND_UNRESOLVED',
  severity: 'error',
  title: 'An HTTPRoute refers to a backend that it does not get',
  cause: 'The backend is named without its group or kind and taken for a Service, it does not exist in a namespace that was declared complete, it is in another namespace that has no ReferenceGrant for it, or it is a Backend of kgateway behind a gateway of agentgateway.',
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
          const prop = `spec.rules[${rule}].backendRefs[${index}]`;
          const missing = missingFrom(ref, group);
          if (missing) yield { node, prop: `${prop}.${missing.field}`, message: `is missing, so that this is ${missing.taken}`, fix: `write \`${missing.field}: ${missing.right}\`` };
          if (kind === undefined || ref.kind !== kind || name === undefined) continue;
          const namespace = text(ref.namespace) ?? own;
          if (group === KGATEWAY && node.target.platform === 'agentgateway' && parentGateways(node).some(parent => isOfAgentgateway(graph, parent.namespace, parent.name))) {
            yield { node, prop, message: 'refers to a Backend of kgateway, which a gateway of agentgateway does not read', value: name, fix: 'make it an AgentgatewayBackend, or attach the route to a gateway of kgateway' };
            continue;
          }
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

interface MissingHalf {
  readonly field: 'group' | 'kind';
  /** What the reference is taken for. */
  readonly taken: string;
  readonly right: string;
}

/** The half of a kind that was left out, which has a default for Services. */
function missingFrom({ group: given, kind }: Fields, group: string): MissingHalf | undefined {
  if (kind === undefined && Object.hasOwn(KINDS, group)) return { field: 'kind', taken: `a Service of the group ${group}, where there is none`, right: KINDS[group] };
  // Backends of several groups are called Backend.
  return given === undefined && kind === KINDS[AGENTGATEWAY] ? { field: 'group', taken: `an ${kind} of the core group, where there is none`, right: AGENTGATEWAY } : undefined;
}

/** By the class that agentgateway's chart makes. */
function isOfAgentgateway(graph: Graph, namespace: string | undefined, name: string): boolean {
  return at(graph.find(GATEWAY_API, 'Gateway', namespace, name)?.manifest, 'spec', 'gatewayClassName') === 'agentgateway';
}
