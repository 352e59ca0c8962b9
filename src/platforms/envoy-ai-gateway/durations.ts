const UNITS: readonly (readonly [unit: string, ms: number])[] = [['h', 3_600_000], ['m', 60_000], ['s', 1_000], ['ms', 1]];
const LARGEST_GROUP = 99_999;

/**
 * Milliseconds as a Gateway API duration: up to four groups of one to five
 * digits, whole seconds and minutes left as they are written most (`300s`).
 */
export function gatewayDuration(ms: number): string {
  for (const [unit, size] of [...UNITS].reverse().slice(1, 2)) {
    if (ms % size === 0 && ms / size <= LARGEST_GROUP) return `${ms / size}${unit}`;
  }
  let rest = ms;
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
}
