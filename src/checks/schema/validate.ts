import type { FieldGroup, Schema, SchemaSet } from '../../../imports/schema';
import { formOf } from './form-of';
import { groupProblem } from './group-problem';
import { nearestName } from './spelling';
import { codePoint } from '../../findings/code-point';
import { isToken } from '../../findings/token';
import { Fields } from '../read';

/** One way in which a value is not what a CRD demands. */
export interface Violation {
  readonly kind: 'unknown' | 'missing' | 'value';
  /** `spec.rules[0].timeouts.request` */
  readonly path: string;
  readonly message: string;
  readonly value?: unknown;
  readonly fix: string;
  /** Of a misspelt field, which one is meant. */
  readonly meant?: {
    /** Where the object stands that has it. */
    readonly holder: readonly (string | number)[];
    readonly name: string;
    readonly right: string;
    /** Whether one item is written where a list of them belongs. */
    readonly asList: boolean;
  };
}

const BAD_FORM = 'has characters or a form that is not allowed';
const patterns = new Map<string, RegExp | undefined>();
/** Only formats that occur in CRDs; the API server ignores the ones it does not know. */
const FORMATS: { readonly [format: string]: { readonly test: (value: string) => boolean; readonly name: string; readonly example: string } } = {
  'byte': { test: value => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value), name: 'Base64', example: '"aGVsbG8="' },
  'date-time': { test: value => /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(value), name: 'a date-time', example: '"2025-01-31T00:00:00Z"' },
};
/** Numbers of Go's that YAML 1.1 does not have, so that its writers see no need for quotes. */
const READ_AS_NUMBER = /^[-+]?0(o[0-7_]+|O[0-7_]+|X[\da-fA-F_]+|B[01_]+)$/;
/** Of no plain ASCII text is anything more to be asked. */
const NOT_ASCII = /[^\x00-\x7e]/;
/** What Go's reader of YAML refuses or takes for the end of a line, and what its writers leave as it is. */
const NOT_IN_YAML = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/u;
/** Those of them that are not even written as an escape sequence. */
const NEVER_IN_YAML = /[\ufeff\ud800-\udfff]/u;
const INTEGER_RANGES: { readonly [format: string]: readonly [number, number] } = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/** Where a value stands: one list for a whole object, so that nothing is made for the many values of which there is nothing to say. */
type Place = (string | number)[];

function written(place: Place, ...more: Place): string {
  return [...place, ...more].map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** All violations of a whole object, in document order. */
export function validate(set: SchemaSet, root: number, manifest: unknown): Violation[] {
  const found: Violation[] = [];
  check(set, set.node(root), manifest, [], found);
  return found;
}

/** What is wrong in texts of an object of whose kind nothing is known. */
export function validateTexts(manifest: unknown): Violation[] {
  const found: Violation[] = [];
  texts(manifest, [], found);
  // Any of them may be a secret.
  return found.map(({ value: _, ...violation }) => violation);
}

function texts(value: unknown, at: Place, found: Violation[]): void {
  if (isToken(value)) return;
  if (typeof value === 'string') {
    readable(value, NEVER_IN_YAML, at, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      at.push(Array.isArray(value) ? Number(name) : name);
      texts(inner, at, found);
      at.pop();
    }
  }
}

function check(set: SchemaSet, schema: Schema, value: unknown, at: Place, found: Violation[]): void {
  if (isToken(value)) return;
  if (value === null && schema.n) return;
  if (!hasType(schema, value)) {
    found.push({ kind: 'value', path: written(at), message: `must be ${describeType(schema)}`, value, fix: `write ${describeType(schema)}` });
    return;
  }
  const before = found.length;
  scalar(schema, value, at, found);
  if (Array.isArray(value)) {
    array(set, schema, value, at, found);
  } else if (typeof value === 'object' && value !== null) {
    object(set, schema, value as Fields, at, found);
  }
  // Asked here: a function that holds a closure costs memory for each call, and few schemas are composed.
  if (schema.all || schema.any || schema.one || schema.not !== undefined) composed(set, schema, value, at, found, before);
}

function object(set: SchemaSet, schema: Schema, value: Fields, at: Place, found: Violation[]): void {
  const names = Object.keys(value);
  count('properties', names.length, schema.minProperties, schema.maxProperties, at, found);
  if (schema.r) {
    for (const name of schema.r) {
      if (Object.hasOwn(value, name) || hasDefault(set, schema, name)) continue;
      found.push({ kind: 'missing', path: written(at, name), message: 'is missing', fix: 'write it' });
    }
  }
  // By index, because an iterator makes an object for each item until V8 optimizes the function.
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    const known = schema.p && Object.hasOwn(schema.p, name) ? schema.p[name] : schema.a;
    if (known !== undefined) {
      at.push(name);
      check(set, set.node(known), value[name], at, found);
      at.pop();
    } else if (!schema.u && schema.t === 'object') {
      found.push(unknown(set, schema, value, name, at));
    }
  }
  if (schema.g) groups(set, schema, schema.g, value, at, found);
}

