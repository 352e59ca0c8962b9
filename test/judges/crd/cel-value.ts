import { celMap, type CelInput } from '@bufbuild/cel';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { fieldSchema } from './prepare';
import { Schema } from './schema';

/** Names of fields that are words of CEL. */
const RESERVED: ReadonlySet<string> = new Set([
  'true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let',
  'loop', 'package', 'namespace', 'return', 'var', 'void', 'while',
]);
const SYMBOLS: Record<string, string> = { '__': '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__' };

/** Values of CEL for the objects and lists of one manifest: every rule of a schema needs the ones below again. */
export type CelValues = WeakMap<object, CelInput>;

/** What a rule sees of a value: numbers by their schema, fields by the names that CEL can say. */
export function toCel(schema: Schema, value: unknown, known: CelValues): CelInput {
  if (typeof value === 'object' && value !== null) {
    const earlier = known.get(value);
    if (earlier !== undefined) return earlier;
    const made = Array.isArray(value) ? value.map(item => toCel(schema.items ?? {}, item, known)) : objectToCel(schema, value, known);
    known.set(value, made);
    return made;
  }
  if (typeof value === 'number') return schema.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string') return stringToCel(schema, value);
  return value as boolean | null;
}

function objectToCel(schema: Schema, value: object, known: CelValues): CelInput {
  const fields = new Map<string, CelInput>();
  for (const [name, child] of Object.entries(value)) {
    const childSchema = fieldSchema(schema, name);
    // Rules cannot see what the schema does not describe.
    if (!childSchema) continue;
    fields.set(schema.properties ? escapeName(name) : name, toCel(childSchema, child, known));
  }
  return celMap(fields);
}

function stringToCel(schema: Schema, value: string): CelInput {
  switch (schema.type === 'string' ? schema.format : undefined) {
    case 'byte': return new Uint8Array(Buffer.from(value, 'base64'));
    // What is no time is told by the schema already.
    case 'date-time': return Number.isNaN(Date.parse(value)) ? value : timestampFromDate(new Date(value));
    default: return value;
  }
}

/** The name by which CEL reaches a declared field. */
export function escapeName(name: string): string {
  return RESERVED.has(name) ? `__${name}__` : name.replace(/__|[./-]/g, symbol => SYMBOLS[symbol]);
}

/** The schema of a whole object as rules see it: of `metadata` only the names. */
export function rootSchema(schema: Schema): Schema {
  const text: Schema = { type: 'string' };
  return {
    ...schema,
    properties: {
      ...schema.properties,
      apiVersion: text,
      kind: text,
      metadata: { type: 'object', properties: { name: text, generateName: text } },
    },
  };
}
