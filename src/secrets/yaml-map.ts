/** A map of a document, with its keys in source order. */
export interface YamlMap {
  [key: string]: unknown;
}

export function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a document itself has under a key, never what its prototype has. Null is absent, as in Kubernetes. */
export function own(map: YamlMap, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] ?? undefined : undefined;
}

/** Text other than the empty one. */
export function text(map: YamlMap, key: string): string | undefined {
  const value = own(map, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
