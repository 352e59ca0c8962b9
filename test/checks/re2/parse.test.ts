import { parsePattern } from '../../../src/checks/re2/parse';

/** Each was held against Go's regexp, which Envoy Gateway asks. */
test.each([
  '', 'gpt-.*', 'a|b|', '()', '(?:a)', '(?P<name>a)', '(?<name>a)', '(?i)a', '(?i:a)b', '(?s-i:a)', '(?)', 'a*?b+?c??', '^*', '(a*)*',
  'a{2}', 'a{2,}', 'a{2,3}?', 'a{,3}', 'a{01}', '{', 'a{1000}', '(a{10}){100}', '[a-z]', '[]a]', '[^]a]', '[a-]', '[\\d-z]', '[[:alpha:][:^digit:]]', '[[:]',
  '\\d\\D\\s\\S\\w\\W', '\\A\\b\\B\\z', '\\pL\\PN', '\\p{Greek}\\p{^Greek}\\P{Lu}', '\\x41\\x{1F600}', '\\012\\0\\12', '\\a\\f\\n\\r\\t\\v', '\\.\\_\\-', '\\Qa.b\\E+', '\\Q(', '模型', '😀+',
])('%j is a pattern', (pattern) => {
  expect(parsePattern(pattern).reason).toBeUndefined();
});

test.each([
  ['(?=a)', 'uses look-ahead, (?='],
  ['(?!a)', 'uses look-ahead, (?!'],
  ['(?<=a)', 'uses look-behind, (?<='],
  ['(?<!a)', 'uses look-behind, (?<!'],
  ['(?>a)', 'uses an atomic group'],
  ['(?#note)', 'uses a comment'],
  ['(?P=name)', 'uses a back reference'],
  ['(?x)a', 'has (?x, which begins nothing that RE2 has'],
  ['(?-)', 'has (?-, which begins nothing'],
  ['(?<na me>a)', 'whose name is not made of letters, digits and _: (?<na me'],
  ['(?<a>x)(?P<a>y)', 'two groups called a'],
  ['(a)\\1', 'uses the back reference \\1'],
  ['\\8', 'uses the back reference \\8'],
  ['a++', 'repeats a repetition with ++'],
  ['a*{2}', 'repeats a repetition with *{2}'],
  ['*a', 'has a * with nothing to repeat'],
  ['(+)', 'has a + with nothing to repeat'],
  ['a|{2}', 'has a {2} with nothing to repeat'],
  ['a{3,2}', 'has the repetition {3,2} the wrong way round'],
  ['a{1001}', 'repeats more than 1000 times with {1001}'],
  ['(a{10}){101}', 'repeats more than 1000 times, one repetition inside another'],
  ['(a', 'has a ( that no ) closes'],
  ['a)', 'has a ) that no ( opens'],
  ['[a', 'has a [ that no ] closes'],
  ['[', 'has a [ that no ] closes'],
  ['[z-a]', 'has the range z-a the wrong way round'],
  ['[a-\\d]', 'uses the escape \\d'],
  ['[[:letter:]]', 'uses the character class [:letter:]'],
  ['\\p{Letters}', 'uses the character class \\p{Letters}'],
  ['\\p{Script=Greek}', 'uses the character class'],
  ['\\p', 'without the name of a class'],
  ['\\Z', 'uses the escape \\Z (the end of the text (write \\z))'],
  ['\\u0041', 'uses the escape \\u'],
  ['\\y', 'uses the escape \\y, which RE2 does not have'],
  ['\\é', 'uses the escape \\é'],
  ['\\x4', 'has a \\x'],
  ['\\x{110000}', 'has a \\x'],
  ['a\\', 'ends in a lone backslash'],
])('%j is none: %s', (pattern, reason) => {
  expect(parsePattern(pattern).reason).toContain(reason);
});

test('depth is bounded, so that no pattern overflows the stack', () => {
  const nested = (depth: number) => parsePattern('('.repeat(depth) + 'a' + ')'.repeat(depth)).reason;
  expect(nested(1000)).toBeUndefined();
  expect(nested(100_000)).toBe('has more than 1000 groups inside each other');
});
