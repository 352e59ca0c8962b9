import { findSchema, limits } from './find-schema';
import { validate, Violation } from './validate';
import { Graph, GraphNode } from '../graph';

const cache = new WeakMap<Graph, ReadonlyMap<GraphNode, readonly Violation[]>>();

/** What the schemas say of every manifest of a graph; computed once for all rules that ask. */
export function violationsOf(graph: Graph): ReadonlyMap<GraphNode, readonly Violation[]> {
  let found = cache.get(graph);
  if (!found) cache.set(graph, found = new Map(graph.nodes.flatMap(judge)));
  return found;
}

function judge(node: GraphNode): [GraphNode, readonly Violation[]][] {
  const lookup = findSchema(node);
  if (lookup.state !== 'found') return [];
  const violations = validate(limits, lookup.schema.root, node.manifest);
  return violations.length > 0 ? [[node, violations]] : [];
}