function groups(set: SchemaSet, schema: Schema, all: readonly FieldGroup[], value: Fields, at: Place, found: Violation[]): void {
  const isGiven = (name: string) => (Object.hasOwn(value, name) ? value[name] !== null : hasDefault(set, schema, name));
  // What is misspelt is no field of a group, and told already.
  const complete = schema.u === true || Object.keys(value).every(name => Object.hasOwn(schema.p ?? {}, name));
  for (const group of all) {
    const problem = groupProblem(group, isGiven, complete);
    if (problem) found.push({ kind: 'value', path: written(at), ...problem });
  }
}

function array(set: SchemaSet, schema: Schema, value: readonly unknown[], at: Place, found: Violation[]): void {
  count('items', value.length, schema.minItems, schema.maxItems, at, found);
  if (schema.i !== undefined) {
    const item = set.node(schema.i);
    for (let index = 0; index < value.length; index++) {
      at.push(index);
      check(set, item, value[index], at, found);
      at.pop();
    }
  }
  if ((schema.k || schema.s) && value.length > 1) distinct(schema.k, value, at, found);
}

/** @param keys fields by which items are told apart; by all of them if there are none */
function distinct(keys: readonly string[] | undefined, value: readonly unknown[], at: Place, found: Violation[]): void {
  const seen = new Set<string>();
  value.forEach((item, index) => {
    const id = JSON.stringify(keys ? keys.map(key => (item as Fields | null)?.[key]) : item);
    if (seen.has(id)) {
      const what = keys ? `has the same ${keys.join(' and ')} as another item` : 'is in the list twice';
      found.push({ kind: 'value', path: written(at, index), message: what, value: item, fix: 'remove one of the two' });
    }
    seen.add(id);
  });
}

function scalar(schema: Schema, value: unknown, at: Place, found: Violation[]): void {
  if (schema.e && !schema.e.includes(value as string)) {
    bad(value, at, found, 'is not one of the values there are', `use one of ${schema.e.map(e => JSON.stringify(e)).join(', ')}`);
  }
  if (typeof value === 'string') string(schema, value, at, found);
  if (typeof value === 'number') number(schema, value, at, found);
}

function readable(value: string, refused: RegExp, at: Place, found: Violation[]): void {
  if (READ_AS_NUMBER.test(value)) bad(value, at, found, 'is written without quotes and read as a number by Kubernetes', 'use another text');
  const [strange] = (NOT_ASCII.test(value) && refused.exec(value)) || [];
  if (strange !== undefined) bad(value, at, found, `has a character that Kubernetes does not read in YAML, ${codePoint(strange)}`, 'leave it out');
}

function string(schema: Schema, value: string, at: Place, found: Violation[]): void {
  readable(value, NOT_IN_YAML, at, found);
  const { minLength, maxLength } = schema;
  // Characters are not more than code units, which need no counting.
  if (minLength !== undefined && characters(value) < minLength) {
    const empty = value === '';
    bad(value, at, found, empty ? 'is empty' : `is shorter than ${minLength} characters`, empty ? 'give a value' : 'give a longer one');
    return;
  }
  if (maxLength !== undefined && value.length > maxLength && characters(value) > maxLength) {
    bad(value, at, found, `has ${characters(value)} characters, ${maxLength} are allowed`, 'shorten it');
  }
  if (schema.x !== undefined && pattern(schema.x)?.test(value) === false) bad(value, at, found, BAD_FORM, formOf(schema.x));
  const format = schema.f === undefined ? undefined : FORMATS[schema.f];
  if (format && !format.test(value)) bad(value, at, found, `is not ${format.name}`, `write one like ${format.example}`);
}

function characters(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
}

function number(schema: Schema, value: number, at: Place, found: Violation[]): void {
  const range = schema.f === undefined ? undefined : INTEGER_RANGES[schema.f];
  const minimum = Math.max(schema.minimum ?? -Infinity, range ? range[0] : -Infinity);
  const maximum = Math.min(schema.maximum ?? Infinity, range ? range[1] : Infinity);
  if (value >= minimum && value <= maximum) return;
  if (maximum === Infinity) bad(value, at, found, `is less than ${minimum}`, `use ${minimum} or more`);
  else if (minimum === -Infinity) bad(value, at, found, `is more than ${maximum}`, `use ${maximum} or less`);
  else bad(value, at, found, `is not between ${minimum} and ${maximum}`, 'use a number in that range');
}

