import { RE2JS } from '@bufbuild/re2';

export interface Matcher {
  test(text: string): boolean;
}

const compiled = new Map<string, Matcher>();

/** The engine of an API server, with its syntax and its linear time; a match may start anywhere. */
export function re2(pattern: string): Matcher {
  let matcher = compiled.get(pattern);
  if (!matcher) {
    matcher = RE2JS.compile(pattern);
    compiled.set(pattern, matcher);
  }
  return matcher;
}
