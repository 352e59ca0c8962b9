import { ENVOY_GATEWAY_V1ALPHA1, GATEWAY_API } from './kinds';
import { Levels } from './targets';
import { EntryIntent, FailoverIntent, ObjectName, ProviderRef } from '../../intent';
import { gatewayDuration } from '../gateway-api/durations';

const DEFAULT_TIMEOUT_MS = 300_000;
const DEFAULT_PER_TRY_MS = 120_000;
const DEFAULT_CONNECT_MS = 3_000;
const DEFAULT_EJECTION_MS = 30_000;
const STATUS_CODES: readonly number[] = [429, 500, 502, 503, 504];
/** Anthropic's own "overloaded". */
const ANTHROPIC_OVERLOADED = 529;

/** The times of one entry, which depend on each other. */
export interface EntryTimes {
  readonly requestMs: number;
  readonly perTryMs: number;
}

/** Request and per-try timeout, so that every attempt fits into the request. */
export function entryTimes(entry: EntryIntent, levels: Levels): EntryTimes {
  const attempts = attemptsOf(entry, levels);
  const given = entry.failover?.perTryTimeoutMs;
  if (entry.timeoutMs !== undefined) {
    // 0 would be no limit.
    const share = Math.max(1, Math.floor(entry.timeoutMs / attempts));
    return { requestMs: entry.timeoutMs, perTryMs: given ?? (entry.timeoutMs === 0 ? DEFAULT_PER_TRY_MS : Math.min(DEFAULT_PER_TRY_MS, share)) };
  }
  const perTryMs = given ?? DEFAULT_PER_TRY_MS;
  return { requestMs: Math.max(DEFAULT_TIMEOUT_MS, attempts * perTryMs), perTryMs };
}

/** Requests to one provider need no policy; the gateway's defaults are right for them. */
export function needsTrafficPolicy(entry: EntryIntent, levels: Levels): boolean {
  return levels.length > 1 || (entry.retries ?? 0) > 0;
}

/** Retries and health checks that make priorities fall over. */
export function trafficPolicySpec(entry: EntryIntent, levels: Levels): object {
  const failover: FailoverIntent = entry.failover ?? {};
  const several = levels.length > 1;
  return {
    // Without it a policy of the platform team on the Gateway would be replaced whole.
    mergeType: 'StrategicMerge',
    retry: {
      numRetries: attemptsOf(entry, levels) - 1,
      // Without it every retry stays on the first level.
      ...(several ? { numAttemptsPerPriority: failover.attemptsPerLevel ?? 1 } : {}),
      perRetry: { timeout: gatewayDuration(entryTimes(entry, levels).perTryMs) },
      retryOn: {
        httpStatusCodes: [...(failover.statusCodes ?? defaultStatusCodes(levels))],
        triggers: ['connect-failure', 'reset', 'retriable-status-codes'],
      },
    },
    timeout: { tcp: { connectTimeout: gatewayDuration(failover.connectTimeoutMs ?? DEFAULT_CONNECT_MS) } },
    ...(several ? { healthCheck: healthCheck(failover) } : {}),
  };
}

/** The target of a policy: the HTTPRoute the AI gateway generates under the route's name. */
export function trafficPolicyManifest(place: ObjectName, routeName: string, ruleName: string | undefined, spec: object) {
  return {
    apiVersion: ENVOY_GATEWAY_V1ALPHA1,
    kind: 'BackendTrafficPolicy',
    metadata: { ...place },
    spec: {
      targetRefs: [{ group: GATEWAY_API, kind: 'HTTPRoute', name: routeName, ...(ruleName === undefined ? {} : { sectionName: ruleName }) }],
      ...spec,
    },
  };
}

function attemptsOf(entry: EntryIntent, levels: Levels): number {
  if (levels.length > 1) return levels.length * (entry.failover?.attemptsPerLevel ?? 1);
  return 1 + (entry.retries ?? 0);
}

function defaultStatusCodes(levels: Levels): readonly number[] {
  const anthropic = levels.some(level => level.some(({ target }) => isAnthropic(target.provider)));
  return anthropic ? [...STATUS_CODES, ANTHROPIC_OVERLOADED] : STATUS_CODES;
}

function healthCheck(failover: FailoverIntent): object {
  return {
    // 0 answers 503 while all levels are ejected; unset goes on trying them.
    ...(failover.failFastWhenAllEjected ? { panicThreshold: 0 } : {}),
    passive: {
      consecutive5XxErrors: failover.consecutiveErrors ?? 3,
      interval: '5s',
      baseEjectionTime: gatewayDuration(failover.ejectionTimeMs ?? DEFAULT_EJECTION_MS),
      // A provider is one host: with the default of 10 percent it is never ejected.
      maxEjectionPercent: 100,
    },
  };
}

/** Anthropic's own service, by its own API or the one that follows OpenAI's. */
function isAnthropic({ provider, api }: ProviderRef): boolean {
  return (provider?.api ?? api) === 'anthropic' || provider?.endpoint.hostname === 'api.anthropic.com';
}
