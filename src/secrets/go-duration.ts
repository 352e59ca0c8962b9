const NANOSECONDS_PER_MS = 1_000_000;
const LARGEST_MS = Math.floor(Number(2n ** 63n - 1n) / NANOSECONDS_PER_MS);

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
