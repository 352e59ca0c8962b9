/** A place in a template that reads an entry of its data. */
export interface DataUse {
  readonly name: string;
  /** As it is written: `.apiKey`, or `index . "apiKey"`. */
  readonly written: string;
  /** What the engine never does, whatever the data: read a part of a text, or a name with a dash. */
  readonly broken?: 'part' | 'dash';
  /** What comes of an entry that is not there: a failure, or an empty text. */
  readonly absent: 'fails' | 'empty';
}

const LEXEME = /\s+|("(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*')|([+-]?\d[\w.]*)|(\$\w*|\)|)((?:\.[\p{L}_][\p{L}\p{N}_]*)+)(-[\p{L}\p{N}][\p{L}\p{N}_.-]*)?|(\$\w*)|(\.)|([\p{L}_][\p{L}\p{N}_]*)|([\s\S])/gyu;

interface Lexeme {
  readonly kind: 'text' | 'number' | 'fields' | 'variable' | 'dot' | 'word' | 'sign';
  readonly text: string;
  /** Of fields: what stands before the first dot, if it is no blank. */
  readonly of?: string;
  /** Of fields: what makes them no name, as the engine reads it. */
  readonly dash?: string;
}

/** What `.` and `$` are at a place; both are the data at first. */
interface Scope {
  readonly dot: boolean;
  readonly dollar: boolean;
}

/** Words that give an empty text another meaning than a value. */
const OPTIONAL = new Set(['default', 'coalesce', 'ternary', 'empty', 'and', 'or', 'not']);
const CONDITIONS = new Set(['if', 'with', 'range']);

/**
 * Which entries of its data a template of External Secrets Operator reads. The data is a flat map of texts. Not a parser of Go's
 * templates: it follows what `.` stands for, and leaves out what it cannot follow.
 */
export function usesOfData(template: string): DataUse[] {
  const uses: DataUse[] = [];
  const outer: Scope[] = [];
  let scope: Scope = { dot: true, dollar: true };
  for (const action of actionsIn(template)) {
    const lexemes = read(action);
    const words = lexemes.filter(({ kind }) => kind === 'word').map(({ text }) => text);
    const [first] = lexemes;
    if (first === undefined) continue;
    if (first.kind === 'word' && first.text === 'else') scope = { ...scope, dot: outer.at(-1)?.dot ?? scope.dot };
    uses.push(...usesIn(lexemes, scope, words.some(word => OPTIONAL.has(word) || CONDITIONS.has(word))));
    if (first.kind !== 'word') continue;
    switch (first.text) {
      case 'if': outer.push(scope); break;
      case 'with':
      case 'range':
        outer.push(scope);
        scope = { ...scope, dot: false };
        break;
      case 'else':
        if (words.includes('with')) scope = { ...scope, dot: false };
        break;
      case 'define':
      case 'block':
        outer.push(scope);
        scope = { dot: false, dollar: false };
        break;
      case 'end':
        scope = outer.pop() ?? scope;
    }
  }
  return uses;
}

/** What stands between `{{` and `}}`; braces in texts and comments end nothing. Each character is looked at once. */
function* actionsIn(template: string): Iterable<string> {
  for (let start = template.indexOf('{{'); start >= 0; start = template.indexOf('{{', start)) {
    start += 2;
    let end = start;
    while (end < template.length && !template.startsWith('}}', end)) end = endOfPart(template, end);
    if (end >= template.length) return;
    // The dash that takes blanks away is no part of it.
    yield template.slice(start, end).replace(/^- /, ' ');
    start = end + 2;
  }
}

/** Behind the text, the comment or the character that begins here. */
function endOfPart(template: string, at: number): number {
  const quote = template[at];
  if (template.startsWith('/*', at)) return behind(template, '*/', at + 2);
  if (quote === '`') return behind(template, '`', at + 1);
  if (quote !== '"' && quote !== '\'') return at + 1;
  for (let next = at + 1; next < template.length && template[next] !== '\n'; next++) {
    if (template[next] === quote) return next + 1;
    if (template[next] === '\\') next++;
  }
  return template.length;
}

function behind(template: string, end: string, from: number): number {
  const found = template.indexOf(end, from);
  return found < 0 ? template.length : found + end.length;
}

function read(action: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  if (/^\s*\/\*/.test(action)) return lexemes;
  for (const [, text, number, of, fields, dash, variable, dot, word, sign] of action.matchAll(LEXEME)) {
    if (text !== undefined) lexemes.push({ kind: 'text', text });
    else if (number !== undefined) lexemes.push({ kind: 'number', text: number });
    else if (fields !== undefined) lexemes.push({ kind: 'fields', text: fields, of, dash });
    else if (variable !== undefined) lexemes.push({ kind: 'variable', text: variable });
    else if (dot !== undefined) lexemes.push({ kind: 'dot', text: dot });
    else if (word !== undefined) lexemes.push({ kind: 'word', text: word });
    else if (sign !== undefined) lexemes.push({ kind: 'sign', text: sign });
  }
  return lexemes;
}

function* usesIn(lexemes: readonly Lexeme[], { dot, dollar }: Scope, optional: boolean): Iterable<DataUse> {
  for (const [index, { kind, text, of, dash = '' }] of lexemes.entries()) {
    if (kind === 'fields' && ((of === '' && dot) || (of === '$' && dollar))) {
      const name = text.slice(1);
      yield { name: name + dash, written: `${of}${text}${dash}`, broken: dash !== '' ? 'dash' : name.includes('.') ? 'part' : undefined, absent: 'fails' };
    }
    if (kind !== 'word' || text !== 'index' || optional) continue;
    const [map, key] = lexemes.slice(index + 1);
    const isData = (map?.kind === 'dot' && dot) || (map?.kind === 'variable' && map.text === '$' && dollar);
    if (!isData || key?.kind !== 'text' || !key.text.startsWith('"')) continue;
    yield { name: unquoted(key.text), written: `index ${map.text} ${key.text}`, absent: 'empty' };
  }
}

/** JSON's escapes are a part of Go's. */
function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
