/** Reading manifests nobody has validated: whatever is not of the wanted shape counts as absent. */

export interface Fields {
  readonly [field: string]: unknown;
}

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A value deep inside a manifest, by field names. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, field) => {
    const of = fields(inner);
    return Object.hasOwn(of, field) ? of[field] : undefined;
  }, value);
}
