import { fields } from './read';
import { Manifest, TargetInfo } from '../intent';

/** One manifest of the app, whoever made it. */
export interface GraphNode {
  readonly manifest: Manifest;
  /** Where it is declared, for messages about other objects. */
  readonly path: string;
  /** The manifest as it was given, with its keys in their order; unset where that is not known. */
  readonly declared?: unknown;
  /** The platform its part of the app is for. */
  readonly target: TargetInfo;
  /** Paths of rules whose author lists the client APIs they are for: what no manifest can say. */
  readonly apisDeclared?: readonly string[];
  /** Whether a credential was declared that the platform could not express, so that its absence is told already. */
  readonly credentialRefused?: boolean;
}

/** A list only where several share an identity, which is a mistake. */
type Named = GraphNode | GraphNode[];

/** All manifests of an app, indexed once, read by every rule. */
export class Graph {
  /** What every rule can rely on to have a group, a kind and metadata. */
  public readonly nodes: readonly GraphNode[];
  /** Manifests that are none: one rule tells what they lack, and the others do not see them. */
  public readonly malformed: readonly GraphNode[];
  private readonly kinds = new Map<string, GraphNode[]>();
  /** By kind and namespace, then by name. */
  private readonly names = new Map<string, Map<string, Named>>();

  /**
   * @param all all manifests
   * @param completeNamespaces namespaces in which nothing exists that is not in `all`
   */
  constructor(all: readonly GraphNode[], public readonly completeNamespaces: ReadonlySet<string> = new Set()) {
    // By path: which of two is told to differ from the other must not depend on which was declared first.
    const sorted = byPath(all);
    this.malformed = sorted.filter(node => !isWellFormed(node.manifest));
    this.nodes = this.malformed.length === 0 ? sorted : sorted.filter(node => isWellFormed(node.manifest));
    for (const node of this.nodes) {
      const group = groupOf(node.manifest.apiVersion);
      add(this.kinds, `${group}/${node.manifest.kind}`, node);
      this.addName(group, node);
    }
  }

  /** The same graph with other nodes in the place of some. */
  replaced(by: (node: GraphNode) => GraphNode): Graph {
    return new Graph([...this.malformed, ...this.nodes.map(by)], this.completeNamespaces);
  }

  /** Objects of a kind, whatever their API version. */
  ofKind(group: string, kind: string): readonly GraphNode[] {
    return this.kinds.get(`${group}/${kind}`) ?? [];
  }

  /** Whether there is an object of any kind of an API group. */
  hasGroup(group: string): boolean {
    return [...this.kinds.keys()].some(kind => kind.startsWith(`${group}/`));
  }

  /** All objects with this identity; more than one is a mistake some rules look for. */
  all(group: string, kind: string, namespace: string | undefined, name: string): readonly GraphNode[] {
    const found = this.named(group, kind, namespace, name);
    if (found === undefined) return [];
    return Array.isArray(found) ? found : [found];
  }

  /** Objects that share their identity with others, by identity. */
  duplicates(): readonly (readonly GraphNode[])[] {
    return [...this.names.values()].flatMap(names => [...names.values()].filter(nodes => Array.isArray(nodes)));
  }

  find(group: string, kind: string, namespace: string | undefined, name: string): GraphNode | undefined {
    const found = this.named(group, kind, namespace, name);
    return Array.isArray(found) ? found[0] : found;
  }

  /**
   * Whether an object that is not in the graph is known not to exist: only in a
   * namespace that was declared complete. Elsewhere another repository may own it.
   */
  knownMissing(group: string, kind: string, namespace: string | undefined, name: string): boolean {
    return namespace !== undefined && this.completeNamespaces.has(namespace) && !this.find(group, kind, namespace, name);
  }

  private named(group: string, kind: string, namespace: string | undefined, name: string): Named | undefined {
    return this.names.get(placeOf(group, kind, namespace))?.get(name);
  }

  private addName(group: string, node: GraphNode): void {
    const { name, namespace } = node.manifest.metadata;
    const place = placeOf(group, node.manifest.kind, namespace);
    let names = this.names.get(place);
    if (!names) this.names.set(place, names = new Map());
    const known = names.get(name);
    if (Array.isArray(known)) {
      known.push(node);
    } else {
      names.set(name, known === undefined ? node : [known, node]);
    }
  }
}

/** Paths are put together when asked for, so once each. */
function byPath(nodes: readonly GraphNode[]): GraphNode[] {
  const paths = nodes.map(({ path }) => path);
  const order = paths.map((_, index) => index).sort((a, b) => (paths[a] < paths[b] ? -1 : paths[a] > paths[b] ? 1 : 0));
  return order.map(index => nodes[index]);
}

function isWellFormed(manifest: unknown): boolean {
  const { apiVersion, kind, metadata } = fields(manifest);
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '') return false;
  const { name, generateName, labels, annotations } = fields(metadata);
  return (name !== undefined || generateName !== undefined) && isMapOrAbsent(labels) && isMapOrAbsent(annotations);
}

function isMapOrAbsent(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

/** The group of an API version; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The version of an API version: `v1` of `apps/v1`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

function placeOf(group: string, kind: string, namespace: string | undefined): string {
  return `${group}/${kind}/${namespace ?? ''}`;
}

function add<T>(map: Map<string, T[]>, at: string, value: T): void {
  const list = map.get(at);
  if (list) {
    list.push(value);
  } else {
    map.set(at, [value]);
  }
}
