import { ENVOY_GATEWAY_V1ALPHA1, GATEWAY_API } from './kinds';
import { Levels } from './targets';
import { EntryIntent, FailoverIntent, ObjectName, ProviderRef } from '../../intent';
import { defaultStatusCodes, entryTimes, EntryTimes } from '../declared/failures';
import { gatewayDuration } from '../gateway-api/durations';

const DEFAULT_CONNECT_MS = 3_000;
const DEFAULT_EJECTION_MS = 30_000;

/** Request and per-try timeout, so that every attempt fits into the request. */
export function timesOf(entry: EntryIntent, levels: Levels): EntryTimes {
  return entryTimes(entry, attemptsOf(entry, levels));
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
      perRetry: { timeout: gatewayDuration(timesOf(entry, levels).perTryMs) },
      retryOn: {
        httpStatusCodes: [...(failover.statusCodes ?? defaultStatusCodes(providersOf(levels)))],
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

function providersOf(levels: Levels): ProviderRef[] {
  return levels.flatMap(level => level.map(({ target }) => target.provider));
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
