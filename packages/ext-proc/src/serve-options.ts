import { parseArgs } from 'node:util';
import { AuditLevel } from './log';

export interface ServeOptions {
  readonly policyFile: string;
  readonly keysFolder?: string;
  /** Unset: the front is not served. 0: any free port. */
  readonly extProcPort?: number;
  readonly extAuthzPort?: number;
  readonly opsPort: number;
  readonly host: string;
  readonly audit: AuditLevel;
  readonly reloadMs: number;
  readonly drainDelayMs: number;
  readonly drainDeadlineMs: number;
  /** Bytes of unfinished requests held at a time. */
  readonly mostBuffered: number;
  /** Open calls of ext_proc at a time; more are refused. */
  readonly mostCalls: number;
}

const NUMBERS: { readonly [flag: string]: { readonly least: number; readonly most: number; readonly fallback?: number } } = {
  'ext-proc-port': { least: 0, most: 65535 },
  'ext-authz-port': { least: 0, most: 65535 },
  'ops-port': { least: 0, most: 65535, fallback: 9003 },
  'reload-ms': { least: 10, most: 3_600_000, fallback: 2000 },
  'drain-delay-ms': { least: 0, most: 600_000, fallback: 5000 },
  'drain-deadline-ms': { least: 0, most: 3_600_000, fallback: 30_000 },
  'max-buffered-bytes': { least: 1, most: 2 ** 40, fallback: 256 * 1024 * 1024 },
  'max-calls': { least: 1, most: 1_000_000, fallback: 20_000 },
};

/** @throws Error with words for the user */
export function parseServeOptions(args: readonly string[]): ServeOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      policy: { type: 'string' }, keys: { type: 'string' }, host: { type: 'string' }, audit: { type: 'string' },
      ...Object.fromEntries(Object.keys(NUMBERS).map(name => [name, { type: 'string' as const }])),
    },
  }) as { values: { [flag: string]: string | undefined } };
  const number = (name: string) => {
    const { least, most, fallback } = NUMBERS[name];
    const text = values[name];
    if (text === undefined) return fallback;
    if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most) {
      throw new Error(`--${name} is not a whole number from ${least} to ${most}, got ${text}`);
    }
    return Number(text);
  };
  const { policy, audit = 'all' } = values;
  if (policy === undefined) throw new Error('--policy is missing; give the file with the policy');
  if (audit !== 'all' && audit !== 'denied' && audit !== 'none') throw new Error(`--audit is not all, denied or none, got ${audit}`);
  const options: ServeOptions = {
    policyFile: policy,
    keysFolder: values.keys,
    extProcPort: number('ext-proc-port'),
    extAuthzPort: number('ext-authz-port'),
    opsPort: number('ops-port')!,
    host: values.host ?? '::',
    audit,
    reloadMs: number('reload-ms')!,
    drainDelayMs: number('drain-delay-ms')!,
    drainDeadlineMs: number('drain-deadline-ms')!,
    mostBuffered: number('max-buffered-bytes')!,
    mostCalls: number('max-calls')!,
  };
  if (options.extProcPort === undefined && options.extAuthzPort === undefined) {
    throw new Error('no front is served; give --ext-authz-port, or --ext-proc-port, or both');
  }
  return options;
}
