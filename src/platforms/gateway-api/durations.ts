const UNITS: readonly (readonly [unit: string, ms: number])[] = [['h', 3_600_000], ['m', 60_000], ['s', 1_000], ['ms', 1]];
const MOST_SECONDS = 99_999;

/** Each group has five digits, and hours are the largest unit. */
export const LONGEST_DURATION_MS = 99_999 * 3_600_000;

/**
 * Milliseconds as a Gateway API duration: up to four groups of one to five
 * digits. Whole seconds stay seconds, the way they are mostly written (`300s`).
 */
export function gatewayDuration(ms: number): string {
  if (ms % 1_000 === 0 && ms / 1_000 <= MOST_SECONDS) return `${ms / 1_000}s`;
  let rest = ms;
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}
