import { Problem } from '../../findings/finding';
import { BodyMutationIntent, CredentialIntent, HeaderMutationIntent, ProviderIntent } from '../../intent';
import { NOT_EXPRESSIBLE } from '../codes';

/**
 * Headers that carry what the caller proved to the gateway. The gateway replaces
 * only the one of the provider's own type, so the others are removed.
 */
const CALLER_CREDENTIALS = ['api-key', 'authorization', 'cookie', 'x-api-key'];

/** Most headers that one object can remove. */
const MOST_REMOVED = 16;

/** The mutation fields of an AIServiceBackend, and the properties that decide them. */
export interface BackendMutations {
  readonly fields: object;
  readonly props: { readonly [manifestPath: string]: string };
  readonly problems: readonly Problem[];
}

/** Mutations of an AIServiceBackend: the author's, and the removal of the caller's credentials. */
export function backendMutations(intent: ProviderIntent): BackendMutations {
  const passed = new Set(passedHeaders(intent.credential).map(lower));
  const set = intent.headers?.set ?? [];
  const setNames = new Set(set.map(h => lower(h.name)));
  const wanted = intent.headers?.remove ?? [];
  const removed = new Map(wanted.map(name => [lower(name), name]));
  for (const name of CALLER_CREDENTIALS) {
    // A `set` of the same name replaces the caller's value already.
    if (!passed.has(name) && !setNames.has(name) && !removed.has(name)) removed.set(name, name);
  }
  const props: { [manifestPath: string]: string } = {
    'spec.headerMutation': 'headers',
    'spec.headerMutation.set': 'headers.set',
    'spec.headerMutation.remove': 'headers.remove',
    'spec.bodyMutation': 'body',
  };
  set.forEach(({ prop }, index) => {
    if (prop !== undefined) props[`spec.headerMutation.set[${index}]`] = prop;
  });
  return {
    fields: mutationFields({ set, remove: [...removed.values()] }, intent.body),
    props,
    problems: wanted.length > 0 && removed.size > MOST_REMOVED ? [tooManyRemoved(removed.size, wanted.length)] : [],
  };
}

/** Names of the caller's credential headers that reach the provider by declaration. */
export function passedHeaders(credential: CredentialIntent): readonly string[] {
  return credential.kind === 'passThrough' ? credential.headers : [];
}

/** The mutation fields of an AIServiceBackend or of a backendRef; absent where there is nothing to do. */
export function mutationFields(headers: HeaderMutationIntent | undefined, body: BodyMutationIntent | undefined): object {
  return {
    ...field('headerMutation', headers?.set.map(({ name, value }) => ({ name, value })), headers?.remove),
    ...field('bodyMutation', body?.set.map(({ path, value }) => ({ path, value })), body?.remove),
  };
}

function field(name: string, set: readonly object[] = [], remove: readonly string[] = []): object {
  if (set.length === 0 && remove.length === 0) return {};
  return {
    [name]: {
      ...(set.length > 0 ? { set } : {}),
      ...(remove.length > 0 ? { remove: [...remove] } : {}),
    },
  };
}

function tooManyRemoved(total: number, wanted: number): Problem {
  return {
    definition: NOT_EXPRESSIBLE,
    prop: 'headers.remove',
    message: `removes ${wanted} headers, ${total} with the caller's credential headers, while the gateway removes at most ${MOST_REMOVED}`,
    fix: `remove at most ${MOST_REMOVED - (total - wanted)} headers of your own`,
  };
}

/** Names can be values that are known only later, which compare as themselves. */
function lower(name: unknown): unknown {
  return typeof name === 'string' ? name.toLowerCase() : name;
}
