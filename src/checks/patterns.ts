import { HeaderCondition } from './links';
import { Parsed, parsePattern } from './re2/parse';
import { isToken } from './read';

/** A pattern as its author wrote it. */
export type Pattern = Parsed & { readonly text: string };

const cache = new WeakMap<HeaderCondition, Pattern>();

/** The pattern of a condition; undefined where it has none, or one that is not known yet. */
export function patternOf(condition: HeaderCondition | undefined): Pattern | undefined {
  if (!condition?.regex || typeof condition.value !== 'string' || isToken(condition.value)) return undefined;
  let pattern = cache.get(condition);
  if (!pattern) cache.set(condition, pattern = read(condition.value));
  return pattern;
}

/** `^(?:…)$` only says that the whole value is meant, as it is anyway. */
function read(value: string): Pattern {
  const [, inner] = /^\^\(\?:(.*)\)\$$/s.exec(value) ?? [];
  if (inner !== undefined) {
    const parsed = parsePattern(inner);
    // Where brackets of both parts only fit each other, it was not wrapped.
    if (parsed.tree || parsePattern(value).reason !== undefined) return { ...parsed, text: inner };
  }
  return { ...parsePattern(value), text: value };
}
