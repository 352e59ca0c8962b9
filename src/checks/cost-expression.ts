/** What is wrong with an expression, and what to do. */
export interface ExpressionProblem {
  readonly message: string;
  readonly fix: string;
  /** True where the expression is valid and does not do what it seems to. */
  readonly harmless?: boolean;
}

const TOKENS = ['input_tokens', 'output_tokens', 'total_tokens', 'cached_input_tokens', 'cache_creation_input_tokens', 'reasoning_tokens'];
const KNOWN = new Set([...TOKENS, 'model', 'backend', 'route_name', 'true', 'false', 'null', 'in']);
const LEXEME = /\s+|r?("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(\d+\.\d+(?:[eE][+-]?\d+)?)|(0x[0-9a-fA-F]+|\d+)([uU]?)|([A-Za-z_]\w*)|(&&|\|\||==|!=|<=|>=|.)/gys;

interface Lexeme {
  readonly kind: 'text' | 'decimal' | 'integer' | 'unsigned' | 'name' | 'sign';
  readonly text: string;
}

/**
 * Mistakes in a CEL expression for a token cost. Not a CEL compiler: it knows what
 * the variables are (texts, and unsigned integers) and that the gateway evaluates
 * the expression with zeros before it accepts it.
 */
export function costProblems(expression: string): ExpressionProblem[] {
  const lexemes = read(expression);
  const broken = structure(lexemes);
  if (broken.length > 0) return broken;
  const calls = new Set(lexemes.filter((lexeme, index) => lexeme.kind === 'name' && lexemes[index + 1]?.text === '(').map(({ text }) => text));
  const counts = lexemes.some(({ kind, text }) => kind === 'name' && TOKENS.includes(text));
  return [...names(lexemes), ...numbers(lexemes, calls, counts), ...divisions(lexemes)];
}

function read(expression: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  for (const [, text, decimal, integer, unsigned, name, sign] of expression.matchAll(LEXEME)) {
    if (text !== undefined) lexemes.push({ kind: 'text', text });
    if (decimal !== undefined) lexemes.push({ kind: 'decimal', text: decimal });
    if (integer !== undefined) lexemes.push({ kind: unsigned ? 'unsigned' : 'integer', text: integer });
    if (name !== undefined) lexemes.push({ kind: 'name', text: name });
    if (sign !== undefined) lexemes.push({ kind: 'sign', text: sign });
  }
  return lexemes;
}

function structure(lexemes: readonly Lexeme[]): ExpressionProblem[] {
  if (lexemes.length === 0) return [{ message: 'is empty', fix: 'write an expression such as "input_tokens + output_tokens * 3u"' }];
  let open = 0;
  for (const { kind, text } of lexemes) {
    if (kind !== 'sign') continue;
    if (text === '"' || text === '\'') return [{ message: 'has a text that does not end', fix: 'close the quotes' }];
    if (text === '(') open++;
    if (text === ')' && --open < 0) break;
  }
  return open === 0 ? [] : [{ message: 'has parentheses that do not match', fix: 'close each one that opens' }];
}

function names(lexemes: readonly Lexeme[]): ExpressionProblem[] {
  const unknown = new Set<string>();
  lexemes.forEach(({ kind, text }, index) => {
    const member = lexemes[index - 1]?.text === '.' || lexemes[index + 1]?.text === '(';
    if (kind === 'name' && !member && !KNOWN.has(text)) unknown.add(text);
  });
  const compared = lexemes.some(({ text }, index) => text === 'backend' && ['==', '!='].includes(lexemes[index + 1]?.text));
  return [
    ...[...unknown].map(name => ({ message: `has the unknown variable ${name}`, fix: `use one of ${[...KNOWN].slice(0, TOKENS.length + 3).join(', ')}` })),
    ...(compared ? [{
      message: 'compares backend with a text it never equals: it is "<namespace>/<name>/route/…"',
      fix: 'use backend.startsWith("<namespace>/<name>/")',
      harmless: true,
    }] : []),
  ];
}

function numbers(lexemes: readonly Lexeme[], calls: ReadonlySet<string>, counts: boolean): ExpressionProblem[] {
  const decimal = lexemes.find(({ kind }) => kind === 'decimal');
  if (decimal && !calls.has('double')) {
    return [{ message: `has the fraction ${decimal.text}, and token counts are whole numbers`, fix: 'multiply and divide by whole numbers: input_tokens * 3u / 10u' }];
  }
  // Conversions and sizes make signed numbers, with which plain literals go well.
  if (!counts || decimal || ['int', 'double', 'size'].some(name => calls.has(name))) return [];
  const signed = lexemes.find(({ kind }, index) => kind === 'integer' && (isMixed(lexemes, index) || isUnlikeOtherResults(lexemes, index)));
  return signed ? [{ message: `mixes ${signed.text} with token counts, which are unsigned`, fix: `write ${signed.text}u` }] : [];
}

const OPERATORS = new Set(['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=']);

/** Whether a signed number is calculated or compared with anything but another one. */
function isMixed(lexemes: readonly Lexeme[], at: number): boolean {
  return [-1, 1].some(step => OPERATORS.has(lexemes[at + step]?.text) && lexemes[at + 2 * step]?.kind !== 'integer');
}

/** Whether a signed number is one result of a condition, of which another is unsigned. */
function isUnlikeOtherResults(lexemes: readonly Lexeme[], at: number): boolean {
  if (!['?', ':'].includes(lexemes[at - 1]?.text)) return false;
  const from = lexemes.flatMap(({ kind, text }, index) => (kind === 'sign' && (text === '?' || text === ':') ? [index] : []));
  return from.some((start, index) => {
    const end = from[index + 1] ?? lexemes.length;
    // What a question mark ends is a condition of its own.
    if (lexemes[end]?.text === '?') return false;
    return lexemes.slice(start + 1, end).some(({ kind, text }) => kind === 'unsigned' || (kind === 'name' && (TOKENS.includes(text) || text === 'uint')));
  });
}

function divisions(lexemes: readonly Lexeme[]): ExpressionProblem[] {
  if (lexemes.some(({ text }) => text === '?')) return [];
  const risky = lexemes.some(({ kind, text }, index) => {
    if (kind !== 'sign' || (text !== '/' && text !== '%')) return false;
    const divisor = lexemes[index + 1];
    return !divisor || !['integer', 'unsigned', 'decimal'].includes(divisor.kind) || Number(divisor.text) === 0;
  });
  return risky ? [{ message: 'divides by a number that can be 0', fix: 'guard it: output_tokens == 0u ? 0u : input_tokens / output_tokens' }] : [];
}
