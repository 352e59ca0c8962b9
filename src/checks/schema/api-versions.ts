import { findSchema, limits } from './find-schema';
import { TargetInfo } from '../../intent';
import { perGraph } from '../per-graph';
import { GraphNode, groupOf } from '../graph';

/** What can be said of the API version of a manifest. */
export interface ApiVersionVerdict {
  /** `gone`: the release the manifest is for does not serve it. */
  readonly state: 'gone' | 'deprecated';
  /** Whether the platform says which release the cluster has; else the newest is assumed. */
  readonly pinned: boolean;
  /** `envoy-ai-gateway v1.1.0` */
  readonly release: string;
  /** Versions to use instead, with their group. */
  readonly instead: readonly string[];
}

/** Manifests whose API version ends, or has ended. */
export const outdatedManifests = perGraph(graph => {
  const verdicts = new Map<TargetInfo, Map<string, ApiVersionVerdict | undefined>>();
  return graph.nodes.flatMap((node): { node: GraphNode; verdict: ApiVersionVerdict }[] => {
    let known = verdicts.get(node.target);
    if (!known) verdicts.set(node.target, known = new Map());
    const id = `${node.manifest.apiVersion} ${node.manifest.kind}`;
    if (!known.has(id)) known.set(id, judge(node));
    const verdict = known.get(id);
    return verdict ? [{ node, verdict }] : [];
  });
});

/** Kinds by group, and by their letters. */
let kindsByLetters: ReadonlyMap<string, string> | undefined;

/** The kind that is meant by one with capitals in other places, or in the plural. */
export function kindMeant({ manifest: { apiVersion, kind } }: GraphNode): string | undefined {
  kindsByLetters ??= new Map(Object.keys(limits.kinds).map(key => [key.toLowerCase(), key.slice(key.lastIndexOf('/') + 1)]));
  const key = `${groupOf(apiVersion)}/${kind}`;
  if (Object.hasOwn(limits.kinds, key)) return undefined;
  return kindsByLetters.get(key.toLowerCase()) ?? kindsByLetters.get(key.toLowerCase().replace(/s$/, ''));
}

/** Undefined where the version is fine, or the kind is not known here. */
function judge(node: GraphNode): ApiVersionVerdict | undefined {
  const group = groupOf(node.manifest.apiVersion);
  const key = `${group}/${node.manifest.kind}`;
  const kind = Object.hasOwn(limits.kinds, key) ? limits.kinds[key] : undefined;
  if (!kind) return undefined;
  const found = findSchema(node);
  // A release that is not known here says nothing about its kinds.
  if (found.state === 'unknown-kind' || (found.state === 'found' && !found.schema.deprecated)) return undefined;
  const pinned = node.target.releases[kind.product];
  const release = pinned ?? Object.keys(kind.releases).at(-1)!;
  const versions = kind.releases[release];
  return {
    state: found.state === 'found' ? 'deprecated' : 'gone',
    pinned: pinned !== undefined,
    release: `${kind.product} ${release}`,
    instead: Object.keys(versions).filter(version => versions[version].served && !versions[version].deprecated).map(version => `${group}/${version}`),
  };
}
