import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import { EntryIntent } from '../../intent';
import { NOT_EXPRESSIBLE } from '../codes';

/** Conditions on headers that one match of an HTTPRoute takes. */
const MOST = 16;

/** What a platform makes of conditions on headers. */
export interface HeaderMatchLimits {
  /** As messages name it. */
  readonly platform: string;
  /** Conditions each match has before those of the author. */
  readonly own: number;
  /** Headers, in lower case, that the gateway writes itself. */
  readonly reserved?: readonly string[];
}

/** An entry with the conditions that can be written, and what is wrong with the others: what is told here is not written. */
export function soundHeaderMatches(
  entry: EntryIntent, prop: string, { platform, own, reserved = [] }: HeaderMatchLimits,
): { readonly entry: EntryIntent; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const bad = (message: string, value: unknown, fix: string) => {
    problems.push({ definition: NOT_EXPRESSIBLE, prop, message, value, fix });
    return false;
  };
  const seen = new Set<string>();
  const kept = entry.headerMatches.filter(({ name }) => {
    if (typeof name !== 'string' || isToken(name)) return true;
    const lower = name.toLowerCase();
    if (reserved.includes(lower)) return bad(`has a condition on a header that ${platform} writes itself`, name, 'match the model instead, with ModelMatch');
    if (seen.has(lower)) return bad(`has two conditions on one header, of which ${platform} reads the first`, name, `write one, such as HeaderMatch.pattern("${lower}", "a|b")`);
    seen.add(lower);
    return true;
  });
  if (kept.length > MOST - own) {
    bad(`has ${kept.length} conditions, while ${platform} takes ${MOST - own}${own > 0 ? ' beside the model' : ''}`, undefined, 'use fewer, or one pattern for several values');
  }
  return { entry: { ...entry, headerMatches: kept.slice(0, MOST - own) }, problems };
}
