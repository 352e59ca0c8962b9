import { Cursor, Refused } from './cursor';
import { readEscape } from './escape';
import { Tree } from './tree';

const SOME: Tree = { kind: 'some' };
const WIDE: Tree = { kind: 'some', wide: true };
const ANY: Tree = { kind: 'any' };
const POSIX = new Set([
  'alnum', 'alpha', 'ascii', 'blank', 'cntrl', 'digit', 'graph', 'lower', 'print', 'punct', 'space', 'upper', 'word', 'xdigit',
]);

/** `\d` and its like, and `\pN`, `\p{Greek}`, after the backslash; undefined where something else follows. */
export function readNamedClass(cursor: Cursor): string | undefined {
  const perl = cursor.match(/[dDsSwW]/y);
  if (perl) return perl[0];
  const unicode = cursor.match(/[pP](\{\^?([^{}]*)\}|[^{])/y);
  if (!unicode) {
    if (/^[pP]$/.test(cursor.peek())) throw new Refused('has a \\p without the name of a class');
    return undefined;
  }
  const name = unicode[2] ?? unicode[1];
  if (!isUnicodeClass(name)) throw new Refused(`uses the character class \\${unicode[0]}, which RE2 does not know`);
  return unicode[0];
}

/** Whether a class has the letters of all alphabets, for engines that read text as Unicode. */
export function isWide(name: string): boolean {
  return /^[wWpP]/.test(name);
}

/** A class in brackets, after its opening one. */
export function readBrackets(cursor: Cursor): Tree {
  cursor.skip('^');
  const named = new Set<string>();
  for (let first = true; first || cursor.peek() !== ']'; first = false) {
    const posix = cursor.match(/\[:\^?([^\]]*?):\]/y);
    if (posix) {
      if (!POSIX.has(posix[1])) throw new Refused(`uses the character class ${posix[0]}, which RE2 does not know`);
      continue;
    }
    const name = readMember(cursor, named);
    if (name === undefined) continue;
    // A hyphen before the closing bracket, or before a class, is one of the members.
    if (!cursor.match(/-(?!\])/y)) continue;
    const last = cursor.skip('\\') ? readEscape(cursor) : readChar(cursor);
    if (last.codePointAt(0)! < name.codePointAt(0)!) throw new Refused(`has the range ${name}-${last} the wrong way round`);
  }
  cursor.next();
  if (['dD', 'sS', 'wW'].some(([one, other]) => named.has(one) && named.has(other))) return ANY;
  return [...named].some(isWide) ? WIDE : SOME;
}

/** A member that may begin a range; undefined after a class, which may not. */
function readMember(cursor: Cursor, named: Set<string>): string | undefined {
  if (!cursor.skip('\\')) return readChar(cursor);
  const name = readNamedClass(cursor);
  if (name === undefined) return readEscape(cursor);
  named.add(name);
  return undefined;
}

function readChar(cursor: Cursor): string {
  if (cursor.done) throw new Refused('has a [ that no ] closes');
  return cursor.next();
}

/** Categories and scripts have the same names in JavaScript; its other properties do not exist in RE2. */
function isUnicodeClass(name: string): boolean {
  if (name === 'Any') return true;
  if (!/^[A-Z][A-Za-z_]*$/.test(name)) return false;
  const property = name.length <= 2 ? 'General_Category' : 'Script';
  try {
    new RegExp(`\\p{${property}=${name}}`, 'u');
    return true;
  } catch {
    return false;
  }
}
