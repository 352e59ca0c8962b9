const NANOSECONDS_PER_MS = 1_000_000;
const LARGEST_MS = Math.floor(Number(2n ** 63n - 1n) / NANOSECONDS_PER_MS);
const FORM = /^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;
const MS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a text that Go reads as a duration, such as `1h30m`; undefined for other texts. */
export function goDurationMs(text: string): number | undefined {
  if (!FORM.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g)) total += Number(count) * MS[unit];
  if (total > LARGEST_MS) return undefined;
  return text.startsWith('-') ? -total : total;
}

/** True for whole milliseconds that Go's 64-bit nanoseconds can count. */
export function isGoDuration(ms: number): boolean {
  return Number.isInteger(ms) && ms >= 0 && ms <= LARGEST_MS;
}

/** A duration as Go prints it, `1h0m0s`: the spelling in which an API server gives it back. */
export function goDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = (ms % 60_000) / 1000;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
