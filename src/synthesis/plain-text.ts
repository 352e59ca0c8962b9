import { Yaml } from 'cdk8s';
import { withoutDisputedText } from './disputed-text';

type Stringify = typeof Yaml.stringify;

/**
 * Words that are the same text in YAML 1.1 and 1.2 without quotes, whatever stands around them:
 * names, kinds, versions, hosts, model names.
 */
const WORD = /^[A-Za-z](?:[\w./:-]*[\w./])?$/;
/** What YAML 1.1 reads as something else, in any casing. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e\d+)$/i;
/** Durations and quantities. */
const AMOUNT = /^\d{1,9}(?:ms|[smh]|[KMG]i)$/;
/** Longer keys are written in another form. */
const LONGEST_KEY = 128;

/**
 * The YAML of a manifest, as cdk8s writes it, where every text in it needs no quotes; undefined
 * for any other. Most manifests are like that, and to write one here takes a fifteenth of the time
 * that the general way takes.
 */
export function plainText(manifest: unknown): string | undefined {
  if (!isMap(manifest) || isEmpty(manifest)) return undefined;
  const writer = new Writer();
  return writer.map(manifest, '') ? writer.parts.join('') : undefined;
}

/** `Yaml.stringify`, with `plainText` for the manifests it can write, and escapes for what not every reader of YAML takes. */
export function fasterStringify(original: Stringify): Stringify {
  const general = withoutDisputedText(manifest => original.call(Yaml, manifest));
  return (...manifests: unknown[]) => manifests.map(manifest => plainText(manifest) ?? general(manifest)).join('---\n');
}

/** Each method says whether all of its value could be written. */
class Writer {
  public readonly parts: string[] = [];
  /** A value that occurs twice would be an anchor and an alias. */
  private readonly seen = new Set<object>();

  public map(value: { readonly [key: string]: unknown }, indent: string, first = indent): boolean {
    if (!this.isNew(value)) return false;
    let start = first;
    for (const key in value) {
      if (key.length > LONGEST_KEY || !isPlain(key)) return false;
      this.parts.push(start, key, ':');
      start = indent;
      const inner = value[key];
      if (!(isCollection(inner) ? this.collection(inner, indent) : this.scalar(inner))) return false;
    }
    return true;
  }

  /** Below a key. */
  private collection(value: object, indent: string): boolean {
    const isList = Array.isArray(value);
    if (!isList && !isMap(value)) return false;
    if (isEmpty(value)) {
      this.parts.push(isList ? ' []\n' : ' {}\n');
      return this.isNew(value);
    }
    this.parts.push('\n');
    return isList ? this.list(value, `${indent}  `) : this.map(value, `${indent}  `);
  }

  private list(value: readonly unknown[], indent: string): boolean {
    if (!this.isNew(value)) return false;
    for (const item of value) {
      if (isMap(item) && !isEmpty(item)) {
        if (!this.map(item, `${indent}  `, `${indent}- `)) return false;
        continue;
      }
      if (isCollection(item)) return false;
      this.parts.push(indent, '-');
      if (!this.scalar(item)) return false;
    }
    return true;
  }

  private scalar(value: unknown): boolean {
    if (typeof value === 'string' ? !isPlain(value) : typeof value !== 'boolean' && !isWhole(value)) return false;
    this.parts.push(' ', String(value), '\n');
    return true;
  }

  private isNew(value: object): boolean {
    return this.seen.size < this.seen.add(value).size;
  }
}

function isPlain(text: string): boolean {
  return (WORD.test(text) && !RESERVED.test(text)) || AMOUNT.test(text);
}

function isWhole(value: unknown): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return isCollection(value) && value.constructor === Object && typeof (value as { toJSON?: unknown }).toJSON !== 'function';
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}
