import { EntryIntent, ProviderRef } from '../../intent';

const DEFAULT_TIMEOUT_MS = 300_000;
const DEFAULT_PER_TRY_MS = 120_000;
const STATUS_CODES: readonly number[] = [429, 500, 502, 503, 504];
/** Anthropic's own "overloaded". */
const ANTHROPIC_OVERLOADED = 529;

/** The times of one entry, which depend on each other. */
export interface EntryTimes {
  readonly requestMs: number;
  readonly perTryMs: number;
}

/** Request and per-try timeout, so that every attempt fits into the request. */
export function entryTimes(entry: EntryIntent, attempts: number): EntryTimes {
  const given = entry.failover?.perTryTimeoutMs;
  if (entry.timeoutMs !== undefined) {
    // 0 would be no limit.
    const share = Math.max(1, Math.floor(entry.timeoutMs / attempts));
    return { requestMs: entry.timeoutMs, perTryMs: given ?? (entry.timeoutMs === 0 ? DEFAULT_PER_TRY_MS : Math.min(DEFAULT_PER_TRY_MS, share)) };
  }
  const perTryMs = given ?? DEFAULT_PER_TRY_MS;
  return { requestMs: Math.max(DEFAULT_TIMEOUT_MS, attempts * perTryMs), perTryMs };
}

/** Status codes that count as a failure of a provider, where the author names none. */
export function defaultStatusCodes(providers: readonly ProviderRef[]): readonly number[] {
  return providers.some(isAnthropic) ? [...STATUS_CODES, ANTHROPIC_OVERLOADED] : STATUS_CODES;
}

/** Anthropic's own service, by its own API or the one that follows OpenAI's. */
function isAnthropic({ provider, api }: ProviderRef): boolean {
  return (provider?.api ?? api) === 'anthropic' || provider?.endpoint.hostname === 'api.anthropic.com';
}
