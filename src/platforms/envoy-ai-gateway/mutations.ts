import { BodyMutationIntent, CredentialIntent, HeaderMutationIntent, ProviderIntent } from '../../intent';

/**
 * Headers that carry what the caller proved to the gateway. The gateway replaces
 * only the one of the provider's own type, so the others are removed.
 */
const CALLER_CREDENTIALS = ['api-key', 'authorization', 'cookie', 'x-api-key'];

/** Mutations of an AIServiceBackend: the author's, and the removal of the caller's credentials. */
export function backendMutations(intent: ProviderIntent): object {
  const passed = passedHeaders(intent.credential);
  const set = intent.headers?.set ?? [];
  const setNames = new Set(set.map(h => lower(h.name)));
  const removed = [...(intent.headers?.remove ?? [])];
  const removedNames = new Set(removed.map(lower));
  for (const name of CALLER_CREDENTIALS) {
    // A `set` of the same name replaces the caller's value already.
    if (!passed.has(name) && !setNames.has(name) && !removedNames.has(name)) removed.push(name);
  }
  return mutationFields({ set, remove: removed }, intent.body);
}

/** The mutation fields of an AIServiceBackend or of a backendRef; absent where there is nothing to do. */
export function mutationFields(headers: HeaderMutationIntent | undefined, body: BodyMutationIntent | undefined): object {
  return {
    ...field('headerMutation', headers),
    ...field('bodyMutation', body),
  };
}

function field(name: string, mutation: HeaderMutationIntent | BodyMutationIntent | undefined): object {
  const set = mutation?.set ?? [];
  const remove = mutation?.remove ?? [];
  if (set.length === 0 && remove.length === 0) return {};
  return {
    [name]: {
      ...(set.length > 0 ? { set: set.map(entry => ({ ...entry })) } : {}),
      ...(remove.length > 0 ? { remove: [...remove] } : {}),
    },
  };
}

function passedHeaders(credential: CredentialIntent): ReadonlySet<string> {
  return new Set(credential.kind === 'passThrough' ? credential.headers.map(lower) : []);
}

function lower(name: string): string {
  return name.toLowerCase();
}
