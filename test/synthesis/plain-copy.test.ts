import { ApiObject, App, Chart, Lazy, Testing } from 'cdk8s';
import { NOT_PLAIN, plainCopy, plainMetadata } from '../../src/synthesis/plain-copy';

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

describe('metadata', () => {
  const object = (metadata: object, chart = new Chart(Testing.app(), 'chart', { namespace: 'ai', labels: { app: 'x' } })) =>
    new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'Test', metadata });

  test.each<[string, object]>([
    ['a name', { name: 'a' }],
    ['labels and annotations', { name: 'a', namespace: 'b', labels: { z: '1', a: '2' }, annotations: { 'x/y': 'z' } }],
    ['empty maps', { name: 'a', labels: {}, annotations: {} }],
  ])('with %s is copied as cdk8s copies it, in the same order', (_, metadata) => {
    for (const chart of [undefined, new Chart(Testing.app(), 'bare')]) {
      const { metadata: definition } = object(metadata, chart);
      expect(JSON.stringify(plainMetadata(definition))).toBe(JSON.stringify(definition.toJson()));
    }
  });

  test('changed later is copied as it is then', () => {
    const { metadata } = object({ name: 'a' });
    metadata.addLabel('b', 'c');
    metadata.addAnnotation('d', 'e');
    expect(JSON.stringify(plainMetadata(metadata))).toBe(JSON.stringify(metadata.toJson()));
  });

  test('with anything else is left to cdk8s', () => {
    const finalizers = object({ name: 'a' });
    finalizers.metadata.addFinalizers('x');
    const other = object({ name: 'a' });
    other.metadata.add('generateName', 'b');
    const lazy = object({ name: 'a', labels: { a: Lazy.any({ produce: () => 'b' }) } });
    expect([finalizers, other, lazy].map(o => plainMetadata(o.metadata))).toEqual([NOT_PLAIN, NOT_PLAIN, NOT_PLAIN]);
  });
});

test('maps without prototype, as parsers make them, are copied', () => {
  const map = Object.assign(Object.create(null), { b: 1, a: 'x' });
  expect(plainCopy({ map })).toEqual({ map: { a: 'x', b: 1 } });
});
