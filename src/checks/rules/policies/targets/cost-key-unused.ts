import { configNameOf } from '../../../ai-gateways';
import { Cost, costsOf, countedKeys, keysInFormats, keysRead, spellingOfKey } from '../../../costs';
import { Graph, GraphNode } from '../../../graph';
import { nameOf } from '../../../identity';
import { ENVOY_GATEWAY, GATEWAY_API, Links, namespaceOf } from '../../../links';
import { isToken, text } from '../../../read';
import { Rule } from '../../../rule';

export const costKeyUnused: Rule = {
  code: 'COST_KEY_UNUSED',
  severity: 'warning',
  title: 'Tokens are counted under a key that nothing reads',
  cause: 'A `metadataKey` of `llmRequestCosts` or `globalLLMRequestCosts` is the cost of no rate limit and stands in no access log, processor or patch, while the namespaces of the route and of its gateways are declared complete.',
  consequence: 'A limit that was meant to count by it counts requests or nothing, and tokens are spent without one.',
  fix: 'Use the key in a BackendTrafficPolicy or an access log, or remove the cost.',
  * check(graph) {
    const read = graph.completeNamespaces.size > 0 && costsOf(graph).length > 0 ? keysRead(graph) : undefined;
    if (!read) return;
    const declared = new Set(costsOf(graph).map(({ cost }) => cost.metadataKey));
    // The other end of a misspelt key tells it.
    if (graph.ofKind(ENVOY_GATEWAY, 'BackendTrafficPolicy').flatMap(countedKeys).some(({ key }) => !declared.has(key))) return;
    const nearly = new Set(graph.ofKind(ENVOY_GATEWAY, 'EnvoyProxy').flatMap(keysInFormats).filter(key => !declared.has(key)).map(spellingOfKey));
    for (const cost of costsOf(graph)) {
      const key = text(cost.cost.metadataKey);
      if (key === undefined || isToken(key) || read.has(key) || nearly.has(spellingOfKey(key)) || !isAllKnown(graph, cost)) continue;
      yield {
        node: cost.node,
        prop: `${cost.path}.metadataKey`,
        message: 'is a key that no rate limit and no access log reads',
        value: key,
        fix: 'name it as the cost of a rate limit or in an access log, or remove the cost',
      };
    }
  },
};

/** Whether whatever can read a cost is in the graph. */
function isAllKnown(graph: Graph, { node }: Cost): boolean {
  const gateways = gatewaysOf(graph, node);
  return gateways.length > 0 && [node, ...gateways].every(of => of !== undefined && graph.completeNamespaces.has(namespaceOf(of) ?? ''));
}

function gatewaysOf(graph: Graph, node: GraphNode): readonly (GraphNode | undefined)[] {
  if (node.manifest.kind === 'AIGatewayRoute') return Links.of(graph).routeOf(node)?.parents.map(({ gateway }) => gateway) ?? [];
  return graph.ofKind(GATEWAY_API, 'Gateway').filter(gateway => namespaceOf(gateway) === namespaceOf(node) && configNameOf(gateway) === nameOf(node));
}
