/** A node of a structural schema, with the keywords that the judge enforces. */
export interface Schema {
  readonly 'type'?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly 'format'?: string;
  readonly 'nullable'?: boolean;
  readonly 'default'?: unknown;
  readonly 'properties'?: Readonly<Record<string, Schema>>;
  readonly 'additionalProperties'?: Schema | boolean;
  readonly 'items'?: Schema;
  readonly 'required'?: readonly string[];
  readonly 'enum'?: readonly unknown[];
  readonly 'pattern'?: string;
  readonly 'minLength'?: number;
  readonly 'maxLength'?: number;
  readonly 'minItems'?: number;
  readonly 'maxItems'?: number;
  readonly 'minProperties'?: number;
  readonly 'maxProperties'?: number;
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'allOf'?: readonly Schema[];
  readonly 'anyOf'?: readonly Schema[];
  readonly 'oneOf'?: readonly Schema[];
  readonly 'not'?: Schema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly Rule[];
}

/** A CEL rule of a schema. */
export interface Rule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

const ENFORCED: ReadonlySet<string> = new Set([
  'type', 'format', 'nullable', 'default', 'properties', 'additionalProperties', 'items', 'required', 'enum', 'pattern',
  'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minimum', 'maximum',
  'allOf', 'anyOf', 'oneOf', 'not', 'x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-validations',
]);
/** Say nothing about which objects are accepted. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['description', 'title', 'example', 'externalDocs', 'x-kubernetes-map-type']);

/** Visits a schema and every schema below it, with its path. */
export function walkSchema(schema: Schema, path: string, visit: (schema: Schema, path: string) => void): void {
  visit(schema, path);
  for (const [name, property] of Object.entries(schema.properties ?? {})) walkSchema(property, path ? `${path}.${name}` : name, visit);
  if (schema.items) walkSchema(schema.items, `${path}[]`, visit);
  if (typeof schema.additionalProperties === 'object') walkSchema(schema.additionalProperties, `${path}{}`, visit);
  for (const junctor of ['allOf', 'anyOf', 'oneOf'] as const) {
    for (const branch of schema[junctor] ?? []) walkSchema(branch, `${path}<${junctor}>`, visit);
  }
  if (schema.not) walkSchema(schema.not, `${path}<not>`, visit);
}

/** Throws for a keyword that would be passed over in silence. */
export function refuseUnknownKeywords(schema: Schema, source: string): void {
  walkSchema(schema, '', (node, path) => {
    for (const keyword of Object.keys(node)) {
      if (!ENFORCED.has(keyword) && !WITHOUT_EFFECT.has(keyword)) {
        throw new Error(`${source}: the judge does not know the schema keyword "${keyword}" at ${path || 'the root'}`);
      }
    }
  });
}
