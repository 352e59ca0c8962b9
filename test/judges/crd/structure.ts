import { Complaint, field, isObject, show, typeOf } from './complaint';
import { hasFormat } from './formats';
import { checkEmbeddedResource } from './metadata';
import { re2 } from './pattern';
import { fieldSchema } from './prepare';
import { Schema } from './schema';

/** Everything that a structural schema says without CEL. */
export function checkStructure(schema: Schema, value: unknown, path: string, complaints: Complaint[]): void {
  if (value === null && schema.nullable) return;
  if (!hasType(schema, value)) {
    const wanted = schema['x-kubernetes-int-or-string'] ? 'integer or string' : schema.type;
    complaints.push({ path, message: `must be of type ${wanted}, got ${typeOf(value)}`, blocking: true });
    return;
  }
  checkValue(schema, value, path, complaints);
  if (Array.isArray(value)) {
    checkList(schema, value, path, complaints);
  } else if (isObject(value)) {
    checkObject(schema, value, path, complaints);
  }
  checkJunctors(schema, value, path, complaints);
}

function hasType(schema: Schema, value: unknown): boolean {
  if (schema['x-kubernetes-int-or-string']) return Number.isInteger(value) || typeof value === 'string';
  switch (schema.type) {
    case undefined: return schema['x-kubernetes-preserve-unknown-fields'] === true || value !== null;
    case 'integer': return Number.isInteger(value);
    default: return typeOf(value) === schema.type;
  }
}

function checkValue(schema: Schema, value: unknown, path: string, complaints: Complaint[]): void {
  const add = (message: string, blocking = false) => complaints.push({ path, message, blocking });
  if (schema.enum && !schema.enum.includes(value)) {
    add(`unsupported value ${show(value)}, supported values: ${schema.enum.map(show).join(', ')}`, true);
  }
  if (schema.format !== undefined && !hasFormat(schema.format, value)) add(`must be of format ${schema.format}`);
  if (typeof value === 'string') {
    // An API server counts characters, not UTF-16 units.
    const length = [...value].length;
    if (length < (schema.minLength ?? 0)) add(`must be at least ${schema.minLength} chars long, got ${length}`);
    if (length > (schema.maxLength ?? Infinity)) add(`must be at most ${schema.maxLength} chars long, got ${length}`, true);
    if (schema.pattern !== undefined && !re2(schema.pattern).test(value)) add(`must match '${schema.pattern}', got ${show(value)}`);
  }
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity)) add(`must be greater than or equal to ${schema.minimum}, got ${value}`);
    if (value > (schema.maximum ?? Infinity)) add(`must be less than or equal to ${schema.maximum}, got ${value}`);
  }
}

function checkList(schema: Schema, list: readonly unknown[], path: string, complaints: Complaint[]): void {
  checkCount(list.length, 'items', schema.minItems, schema.maxItems, path, complaints);
  const { items } = schema;
  if (items) list.forEach((item, index) => checkStructure(items, item, `${path}[${index}]`, complaints));
  const keys = schema['x-kubernetes-list-type'] === 'map' ? schema['x-kubernetes-list-map-keys'] : undefined;
  if (!keys && schema['x-kubernetes-list-type'] !== 'set') return;
  const seen = new Set<string>();
  list.forEach((item, index) => {
    const identity = keys ? keys.map(key => (isObject(item) ? item[key] : undefined)) : item;
    const text = canonical(identity);
    if (seen.has(text)) complaints.push({ path: `${path}[${index}]`, message: `duplicate value ${show(identity)}` });
    seen.add(text);
  });
}

function checkObject(schema: Schema, object: Readonly<Record<string, unknown>>, path: string, complaints: Complaint[]): void {
  checkCount(Object.keys(object).length, 'properties', schema.minProperties, schema.maxProperties, path, complaints);
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(object, name)) complaints.push({ path: field(path, name), message: 'required value', blocking: true });
  }
  for (const [name, child] of Object.entries(object)) {
    const known = fieldSchema(schema, name);
    if (known) checkStructure(known, child, field(path, name), complaints);
  }
  if (schema['x-kubernetes-embedded-resource']) checkEmbeddedResource(object, path, complaints);
}

function checkCount(
  count: number, what: string, least: number | undefined, most: number | undefined, path: string, complaints: Complaint[],
): void {
  if (count < (least ?? 0)) complaints.push({ path, message: `must have at least ${least} ${what}, got ${count}` });
  if (count > (most ?? Infinity)) complaints.push({ path, message: `must have at most ${most} ${what}, got ${count}`, blocking: true });
}

function checkJunctors(schema: Schema, value: unknown, path: string, complaints: Complaint[]): void {
  for (const branch of schema.allOf ?? []) checkStructure(branch, value, path, complaints);
  if (schema.anyOf && !schema.anyOf.some(branch => accepts(branch, value))) {
    complaints.push({ path, message: `must validate at least one schema (anyOf): ${outline(schema.anyOf)}` });
  }
  const matches = schema.oneOf?.filter(branch => accepts(branch, value)).length ?? 1;
  if (matches !== 1) {
    complaints.push({ path, message: `must validate one and only one schema (oneOf), validates ${matches}: ${outline(schema.oneOf)}` });
  }
  if (schema.not && accepts(schema.not, value)) {
    complaints.push({ path, message: `must not validate the schema (not): ${outline(schema.not)}` });
  }
}

function accepts(schema: Schema, value: unknown): boolean {
  const complaints: Complaint[] = [];
  checkStructure(schema, value, '', complaints);
  return complaints.length === 0;
}

function outline(schema: unknown): string {
  return show(schema);
}

/** Text that is equal for equal values, whatever the order of their fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, child: unknown) => (
    isObject(child) ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1))) : child
  )) ?? 'undefined';
}
