import { Cursor, Refused } from './cursor';

const NAMED: { readonly [letter: string]: string } = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const LARGEST_CODE_POINT = 0x10ffff;

/** What other dialects mean by an escape that RE2 does not have. */
const FOREIGN: { readonly [letter: string]: string } = {
  C: 'one byte', G: 'the end of the last match', K: 'a new start of the match', R: 'a line end', X: 'a grapheme', Z: 'the end of the text (write \\z)',
  e: 'the escape character', h: 'horizontal space', k: 'a back reference', u: 'a code point (write \\x{…})',
};

/** One character written as an escape, after its backslash. */
export function readEscape(cursor: Cursor): string {
  if (cursor.done) throw new Refused('ends in a lone backslash');
  const octal = cursor.match(/0[0-7]{0,2}|[1-7][0-7]{1,2}/y);
  if (octal) return String.fromCodePoint(parseInt(octal[0], 8));
  const char = cursor.next();
  if (/[1-9]/.test(char)) throw new Refused(`uses the back reference \\${char}, which RE2 does not have`);
  if (char === 'x') return readHex(cursor);
  if (Object.hasOwn(NAMED, char)) return NAMED[char];
  if (/^[\x00-\x7f]$/.test(char) && !/[0-9A-Za-z]/.test(char)) return char;
  const meaning = Object.hasOwn(FOREIGN, char) ? ` (${FOREIGN[char]})` : '';
  throw new Refused(`uses the escape \\${char}${meaning}, which RE2 does not have`);
}

function readHex(cursor: Cursor): string {
  const found = cursor.match(/\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2})/y);
  const code = found ? parseInt(found[1] ?? found[2], 16) : NaN;
  if (!(code <= LARGEST_CODE_POINT)) throw new Refused('has a \\x that two hexadecimal digits or {…} do not follow');
  return String.fromCodePoint(code);
}
