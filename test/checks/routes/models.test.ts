import { ApiObject, JsonPatch } from 'cdk8s';
import { exact, gateway, inProgram, inYaml, pattern, PROVIDERS, route, rule, says } from './fixtures';
import { Checks, HeaderMatch, ModelMatch, ModelRoute } from '../../../src';

test('a model for each provider has no finding', () => {
  expect(inProgram(({ gateway: g, a, b }) => { g.addModel('one', a.model()); g.addModel('two', b.model()); })).toEqual([]);
  expect(inYaml([...PROVIDERS, gateway(), route([rule()])])).toEqual([]);
});

describe('DUPLICATE_MODEL', () => {
  test('two routes of one gateway', () => {
    expect(inProgram(({ gateway: g, a, b }) => { g.addModel('m', a.model()); g.addModel('m', b.model()); })).toMatchObject([
      { code: 'DUPLICATE_MODEL', severity: 'error', path: 'test/gateway/m-2', ...says(/^'model' is for a model that test\/gateway\/m serves already on gateway ai\/gateway, got "m"/) },
    ]);
    const one = route([rule()]);
    expect(inYaml([one, route([rule()], { name: 'other' })])).toMatchObject([{ code: 'DUPLICATE_MODEL', ...says("'spec.rules[0].matches[0]'") }]);
    expect(inYaml([one, route([rule({ matches: [exact('n')] })], { name: 'other' })])).toEqual([]);
  });

  test('two rules of one route', () => {
    const twice = (second: string) => inProgram(({ gateway: g, chart, a, b }) => {
      new ModelRoute(chart, 'route', { gateways: [g], entries: [{ match: ModelMatch.exact('m'), target: a.model() }, { match: ModelMatch.exact(second), target: b.model() }] });
    });
    expect(twice('m')).toMatchObject([{ code: 'DUPLICATE_MODEL', path: 'test/route', ...says("'entries[1].match' is for a model that entries[0].match is for already") }]);
    expect(twice('M')).toEqual([]);
  });

  test('one rule is only listed twice', () => {
    expect(inYaml([route([rule({ matches: [exact('m'), exact('m')] })])])).toMatchObject([{ code: 'DUPLICATE_MODEL', severity: 'warning' }]);
  });

  test('which is milder than the rule, and an error again where warnings are', () => {
    const twice = (strict: boolean) => inProgram(({ gateway: g, chart, a }) => {
      if (strict) Checks.strict(chart);
      new ModelRoute(chart, 'route', { gateways: [g], entries: [{ match: ModelMatch.exact('m', 'm'), target: a.model() }] });
    });
    expect(twice(false)).toMatchObject([{ code: 'DUPLICATE_MODEL', severity: 'warning' }]);
    expect(twice(true)).toMatchObject([{ code: 'DUPLICATE_MODEL', severity: 'error' }]);
  });

  test('conditions on other headers tell rules apart, in any order and case', () => {
    const team = (value: string, name = 'x-team') => ({ headers: [{ name, value }, ...exact('m').headers as object[]] });
    expect(inYaml([route([rule(), rule({ matches: [team('red')] }), rule({ matches: [team('blue')] })])])).toEqual([]);
    expect(inYaml([route([rule({ matches: [team('red')] }), rule({ matches: [{ headers: [...exact('m').headers as object[], { type: 'Exact', name: 'X-Team', value: 'red' }] }] })])]))
      .toMatchObject([{ code: 'DUPLICATE_MODEL' }]);
    expect(inProgram(({ gateway: g, a, b }) => {
      g.addModel('m', a.model(), { headerMatches: [HeaderMatch.exact('x-team', 'red')] });
      g.addModel('m', b.model(), { headerMatches: [HeaderMatch.exact('x-team', 'blue')] });
    })).toEqual([]);
  });

  test('hostnames tell routes apart, equal ones do not', () => {
    const on = (hostnames?: string[]) => inProgram(({ gateway: g, a, b }) => {
      g.addModel('m', a.model(), { hostnames: ['one.example.com', 'two.example.com'] });
      g.addModel('m', b.model(), { hostnames });
    });
    expect(on(['three.example.com'])).toEqual([]);
    expect(on()).toEqual([]);
    expect(on(['two.example.com'])).toMatchObject([{ code: 'DUPLICATE_MODEL' }]);
  });

  test('a route without hostnames has those of the listeners', () => {
    const listeners = [{ name: 'http', port: 80, protocol: 'HTTP', hostname: 'one.example.com' }];
    const both = [route([rule()]), route([rule()], { name: 'other', hostnames: ['one.example.com'] })];
    expect(inYaml([gateway(listeners), ...both])).toMatchObject([{ code: 'DUPLICATE_MODEL' }]);
    expect(inYaml([gateway(), ...both])).toEqual([]);
  });

  test('another gateway, or another listener, is another place', () => {
    const parent = (sectionName: string, name = 'gateway') => ({ parentRefs: [{ name, sectionName }] });
    const listeners = ['a', 'b'].map((name, index) => ({ name, port: 80 + index, protocol: 'HTTP' }));
    expect(inYaml([gateway(listeners), route([rule()], parent('a')), route([rule()], { name: 'other', ...parent('b') })])).toEqual([]);
    expect(inYaml([route([rule()]), route([rule()], { name: 'other', parentRefs: [{ name: 'elsewhere' }] })])).toEqual([]);
    expect(inYaml([gateway(listeners), route([rule()]), route([rule()], { name: 'other', ...parent('b') })])).toMatchObject([{ code: 'DUPLICATE_MODEL' }]);
  });

  test('names of object members are names like others, tokens are not compared', () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty'];
    expect(inYaml([route(names.map(name => rule({ matches: [exact(name)] })))])).toEqual([]);
    expect(inYaml([route([...names, '__proto__'].map(name => rule({ matches: [exact(name)] })))])).toMatchObject([{ code: 'DUPLICATE_MODEL', ...says('got "__proto__"') }]);
    expect(inYaml([route([rule({ matches: [exact('${Token[MODEL.1]}')] }), rule({ matches: [exact('${Token[MODEL.1]}')] })])])).toEqual([]);
  });
});

