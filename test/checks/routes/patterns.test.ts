import { exact, gateway, inProgram, inYaml, pattern, route, rule, says } from './fixtures';
import { HeaderMatch, ModelMatch, ModelRoute } from '../../../src';

describe('INVALID_PATTERN', () => {
  test.each([
    ['gpt-(?!4).*', "'addPattern(\"gpt-(?!4).*\")' uses look-ahead, (?!"],
    ['(?<=x)y', 'uses look-behind'],
    ['(a)\\1', 'uses the back reference \\1'],
    ['a++', 'no possessive quantifiers'],
    ['(?>a)', 'an atomic group'],
    ['gpt-[', 'has a [ that no ] closes'],
    ['*', 'with nothing to repeat'],
  ])('%s', (bad, message) => {
    expect(inProgram(({ gateway: g, a }) => { g.addPattern(bad, a.model()); })).toMatchObject([
      { code: 'INVALID_PATTERN', severity: 'error', path: 'test/gateway/Patterns', ...says(message) },
    ]);
    expect(inYaml([route([rule({ matches: [pattern(bad)] })])])).toMatchObject([
      { code: 'INVALID_PATTERN', ...says("'spec.rules[0].matches[0].headers[0].value'") },
    ]);
  });

  test.each(['gpt-.*', '(?i)GPT-.*', '(?P<family>gpt|o\\d)-.*', '\\pL+', '\\Agpt\\z', 'a{2,3}?', '[[:alpha:]]+', '${Token[P.1]}(?!x)'])('%s is fine', (good) => {
    expect(inProgram(({ gateway: g, a }) => { g.addPattern(good, a.model()); })).toEqual([]);
  });

  test('patterns on other headers count, exact values are no patterns', () => {
    const team = (match: HeaderMatch) => inProgram(({ gateway: g, a }) => { g.addModel('m', a.model(), { headerMatches: [match] }); });
    expect(team(HeaderMatch.pattern('x-team', '(?=x)'))).toMatchObject([{ code: 'INVALID_PATTERN' }]);
    expect(team(HeaderMatch.exact('x-team', '(?=x)'))).toEqual([]);
  });
});

describe('HALF_ANCHORED_PATTERN', () => {
  test.each([
    ['^gpt-4', 'matches only "gpt-4"', 'write "^gpt-4.*"'],
    ['-mini$', 'matches only "-mini"', 'write ".*-mini$"'],
  ])('%s', (bad, message, fix) => {
    const found = inProgram(({ gateway: g, a }) => { g.addPattern(bad, a.model()); });
    expect(found).toMatchObject([{ code: 'HALF_ANCHORED_PATTERN', severity: 'warning', ...says(message) }]);
    expect(found[0].message).toContain(fix);
    expect(inYaml([route([rule({ matches: [pattern(bad)] })])])).toMatchObject([{ code: 'HALF_ANCHORED_PATTERN' }]);
  });

  test.each(['^gpt-4.*', '.*-mini$', '^gpt-4$', 'hidden-alias', '^(a|b)', '^'])('%s means what it says', (good) => {
    expect(inYaml([route([rule({ matches: [pattern(good)] })])])).toEqual([]);
  });
});

describe('PATTERN_UNREACHABLE', () => {
  test.each(['.*', '.+', '^.*$', '(.+)', '(?s).*', '.+.*', '[\\s\\S]+', 'a|.*'])('behind %s', (everything) => {
    const entries = (...patterns: string[]) => inProgram(({ gateway: g, a, chart }) => {
      new ModelRoute(chart, 'route', { gateways: [g], entries: patterns.map(p => ({ match: ModelMatch.pattern(p), target: a.model() })) });
    });
    expect(entries(everything, 'gpt-.*')).toMatchObject([
      { code: 'PATTERN_UNREACHABLE', severity: 'error', path: 'test/route', ...says("'entries[1].match' is never reached") },
    ]);
    expect(entries('gpt-.*', everything)).toEqual([]);
  });

  test('behind the same pattern, in raw manifests too', () => {
    const rules = (first: string, second: string) => inYaml([route([first, second].map(p => rule({ matches: [pattern(p)] })))]);
    expect(rules('gpt-.*', 'gpt-.*')).toMatchObject([{ code: 'PATTERN_UNREACHABLE', ...says(/^'spec\.rules\[1\]\.matches\[0\]\.headers\[0\]\.value' is never reached, because "gpt-\.\*" at spec\.rules\[0\]/) }]);
    expect(rules('gpt-.*', 'gpt-4.*')).toEqual([]);
    expect(rules('.', 'gpt-.*')).toEqual([]);
    expect(rules('..+', 'gpt-.*')).toEqual([]);
  });

  test('other conditions and exact names keep it reachable', () => {
    const team = { headers: [...pattern('gpt-.*').headers as object[], { name: 'x-team', value: 'red' }] };
    expect(inYaml([route([rule({ matches: [pattern('.+')] }), rule({ matches: [team] }), rule()])])).toEqual([]);
  });
});

describe('PATTERNS_IN_SEVERAL_ROUTES', () => {
  const two = (first: string, second: string, options: object = {}) => inYaml([
    route([rule({ matches: [pattern(first)] })]), route([rule({ matches: [pattern(second)] })], { name: 'other', ...options }),
  ]);

  test.each([['gpt-.*', '.+'], ['.+', 'gpt-.*'], ['gpt-4.*', 'gpt-.*'], ['(o1|gpt)-.*', 'gpt-4'], ['a?b', 'b.*'], ['(?i)gpt.*', 'claude.*'], ['.*x', '.*y'], ['x', 'x']])('%s and %s', (first, second) => {
    expect(two(first, second)).toMatchObject([{ code: 'PATTERNS_IN_SEVERAL_ROUTES', severity: 'warning', ...says(/on gateway ai\/gateway, where the older route wins/) }]);
  });

  test.each([['gpt-.*', 'claude-.*'], ['(o1|gpt)-.*', '(claude|gemini)-.*'], ['ab+', 'ac*'], ['gpt-4', 'gpt-5']])('%s and %s have nothing in common', (first, second) => {
    expect(two(first, second)).toEqual([]);
  });

  test('hostnames tell routes apart', () => {
    expect(two('gpt-.*', '.+', { hostnames: ['one.example.com'] })).toEqual([]);
  });

  test('each pattern is reported once, however many it overlaps with', () => {
    const routes = ['.+', 'a.*', 'ab.*', 'abc.*'].map((p, index) => route([rule({ matches: [pattern(p)] })], { name: `r${index}` }));
    expect(inYaml([gateway(), ...routes]).map(({ path }) => path)).toEqual(['test/doc-2', 'test/doc-3', 'test/doc-4']);
  });

  test('a route of its own beside the patterns of the gateway', () => {
    const program = (hostnames?: string[]) => inProgram(({ gateway: g, chart, a, b }) => {
      g.addPattern('gpt-.*', a.model());
      g.addCatchAll(b.model());
      new ModelRoute(chart, 'route', { gateways: [g], hostnames, entries: [{ match: ModelMatch.pattern('gpt-4.*'), target: b.model() }] });
    });
    expect(program()).toMatchObject([{ code: 'PATTERNS_IN_SEVERAL_ROUTES', path: 'test/route', ...says("'entries[0].match'") }]);
    expect(program(['one.example.com'])).toEqual([]);
  });

  test('exact names may stand in any route', () => {
    expect(inYaml([route([rule({ matches: [pattern('.+')] })]), route([rule({ matches: [exact('gpt-4')] })], { name: 'other' })])).toEqual([]);
  });
});
