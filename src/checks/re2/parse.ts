import { isWide, readBrackets, readNamedClass } from './char-class';
import { Cursor, Refused } from './cursor';
import { readEscape } from './escape';
import { Tree } from './tree';

/** A pattern that was read, or why it is none. */
export type Parsed =
  | { readonly tree: Tree; readonly reason?: undefined }
  | { readonly tree?: undefined; readonly reason: string };

/** Bounds that Go and Envoy share. */
const DEEPEST = 1000;
const MOST_REPEATS = 1000;

const NOT_IN_RE2: readonly (readonly [opening: string, name: string])[] = [
  ['(?=', 'look-ahead'], ['(?!', 'look-ahead'], ['(?<=', 'look-behind'], ['(?<!', 'look-behind'],
  ['(?>', 'an atomic group'], ['(?#', 'a comment'], ['(?|', 'a branch reset'], ['(?(', 'a condition'], ['(?P=', 'a back reference'],
];

/**
 * Reads a pattern as Envoy Gateway does: Go's `regexp`, the syntax of RE2.
 * JavaScript's own parser takes what RE2 refuses, and the reverse.
 */
export function parsePattern(pattern: string): Parsed {
  try {
    return { tree: new Parser(pattern).parse() };
  } catch (error) {
    if (error instanceof Refused) return { reason: error.reason };
    throw error;
  }
}

class Parser {
  private readonly cursor: Cursor;
  private readonly names = new Set<string>();
  private ignoreCase = false;
  private depth = 0;

  constructor(pattern: string) {
    this.cursor = new Cursor(pattern);
  }

  public parse(): Tree {
    const tree = this.either();
    if (!this.cursor.done) throw new Refused('has a ) that no ( opens');
    checkRepeats(tree, MOST_REPEATS);
    return tree;
  }

  private either(): Tree {
    const outer = this.ignoreCase;
    const options = [this.sequence()];
    while (this.cursor.skip('|')) options.push(this.sequence());
    // A flag set inside a group ends with it.
    this.ignoreCase = outer;
    return options.length === 1 ? options[0] : { kind: 'either', options };
  }

  private sequence(): Tree {
    const parts: Tree[] = [];
    let repeated = '';
    while (!this.cursor.done && !/[|)]/.test(this.cursor.peek())) {
      const operator = this.cursor.match(/[*+?]\??|\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}\??/y);
      if (operator) {
        if (parts.length === 0) throw new Refused(`has a ${operator[0]} with nothing to repeat`);
        if (repeated !== '') throw new Refused(`repeats a repetition with ${repeated}${operator[0]}, which RE2 does not have (no possessive quantifiers)`);
        parts.push(repeat(parts.pop()!, operator));
      } else {
        const part = this.part();
        if (part) parts.push(part);
      }
      repeated = operator?.[0] ?? '';
    }
    return parts.length === 1 ? parts[0] : { kind: 'sequence', parts };
  }

  /** Undefined for a group that only sets flags. */
  private part(): Tree | undefined {
    if (this.cursor.startsWith('(')) return this.group();
    const char = this.cursor.next();
    switch (char) {
      case '.': return { kind: 'any' };
      case '^': return { kind: 'start' };
      case '$': return { kind: 'end' };
      case '[': return readBrackets(this.cursor);
      case '\\': return this.escape();
      default: return this.literal(char);
    }
  }

  private escape(): Tree {
    if (this.cursor.skip('Q')) return { kind: 'sequence', parts: [...this.cursor.until('\\E') ?? this.cursor.rest()].map(char => this.literal(char)) };
    const anchor = this.cursor.match(/[AbBz]/y)?.[0];
    if (anchor) return { kind: anchor === 'A' ? 'start' : anchor === 'z' ? 'end' : 'boundary' };
    const name = readNamedClass(this.cursor);
    if (name !== undefined) return { kind: 'some', wide: isWide(name) };
    return this.literal(readEscape(this.cursor));
  }

  private literal(text: string): Tree {
    return this.ignoreCase && text.toLowerCase() !== text.toUpperCase() ? { kind: 'some' } : { kind: 'literal', text };
  }

  private group(): Tree | undefined {
    const outer = this.ignoreCase;
    const opening = NOT_IN_RE2.find(([text]) => this.cursor.startsWith(text));
    if (opening) throw new Refused(`uses ${opening[1]}, ${opening[0]}, which RE2 does not have`);
    this.cursor.next();
    if (this.cursor.skip('?') && !this.name()) {
      const flags = this.cursor.match(/([imsU]*)(?:-([imsU]+))?([:)])/y);
      if (!flags) throw new Refused(`has (?${this.cursor.peek()}, which begins nothing that RE2 has`);
      this.ignoreCase = (this.ignoreCase || flags[1].includes('i')) && !flags[2]?.includes('i');
      if (flags[3] === ')') return undefined;
    }
    if (++this.depth > DEEPEST) throw new Refused(`has more than ${DEEPEST} groups inside each other`);
    const inner = this.either();
    if (!this.cursor.skip(')')) throw new Refused('has a ( that no ) closes');
    this.depth--;
    this.ignoreCase = outer;
    return inner;
  }

  private name(): boolean {
    const opening = this.cursor.match(/P?</y);
    if (!opening) return false;
    const name = this.cursor.until('>') ?? '';
    if (!/^\w+$/.test(name)) throw new Refused(`has a group whose name is not made of letters, digits and _: (?${opening[0]}${name}`);
    if (this.names.has(name)) throw new Refused(`has two groups called ${name}`);
    this.names.add(name);
    return true;
  }
}

function repeat(of: Tree, [text, from, comma, to]: RegExpExecArray): Tree {
  if (from === undefined) {
    return { kind: 'repeat', of, min: text.startsWith('+') ? 1 : 0, max: text.startsWith('?') ? 1 : Infinity };
  }
  const min = Number(from);
  const max = to !== undefined ? Number(to) : comma ? Infinity : min;
  if (min > max) throw new Refused(`has the repetition ${text} the wrong way round`);
  if (min > MOST_REPEATS || (max > MOST_REPEATS && max !== Infinity)) throw new Refused(`repeats more than ${MOST_REPEATS} times with ${text}`);
  return { kind: 'repeat', of, min, max };
}

/** Repetitions inside repetitions multiply, and RE2 bounds the product. */
function checkRepeats(tree: Tree, left: number): void {
  switch (tree.kind) {
    case 'sequence': return tree.parts.forEach(part => checkRepeats(part, left));
    case 'either': return tree.options.forEach(option => checkRepeats(option, left));
    case 'repeat': {
      const times = tree.max === Infinity ? tree.min : tree.max;
      if (times > left) throw new Refused(`repeats more than ${MOST_REPEATS} times, one repetition inside another`);
      return checkRepeats(tree.of, times > 0 ? Math.floor(left / times) : left);
    }
    default:
  }
}
