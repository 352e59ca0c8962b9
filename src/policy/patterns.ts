import { RE2JS, RE2JSException, RE2Set } from 're2js';
import { Span } from './builtins';

/** Patterns of users, in an engine whose time grows with the text alone. */
export interface UserPattern {
  find(text: string): Span[];
}

/** Compiles a pattern, or says why it cannot be. */
export function compilePattern(source: string): { readonly pattern?: UserPattern; readonly reason?: string } {
  try {
    const compiled = RE2JS.compile(source);
    if (compiled.test('')) return { reason: 'matches the empty text, so it would find something in every prompt' };
    return { pattern: { find: text => spansOf(compiled, text) } };
  } catch (error) {
    if (error instanceof RE2JSException) return { reason: error.message };
    throw error;
  }
}

/** One look with all patterns at once: indexes of those that are somewhere in a text. */
export function compileSet(sources: readonly string[]): (text: string) => readonly number[] {
  if (sources.length === 0) return () => [];
  const set = new RE2Set();
  for (const source of sources) set.add(source);
  set.compile();
  return text => set.match(text);
}

function spansOf(compiled: RE2JS, text: string): Span[] {
  const spans: Span[] = [];
  const matcher = compiled.matcher(text);
  while (matcher.find()) {
    if (matcher.end() > matcher.start()) spans.push({ start: matcher.start(), end: matcher.end() });
  }
  return spans;
}
