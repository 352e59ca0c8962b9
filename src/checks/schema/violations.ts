import { asMeant } from './as-meant';
import { findSchema, limits } from './find-schema';
import { validateTexts, Violation } from './validate';
import { Graph, GraphNode } from '../graph';
import { perGraph } from '../per-graph';
import type { Manifest } from '../../intent';

type Violations = ReadonlyMap<GraphNode, readonly Violation[]>;

/** What the schemas say of manifests as they are written, by their nodes in a graph of what they mean. */
const written = new WeakMap<Graph, Violations>();

const judged = perGraph((graph) => {
  const violations = new Map<GraphNode, readonly Violation[]>();
  const meant = new Map<GraphNode, GraphNode>();
  for (const node of graph.nodes) {
    const lookup = findSchema(node);
    if (lookup.state === 'unknown-kind') {
      // Kinds of other projects are written as YAML too.
      const found = validateTexts(node.manifest);
      if (found.length > 0) violations.set(node, found);
    }
    if (lookup.state !== 'found') continue;
    const meaning = asMeant(limits, lookup.schema.root, node.manifest);
    if (meaning.violations.length === 0) continue;
    const read = meaning.manifest === node.manifest ? node : withManifest(node, meaning.manifest as Manifest);
    if (read !== node) meant.set(node, read);
    violations.set(read, meaning.violations);
  }
  return { violations, meant };
});

/** What the schemas say of every manifest of a graph; computed once for all rules that ask. */
export function violationsOf(graph: Graph): Violations {
  return written.get(graph) ?? judged(graph).violations;
}

/** The graph with misspelt fields under the names that are meant: the same one where there are none. */
export function graphAsMeant(graph: Graph): Graph {
  const { violations, meant } = judged(graph);
  if (meant.size === 0) return graph;
  const read = graph.replaced(node => meant.get(node) ?? node);
  written.set(read, violations);
  return read;
}

/** The node with everything else it knows. */
function withManifest(node: GraphNode, manifest: Manifest): GraphNode {
  return Object.create(node, { manifest: { value: manifest, enumerable: true } }) as GraphNode;
}
