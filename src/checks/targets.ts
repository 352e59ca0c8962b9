import { RouteRef } from './route';

/** A backendRef and the one before it that leads to the same provider, model and mutations. */
export interface RepeatedTarget {
  readonly ref: RouteRef;
  readonly first: RouteRef;
}

export function repeatedTargets(refs: readonly RouteRef[]): readonly RepeatedTarget[] {
  const seen = new Map<string, RouteRef>();
  return refs.flatMap((ref) => {
    if (ref.name === undefined || ref.pool) return [];
    const target = identity(ref);
    const first = seen.get(target);
    if (first) return [{ ref, first }];
    seen.set(target, ref);
    return [];
  });
}

function identity({ ref, name, namespace }: RouteRef): string {
  return JSON.stringify([namespace, name, ref.modelNameOverride, ref.headerMutation, ref.bodyMutation]);
}
