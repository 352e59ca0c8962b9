import { Problem } from '../../findings/finding';
import { EntryIntent, FailoverIntent } from '../../intent';
import { OPTION_WITHOUT_EFFECT, OUT_OF_RANGE } from '../codes';
import { LONGEST_DURATION_MS } from '../gateway-api/durations';

/** More attempts than this outlast any client, and their times any duration the gateway can write. */
const MOST = 1000;
/** Options that mean something only where there is a level to go to. */
const FALLBACK_ONLY = ['attemptsPerLevel', 'consecutiveErrors', 'ejectionTimeMs', 'failFastWhenAllEjected'] as const;
/** Options that a repeated request needs as well. */
const RETRY_OPTIONS = ['statusCodes', 'perTryTimeoutMs', 'connectTimeoutMs'] as const;
/** What the options are called by those who set them. */
const NAMES: { readonly [option in keyof FailoverIntent]-?: string } = {
  statusCodes: 'statusCodes',
  perTryTimeoutMs: 'perTryTimeout',
  connectTimeoutMs: 'connectTimeout',
  attemptsPerLevel: 'attemptsPerLevel',
  consecutiveErrors: 'consecutiveErrors',
  ejectionTimeMs: 'ejectionTime',
  failFastWhenAllEjected: 'failFast',
};

/** An entry whose numbers can be computed with, and what was wrong with the others. */
export interface SoundEntry {
  readonly entry: EntryIntent;
  readonly problems: readonly Problem[];
}

/** Bad numbers are told once, here, and left out of the manifests: what is computed from them would only be told again. */
export function soundEntry(entry: EntryIntent, fallback: boolean, prop: (name: string) => string): SoundEntry {
  const problems: Problem[] = [];
  const bad = (name: string, message: string, value: unknown, fix: string) => {
    problems.push({ definition: OUT_OF_RANGE, prop: prop(name), message, value, fix });
    return undefined;
  };
  const whole = (name: string, value: number | undefined, least: number): number | undefined => {
    if (value === undefined || (Number.isInteger(value) && value >= least && value <= MOST)) return value;
    if (typeof value === 'object') return bad(name, 'must be known now, because times are computed from it', undefined, 'give a number');
    return bad(name, `is not a whole number from ${least} to ${MOST}`, value, `use ${least} or more, or leave it out`);
  };
  const time = (name: string, ms: number | undefined, least: number): number | undefined => {
    if (ms === undefined || (Number.isInteger(ms) && ms >= least && ms <= LONGEST_DURATION_MS)) return ms;
    if (!Number.isInteger(ms) && !(ms > LONGEST_DURATION_MS)) return bad(name, 'is not a whole number of milliseconds', `${ms} ms`, 'use whole milliseconds');
    return ms < least
      ? bad(name, 'is no time at all', `${ms} ms`, 'use a longer one')
      : bad(name, 'is longer than a duration of the gateway can be', `${ms / 3_600_000} h`, `use at most ${LONGEST_DURATION_MS / 3_600_000} hours`);
  };
  const failover = entry.failover && {
    ...entry.failover,
    attemptsPerLevel: whole('failover.attemptsPerLevel', entry.failover.attemptsPerLevel, 1),
    consecutiveErrors: whole('failover.consecutiveErrors', entry.failover.consecutiveErrors, 1),
    perTryTimeoutMs: time('failover.perTryTimeout', entry.failover.perTryTimeoutMs, 0),
    connectTimeoutMs: time('failover.connectTimeout', entry.failover.connectTimeoutMs, 1),
    ejectionTimeMs: time('failover.ejectionTime', entry.failover.ejectionTimeMs, 1),
  };
  const sound: EntryIntent = {
    ...entry,
    retries: whole('retries', entry.retries, 0),
    timeoutMs: time('timeout', entry.timeoutMs, 0),
    streamIdleTimeoutMs: time('streamIdleTimeout', entry.streamIdleTimeoutMs, 0),
    failover,
  };
  problems.push(...withoutEffect(entry, fallback, prop));
  return { entry: sound, problems };
}

function withoutEffect(entry: EntryIntent, fallback: boolean, prop: (name: string) => string): Problem[] {
  const useless = (name: string, message: string, fix: string): Problem => ({ definition: OPTION_WITHOUT_EFFECT, prop: prop(name), message, fix });
  if (fallback) {
    return entry.retries === undefined || entry.retries === 0 ? [] : [
      useless('retries', 'does nothing for a target with a fallback', 'use `failover.attemptsPerLevel`, or leave it out'),
    ];
  }
  const idle = [...FALLBACK_ONLY, ...(entry.retries ? [] : RETRY_OPTIONS)];
  return idle.filter(option => entry.failover?.[option] !== undefined && entry.failover[option] !== false).map(option =>
    useless(`failover.${NAMES[option]}`, 'does nothing for a target without a fallback', 'add fallbackTo() to the target, or leave it out'));
}