describe('MODEL_CHARACTERS', () => {
  test.each([
    ['模型', 'has the character U+6A21'],
    ['gpt\u00a04o', 'has the character U+00A0'],
    ['a\nb', 'has the character U+000A'],
    [' gpt-4o', 'begins or ends with a space'],
    ['gpt-4o ', 'begins or ends with a space'],
    ['gpt  4o', 'has two spaces in a row'],
    ['x'.repeat(4000) + '  y', 'has two spaces in a row'],
  ])('%.20j is refused', (model, message) => {
    expect(inProgram(({ gateway: g, a }) => { g.addModel(model, a.model()); })).toMatchObject([{ code: 'MODEL_CHARACTERS', severity: 'error', ...says(`'model' ${message}`) }]);
    expect(inYaml([route([rule({ matches: [exact(model)] })])])).toMatchObject([{ code: 'MODEL_CHARACTERS', ...says("'spec.rules[0].matches[0].headers[0].value'") }]);
  });

  test.each(['gpt 4o', 'vendor/model:v1@2024', 'a"b%c*', 'n', '1.5', '${Token[模.1]}'])('%j is fine', (model) => {
    expect(inYaml([route([rule({ matches: [exact(model)] })])])).toEqual([]);
  });

  test('values of other headers count as well', () => {
    const team = (value: string) => inProgram(({ gateway: g, a }) => { g.addModel('m', a.model(), { headerMatches: [HeaderMatch.exact('x-team', value)] }); });
    expect(team('rød')).toMatchObject([{ code: 'MODEL_CHARACTERS', ...says('U+00F8') }]);
    expect(team('red')).toEqual([]);
  });
});

describe('MODEL_NOT_LISTED', () => {
  test('a match on another header takes every model', () => {
    const on = (...headers: object[]) => inYaml([route([rule({ matches: [{ headers }] })])]);
    expect(on({ name: 'x-team', value: 'red' })).toMatchObject([{ code: 'MODEL_NOT_LISTED', severity: 'warning', ...says("'spec.rules[0].matches[0]' has no condition on x-ai-eg-model") }]);
    expect(on({ name: 'x-team', value: 'red' }, { name: 'x-ai-eg-model', value: 'm' })).toEqual([]);
  });

  test('capitals keep a model out of the list', () => {
    expect(inYaml([route([rule({ matches: [{ headers: [{ name: 'X-AI-EG-Model', value: 'm' }] }] })])])).toMatchObject([
      { code: 'MODEL_NOT_LISTED', ...says(/headers\[0\]\.name' is written with capitals.*got "X-AI-EG-Model"; write "x-ai-eg-model"/) },
    ]);
  });

  test('a patch that takes the model away is found on our own routes', () => {
    const findings = inProgram(({ gateway: g, a }) => {
      const made = g.addModel('m', a.model());
      ApiObject.of(made).addJsonPatch(JsonPatch.replace('/spec/rules/0/matches/0/headers/0/name', 'x-team'));
    });
    expect(findings).toMatchObject([{ code: 'MODEL_NOT_LISTED', path: 'test/gateway/m' }]);
  });
});

describe('EMPTY_MATCHES', () => {
  test('an empty list means every model', () => {
    const program = (...models: string[]) => inProgram(({ gateway: g, chart, a }) => {
      new ModelRoute(chart, 'route', { gateways: [g], entries: [{ match: ModelMatch.exact(...models), target: a.model() }] });
    });
    expect(program()).toMatchObject([{ code: 'EMPTY_MATCHES', severity: 'error', path: 'test/route', ...says("'entries[0].match' is empty, which means every model") }]);
    expect(program('m')).toEqual([]);
    expect(inYaml([route([rule({ matches: [] })])])).toMatchObject([{ code: 'EMPTY_MATCHES', ...says("'spec.rules[0].matches'") }]);
    expect(inYaml([route([rule({ matches: [exact('m'), { headers: [] }] })])])).toMatchObject([{ code: 'EMPTY_MATCHES', ...says("'spec.rules[0].matches[1]'") }]);
  });
});

describe('CATCH_ALL_SHADOWED', () => {
  const { matches: _, ...everything } = rule();

  test('a rule without matches beside another route', () => {
    expect(inYaml([route([everything]), route([rule()], { name: 'other' })])).toMatchObject([
      { code: 'CATCH_ALL_SHADOWED', severity: 'error', path: 'test/doc-0', ...says("'spec.rules[0].matches' is missing, so the not-found rule of test/doc-1 on gateway ai/gateway") },
    ]);
    expect(inYaml([route([rule({ matches: [pattern('.+')] })]), route([rule()], { name: 'other' })])).toEqual([]);
  });

  test('is fine alone, or on a hostname of its own', () => {
    expect(inYaml([route([everything, rule()])])).toEqual([]);
    expect(inYaml([route([everything], { hostnames: ['one.example.com'] }), route([rule()], { name: 'other' })])).toEqual([]);
  });

  test('our own catch-all is a pattern', () => {
    expect(inProgram(({ gateway: g, a, b }) => { g.addModel('m', a.model()); g.addCatchAll(b.model()); })).toEqual([]);
  });
});
