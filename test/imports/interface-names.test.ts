import type { CrdSchema } from '../../scripts/imports/crd';
import { nameObjects, singular } from '../../scripts/imports/interface-names';
import { toShape } from '../../scripts/imports/shape';

function namesOf(properties: { readonly [name: string]: CrdSchema }): string[] {
  const spec = toShape({ type: 'object', properties }, 'Toy.spec', () => false);
  if (spec.is !== 'object') {
    throw new Error('the fixture is an object');
  }
  return [...nameObjects('Toy', spec).objects.keys()];
}

function object(...fields: string[]): CrdSchema {
  return { type: 'object', properties: Object.fromEntries(fields.map((field) => [field, { type: 'string' }])) };
}

function list(items: CrdSchema): CrdSchema {
  return { type: 'array', items };
}

test('a name follows the path, in the singular for items of lists and maps', () => {
  const rule: CrdSchema = { type: 'object', properties: { matches: list(object('a')) } };
  expect(namesOf({ rules: list(rule), limits: { type: 'object', additionalProperties: object('b') } }))
    .toEqual(['ToySpec', 'ToyRule', 'ToyLimit', 'ToyRuleMatch']);
});

test('equal objects under an equal field name share an interface named after that field', () => {
  const withRef: CrdSchema = { type: 'object', properties: { secretRef: object('name') } };
  expect(namesOf({ first: withRef, second: withRef })).toEqual(['ToySpec', 'ToyFirst', 'ToySecond', 'ToySecretRef']);
});

test('different objects under an equal field name stay apart', () => {
  const a: CrdSchema = { type: 'object', properties: { ref: object('name') } };
  const b: CrdSchema = { type: 'object', properties: { ref: object('name', 'port') } };
  expect(namesOf({ a, b })).toEqual(['ToySpec', 'ToyA', 'ToyB', 'ToyARef', 'ToyBRef']);
});

test('a list keeps its plural next to a single field of the same word', () => {
  expect(namesOf({ refs: list(object('name', 'weight')), ref: object('name') })).toEqual(['ToySpec', 'ToyRef', 'ToyRefs']);
});

test('a name that two different objects would get is refused', () => {
  const tls: CrdSchema = { type: 'object', properties: { caRef: object('a') } };
  expect(() => namesOf({ tls, tlsCaRef: object('b'), tlsCa: { type: 'object', properties: { ref: object('c') } } }))
    .toThrow('ToyTlsCaRef: two different objects of Toy get this name');
});

test.each([
  ['Rules', 'Rule'],
  ['Matches', 'Match'],
  ['Addresses', 'Address'],
  ['Policies', 'Policy'],
  ['Timeouts', 'Timeout'],
  ['Class', 'Class'],
  ['Env', 'Env'],
])('the singular of %s is %s', (plural, expected) => {
  expect(singular(plural)).toBe(expected);
});
