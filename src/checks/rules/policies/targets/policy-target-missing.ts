import { agentTargets, isOfPolicies } from '../../../agentgateway';
import { Graph, GraphNode } from '../../../graph';
import { elsewhere, labelOf, placeLabel } from '../../../identity';
import { AI_GATEWAY, GATEWAY_API, namespaceOf } from '../../../links';
import { isToken } from '../../../read';
import { Rule } from '../../../rule';
import { isPossible, policyTargets } from './policy-targets';

/** HTTPRoutes that the controller makes for other kinds than AIGatewayRoute. */
const GENERATED = /^ai-eg-/;

export const policyTargetMissing: Rule = {
  code: 'POLICY_TARGET_MISSING',
  severity: 'error',
  title: 'A policy is on something that does not exist',
  cause: 'The name of a target is misspelt, or the target is in another namespace: policies reach only their own.',
  consequence: 'The policy is stored, gets no status and does nothing: no retries, no TLS, no credential, no limit. Nothing reports it.',
  fix: 'Correct the name, or put the policy into the namespace of its target.',
  * check(graph) {
    for (const { policy, path, group, kind, name } of [...policyTargets(graph).filter(isPossible), ...agentTargets(graph).filter(isOfPolicies)]) {
      if (name === undefined || name === '' || isToken(name) || GENERATED.test(name)) continue;
      const namespace = namespaceOf(policy);
      if (exists(graph, group, kind, namespace, name)) continue;
      const missing = namespace !== undefined && graph.completeNamespaces.has(namespace);
      const other = missing ? undefined : anywhere(graph, group, kind, namespace, name);
      if (!missing && !other) continue;
      yield {
        node: policy,
        prop: `${path}.name`,
        message: `names the ${kind} "${placeLabel(namespace, name)}", ${other ? `while there is only ${labelOf(other)}` : 'which does not exist'}`,
        value: name,
        fix: 'correct the name, or put the policy into the namespace of its target',
        // Another repository may have one of this name there.
        severity: missing ? 'error' : 'warning',
      };
    }
  },
};

/** The controller makes an HTTPRoute of each AIGatewayRoute. */
function exists(graph: Graph, group: string, kind: string, namespace: string | undefined, name: string): boolean {
  return graph.find(group, kind, namespace, name) !== undefined
    || (isHttpRoute(group, kind) && graph.find(AI_GATEWAY, 'AIGatewayRoute', namespace, name) !== undefined);
}

function anywhere(graph: Graph, group: string, kind: string, namespace: string | undefined, name: string): GraphNode | undefined {
  return elsewhere(graph, group, kind, namespace, name)
    ?? (isHttpRoute(group, kind) ? elsewhere(graph, AI_GATEWAY, 'AIGatewayRoute', namespace, name) : undefined);
}

function isHttpRoute(group: string, kind: string): boolean {
  return group === GATEWAY_API && kind === 'HTTPRoute';
}
