import fc from 'fast-check';
import { replaceTokens, scanJson } from '../../src/policy/json';

const limits = { depth: 50, tokens: 10_000 };

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => [key, ...strings(inner)]);
  return [];
}

test('finds each string where it stands', () => {
  fc.assert(fc.property(fc.json({ maxDepth: 5 }), (source) => {
    const scan = scanJson(source, limits);

    expect(scan.error).toBeUndefined();
    const found = scan.leaves!.filter(({ kind }) => kind !== 'number');
    expect(found.map(({ value }) => value)).toEqual(found.map(({ start, end }) => JSON.parse(source.slice(start, end))));
    expect([...found.map(({ value }) => value)].sort()).toEqual(strings(JSON.parse(source)).sort());
  }));
});

test('replacing nothing changes nothing, and one string changes only that', () => {
  const source = ' { "a" : [ 1.0e3 , "x\\u0041" , {"b":"y"} ] , "big": 12345678901234567890 } ';
  const { leaves } = scanJson(source, limits);
  expect(replaceTokens(source, [])).toBe(source);
  expect(replaceTokens(source, [{ leaf: leaves!.find(({ value }) => value === 'xA')!, value: '"' }]))
    .toBe(' { "a" : [ 1.0e3 , "\\"" , {"b":"y"} ] , "big": 12345678901234567890 } ');
});

test('paths leave indexes out, and first-level lists are counted', () => {
  const scan = scanJson('{"messages":[{"content":[{"text":"t"}]},{"content":"u"}],"n":123456789}', limits);
  expect(scan.leaves!.filter(({ kind }) => kind !== 'key').map(({ path, value }) => [path, value])).toEqual([
    ['messages[].content[].text', 't'], ['messages[].content', 'u'], ['n', '123456789'],
  ]);
  expect(scan.error === undefined && scan.entries.get('messages')).toBe(2);
});

test.each([
  ['{"a":1,"a":2}', 'ambiguous'],
  ['{"model":"a","mod\\u0065l":"b"}', 'ambiguous'],
  ['{"a":[{"b":1,"b":1}]}', 'ambiguous'],
  ['{"a":}', 'not-json'],
  ['', 'not-json'],
  ['\ufeff{}', 'not-json'],
  ['{} {}', 'not-json'],
  ["{'a':1}", 'not-json'],
  ['[NaN]', 'not-json'],
  [`${'['.repeat(51)}${']'.repeat(51)}`, 'too-deep'],
  [JSON.stringify(Array.from({ length: 10_001 }, () => 1)), 'too-many'],
])('%s is %s', (source, error) => {
  expect(scanJson(source, limits).error).toBe(error);
});
