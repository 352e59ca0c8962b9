import type { CrdSchema } from '../../scripts/imports/crd';
import { mergeShapes, toShape, type Field, type Shape } from '../../scripts/imports/shape';

const prunesNothing = () => false;

function shapeOf(schema: CrdSchema): Shape {
  return toShape(schema, 'Toy.spec', prunesNothing);
}

function merge(a: CrdSchema, b: CrdSchema): Shape {
  return mergeShapes(shapeOf(a), shapeOf(b), 'Toy.spec');
}

function object(fields: { readonly [name: string]: Field }): Shape {
  return { is: 'object', fields: new Map(Object.entries(fields)), open: false };
}

const text: Shape = { is: 'scalar', types: ['string'] };
const count: Shape = { is: 'scalar', types: ['number'] };

describe('reading a shape', () => {
  test.each<[string, CrdSchema, Shape]>([
    ['an integer', { type: 'integer', format: 'int32' }, count],
    ['integer or string', { 'x-kubernetes-int-or-string': true, 'anyOf': [{ type: 'integer' }, { type: 'string' }] },
      { is: 'scalar', types: ['number', 'string'] }],
    ['an enum', { type: 'string', enum: ['A', "it's"] }, { is: 'scalar', types: ["'A'", "'it\\'s'"] }],
    ['an enum of numbers', { type: 'integer', enum: [301, 302] }, { is: 'scalar', types: ['301', '302'] }],
    ['an enum stated twice', { type: 'string', allOf: [{ enum: ['A', 'B'] }, { enum: ['B', 'C'] }] }, { is: 'scalar', types: ["'B'"] }],
    ['any value', { 'x-kubernetes-preserve-unknown-fields': true }, { is: 'unknown' }],
    ['an object without described fields', { type: 'object' }, { is: 'map', values: { is: 'unknown' } }],
    ['a map', { type: 'object', additionalProperties: { type: 'string' } }, { is: 'map', values: text }],
    ['a list', { type: 'array', items: { type: 'string' } }, { is: 'array', items: text }],
  ])('knows %s', (_, schema, expected) => {
    expect(shapeOf(schema)).toEqual(expected);
  });

  test('a required field with a default may be left out', () => {
    const schema: CrdSchema = {
      type: 'object',
      required: ['kind', 'name'],
      properties: { kind: { type: 'string', default: 'Toy' }, name: { type: 'string' } },
    };
    expect(shapeOf(schema)).toEqual(object({ kind: { shape: text, required: false }, name: { shape: text, required: true } }));
  });

  test('a pruned path is unknown, also inside a list', () => {
    const schema: CrdSchema = {
      type: 'object',
      properties: { parts: { type: 'array', items: { type: 'object', properties: { deep: { type: 'string' } } } } },
    };
    const shape = toShape(schema, 'Toy.spec', (path) => path === 'Toy.spec.parts[].deep');
    const item = object({ deep: { shape: { is: 'unknown' }, required: false } });
    expect(shape).toEqual(object({ parts: { shape: { is: 'array', items: item }, required: false } }));
  });
});

describe('merging releases', () => {
  test('a field of one release is there and optional', () => {
    const older: CrdSchema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
    const newer: CrdSchema = { type: 'object', required: ['name', 'size'], properties: { ...older.properties, size: { type: 'integer' } } };
    const expected = object({ name: { shape: text, required: true }, size: { shape: count, required: false } });
    expect(merge(older, newer)).toEqual(expected);
    expect(merge(newer, older)).toEqual(expected);
  });

  test('a field that one release does not require is optional', () => {
    const strict: CrdSchema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
    const lax: CrdSchema = { type: 'object', properties: { name: { type: 'string' } } };
    expect(merge(strict, lax)).toEqual(object({ name: { shape: text, required: false } }));
  });

  test('enums are united', () => {
    expect(merge({ type: 'string', enum: ['A', 'B'] }, { type: 'string', enum: ['B', 'C'] })).toEqual({ is: 'scalar', types: ["'A'", "'B'", "'C'"] });
  });

  test('a release without the enum takes any string', () => {
    expect(merge({ type: 'string', enum: ['A'] }, { type: 'string' })).toEqual(text);
    expect(merge({ type: 'integer', enum: [1] }, { type: 'integer' })).toEqual(count);
  });

  test('what one release leaves open is unknown', () => {
    expect(merge({ type: 'string' }, { 'x-kubernetes-preserve-unknown-fields': true })).toEqual({ is: 'unknown' });
  });

  test('releases that disagree about the structure are refused with the path', () => {
    const list: CrdSchema = { type: 'object', properties: { refs: { type: 'array', items: { type: 'string' } } } };
    const single: CrdSchema = { type: 'object', properties: { refs: { type: 'string' } } };
    expect(() => merge(list, single)).toThrow('Toy.spec.refs: releases disagree, array and scalar');
  });
});
