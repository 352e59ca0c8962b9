import { limits } from '../../../imports/limits';
import type { VersionSchema } from '../../../imports/schema';
import { GraphNode, groupOf, versionOf } from '../graph';

/** What is known of a manifest's kind in the release its part of the app is for. */
export type SchemaLookup =
  | { readonly state: 'unknown-kind' }
  | { readonly state: 'unknown-version'; readonly versions: readonly string[]; readonly release: string }
  | { readonly state: 'found'; readonly schema: VersionSchema; readonly scope: 'Namespaced' | 'Cluster' };

/** The schema the cluster holds a manifest against. Kinds of other projects are not ours to judge. */
export function findSchema({ manifest, target }: GraphNode): SchemaLookup {
  const key = `${groupOf(manifest.apiVersion)}/${manifest.kind}`;
  const kind = Object.hasOwn(limits.kinds, key) ? limits.kinds[key] : undefined;
  if (!kind) return { state: 'unknown-kind' };
  // Projects the platform does not pin (External Secrets, SOPS operators) have one release here.
  const release = target.releases[kind.product] ?? Object.keys(kind.releases).at(-1)!;
  const versions = kind.releases[release];
  if (!versions) return { state: 'unknown-kind' };
  const schema = versions[versionOf(manifest.apiVersion)];
  if (!schema?.served) {
    return { state: 'unknown-version', release: `${kind.product} ${release}`, versions: Object.keys(versions).filter(v => versions[v].served) };
  }
  return { state: 'found', schema, scope: kind.scope };
}

export { limits };
