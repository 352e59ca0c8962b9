import { MARK } from './kinds';
import { Problem } from '../../findings/finding';
import { BodyMutationIntent, HeaderMutationIntent, ProviderIntent } from '../../intent';
import { NOT_EXPRESSIBLE } from '../codes';
import { mergedHeaders, passedHeaders, removedHeaders } from '../declared/caller-credentials';

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
  const { set, remove: wanted } = mergedHeaders(intent.headers, undefined);
  const removed = [
    ...removedHeaders({ set, remove: wanted }, passedHeaders(intent.credential)),
    // Another provider's key, and the mark, are for the gateway alone; it has read them by then.
    ...(intent.guarded ? [...intent.guarded.credentialHeaders, MARK] : []),
  ];
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
    fields: mutationFields({ set, remove: removed }, intent.body),
    props,
    problems: wanted.length > 0 && removed.length > MOST_REMOVED ? [tooManyRemoved(removed.length, wanted.length)] : [],
  };
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
