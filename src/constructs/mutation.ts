import { allow, FLAG, LIST, need, OBJECT, Shape, TEXT } from './misuse';
import { BodyMutationIntent, HeaderMutationIntent } from '../intent';

/** Changes to the headers of requests to a provider. */
export interface HeaderMutation {
  /**
   * Headers to set, by name (1-256 characters); values 1-4096 characters. At most 16.
   *
   * Never put a credential here: manifests are readable by everyone who can read the repository.
   *
   * @default - none
   */
  readonly set?: { [name: string]: string };

  /**
   * Names of headers to remove. At most 16, together with the caller's credential
   * headers that are removed anyway.
   *
   * @default - none
   */
  readonly remove?: string[];
}

const NUMBER: Shape = { wanted: 'a number JSON has', fits: Number.isFinite };
const JSON_VALUE: Shape = { wanted: 'a JsonValue, such as JsonValue.text("…")', fits: value => typeof value?._json === 'string' };

/** JSON has an escape for what YAML cannot hold. */
const ESCAPED = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A JSON value for a field of a request's body. */
export class JsonValue {
  /** A string. */
  public static text(value: string): JsonValue {
    need('JsonValue.text()', 'value', value, TEXT);
    return new JsonValue(JSON.stringify(value));
  }

  /** A number. */
  public static number(value: number): JsonValue {
    need('JsonValue.number()', 'value', value, NUMBER);
    return new JsonValue(JSON.stringify(value));
  }

  /** `true` or `false`. */
  public static boolean(value: boolean): JsonValue {
    need('JsonValue.boolean()', 'value', value, FLAG);
    return new JsonValue(JSON.stringify(value));
  }

  /**
   * Any JSON, as text: `JsonValue.json('{"type":"json_object"}')`.
   *
   * Throws when the text is not JSON, because the gateway would send it as a string.
   */
  public static json(text: string): JsonValue {
    need('JsonValue.json()', 'text', text, TEXT);
    try {
      JSON.parse(text);
    } catch {
      throw new Error(`JsonValue.json() takes JSON text, got ${JSON.stringify(text)}; for a string use JsonValue.text()`);
    }
    return new JsonValue(text);
  }

  /** @internal */
  public readonly _json: string;

  private constructor(json: string) {
    this._json = json.replace(ESCAPED, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }
}

/**
 * Changes to the body of requests to a provider. They are made after the gateway
 * translated the request, so fields are the provider's own.
 */
export interface BodyMutation {
  /**
   * Top-level fields to set. At most 16, together with `setPaths`.
   *
   * @default - none
   */
  readonly set?: { [field: string]: JsonValue };

  /**
   * Nested fields to set, by dotted path: `metadata.team`, `messages.0.content`; `\.` is a dot in a name.
   *
   * @default - none
   */
  readonly setPaths?: { [path: string]: JsonValue };

  /**
   * Top-level fields to remove. At most 16, together with `removePaths`.
   *
   * @default - none
   */
  readonly remove?: string[];

  /**
   * Nested fields to remove, by dotted path.
   *
   * @default - none
   */
  readonly removePaths?: string[];
}

export function headerMutationIntent(mutation: HeaderMutation | undefined): HeaderMutationIntent | undefined {
  if (mutation === undefined || mutation === null) return undefined;
  needMutation('headers', mutation, ['set'], ['remove']);
  return {
    set: Object.entries(mutation.set ?? {}).map(([name, value]) => ({ name, value })),
    remove: [...(mutation.remove ?? [])],
  };
}

export function bodyMutationIntent(mutation: BodyMutation | undefined): BodyMutationIntent | undefined {
  if (mutation === undefined || mutation === null) return undefined;
  needMutation('body', mutation, ['set', 'setPaths'], ['remove', 'removePaths']);
  for (const maps of ['set', 'setPaths'] as const) {
    for (const [field, value] of Object.entries(mutation[maps] ?? {})) need('body', `${maps}.${field}`, value, JSON_VALUE);
  }
  return {
    set: [
      ...Object.entries(mutation.set ?? {}).map(([field, value]) => ({ path: escapeDots(field), value: value._json })),
      ...Object.entries(mutation.setPaths ?? {}).map(([path, value]) => ({ path, value: value._json })),
    ],
    remove: [...(mutation.remove ?? []).map(escapeDots), ...(mutation.removePaths ?? [])],
  };
}

function needMutation(where: string, mutation: object, maps: readonly string[], lists: readonly string[]): void {
  need('mutation', where, mutation, OBJECT);
  // What stands beside the fields would be left out, such as a header with its value. Without the values, which may be credentials.
  const fields = [...maps, ...lists];
  need('mutation', where, Object.keys(mutation), { wanted: `an object with ${fields.map(field => `\`${field}\``).join(', ')}`, fits: (keys: string[]) => keys.every(key => fields.includes(key)) });
  const given = mutation as { readonly [field: string]: unknown };
  for (const field of maps) allow(where, field, given[field], OBJECT);
  for (const field of lists) allow(where, field, given[field], LIST);
}

/** The gateway reads a dot as a step into an object. A value that is known only later stays as it is. */
function escapeDots(field: string): string {
  return typeof field === 'string' ? field.replace(/[.\\]/g, '\\$&') : field;
}
