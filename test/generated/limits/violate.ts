import { Limit } from './crd-limits';
import { re2 } from '../../judges/crd/pattern';
import { Schema } from '../../judges/crd/schema';

/** A manifest that breaks one limit, and where. Besides, it is nothing but the way to that field. */
export interface Violation {
  readonly manifest: { readonly [field: string]: unknown };
  /** Where a judge should complain, such as `spec.rules[0].name`. */
  readonly at: string;
}

/** Breaks a limit; undefined where nothing can. */
export function violate(limit: Limit, head: { readonly apiVersion: string; readonly namespaced: boolean }): Violation | undefined {
  const value = breaking(limit);
  if (value === undefined) return undefined;
  const { path, kind, keyword } = limit;
  const steps = path.split(/\.|(?=\[\]|\{\})/).filter(step => step !== '');
  const metadata = { name: 'x', ...(head.namespaced ? { namespace: 'ai' } : {}) };
  const content = steps.reduceRight<unknown>((inner, step) => (step === '[]' ? [inner] : step === '{}' ? { key: inner } : { [step]: inner }), value.value);
  const at = steps.reduce((text, step) => (step === '[]' ? `${text}[0]` : text === '' ? named(step) : `${text}.${named(step)}`), '');
  return {
    manifest: { apiVersion: head.apiVersion, kind, metadata, ...(content as object) },
    at: keyword === 'required' ? [at, limit.value].filter(Boolean).join('.') : at,
  };
}

const named = (step: string) => (step === '{}' ? 'key' : step);

/** What matches few patterns, has few forms and few formats. */
const ODD_TEXTS = ['', ' ', '!', 'Ü', '-', 'a b', '_', '::', '1', 'x', 'X', '\n', '%', '/', '..', '0'];
const ODD_VALUES: readonly unknown[] = [...ODD_TEXTS, 0, -1, 1.5, true, {}, { x: 1 }, [], ['x'], null];

function breaking({ keyword, value, schema }: Limit): { readonly value: unknown } | undefined {
  const limit = value as number;
  switch (keyword) {
    case 'minLength': return limit > 0 ? { value: 'x'.repeat(limit - 1) } : undefined;
    case 'maxLength': return { value: 'x'.repeat(limit + 1) };
    case 'minimum': return { value: limit - 1 };
    case 'maximum': return { value: limit + 1 };
    case 'minItems': return limit > 0 ? { value: items(schema, limit - 1) } : undefined;
    case 'maxItems': return { value: items(schema, limit + 1) };
    case 'minProperties': return limit > 0 ? { value: {} } : undefined;
    case 'maxProperties': return { value: Object.fromEntries(Array.from({ length: limit + 1 }, (_, n) => [fieldName(schema, n), sample(fieldOf(schema, n))])) };
    case 'enum': return { value: schema.type === 'string' ? 'No-Such-Value' : -12_345 };
    case 'required': return { value: {} };
    case 'unique': return { value: [sample(schema.items), sample(schema.items)] };
    case 'pattern': return fitting(schema, text => !re2(String(value)).test(text));
    case 'format': return ofNoFormat(String(value));
    case 'form': return ODD_VALUES.map(odd => ({ value: odd })).find(odd => !hasForm(schema, odd.value));
  }
}

function items({ items: item }: Schema, count: number): unknown[] {
  return Array.from({ length: count }, (_, n) => (item?.type === 'string' ? `x${n}` : item?.type === 'integer' ? n : sample(item)));
}

function fieldName({ properties = {} }: Schema, n: number): string {
  return Object.keys(properties)[n] ?? `key${n}`;
}

function fieldOf({ properties = {}, additionalProperties }: Schema, n: number): Schema | undefined {
  return Object.values(properties)[n] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

/** Anything of the right type. */
function sample(schema: Schema | undefined): unknown {
  switch (schema?.type) {
    case 'object': return {};
    case 'array': return [];
    case 'integer':
    case 'number': return 1;
    case 'boolean': return true;
    default: return 'x';
  }
}

function fitting({ minLength = 0, maxLength = Infinity }: Schema, wanted: (text: string) => boolean): { readonly value: string } | undefined {
  const text = ODD_TEXTS.find(odd => odd.length >= minLength && odd.length <= maxLength && wanted(odd))
    ?? ODD_TEXTS.map(odd => odd.repeat(minLength)).find(odd => odd.length >= minLength && wanted(odd));
  return text === undefined ? undefined : { value: text };
}

function ofNoFormat(format: string): { readonly value: unknown } | undefined {
  switch (format) {
    case 'int32': return { value: 2 ** 31 };
    case 'int64': return { value: 2 ** 64 };
    default: return { value: '%' };
  }
}

/** As far as forms in CRDs go: which fields are there, what type, what a text looks like. */
function hasForm(schema: Schema, value: unknown): boolean {
  const { allOf = [], anyOf, oneOf, not } = schema;
  return allOf.every(branch => fits(branch, value))
    && (!anyOf || anyOf.some(branch => fits(branch, value)))
    && (!oneOf || oneOf.filter(branch => fits(branch, value)).length === 1)
    && (!not || !fits(not, value));
}

function fits(schema: Schema, value: unknown): boolean {
  const { type, required = [], pattern, properties = {}, enum: values } = schema;
  if (values && !values.includes(value)) return false;
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? value as { readonly [field: string]: unknown } : undefined;
  if (type === 'integer' && !Number.isInteger(value)) return false;
  if (type === 'string' && typeof value !== 'string') return false;
  if (fields && required.some(name => !(name in fields))) return false;
  if (fields && Object.entries(properties).some(([name, inner]) => name in fields && !fits(inner, fields[name]))) return false;
  if (pattern !== undefined && typeof value === 'string' && !re2(pattern).test(value)) return false;
  return hasForm(schema, value);
}
