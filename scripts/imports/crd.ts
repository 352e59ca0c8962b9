/** A node of an OpenAPI v3 schema as a CRD holds it; only the keywords that upstream uses. */
export interface CrdSchema {
  readonly 'type'?: string;
  readonly 'properties'?: { readonly [name: string]: CrdSchema };
  readonly 'additionalProperties'?: CrdSchema;
  readonly 'items'?: CrdSchema;
  readonly 'required'?: readonly string[];
  readonly 'enum'?: readonly (string | number | boolean)[];
  readonly 'pattern'?: string;
  readonly 'format'?: string;
  readonly 'default'?: unknown;
  readonly 'nullable'?: boolean;
  readonly 'minLength'?: number;
  readonly 'maxLength'?: number;
  readonly 'minItems'?: number;
  readonly 'maxItems'?: number;
  readonly 'minProperties'?: number;
  readonly 'maxProperties'?: number;
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'allOf'?: readonly CrdSchema[];
  readonly 'anyOf'?: readonly CrdSchema[];
  readonly 'oneOf'?: readonly CrdSchema[];
  readonly 'not'?: CrdSchema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string }[];
}

/** One API version of a CRD. */
export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly schema: { readonly openAPIV3Schema: CrdSchema };
}

/** The part of a CRD manifest that matters here. */
export interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly scope: 'Namespaced' | 'Cluster';
    readonly versions: readonly CrdVersion[];
  };
}

/**
 * Drops the `anyOf` that merely repeats int-or-string, folds the `allOf` that code generators produce for an enum
 * stated twice, and takes a CEL rule that is nothing but a pattern for one, so that later stages see one way of
 * saying each thing.
 */
export function normalize(schema: CrdSchema): CrdSchema {
  const { allOf, anyOf, ...rest } = schema;
  const conditions = [...(allOf ?? []), ...patternsIn(schema)];
  const enums = conditions.filter(isEnumOnly).map((c) => c.enum ?? []);
  const others = conditions.filter((c) => !isEnumOnly(c));
  if (rest.enum !== undefined) {
    enums.unshift(rest.enum);
  }
  const [first, ...further] = enums;
  return {
    ...rest,
    ...(first && { enum: first.filter((value) => further.every((values) => values.includes(value))) }),
    ...(others.length > 0 && { allOf: others }),
    ...(anyOf && !schema['x-kubernetes-int-or-string'] && { anyOf }),
  };
}

function isEnumOnly(schema: CrdSchema): boolean {
  return schema.enum !== undefined && Object.keys(schema).length === 1;
}

const PATTERN_RULE = /^(?:self\.matches\(|matches\(self,\s*)(?:'([^'\\]*)'|r"([^"]*)")\)$/;

function patternsIn({ 'x-kubernetes-validations': rules = [] }: CrdSchema): CrdSchema[] {
  return rules.flatMap(({ rule }) => {
    const [, plain, raw] = PATTERN_RULE.exec(rule.trim()) ?? [];
    const pattern = plain ?? raw;
    return pattern === undefined ? [] : [{ pattern }];
  });
}
