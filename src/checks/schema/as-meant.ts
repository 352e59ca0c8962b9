import type { SchemaSet } from '../../../imports/schema';
import { validate, Violation } from './validate';

/** A manifest with its fields as their author meant them, and everything wrong with it as it is written. */
export interface Meaning {
  readonly manifest: unknown;
  readonly violations: readonly Violation[];
}

/**
 * Puts the right name in the place of each misspelt one, so that what a manifest lacks only because of its spelling is not
 * told as well, by any rule. The manifest itself stays as it is.
 */
export function asMeant(set: SchemaSet, root: number, manifest: unknown): Meaning {
  const told: Violation[] = [];
  let meant = manifest;
  // What stands below a misspelt field is read only once the field is.
  for (;;) {
    const found = validate(set, root, meant);
    const before = told.length;
    for (const violation of found) {
      const renamed = violation.meant && rename(meant, violation.meant.holder, violation.meant);
      if (renamed === undefined) continue;
      meant = renamed;
      told.push(violation);
    }
    if (told.length === before) return { manifest: meant, violations: told.length === 0 ? found : [...told, ...found] };
  }
}

/** A copy with one field renamed; undefined where the name is taken meanwhile. */
function rename(value: unknown, [step, ...rest]: readonly (string | number)[], field: NonNullable<Violation['meant']>): unknown {
  if (step !== undefined) {
    const inner = rename((value as { readonly [step: string | number]: unknown })[step], rest, field);
    if (inner === undefined) return undefined;
    return Array.isArray(value) ? value.map((item: unknown, index) => (index === step ? inner : item)) : { ...value as object, [step]: inner };
  }
  const entries = Object.entries(value as object);
  if (entries.some(([name]) => name === field.right)) return undefined;
  return Object.fromEntries(entries.map(([name, given]) => (name === field.name ? [field.right, field.asList ? [given] : given] : [name, given])));
}
