import { Graph, GraphNode } from '../../../graph';
import { labelOf } from '../../../identity';
import { AI_GATEWAY, GATEWAY_API, Links } from '../../../links';
import { appliedTargets, oncePerSelector } from '../../../policy-targets';
import { at, fields, list, text } from '../../../read';
import { Rule } from '../../../rule';

const KINDS = new Set(['BackendTrafficPolicy', 'SecurityPolicy', 'EnvoyExtensionPolicy']);

export const policyReplacesGatewayPolicy: Rule = {
  code: 'POLICY_REPLACES_GATEWAY_POLICY',
  severity: 'error',
  title: 'A policy on a route takes away what the Gateway\'s policy of the same kind does',
  cause: 'A BackendTrafficPolicy, SecurityPolicy or EnvoyExtensionPolicy is on a route without `mergeType`, while its Gateway has a policy of that kind.',
  consequence: 'The route\'s policy replaces the Gateway\'s as a whole: rate limits, request buffers, authentication or external processing of the Gateway do not happen for this route.',
  fix: 'Set `mergeType: StrategicMerge` on the route\'s policy where its kind has it, or repeat the Gateway\'s settings in it and acknowledge the finding.',
  * check(graph) {
    const links = Links.of(graph);
    const isNews = oncePerSelector();
    for (const target of appliedTargets(graph)) {
      const { policyKind, policy, path, kind, name, namespace } = target;
      if (kind !== 'HTTPRoute' || name === undefined || !KINDS.has(policyKind)) continue;
      if (at(policy.manifest, 'spec', 'mergeType') !== undefined) continue;
      const replaced = policyOnParent(graph, links, policyKind, policy, namespace, name);
      if (!replaced || !isNews(target)) continue;
      yield {
        node: policy,
        prop: path,
        message: `makes ${labelOf(replaced)} of the Gateway void for this route`,
        value: name,
        fix: 'set `mergeType: StrategicMerge` where the kind has it, or repeat the Gateway\'s settings here and acknowledge this',
      };
    }
  },
};

interface Parent {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly sectionName: string | undefined;
}

function policyOnParent(graph: Graph, links: Links, kind: string, policy: GraphNode, of: string | undefined, route: string): GraphNode | undefined {
  for (const { name, namespace, sectionName } of parentsOf(graph, of, route)) {
    if (name === undefined) continue;
    const found = links.attachmentsOn(kind, 'Gateway', namespace, name).find(attachment => attachment.policy !== policy
      && (!attachment.sectionName || sectionName === undefined || attachment.sectionName === sectionName));
    if (found) return found.policy;
  }
  return undefined;
}

/** Gateways of a route: of the AIGatewayRoute it is generated from, or its own. */
function parentsOf(graph: Graph, namespace: string | undefined, name: string): readonly Parent[] {
  const source = graph.find(AI_GATEWAY, 'AIGatewayRoute', namespace, name);
  const route = source && Links.of(graph).routeOf(source);
  if (route) return route.parents;
  const node = graph.find(GATEWAY_API, 'HTTPRoute', namespace, name);
  return list(at(node?.manifest, 'spec', 'parentRefs')).map((value): Parent => {
    const ref = fields(value);
    return { name: text(ref.name), namespace: text(ref.namespace) ?? namespace, sectionName: text(ref.sectionName) };
  });
}
