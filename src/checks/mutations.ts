import { AgentProvider, agentProviders } from './agentgateway';
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
  /** The provider of agentgateway they go to; the first, where they are for all of a backend. */
  readonly provider?: AgentProvider;
  /** True where the requests go to an InferencePool. */
  readonly pool: boolean;
  readonly headers: Changes;
  readonly body: Changes;
  /** Which of the two wins where one header is set and removed. */
  readonly wins: 'set' | 'removal';
}

export interface Changes {
  /** `spec.headerMutation` */
  readonly path: string;
  readonly set: readonly Change[];
  readonly removed: readonly Change[];
}

/** Mutations of AIServiceBackends and of the backendRefs of routes, and on agentgateway those of backends and of rules. */
export const mutationsOf = perGraph(graph => {
  const mutations: Mutation[] = [];
  for (const node of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
    const mutation = mutationIn(node, node.manifest.spec, 'spec', node, false);
    if (mutation) mutations.push(mutation);
  }
  for (const { rule, ref, path, serviceBackend, pool } of Links.of(graph).refs) {
    const mutation = mutationIn(rule.route.node, ref, path, serviceBackend, pool);
    if (mutation) mutations.push(mutation);
  }
  for (const provider of agentProviders(graph)) mutations.push(...ofProvider(provider));
  for (const { node, rules } of Links.of(graph).httpRoutes) {
    for (const { path, rule } of rules) mutations.push(...ofFilters(node, path, rule.filters));
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
    wins: 'set',
  };
}

/** Changes by the policies of a provider of agentgateway, its own or those of its backend. */
function ofProvider(provider: AgentProvider): Mutation[] {
  const { node, path, fields: own } = provider;
  const holders = [[own, path] as const, ...(path === 'spec.ai.provider' || path === 'spec.ai.groups[0].providers[0]' ? [[node.manifest.spec, 'spec'] as const] : [])];
  return holders.flatMap(([holder, place]) => {
    const request = at(holder, 'policies', 'transformation', 'request');
    const overrides = list(at(holder, 'policies', 'ai', 'overrides'));
    if (request === undefined && overrides.length === 0) return [];
    const headers = changesIn(request, `${place}.policies.transformation.request`, 'name');
    return [{
      node,
      serviceBackend: undefined,
      provider,
      pool: false,
      headers: { ...headers, set: headers.set.map(change => ({ ...change, value: literal(change.value) })) },
      body: {
        path: `${place}.policies.ai.overrides`,
        set: overrides.flatMap((value, index) => {
          const field = text(fields(value).field);
          // A value is JSON itself, not the text of it.
          return field === undefined ? [] : [{ path: `${place}.policies.ai.overrides[${index}]`, name: field, value: undefined }];
        }),
        removed: [],
      },
      wins: 'removal',
    }];
  });
}

/** Changes of headers by the filters of a rule. */
function ofFilters(node: GraphNode, rule: string, filters: unknown): Mutation[] {
  return list(filters).flatMap((filter, index) => {
    const changes = at(filter, 'requestHeaderModifier');
    if (changes === undefined) return [];
    const path = `${rule}.filters[${index}].requestHeaderModifier`;
    return [{ node, serviceBackend: undefined, pool: false, headers: changesIn(changes, path, 'name'), body: { path, set: [], removed: [] }, wins: 'removal' }];
  });
}

/** The text that an expression is, where it is nothing but text in quotes. */
function literal(expression: unknown): unknown {
  if (typeof expression !== 'string' || !expression.startsWith('"')) return undefined;
  try {
    return JSON.parse(expression);
  } catch {
    return undefined;
  }
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
