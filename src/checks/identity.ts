import { Graph, GraphNode, groupOf } from './graph';
import { namespaceOf } from './links';
import { perGraph } from './per-graph';
import { at, text } from './read';

export function nameOf(node: GraphNode): string | undefined {
  return text(at(node.manifest, 'metadata', 'name'));
}

/** `BackendTrafficPolicy "ai/chat"`, for messages. */
export function labelOf(node: GraphNode): string {
  return `${node.manifest.kind} "${placeLabel(namespaceOf(node), nameOf(node) ?? '')}"`;
}

export function placeLabel(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

const byKindAndName = perGraph(graph => {
  const nodes = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    const key = `${groupOf(String(node.manifest.apiVersion))}/${node.manifest.kind}/${nameOf(node) ?? ''}`;
    const same = nodes.get(key);
    if (same) {
      same.push(node);
    } else {
      nodes.set(key, [node]);
    }
  }
  return nodes;
});

/**
 * An object of this name in another namespace. Only where both namespaces are known:
 * one that is left to the deployment may turn out to be the same.
 */
export function elsewhere(graph: Graph, group: string, kind: string, namespace: string | undefined, name: string): GraphNode | undefined {
  if (namespace === undefined) return undefined;
  return byKindAndName(graph).get(`${group}/${kind}/${name}`)?.find(node => {
    const other = namespaceOf(node);
    return other !== undefined && other !== namespace;
  });
}
