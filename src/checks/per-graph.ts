import { Graph } from './graph';

/** Something several rules want to know of a graph: found out once per graph, when the first of them asks. */
export function perGraph<T>(findOut: (graph: Graph) => T): (graph: Graph) => T {
  const known = new WeakMap<Graph, { readonly value: T }>();
  return graph => {
    let entry = known.get(graph);
    if (!entry) known.set(graph, entry = { value: findOut(graph) });
    return entry.value;
  };
}