function bad(value: unknown, at: Place, found: Violation[], message: string, fix: string): void {
  found.push({ kind: 'value', path: written(at), message, value, fix });
}

function composed(set: SchemaSet, schema: Schema, value: unknown, at: Place, found: Violation[], before: number): void {
  const holds = (index: number) => {
    const inner: Violation[] = [];
    check(set, set.node(index), value, at, inner);
    return inner;
  };
  for (const index of schema.all ?? []) {
    const narrower = holds(index);
    // What a wider form says of the same text, the narrower one says better.
    if (typeof value === 'string' && narrower.some(isForm)) found.push(...found.splice(before).filter(violation => !isForm(violation)));
    found.push(...narrower);
  }
  const shape = (message: string) => found.push({ kind: 'value', path: written(at), message, fix: 'write one of the forms there are' });
  if (schema.any && !schema.any.some(index => holds(index).length === 0)) shape('has none of the forms that are allowed');
  if (schema.one && schema.one.filter(index => holds(index).length === 0).length !== 1) shape('must have exactly one of the forms that are allowed');
  if (schema.not !== undefined && holds(schema.not).length === 0) shape('has a form that is not allowed');
}

function isForm({ message }: Violation): boolean {
  return message === BAD_FORM;
}

function hasType(schema: Schema, value: unknown): boolean {
  if (schema.o) return typeof value === 'string' || Number.isInteger(value);
  switch (schema.t) {
    case undefined: return true;
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'array': return Array.isArray(value);
    case 'integer': return Number.isInteger(value);
    default: return typeof value === schema.t;
  }
}

function describeType(schema: Schema): string {
  if (schema.o) return 'an integer or a string';
  switch (schema.t) {
    case 'object': return 'an object';
    case 'array': return 'a list';
    case 'integer': return 'an integer';
    default: return `a ${schema.t}`;
  }
}

function count(what: string, actual: number, least: number | undefined, most: number | undefined, at: Place, found: Violation[]): void {
  if (most !== undefined && actual > most) {
    found.push({ kind: 'value', path: written(at), message: `has ${actual} ${what}, ${most} are allowed`, fix: 'remove some, or divide them over several objects' });
  }
  if (least !== undefined && actual < least) {
    found.push({ kind: 'value', path: written(at), message: `has ${actual} ${what}, at least ${least} are needed`, fix: 'add some' });
  }
}

function hasDefault(set: SchemaSet, schema: Schema, name: string): boolean {
  const index = schema.p && Object.hasOwn(schema.p, name) ? schema.p[name] : undefined;
  return index !== undefined && set.node(index).d !== undefined;
}

function unknown(set: SchemaSet, schema: Schema, holder: Fields, name: string, at: Place): Violation {
  const known = Object.keys(schema.p ?? {});
  const near = nearestName(name, known);
  const right = near === undefined || Object.hasOwn(holder, near) ? undefined : near;
  const form = right === undefined ? undefined : formFor(set, schema.p![right], holder[name]);
  const listed = known.length <= 12 ? `there are only ${known.join(', ')}` : 'remove it, or look for its right place';
  return {
    kind: 'unknown',
    path: written(at, name),
    message: 'is not a field',
    fix: right === undefined ? listed : form === 'item' ? `write "${right}", with a list` : `write "${right}"`,
    ...right !== undefined && form !== undefined && { meant: { holder: [...at], name, right, asList: form === 'item' } },
  };
}

/** Whether a value is one for a field, or an item of the list that the field is. */
function formFor(set: SchemaSet, index: number, value: unknown): 'value' | 'item' | undefined {
  const schema = set.node(index);
  if (fits(schema, value)) return 'value';
  return schema.t === 'array' && schema.i !== undefined && fits(set.node(schema.i), value) ? 'item' : undefined;
}

function fits(schema: Schema, value: unknown): boolean {
  return isToken(value) || (hasType(schema, value) && (!schema.e || schema.e.includes(value as string)));
}

/** CRD patterns are RE2; those JavaScript cannot read are left to the API server. */
function pattern(source: string): RegExp | undefined {
  if (!patterns.has(source)) {
    let compiled: RegExp | undefined;
    try {
      compiled = new RegExp(source, 'u');
    } catch {
      try {
        compiled = new RegExp(source);
      } catch {
        compiled = undefined;
      }
    }
    patterns.set(source, compiled);
  }
  return patterns.get(source);
}
