/** Reading manifests nobody has validated: whatever is not of the wanted shape counts as absent. */

export { isToken } from '../findings/token';

export interface Fields {
  readonly [field: string]: unknown;
}

const NO_FIELDS: Fields = Object.freeze({});
const NO_ITEMS: readonly never[] = Object.freeze([]);

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : NO_FIELDS;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ITEMS;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A value deep inside a manifest, by field names. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const field of path) {
    const of = fields(inner);
    if (!Object.hasOwn(of, field)) return undefined;
    inner = of[field];
  }
  return inner;
}

/** Milliseconds of a Gateway API duration such as `1m30s`; undefined where it is none. */
export function duration(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const single = /^(\d{1,5})(ms|[hms])$/.exec(value);
  if (single) return Number(single[1]) * UNITS[single[2]];
  if (!/^(\d{1,5}(h|m|s|ms)){1,4}$/.test(value)) return undefined;
  let total = 0;
  for (const [, count, unit] of value.matchAll(/(\d+)(ms|[hms])/g)) total += Number(count) * UNITS[unit];
  return total;
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
