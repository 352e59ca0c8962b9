import { Manifest } from '../client';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number;
}

/** Conditions that say nothing bad, whatever their status: no Envoy is started, so no Gateway has an address. */
const NEUTRAL: ReadonlySet<string> = new Set(['Programmed', 'Merged', 'SupportedVersion']);
/** Conditions that have to be true; true is bad for any other, such as `Conflicted` or `PartiallyInvalid`. */
const GOOD: ReadonlySet<string> = new Set(['Accepted', 'ResolvedRefs', 'BackendsAvailable']);

const POLICIES: ReadonlySet<string> = new Set([
  'BackendTLSPolicy', 'BackendTrafficPolicy', 'ClientTrafficPolicy', 'EnvoyExtensionPolicy', 'SecurityPolicy',
]);

/** Kinds whose objects the controllers give a status. */
export const JUDGED_KINDS: ReadonlySet<string> = new Set([
  ...POLICIES, 'Backend', 'Gateway', 'GatewayClass', 'HTTPRoute',
  'AIGatewayRoute', 'AIServiceBackend', 'BackendSecurityPolicy',
]);

/** What is bad in the status of an object, in the words of its controller; empty when it is accepted as a whole. */
export function complaintsInStatus(object: Manifest): string[] {
  const { kind, spec, status = {} } = object;
  const generation = object.metadata.generation as number;
  const bad = (conditions: readonly Condition[] | undefined, where = '') => complaintsIn(conditions ?? [], generation, where);
  switch (kind) {
    case 'Gateway':
      return [...bad(status.conditions), ...eachOf(spec.listeners, status.listeners, 'listener', listener => bad(listener.conditions, `listener ${listener.name}: `))];
    case 'HTTPRoute':
      return eachOf(spec.parentRefs, status.parents, 'parent', parent => bad(parent.conditions, `for Gateway ${parent.parentRef.name}: `));
    case 'Backend':
      // It has a status once a route leads to it.
      return status.conditions === undefined ? [] : bad(status.conditions);
    default:
      return POLICIES.has(kind)
        ? eachOf([undefined], status.ancestors, 'ancestor', ancestor => bad(ancestor.conditions, `for ${ancestor.ancestorRef.kind} ${ancestor.ancestorRef.name}: `))
        : bad(status.conditions);
  }
}

function complaintsIn(conditions: readonly Condition[], generation: number, where: string): string[] {
  // A policy with `mergeType` is told what it was merged with, in the place of being accepted.
  const accepted = conditions.some(({ type, status, observedGeneration }) => (
    (type === 'Accepted' || (type === 'Merged' && status === 'True')) && (observedGeneration ?? generation) >= generation));
  return [
    ...(accepted ? [] : [`${where}no condition Accepted`]),
    ...conditions.filter(isBad).map(({ type, status, reason, message }) => `${where}${type}=${status} ${reason ?? ''}: ${message ?? ''}`),
  ];
}

function isBad({ type, status }: Condition): boolean {
  if (NEUTRAL.has(type)) return false;
  // The AI gateway's controller writes it with the status False, when it means true.
  if (type === 'NotAccepted') return true;
  return status !== (GOOD.has(type) ? 'True' : 'False');
}

function eachOf(wanted: readonly unknown[], found: readonly any[] | undefined, what: string, judge: (one: any) => string[]): string[] {
  const missing = wanted.length - (found?.length ?? 0);
  return [...(missing > 0 ? [`no status for ${missing} of ${wanted.length} ${what}(s)`] : []), ...(found ?? []).flatMap(judge)];
}
