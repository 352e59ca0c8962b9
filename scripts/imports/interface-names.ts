import type { Shape } from './shape';

export type ObjectShape = Extract<Shape, { is: 'object' }>;

/** The object shapes of a kind that get an interface, nearest to the top first, and the interface of every one. */
export interface NamedObjects {
  readonly objects: ReadonlyMap<string, ObjectShape>;
  readonly nameOf: ReadonlyMap<ObjectShape, string>;
}

interface Visit {
  readonly shape: ObjectShape;
  /** Name of the interface above. */
  readonly prefix: string;
  /** The field in Pascal case. */
  readonly field: string;
  /** The last word of the name: the field, in the singular for items of a list. */
  readonly word: string;
  /** Equal for objects that can share an interface: those of equal shape and word. */
  readonly key: string;
}

/**
 * Names every object shape below the spec of a kind after its path: `spec.rules[].matches[]` of HTTPRoute is
 * HTTPRouteRuleMatch. A shape that occurs several times under the same word is named after the kind and the
 * word alone, such as BackendSecurityPolicySecretRef.
 */
export function nameObjects(kind: string, spec: ObjectShape): NamedObjects {
  const shared = findShared(kind, spec);
  const objects = new Map<string, ObjectShape>();
  const nameOf = new Map<ObjectShape, string>();
  const known = new Map<string, string>();
  walk(kind, spec, ({ shape, prefix, field, word, key }) => {
    const equal = known.get(key);
    if (equal !== undefined) {
      nameOf.set(shape, equal);
      return undefined;
    }
    const candidates = [...(shared.has(key) ? [kind + word] : []), prefix + word, prefix + field];
    // The plural of the last resort is for a list next to a single field of the same word.
    const name = candidates.find((candidate) => !objects.has(candidate));
    if (name === undefined) {
      throw new Error(`${prefix + word}: two different objects of ${kind} get this name`);
    }
    known.set(key, name);
    nameOf.set(shape, name);
    objects.set(name, shape);
    return shape === spec ? kind : name;
  });
  return { objects, nameOf };
}

function findShared(kind: string, spec: ObjectShape): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  walk(kind, spec, ({ key }) => {
    if (seen.has(key)) {
      shared.add(key);
      return undefined;
    }
    seen.add(key);
    return '';
  });
  return shared;
}

/** Visits objects level by level and goes below one where `enter` returns the prefix for the names there. */
function walk(kind: string, spec: ObjectShape, enter: (visit: Visit) => string | undefined): void {
  const queue: Visit[] = [toVisit(spec, kind, 'Spec', 'Spec')];
  for (let visit = queue.shift(); visit !== undefined; visit = queue.shift()) {
    const below = enter(visit);
    if (below === undefined) {
      continue;
    }
    const singles: Visit[] = [];
    const items: Visit[] = [];
    for (const [name, { shape }] of visit.shape.fields) {
      const field = pascalCase(name);
      const { object, depth } = unwrap(shape);
      if (object !== undefined) {
        (depth > 0 ? items : singles).push(toVisit(object, below, field, depth > 0 ? singular(field) : field));
      }
    }
    queue.push(...singles, ...items);
  }
}

function toVisit(shape: ObjectShape, prefix: string, field: string, word: string): Visit {
  return { shape, prefix, field, word, key: `${word} ${fingerprint(shape)}` };
}

/** The object inside lists and maps, if there is one. */
function unwrap(shape: Shape, depth = 0): { readonly object?: ObjectShape; readonly depth: number } {
  switch (shape.is) {
    case 'array':
      return unwrap(shape.items, depth + 1);
    case 'map':
      return unwrap(shape.values, depth + 1);
    case 'object':
      return { object: shape, depth };
    default:
      return { depth };
  }
}

function pascalCase(field: string): string {
  return field
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** Enough of English for field names; a word it does not know stays as it is. */
export function singular(word: string): string {
  if (word.endsWith('ies')) {
    return `${word.slice(0, -3)}y`;
  }
  if (/(?:ss|ch|sh|x)es$/.test(word)) {
    return word.slice(0, -2);
  }
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

/** Equal for shapes that render to the same type, whatever the order of their fields. */
function fingerprint(shape: Shape): string {
  switch (shape.is) {
    case 'unknown':
      return '?';
    case 'scalar':
      return [...shape.types].sort().join('|');
    case 'array':
      return `[${fingerprint(shape.items)}]`;
    case 'map':
      return `<${fingerprint(shape.values)}>`;
    case 'object': {
      const fields = [...shape.fields].map(([name, f]) => `${name}${f.required ? '' : '?'}:${fingerprint(f.shape)}`);
      return `{${fields.sort().join(',')}${shape.open ? ',...' : ''}}`;
    }
  }
}
