import { HeaderCondition } from './links';
import { Parsed, parsePattern } from './re2/parse';
import { isToken } from './read';

const cache = new WeakMap<HeaderCondition, Parsed>();

/** The pattern of a condition; undefined where it has none, or one that is not known yet. */
export function patternOf(condition: HeaderCondition | undefined): Parsed | undefined {
  if (!condition?.regex || typeof condition.value !== 'string' || isToken(condition.value)) return undefined;
  let parsed = cache.get(condition);
  if (!parsed) cache.set(condition, parsed = parsePattern(condition.value));
  return parsed;
}
