import type { Schema } from '../../imports/schema';
import { normalize, type CrdSchema } from './crd';
import { fieldGroups } from './field-groups';

/** Keywords that no structural check needs: documentation, CEL besides what is read of it elsewhere, and how updates are merged. */
const IGNORED = new Set(['description', 'title', 'example', 'externalDocs', 'x-kubernetes-validations', 'x-kubernetes-map-type']);

/** Keywords taken over under their own name. */
const VERBATIM = [
  'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minimum', 'maximum',
] as const;

const HANDLED = new Set<string>([
  ...VERBATIM,
  'type', 'properties', 'additionalProperties', 'items', 'required', 'enum', 'pattern', 'format', 'default', 'nullable',
  'allOf', 'anyOf', 'oneOf', 'not',
  'x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys',
]);

/** Collects compact schemas, each distinct one once. */
export class SchemaPool {
  public readonly nodes: Schema[] = [];
  private readonly indexes = new Map<string, number>();

  /** Adds the schema of a whole object and returns its index. */
  public addRoot(root: CrdSchema, where: string): number {
    const { metadata, status, ...rest } = root.properties ?? {};
    const open: CrdSchema = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };
    return this.add({ ...root, properties: { ...rest, ...(metadata && { metadata: open }), ...(status && { status: open }) } }, where);
  }

  /** Adds a schema and all below it and returns its index. */
  public add(schema: CrdSchema, where: string): number {
    const unknown = Object.keys(schema).find((keyword) => !HANDLED.has(keyword) && !IGNORED.has(keyword));
    if (unknown !== undefined) {
      throw new Error(`${where}: keyword '${unknown}' has no compact form; add it to imports/schema.ts and to the generator`);
    }
    return this.intern(this.compact(normalize(schema), where));
  }

  private compact(schema: CrdSchema, where: string): Schema {
    const many = (part: string, schemas: readonly CrdSchema[]) => schemas.map((one, n) => this.add(one, `${where}<${part} ${n}>`));
    const listType = schema['x-kubernetes-list-type'];
    const groups = fieldGroups(schema);
    return {
      ...(schema.type !== undefined && !schema['x-kubernetes-int-or-string'] && { t: schema.type as Schema['t'] }),
      ...(schema['x-kubernetes-int-or-string'] && { o: true }),
      ...(schema['x-kubernetes-preserve-unknown-fields'] && { u: true }),
      ...(schema.nullable && { n: true }),
      ...(schema.properties && { p: this.fields(schema.properties, where) }),
      ...(schema.additionalProperties && { a: this.add(schema.additionalProperties, `${where}{}`) }),
      ...(schema.items && { i: this.add(schema.items, `${where}[]`) }),
      ...(schema.required?.length && { r: [...schema.required].sort() }),
      ...(groups.length > 0 && { g: groups }),
      ...(schema.enum && { e: schema.enum }),
      ...(schema.pattern !== undefined && { x: schema.pattern }),
      ...(schema.format !== undefined && { f: schema.format }),
      ...(schema.default !== undefined && { d: schema.default }),
      ...Object.fromEntries(VERBATIM.filter((k) => schema[k] !== undefined).map((k) => [k, schema[k]])),
      ...(listType === 'map' && { k: schema['x-kubernetes-list-map-keys'] ?? [] }),
      ...(listType === 'set' && { s: true }),
      ...(schema.allOf && { all: many('allOf', schema.allOf) }),
      ...(schema.anyOf && { any: many('anyOf', schema.anyOf) }),
      ...(schema.oneOf && { one: many('oneOf', schema.oneOf) }),
      ...(schema.not && { not: this.add(schema.not, `${where}<not>`) }),
    };
  }

  private fields(properties: { readonly [name: string]: CrdSchema }, where: string): { [field: string]: number } {
    const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([name, schema]) => [name, this.add(schema, `${where}.${name}`)]));
  }

  private intern(node: Schema): number {
    const text = JSON.stringify(node);
    const known = this.indexes.get(text);
    if (known !== undefined) {
      return known;
    }
    this.nodes.push(node);
    this.indexes.set(text, this.nodes.length - 1);
    return this.nodes.length - 1;
  }
}
