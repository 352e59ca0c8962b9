/** What `plainCopy` answers where something in a value is not plain data. */
export const NOT_PLAIN = Symbol('not plain');

/**
 * A copy as cdk8s makes it of plain data: keys sorted, null and undefined fields
 * left out. cdk8s asks each of its resolvers about each value on the way, which
 * takes several times as long and changes nothing in plain data.
 */
export function plainCopy(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      return value === null ? undefined : copyObject(value);
    default:
      return NOT_PLAIN;
  }
}

function copyObject(value: object): unknown {
  if (Array.isArray(value)) {
    // Of its length at once: an array that grows by its first item has room for 17.
    const items = new Array<unknown>(value.length);
    for (let at = 0; at < value.length; at++) {
      const copy = plainCopy(value[at]);
      if (copy === NOT_PLAIN) return NOT_PLAIN;
      items[at] = copy;
    }
    return items;
  }
  // Without prototype, which cdk8s cannot copy, as some parsers make them.
  if (value.constructor !== Object && Object.getPrototypeOf(value) !== null) return NOT_PLAIN;
  const keys = sortedKeys(value);
  const result = emptyObject(keys.length);
  for (const key of keys) {
    // Assigned to, it would set the prototype; cdk8s loses it, and what it does is what counts.
    if (key === '__proto__') return NOT_PLAIN;
    const copy = plainCopy((value as { [key: string]: unknown })[key]);
    if (copy === NOT_PLAIN) return NOT_PLAIN;
    if (copy !== undefined) result[key] = copy;
  }
  return result;
}

type Fields = { [key: string]: unknown };

/** By number of fields. V8 finds out how many fields the objects of a function get, and makes the next ones of that size. */
const SIZES = Array.from({ length: 9 }, () => {
  function Sized() {}
  Sized.prototype = Object.prototype;
  return Sized as unknown as new () => Fields;
});

/** What `{}` is, which has room for four fields: most objects of a manifest have fewer, and it keeps more of them elsewhere. */
function emptyObject(fields: number): Fields {
  return fields < SIZES.length ? new SIZES[fields]() : {};
}

/** Up to this many keys, moving each to its place takes less time than to call `sort()`. */
const FEW = 16;

function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length > FEW) return keys.sort();
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at];
    let to = at;
    for (; to > 0 && keys[to - 1] > key; to--) keys[to] = keys[to - 1];
    keys[to] = key;
  }
  return keys;
}

/** Fields of cdk8s' metadata definition; with others it is not the one that is known here. */
const METADATA_FIELDS = new Set(['_additionalAttributes', 'annotations', 'apiObject', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences']);
const PLAIN_ATTRIBUTES = new Set(['annotations', 'labels', 'name', 'namespace']);

/**
 * What `metadata.toJson()` returns, where it would only copy. For each of its
 * values cdk8s climbs to the app, which makes metadata the dearest part of a manifest.
 */
export function plainMetadata(metadata: object): unknown {
  const known = knownMetadata(metadata);
  if (!known) return NOT_PLAIN;
  const { name, namespace, labels, annotations } = known;
  return plainCopy({ annotations: filled(annotations), labels: filled(labels), name, namespace });
}

/** Whether `metadata.toJson()` has a name and a namespace and no more, in the order in which `given` has the same two. */
export function isBareMetadata(metadata: object, given: { readonly name?: unknown; readonly namespace?: unknown }): boolean {
  const known = knownMetadata(metadata);
  if (!known || filled(known.labels) || filled(known.annotations)) return false;
  const { name, namespace } = known;
  if (typeof name !== 'string' || typeof namespace !== 'string' || given.name !== name || given.namespace !== namespace) return false;
  const [first, second, ...more] = Object.keys(given);
  return first === 'name' && second === 'namespace' && more.length === 0;
}

interface KnownMetadata {
  readonly name: unknown;
  readonly namespace: unknown;
  readonly labels: object;
  readonly annotations: object;
}

/** The parts of cdk8s' metadata definition; undefined where there is more in it than is known here. */
function knownMetadata(metadata: object): KnownMetadata | undefined {
  // Not `Object.keys()`, here and below: this sees every object twice.
  let count = 0;
  for (const field in metadata) {
    if (!METADATA_FIELDS.has(field)) return undefined;
    count++;
  }
  if (count !== METADATA_FIELDS.size) return undefined;
  const { _additionalAttributes, finalizers, ownerReferences } = metadata as { [field: string]: any };
  if (finalizers.length > 0 || ownerReferences.length > 0) return undefined;
  for (const key in _additionalAttributes) if (!PLAIN_ATTRIBUTES.has(key)) return undefined;
  return metadata as any;
}

function filled(map: object): object | undefined {
  for (const _ in map) return map;
  return undefined;
}
