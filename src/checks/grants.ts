import { GATEWAY_API } from './api-groups';
import { Graph } from './graph';
import { namespaceOf } from './links';
import { at, Fields, fields, list, text } from './read';

/** Who refers to what, across namespaces. */
export interface Crossing {
  readonly from: { readonly group: string; readonly kind: string; readonly namespace: string };
  readonly to: { readonly group: string; readonly kind: string; readonly namespace: string };
}

/** The ReferenceGrants of a graph. */
export class Grants {
  private static readonly cache = new WeakMap<Graph, Grants>();

  public static of(graph: Graph): Grants {
    let grants = Grants.cache.get(graph);
    if (!grants) Grants.cache.set(graph, grants = new Grants(graph));
    return grants;
  }

  /** Granted names by crossing; undefined among them stands for all. */
  private readonly granted = new Map<string, Set<string | undefined>>();

  /** Namespaces with a grant that lacks a required field, which the schema tells; what it was to allow is not known. */
  private readonly unfinished = new Set<string>();

  private constructor(graph: Graph) {
    for (const node of graph.ofKind(GATEWAY_API, 'ReferenceGrant')) {
      const namespace = namespaceOf(node);
      if (namespace === undefined) continue;
      const sources = list(at(node.manifest, 'spec', 'from')).map(fields);
      const destinations = list(at(node.manifest, 'spec', 'to')).map(fields);
      if (sources.length === 0 || destinations.length === 0 || lacks(sources, 'group', 'kind', 'namespace') || lacks(destinations, 'group', 'kind')) {
        this.unfinished.add(namespace);
      }
      for (const from of sources) {
        for (const to of destinations) {
          const key = keyOf({
            from: { group: text(from.group) ?? '', kind: text(from.kind) ?? '', namespace: text(from.namespace) ?? '' },
            to: { group: text(to.group) ?? '', kind: text(to.kind) ?? '', namespace },
          });
          let names = this.granted.get(key);
          if (!names) this.granted.set(key, names = new Set());
          names.add(text(to.name));
        }
      }
    }
  }

  /** Whether the object of that name may be referred to; without a name, whether any may. */
  public allow(crossing: Crossing, name?: string): boolean {
    if (this.unfinished.has(crossing.to.namespace)) return true;
    const names = this.granted.get(keyOf(crossing));
    return names !== undefined && (name === undefined || names.has(undefined) || names.has(name));
  }
}

function lacks(entries: readonly Fields[], ...names: readonly string[]): boolean {
  return entries.some(entry => names.some(name => entry[name] === undefined));
}

function keyOf({ from, to }: Crossing): string {
  return `${from.group}/${from.kind}/${from.namespace}>${to.group}/${to.kind}/${to.namespace}`;
}
