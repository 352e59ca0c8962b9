import type { CrdSchema } from '../../scripts/imports/crd';
import { SchemaPool } from '../../scripts/imports/schema-pool';

test('equal schemas are stored once, whatever their descriptions and the order of their fields', () => {
  const pool = new SchemaPool();
  const first = pool.add({ type: 'object', required: ['b', 'a'], properties: { a: { type: 'string' }, b: { type: 'integer' } } }, 'first');
  const second = pool.add({
    type: 'object',
    required: ['a', 'b'],
    properties: { b: { type: 'integer' }, a: { type: 'string', description: 'A name.' } as CrdSchema },
  }, 'second');
  expect(second).toBe(first);
  expect(pool.nodes).toEqual([{ t: 'string' }, { t: 'integer' }, { t: 'object', p: { a: 0, b: 1 }, r: ['a', 'b'] }]);
});

test('schemas that differ in one limit share everything else', () => {
  const pool = new SchemaPool();
  const rule: CrdSchema = { type: 'object', properties: { name: { type: 'string' } } };
  pool.add({ type: 'array', items: rule, maxItems: 128 }, 'older');
  pool.add({ type: 'array', items: rule, maxItems: 15 }, 'newer');
  expect(pool.nodes.slice(2)).toEqual([{ t: 'array', i: 1, maxItems: 128 }, { t: 'array', i: 1, maxItems: 15 }]);
});

test.each<[string, CrdSchema, object]>([
  ['pattern, format and lengths', { type: 'string', pattern: '^a', format: 'byte', minLength: 1, maxLength: 9 },
    { t: 'string', x: '^a', f: 'byte', minLength: 1, maxLength: 9 }],
  ['zero as a limit and false as a default', { type: 'integer', minimum: 0, default: false }, { t: 'integer', d: false, minimum: 0 }],
  ['integer or string', { 'x-kubernetes-int-or-string': true, 'anyOf': [{ type: 'integer' }, { type: 'string' }], 'pattern': '^1' },
    { o: true, x: '^1' }],
  ['a CEL rule that is a pattern', { 'type': 'string', 'x-kubernetes-validations': [{ rule: "self.matches('^[a-z]+$')" }, { rule: 'self != "x"' }] }, { t: 'string', all: [0] }],
  ['an enum stated twice', { type: 'string', allOf: [{ enum: ['A', 'B'] }, { enum: ['B'] }] }, { t: 'string', e: ['B'] }],
  ['an open nullable object', { 'type': 'object', 'nullable': true, 'x-kubernetes-preserve-unknown-fields': true }, { t: 'object', u: true, n: true }],
])('keeps %s', (_, schema, expected) => {
  const pool = new SchemaPool();
  expect(pool.nodes[pool.add(schema, 'Toy')]).toEqual(expected);
});

test('keeps list keys and sets, and drops atomic', () => {
  const pool = new SchemaPool();
  const items: CrdSchema = { type: 'string' };
  const [map, set, atomic] = [
    pool.add({ 'type': 'array', items, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }, 'map'),
    pool.add({ 'type': 'array', items, 'x-kubernetes-list-type': 'set' }, 'set'),
    pool.add({ 'type': 'array', items, 'x-kubernetes-list-type': 'atomic' }, 'atomic'),
  ].map((index) => pool.nodes[index]);
  expect(map).toEqual({ t: 'array', i: 0, k: ['name'] });
  expect(set).toEqual({ t: 'array', i: 0, s: true });
  expect(atomic).toEqual({ t: 'array', i: 0 });
});

test('keeps conditions as schemas of their own', () => {
  const pool = new SchemaPool();
  const root = pool.add({ type: 'object', oneOf: [{ required: ['a'] }, { required: ['b'] }], not: { required: ['c'] } }, 'Toy');
  expect(pool.nodes[root]).toEqual({ t: 'object', one: [0, 1], not: 2 });
  expect(pool.nodes.slice(0, 3)).toEqual([{ r: ['a'] }, { r: ['b'] }, { r: ['c'] }]);
});

test('metadata and status of a whole object are open', () => {
  const pool = new SchemaPool();
  const root = pool.addRoot({
    type: 'object',
    properties: { metadata: { type: 'object' }, spec: { type: 'object' }, status: { type: 'object', properties: { phase: { type: 'string' } } } },
  }, 'Toy');
  const { metadata, status } = pool.nodes[root]?.p ?? {};
  expect(metadata).toBe(status);
  expect(pool.nodes[metadata ?? -1]).toEqual({ t: 'object', u: true });
});

test('a keyword without a compact form is refused with its place', () => {
  const schema = { type: 'object', properties: { size: { type: 'integer', multipleOf: 2 } } } as CrdSchema;
  expect(() => new SchemaPool().add(schema, 'Toy')).toThrow("Toy.size: keyword 'multipleOf' has no compact form");
});
