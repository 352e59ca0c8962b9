import { normalize, type CrdSchema } from './crd';

/** What a TypeScript type is rendered from. */
export type Shape =
  | { readonly is: 'unknown' }
  /** TypeScript type texts, such as `string` or `'Exact'`, of which the value has one. */
  | { readonly is: 'scalar'; readonly types: readonly string[] }
  | { readonly is: 'array'; readonly items: Shape }
  | { readonly is: 'map'; readonly values: Shape }
  /** `open` objects keep fields that are not listed. */
  | { readonly is: 'object'; readonly fields: ReadonlyMap<string, Field>; readonly open: boolean };

export interface Field {
  readonly shape: Shape;
  readonly required: boolean;
}

const UNKNOWN: Shape = { is: 'unknown' };

/** Reads the shape of one release. Fields whose path `isPruned` accepts become `unknown`. */
export function toShape(raw: CrdSchema, path: string, isPruned: (path: string) => boolean): Shape {
  const schema = normalize(raw);
  if (isPruned(path)) {
    return UNKNOWN;
  }
  if (schema['x-kubernetes-int-or-string']) {
    return { is: 'scalar', types: ['number', 'string'] };
  }
  if (schema.enum) {
    return { is: 'scalar', types: schema.enum.map(literal) };
  }
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return { is: 'scalar', types: [schema.type] };
    case 'integer':
    case 'number':
      return { is: 'scalar', types: ['number'] };
    case 'array':
      return { is: 'array', items: schema.items ? toShape(schema.items, `${path}[]`, isPruned) : UNKNOWN };
    case 'object':
      return objectShape(schema, path, isPruned);
    default:
      return UNKNOWN;
  }
}

function objectShape(schema: CrdSchema, path: string, isPruned: (path: string) => boolean): Shape {
  const { properties, additionalProperties } = schema;
  if (properties === undefined) {
    return { is: 'map', values: additionalProperties ? toShape(additionalProperties, `${path}{}`, isPruned) : UNKNOWN };
  }
  const fields = Object.entries(properties).map(([name, property]): [string, Field] => [
    name,
    {
      shape: toShape(property, `${path}.${name}`, isPruned),
      // The API server fills in the default before it looks for required fields.
      required: (schema.required ?? []).includes(name) && property.default === undefined,
    },
  ]);
  return { is: 'object', fields: new Map(fields), open: schema['x-kubernetes-preserve-unknown-fields'] ?? false };
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value);
}

/**
 * Brings the shapes of several releases into one: a field of any release is there, and it is required only
 * where every release that knows the surrounding object requires it.
 */
export function mergeShapes(a: Shape, b: Shape, path: string): Shape {
  if (a.is === 'unknown' || b.is === 'unknown') {
    return UNKNOWN;
  }
  if (a.is === 'scalar' && b.is === 'scalar') {
    return { is: 'scalar', types: absorbLiterals([...new Set([...a.types, ...b.types])]) };
  }
  if (a.is === 'array' && b.is === 'array') {
    return { is: 'array', items: mergeShapes(a.items, b.items, `${path}[]`) };
  }
  if (a.is === 'map' && b.is === 'map') {
    return { is: 'map', values: mergeShapes(a.values, b.values, `${path}{}`) };
  }
  if (a.is === 'object' && b.is === 'object') {
    const names = [...new Set([...a.fields.keys(), ...b.fields.keys()])];
    const fields = names.map((name): [string, Field] => [name, mergeFields(a.fields.get(name), b.fields.get(name), `${path}.${name}`)]);
    return { is: 'object', fields: new Map(fields), open: a.open || b.open };
  }
  throw new Error(`${path}: releases disagree, ${a.is} and ${b.is}; prune the path or drop a release`);
}

function mergeFields(a: Field | undefined, b: Field | undefined, path: string): Field {
  if (a !== undefined && b !== undefined) {
    return { shape: mergeShapes(a.shape, b.shape, path), required: a.required && b.required };
  }
  const only = a ?? b;
  if (only === undefined) {
    throw new Error(`${path}: neither side has the field`);
  }
  return { shape: only.shape, required: false };
}

/** A release without an enum accepts any value of the type, so the literals say nothing any more. */
function absorbLiterals(types: readonly string[]): string[] {
  return types.filter((type) => {
    const whole = type.startsWith("'") ? 'string' : /^-?\d/.test(type) ? 'number' : /^(true|false)$/.test(type) ? 'boolean' : type;
    return type === whole || !types.includes(whole);
  });
}
