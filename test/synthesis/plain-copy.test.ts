import { ApiObject, App, Chart, Lazy, Testing } from 'cdk8s';
import { NOT_PLAIN, plainCopy } from '../../src/synthesis/plain-copy';

/** What cdk8s itself makes of a spec. */
function byCdk8s(spec: unknown): unknown {
  const object = new ApiObject(new Chart(Testing.app(), 'chart'), 'object', { apiVersion: 'v1', kind: 'Test', spec } as any);
  return object.toJson().spec;
}

test.each<[string, unknown]>([
  ['nested data', { b: [{ y: 1, x: 'a' }, true, -0.5], a: { '10': 'ten', '9': 'nine', 'z': {} } }],
  ['absent values', { a: null, b: undefined, c: [null, undefined, 0], d: '', e: false }],
  ['empty lists and maps', { a: [], b: {}, c: [[]] }],
  ['odd keys', { 'toString': 'y', 'a.b/c': 'z', '': 'empty' }],
])('%s are copied as cdk8s copies them, in the same order', (_, spec) => {
  expect(JSON.stringify(plainCopy(spec))).toBe(JSON.stringify(byCdk8s(spec)));
  expect(plainCopy(spec)).toEqual(byCdk8s(spec));
});

test.each<[string, unknown]>([
  ['a lazy value', { a: Lazy.any({ produce: () => 1 }) }],
  ['a token', { a: [{ resolve: () => 1 }] }],
  ['a class instance', { a: new Date(0) }],
  ['a function', { a: () => 1 }],
  ['a field that hides the constructor', { a: { constructor: 'x' } }],
  ['an own __proto__', JSON.parse('{"a":{"__proto__":{"b":1}}}')],
])('%s is left to cdk8s', (_, spec) => {
  expect(plainCopy(spec)).toBe(NOT_PLAIN);
});

test('the copy shares nothing with its source', () => {
  const source = { a: [{ b: 1 }] };
  const copy = plainCopy(source) as typeof source;
  copy.a[0].b = 2;
  expect(source.a[0].b).toBe(1);
});

test('an app with a resolver of its own keeps it', () => {
  const app = new App({ resolvers: [{ resolve: context => { if (context.value === 'openai') context.replaceValue('replaced'); } }] });
  const { AIGateway, ApiKey, OpenAIProvider } = jest.requireActual('../../src');
  const chart = new Chart(app, 'ai', { namespace: 'ai' });
  new AIGateway(chart, 'gateway').addModel('m', new OpenAIProvider(chart, 'p', { apiKey: ApiKey.fromSecretName('openai') }).model());
  expect(JSON.stringify(Testing.synth(chart))).toContain('"secretRef":{"name":"replaced"}');
});
