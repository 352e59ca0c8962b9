/** Structural schemas of the upstream kinds, for every pinned release. */
export interface SchemaSet {
  /** Every distinct schema once. Other places name a schema by its index in this array. */
  readonly nodes: readonly Schema[];
  /** One of `nodes`, without the work for the others. */
  node(index: number): Schema;
  /** Keyed by `<group>/<Kind>`. */
  readonly kinds: { readonly [groupKind: string]: KindSchemas };
}

/** One kind in all pinned releases of the project that defines it. */
export interface KindSchemas {
  /** The upstream project whose releases key `releases`, such as `envoy-gateway`. */
  readonly product: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /**
   * Oldest first. Keys are releases as upstream tags them; a release that comes in channels has one key per
   * channel, `<release>/<channel>`. Values are keyed by API version, such as `v1beta1`.
   */
  readonly releases: { readonly [release: string]: { readonly [version: string]: VersionSchema } };
}

/** One API version of a kind in one release. */
export interface VersionSchema {
  /** Index of the schema of the whole object. Equal indexes mean equal schemas. */
  readonly root: number;
  /** The API server refuses objects of a version that is not served. */
  readonly served: boolean;
  readonly storage: boolean;
  /** The API server accepts the version and answers with a warning. */
  readonly deprecated: boolean;
}

/**
 * What the API server demands of one value; only what the CRD states is present. CEL rules and descriptions are
 * left out, except for a rule that is nothing but a pattern, or counts which fields
 * are given. `metadata` and `status` of an object are open (`u`), because the API server treats both specially.
 *
 * An object with neither `p`, `a` nor `u` admits no field. A field outside `p` is refused unless there is `a`
 * or `u`; this does not apply inside `all`, `any`, `one` and `not`, which only add conditions to the
 * surrounding schema. A keyword for one type says nothing about a value of another.
 */
export interface Schema {
  /** Type; absent for an integer or string (`o`), for any value (`u`), and inside `all`, `any`, `one`, `not`. */
  readonly t?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  /** Integer or string. */
  readonly o?: true;
  /** Fields not described are kept; without `t`, any value at all. */
  readonly u?: true;
  /** `null` is accepted as well. */
  readonly n?: true;
  /** Schemas of the fields, by index. */
  readonly p?: { readonly [field: string]: number };
  /** Schema of each value of a map with free keys, by index. */
  readonly a?: number;
  /** Schema of each item of an array, by index. */
  readonly i?: number;
  /** Required fields. Defaults are filled in before the API server looks, so a field with `d` may be missing. */
  readonly r?: readonly string[];
  /** Groups of fields that go together, or do not. */
  readonly g?: readonly FieldGroup[];
  /** Allowed values. */
  readonly e?: readonly (string | number | boolean)[];
  /** Pattern, in Go's RE2 syntax, to be found anywhere in the string. */
  readonly x?: string;
  /** Format, such as `date-time` or `int32`. */
  readonly f?: string;
  /** Default, filled in by the API server when the field is missing. */
  readonly d?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Fields that together identify an item of the array: no two items agree in all of them. */
  readonly k?: readonly string[];
  /** No two items of the array are equal. */
  readonly s?: true;
  /** Schemas that must all hold, by index. */
  readonly all?: readonly number[];
  /** Schemas of which at least one holds, by index. */
  readonly any?: readonly number[];
  /** Schemas of which exactly one holds, by index. */
  readonly one?: readonly number[];
  /** Schema that must not hold, by index. */
  readonly not?: number;
}

/** How many of some fields of an object are given. */
export interface FieldGroup {
  readonly f: readonly string[];
  /** The group counts only where this field is given. */
  readonly with?: string;
  readonly least?: 1;
  readonly most?: 0 | 1;
}
