import { fieldGroups } from '../../scripts/imports/field-groups';
import { groupProblem } from '../../src/checks/schema/group-problem';

const groupsOf = (...rules: string[]) => fieldGroups({ 'x-kubernetes-validations': rules.map(rule => ({ rule })) });
const both = '[has(self.a),has(self.b)].filter(x,x==true).size()';

/** Each rule, fields with which it holds, and fields with which it does not. */
test.each<[string, string[], string[]]>([
  [`${both} == 1`, ['a', 'b'], ['', 'ab']],
  [`${both} <= 1`, ['', 'a', 'b'], ['ab']],
  [`${both} >= 1`, ['a', 'b', 'ab'], ['']],
  ['has(self.a) || has(self.b) || has(self.c)', ['a', 'bc'], ['']],
  ['has(self.a)', ['a'], ['', 'b']],
  ['has(self.a) ? true : has(self.b)', ['a', 'b', 'ab'], ['']],
  ['has(self.a) != has(self.b)', ['a', 'b'], ['', 'ab']],
  ['!(has(self.a) && has(self.b))', ['', 'a', 'b'], ['ab']],
  ['!has(self.a) || !has(self.b)', ['', 'a', 'b'], ['ab']],
  ['has(self.a) ? !has(self.b) : true', ['', 'a', 'b'], ['ab']],
  ['has(self.a) == has(self.b)', ['', 'ab'], ['a', 'b']],
  ['has(self.a) || has(self.b) ? has(self.a) && has(self.b) : true', ['', 'ab'], ['a', 'b']],
  ['has(self.a) ? has(self.b) || has(self.c) : true', ['', 'b', 'ab', 'ac'], ['a']],
  ['has(self.a) ? [has(self.b),has(self.c)].filter(x,x==true).size() == 0 : true', ['', 'a', 'bc'], ['ab', 'abc']],
  ['!has(self.a) || (!has(self.b) && !has(self.c))', ['', 'a', 'bc'], ['ab', 'ac']],
  ['has(self.a) || (has(self.b) && has(self.c))', ['a', 'bc', 'ab'], ['', 'b', 'c']],
  ['has(self.a) ||\n  [has(self.b),has(self.c)].filter(x,x==true).size() == 1', ['a', 'b', 'c'], ['']],
])('%s', (rule, good, bad) => {
  const groups = groupsOf(rule);
  const problems = (given: string) => groups.flatMap(group => groupProblem(group, name => given.includes(name), true) ?? []);
  expect(groups).not.toEqual([]);
  for (const given of good) expect(problems(given)).toEqual([]);
  for (const given of bad) expect(problems(given)).not.toEqual([]);
});

test('what depends on values is left out', () => {
  expect(groupsOf("has(self.a) ? self.b == 'x' : true", 'has(self.a.b) || has(self.c)', 'self.a == self.b', '!has(self.a) || self.b.size() > 0')).toEqual([]);
});

test('what is said twice is kept once', () => {
  expect(groupsOf('!has(self.a) || !has(self.b)', '[has(self.b),has(self.a)].filter(x,x==true).size() <= 1', 'has(self.a) || has(self.b)')).toEqual([{ f: ['a', 'b'], most: 1, least: 1 }]);
});

test.each([
  [{ f: ['a', 'b', 'c'], most: 1 as const }, 'abc', 'has `a`, `b` and `c`, of which only one can be given; keep one of them'],
  [{ f: ['a', 'b'], least: 1 as const }, '', 'lacks one of `a` and `b`; give one of them'],
  [{ f: ['a'], least: 1 as const }, '', 'lacks `a`; give it'],
  [{ with: 'a', f: ['b'], least: 1 as const }, 'a', 'has `a` without `b`; give it as well, or leave `a` out'],
  [{ with: 'a', f: ['b', 'c'], most: 0 as const }, 'ac', 'has `c` beside `a`, which stands alone; keep one of the two'],
])('%j is told of "%s"', (group, given, text) => {
  const problem = groupProblem(group, name => given.includes(name), true)!;
  expect(`${problem.message}; ${problem.fix}`).toBe(text);
});
