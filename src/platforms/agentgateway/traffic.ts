import { AGENTGATEWAY_V1ALPHA1 } from './kinds';
import { notExpressible } from './refusals';
import { Release } from './releases';
import { Problem } from '../../findings/finding';
import { EntryIntent, Manifest, ObjectName } from '../../intent';
import { FALLBACK_AFTER_FAILURE, OPTION_WITHOUT_EFFECT, OUT_OF_RANGE } from '../codes';
import { Chain } from '../declared/alternatives';
import { defaultStatusCodes, entryTimes } from '../declared/failures';
import { gatewayDuration } from '../gateway-api/durations';
import { RuleSection } from '../gateway-api/http-route';
import { GATEWAY_API } from '../gateway-api/kinds';

const DEFAULT_EJECTION_MS = 30_000;
const SHORTEST_EJECTION_MS = 1_000;
/** The gateway counts retries and the first attempt in one byte: one more, and nothing is repeated. */
const MOST_RETRIES = 254;

/** How often requests of an entry are tried, with each provider of a chain failing as often as it takes to be left out. */
export function attemptsOf(entry: EntryIntent, chains: readonly Chain[]): number {
  const tries = chains.map(({ levels }) => (levels.length === 1
    ? 1 + (entry.retries ?? 0)
    : levels.slice(0, -1).reduce((sum, level) => sum + level.length * failuresOf(entry), 0) + failuresOf(entry)));
  return Math.max(1, ...tries);
}

/** One number here: a provider is left out after so many failures, and only then the next level is tried. */
function failuresOf({ failover }: EntryIntent): number {
  return failover?.attemptsPerLevel ?? failover?.consecutiveErrors ?? 1;
}

/** Without it no provider is ever left out, and the next level never tried. */
export function healthPolicy(entry: EntryIntent, { levels }: Chain): object {
  const codes = statusCodes(entry, levels.flat().map(({ provider }) => provider));
  const ejectionMs = entry.failover?.ejectionTimeMs ?? DEFAULT_EJECTION_MS;
  // A connection that fails has no code; an expression that fails would count as healthy.
  const condition = `default(response.code, 0) in [${[0, ...codes].join(', ')}]`;
  return {
    health: {
      unhealthyCondition: condition,
      eviction: { duration: gatewayDuration(Math.max(ejectionMs, SHORTEST_EJECTION_MS)), consecutiveFailures: failuresOf(entry) },
    },
  };
}

function statusCodes({ failover }: EntryIntent, providers: Parameters<typeof defaultStatusCodes>[0]): readonly number[] {
  return failover?.statusCodes?.filter(code => !isForeign(code)) ?? defaultStatusCodes(providers);
}

/** Codes that are told and not written. */
function isForeign(code: number): boolean {
  return typeof code === 'number' && (code < 400 || code > 599);
}

/** Retries are a policy on the rule: the field of HTTPRoute is not in Gateway API's standard channel. */
export function retryPolicy(
  place: ObjectName, section: RuleSection, entry: EntryIntent, chains: readonly Chain[],
): { manifest: Manifest; props: { readonly [path: string]: string } } {
  const providers = chains.flatMap(({ levels }) => levels.flat().map(({ provider }) => provider));
  return {
    manifest: {
      apiVersion: AGENTGATEWAY_V1ALPHA1,
      kind: 'AgentgatewayPolicy',
      metadata: { ...place },
      spec: {
        targetRefs: [{ group: GATEWAY_API, kind: 'HTTPRoute', name: section.route, sectionName: section.rule }],
        traffic: { retry: { attempts: Math.min(attemptsOf(entry, chains) - 1, MOST_RETRIES), codes: [...statusCodes(entry, providers)] } },
      },
    },
    props: { 'spec.traffic.retry.attempts': 'retries', 'spec.traffic.retry.codes': 'failover.statusCodes' },
  };
}

/** Timeouts of a rule; the gateway has none of its own. */
export function ruleTimeouts(entry: EntryIntent, chains: readonly Chain[]): object {
  const attempts = attemptsOf(entry, chains);
  const { requestMs, perTryMs } = entryTimes(entry, attempts);
  return { request: gatewayDuration(requestMs), ...(attempts > 1 ? { backendRequest: gatewayDuration(perTryMs) } : {}) };
}

/** What an entry says about failures that has no counterpart here. */
export function checkFailures(entry: EntryIntent, chains: readonly Chain[], prop: (name: string) => string, release: Release): Problem[] {
  const { failover = {} } = entry;
  const problems: Problem[] = [];
  const refuse = (name: string, what: string, fix: string, value?: unknown) => {
    problems.push(notExpressible(prop(`failover.${name}`), what, fix, value));
  };
  if (failover.connectTimeoutMs !== undefined) {
    refuse('connectTimeout', 'is a time to connect, which agentgateway accepts and ignores', 'use `perTryTimeout`', `${failover.connectTimeoutMs} ms`);
  }
  if (failover.failFastWhenAllEjected) {
    refuse('failFast', 'asks for 503 at once, while agentgateway goes on trying providers when all of them fail', 'leave it out', true);
  }
  const { attemptsPerLevel, consecutiveErrors } = failover;
  const retries = attemptsOf(entry, chains) - 1;
  // Chains that are too long without a number of the author's are told by their length.
  const given = attemptsPerLevel ?? consecutiveErrors ?? entry.retries;
  if (retries > MOST_RETRIES && given !== undefined) {
    const option = attemptsPerLevel !== undefined ? 'failover.attemptsPerLevel' : consecutiveErrors !== undefined ? 'failover.consecutiveErrors' : 'retries';
    problems.push({
      definition: OUT_OF_RANGE, prop: prop(option), message: `makes ${retries} retries, while agentgateway counts to ${MOST_RETRIES} and repeats nothing above that`,
      value: given, fix: 'use fewer',
    });
  }
  if (attemptsPerLevel !== undefined && consecutiveErrors !== undefined && attemptsPerLevel !== consecutiveErrors) {
    refuse('attemptsPerLevel', 'differs from `consecutiveErrors`, the same number on agentgateway', 'set one of them', attemptsPerLevel);
  }
  if (failover.ejectionTimeMs !== undefined && failover.ejectionTimeMs < SHORTEST_EJECTION_MS) {
    refuse('ejectionTime', 'is shorter than a second, the least of agentgateway', 'use Duration.seconds(1) or more', `${failover.ejectionTimeMs} ms`);
  }
  if (failover.statusCodes?.length === 0) {
    problems.push({
      definition: OPTION_WITHOUT_EFFECT, prop: prop('failover.statusCodes'), message: 'is an empty list, so that no answer counts as a failure', fix: 'list status codes, or leave it out',
    });
  }
  const others = failover.statusCodes?.filter(isForeign) ?? [];
  if (others.length > 0) refuse('statusCodes', 'has codes outside of 400 to 599, which agentgateway does not retry', 'leave them out', others);
  if (chains.some(({ levels }) => levels.length > 1) && !release.has('retryFailsOver')) {
    problems.push({
      definition: FALLBACK_AFTER_FAILURE,
      prop: prop('target'),
      message: `has a fallback, which ${release.label} takes only for later requests: one that finds a provider failing may fail with it`,
      fix: 'target agentgateway v1.4 with Platform.use(), or acknowledge this',
    });
  }
  return problems;
}
