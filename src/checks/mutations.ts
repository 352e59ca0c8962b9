import { GraphNode } from './graph';
import { AI_GATEWAY, Links } from './links';
import { perGraph } from './per-graph';
import { at, fields, list, text } from './read';

/** A header or body field that a mutation sets or removes. */
export interface Change {
  /** `spec.headerMutation.set[0]` */
  readonly path: string;
  /** Name of the header as written, or path of the body field. */
  readonly name: string;
  /** What is set; undefined for a removal. */
  readonly value: unknown;
}

/** The changes one object makes to requests on their way to one provider. */
export interface Mutation {
  readonly node: GraphNode;
  /** The provider they go to, where it is in the graph. */
  readonly serviceBackend: GraphNode | undefined;
  /** True where the requests go to an InferencePool. */
  readonly pool: boolean;
  readonly headers: Changes;
  readonly body: Changes;
}

export interface Changes {
  /** `spec.headerMutation` */
  readonly path: string;
  readonly set: readonly Change[];
  readonly removed: readonly Change[];
}

/** Mutations of AIServiceBackends and of the backendRefs of routes. */
export const mutationsOf = perGraph(graph => {
  const mutations: Mutation[] = [];
  for (const node of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
    const mutation = mutationIn(node, node.manifest.spec, 'spec', node, false);
    if (mutation) mutations.push(mutation);
  }
  for (const { node, rules } of Links.of(graph).routes) {
    for (const { refs } of rules) {
      for (const { ref, path, serviceBackend, pool } of refs) {
        const mutation = mutationIn(node, ref, path, serviceBackend, pool);
        if (mutation) mutations.push(mutation);
      }
    }
  }
  return mutations;
});

/** Header changes of an object that has a `headerMutation`. */
export function headerChanges(holder: unknown, path: string): Changes {
  return changesIn(at(holder, 'headerMutation'), `${path}.headerMutation`, 'name');
}

function mutationIn(node: GraphNode, holder: unknown, path: string, serviceBackend: GraphNode | undefined, pool: boolean): Mutation | undefined {
  const { headerMutation, bodyMutation } = fields(holder);
  if (headerMutation === undefined && bodyMutation === undefined) return undefined;
  return {
    node,
    serviceBackend,
    pool,
    headers: headerChanges(holder, path),
    body: changesIn(bodyMutation, `${path}.bodyMutation`, 'path'),
  };
}

function changesIn(mutation: unknown, path: string, nameField: 'name' | 'path'): Changes {
  return {
    path,
    set: list(at(mutation, 'set')).flatMap((value, index) => {
      const entry = fields(value);
      const name = text(entry[nameField]);
      return name === undefined ? [] : [{ path: `${path}.set[${index}]`, name, value: entry.value }];
    }),
    removed: list(at(mutation, 'remove')).flatMap((name, index) => (
      typeof name === 'string' ? [{ path: `${path}.remove[${index}]`, name, value: undefined }] : []
    )),
  };
}
