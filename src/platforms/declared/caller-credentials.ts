import { BodyMutationIntent, CredentialIntent, HeaderMutationIntent } from '../../intent';

/**
 * Headers that carry what the caller proved to the gateway. The gateway replaces
 * only the one of the provider's own type, so the others are removed.
 */
export const CALLER_CREDENTIALS: readonly string[] = ['api-key', 'authorization', 'cookie', 'x-api-key'];

/** Names of the caller's credential headers that reach the provider by declaration. */
export function passedHeaders(credential: CredentialIntent): readonly string[] {
  return credential.kind === 'passThrough' ? credential.headers : [];
}

/** Changes of a provider and then of a target, as one: what the target says of a header wins. */
export function mergedHeaders(provider: HeaderMutationIntent | undefined, target: HeaderMutationIntent | undefined): HeaderMutationIntent {
  if (!target) return provider ?? { set: [], remove: [] };
  const said = new Set([...target.set.map(({ name }) => lower(name)), ...target.remove.map(lower)]);
  return {
    set: [...(provider?.set ?? []).filter(({ name }) => !said.has(lower(name))), ...target.set],
    remove: [...(provider?.remove ?? []).filter(name => !said.has(lower(name))), ...target.remove],
  };
}

/**
 * Headers to remove: those of the author, and the caller's credentials.
 *
 * @param kept lower-case names of headers that reach the provider
 */
export function removedHeaders({ set, remove }: HeaderMutationIntent, kept: readonly string[]): string[] {
  const removed = new Map(remove.map(name => [lower(name), name]));
  const keep = new Set<unknown>([...kept.map(lower), ...set.map(({ name }) => lower(name))]);
  for (const name of CALLER_CREDENTIALS) {
    // A `set` of the same name replaces the caller's value already.
    if (!keep.has(name) && !removed.has(name)) removed.set(name, name);
  }
  return [...removed.values()];
}

/** Changes of a provider and then of a target to top-level fields. */
export function mergedBody(provider: BodyMutationIntent | undefined, target: BodyMutationIntent | undefined): BodyMutationIntent {
  const said = new Set([...(target?.set ?? []).map(({ path }) => path), ...target?.remove ?? []]);
  return {
    set: [...(provider?.set ?? []).filter(({ path }) => !said.has(path)), ...target?.set ?? []],
    remove: [...(provider?.remove ?? []).filter(path => !said.has(path)), ...target?.remove ?? []],
  };
}

/** Names can be values that are known only later, which compare as themselves. */
function lower(name: unknown): unknown {
  return typeof name === 'string' ? name.toLowerCase() : name;
}
