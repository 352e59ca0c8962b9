import { parsePattern } from '../../../src/checks/re2/parse';
import { matchesEverything, onlyMatch, startsOf, Tree } from '../../../src/checks/re2/tree';

function treeOf(pattern: string): Tree {
  const { tree, reason } = parsePattern(pattern);
  if (!tree) throw new Error(reason);
  return tree;
}

test.each<[string, string[]]>([
  ['gpt-4', ['gpt-4']],
  ['gpt-.*', ['gpt-…']],
  ['^gpt-4o?$', ['gpt-4o', 'gpt-4']],
  ['(o1|gpt)-.*', ['o1-…', 'gpt-…']],
  ['a|b|', ['a', 'b', '']],
  ['ab+', ['ab…']],
  ['ac*', ['ac…', 'a']],
  ['(ab){2}c', ['ab…']],
  ['a{0}b', ['b']],
  ['.*x', ['…']],
  ['[gG]pt', ['…']],
  ['(?i)gpt', ['…']],
  ['(?i)1(?-i)a', ['1a']],
  ['(?i:g)pt', ['…']],
  ['((?i)x)y', ['…']],
  ['\\Qa.b\\Ec', ['a.bc']],
  ['gpt\\.4\\x41', ['gpt.4A']],
  ['(a|aa).*', ['a…']],
  ['(a|b)(c|d)', ['ac', 'ad', 'bc', 'bd']],
  ['(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)', ['…']],
])('what %s matches begins with %j', (pattern, expected) => {
  expect(startsOf(treeOf(pattern)).map(({ text, whole }) => (whole ? text : `${text}…`))).toEqual(expected);
});

test.each<[string, string | undefined]>([
  ['gpt-4', 'gpt-4'], ['^gpt\\.4$', 'gpt.4'], ['(gpt)-4', 'gpt-4'], ['gpt-.', undefined], ['a|b', undefined], ['a?', undefined], ['(?i)a', undefined],
])('%s matches only %j', (pattern, expected) => {
  expect(onlyMatch(treeOf(pattern))).toBe(expected);
});

test.each([
  ['.*', true], ['.+', true], ['^.+$', true], ['(?s)(.+)', true], ['.{1,}', true], ['(.*)+', true], ['.+.*', true], ['.*a?', true], ['x|.+', true], ['[\\s\\S]+', true], ['\\b.*', true],
  ['.', false], ['..+', false], ['.+.+', false], ['.{1,9}', false], ['a.*', false], ['.*a', false], ['\\w+', false], ['', false], ['a|b', false],
])('%s matches everything: %s', (pattern, expected) => {
  expect(matchesEverything(treeOf(pattern))).toBe(expected);
});
