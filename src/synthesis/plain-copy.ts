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
  const result: { [key: string]: unknown } = {};
  for (const key of sortedKeys(value)) {
    // Assigned to, it would set the prototype; cdk8s loses it, and what it does is what counts.
    if (key === '__proto__') return NOT_PLAIN;
    const copy = plainCopy((value as { [key: string]: unknown })[key]);
    if (copy === NOT_PLAIN) return NOT_PLAIN;
    if (copy !== undefined) result[key] = copy;
  }
  return result;
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
const METADATA_FIELDS = ['_additionalAttributes', 'annotations', 'apiObject', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences'].join();
/** The order in which this cdk8s has them, once it is known: to sort them for each object takes longer than to copy. */
let orderSeen: string | undefined;
const PLAIN_ATTRIBUTES = new Set(['annotations', 'labels', 'name', 'namespace']);

/**
 * What `metadata.toJson()` returns, where it would only copy. For each of its
 * values cdk8s climbs to the app, which makes metadata the dearest part of a manifest.
 */
export function plainMetadata(metadata: object): unknown {
  const names = Object.keys(metadata).join();
  if (names !== orderSeen) {
    if (Object.keys(metadata).sort().join() !== METADATA_FIELDS) return NOT_PLAIN;
    orderSeen = names;
  }
  const { _additionalAttributes, name, namespace, labels, annotations, finalizers, ownerReferences } = metadata as { [field: string]: any };
  if (!Object.keys(_additionalAttributes).every(key => PLAIN_ATTRIBUTES.has(key))) return NOT_PLAIN;
  if (finalizers.length > 0 || ownerReferences.length > 0) return NOT_PLAIN;
  return plainCopy({ annotations: filled(annotations), labels: filled(labels), name, namespace });
}

function filled(map: object): object | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}
