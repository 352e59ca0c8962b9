/** A string or long number of a document, with its place in the source. */
export interface Leaf {
  /** Such as `messages[].content[].text`; indexes are left out. */
  readonly path: string;
  readonly kind: 'string' | 'number' | 'key';
  /** Of the token in the source, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

export interface JsonLimits {
  readonly depth: number;
  /** Values and keys in the whole document. */
  readonly tokens: number;
}

export type ScanResult =
  | { readonly leaves: readonly Leaf[]; readonly entries: ReadonlyMap<string, number>; readonly error?: undefined }
  | { readonly error: 'not-json' | 'ambiguous' | 'too-deep' | 'too-many'; readonly leaves?: undefined };

/** A shorter number is no card, phone or social security number. */
const SHORTEST_NUMBER = 9;
const QUOTE = 34;
const BACKSLASH = 92;

class Stop extends Error {
  constructor(public readonly error: 'ambiguous' | 'too-deep' | 'too-many') {
    super(error);
  }
}

/**
 * Where the strings of a document stand. The platform's parser says whether it is
 * JSON at all, but keeps the last of two equal keys, where another reader may
 * keep the first: such a document is refused.
 *
 * `entries` counts what is in the lists of the first level.
 */
export function scanJson(source: string, limits: JsonLimits): ScanResult {
  try {
    JSON.parse(source);
  } catch {
    return { error: 'not-json' };
  }
  const scanner = new Scanner(source, limits);
  try {
    scanner.value('', 0);
  } catch (error) {
    if (error instanceof Stop) return { error: error.error };
    throw error;
  }
  return { leaves: scanner.leaves, entries: scanner.entries };
}

/** Walks over what is known to be JSON. */
class Scanner {
  public readonly leaves: Leaf[] = [];
  public readonly entries = new Map<string, number>();
  private at = 0;
  private tokens = 0;

  constructor(private readonly source: string, private readonly limits: JsonLimits) {}

  public value(path: string, depth: number): void {
    if (++this.tokens > this.limits.tokens) throw new Stop('too-many');
    this.blanks();
    const start = this.at;
    switch (this.source[start]) {
      case '{': return this.object(path, depth + 1);
      case '[': return this.array(path, depth + 1);
      case '"':
        this.leaves.push({ path, kind: 'string', start, value: this.string(), end: this.at });
        return;
      default:
        this.word();
        if (this.at - start >= SHORTEST_NUMBER) {
          this.leaves.push({ path, kind: 'number', start, end: this.at, value: this.source.slice(start, this.at) });
        }
    }
  }

  private object(path: string, depth: number): void {
    if (depth > this.limits.depth) throw new Stop('too-deep');
    const keys = new Set<string>();
    this.at++;
    for (this.blanks(); this.source[this.at] !== '}'; this.blanks()) {
      if (this.source[this.at] === ',') {
        this.at++;
        this.blanks();
      }
      if (++this.tokens > this.limits.tokens) throw new Stop('too-many');
      const start = this.at;
      const key = this.string();
      if (keys.has(key)) throw new Stop('ambiguous');
      keys.add(key);
      this.leaves.push({ path, kind: 'key', start, end: this.at, value: key });
      this.blanks();
      this.at++; // the colon
      this.value(path === '' ? key : `${path}.${key}`, depth);
    }
    this.at++;
  }

  private array(path: string, depth: number): void {
    if (depth > this.limits.depth) throw new Stop('too-deep');
    this.at++;
    let count = 0;
    const inner = `${path}[]`;
    for (this.blanks(); this.source[this.at] !== ']'; this.blanks()) {
      if (this.source[this.at] === ',') this.at++;
      count++;
      this.value(inner, depth);
    }
    this.at++;
    if (depth === 2) this.entries.set(path, count);
  }

  /** Reads a string, quotes included, and moves behind it. */
  private string(): string {
    const { source } = this;
    const start = this.at;
    let end = source.indexOf('"', start + 1);
    let escaped = false;
    while (source.charCodeAt(end - 1) === BACKSLASH) {
      escaped = true;
      let slashes = 1;
      while (source.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
      if (slashes % 2 === 0) break;
      end = source.indexOf('"', end + 1);
    }
    this.at = end + 1;
    const raw = source.slice(start + 1, end);
    return escaped || raw.includes('\\') ? JSON.parse(source.slice(start, this.at)) as string : raw;
  }

  /** A number, `true`, `false` or `null`. */
  private word(): void {
    const { source } = this;
    for (; this.at < source.length; this.at++) {
      const code = source.charCodeAt(this.at);
      if (code <= 32 || code === 44 || code === 93 || code === 125) return;
    }
  }

  private blanks(): void {
    while (this.at < this.source.length && this.source.charCodeAt(this.at) <= 32) this.at++;
  }
}

/** A document with some of its tokens replaced and nothing else touched. */
export function replaceTokens(source: string, edits: readonly { readonly leaf: Leaf; readonly value: string }[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { leaf, value } of edits) {
    parts.push(source.slice(from, leaf.start), JSON.stringify(value));
    from = leaf.end;
  }
  parts.push(source.slice(from));
  return parts.join('');
}

export function startsLikeJsonText(text: string): boolean {
  const first = text.trimStart().charCodeAt(0);
  return first === 123 || first === 91 || first === QUOTE;
}
