import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { SHAPES } from '../src/generated/shapes';
import { forConstruct } from '../src/inputs';
import { asNumber, asString, hasToken, isDamaged, outputOf, partsOf } from '../src/tokens';

const assembly = JSON.parse(readFileSync(join(__dirname, '../../../.jsii'), 'utf8'));

test('every text and number of a struct that stands in a manifest takes an Output, and no switch does', () => {
  for (const [struct, shapes] of Object.entries(SHAPES)) {
    for (const [field, shape] of Object.entries(shapes)) {
      const value = pulumi.output('x');
      if (shape === 's' || shape === 'n') {
        expect([struct, field, hasToken(forConstruct<any>('', '', `#${struct}`, { [field]: value })[field])]).toEqual([struct, field, true]);
      } else {
        expect(() => forConstruct('', '', `#${struct}`, { [field]: value })).toThrow(`'${field}' decides what is made`);
      }
    }
  }
});

test('shapes name structs that exist', () => {
  const known = new Set(Object.values<any>(assembly.types).filter(type => type.datatype).map(type => type.name));
  const named = Object.values(SHAPES).flatMap(shapes => Object.values(shapes)).flatMap(shape => /#(\w+)/.exec(shape!)?.[1] ?? []);
  expect(named.filter(name => !known.has(name) || !(name in SHAPES))).toEqual([]);
});

describe('tokens', () => {
  const output = pulumi.output('x');
  const text = asString(output);
  const number = asNumber(pulumi.output(7));

  test('are the same for the same Output', () => expect(asString(output)).toBe(text));
  test.each([[() => asString(undefined as never), 'asString() takes text or an Output of it, got undefined'], [() => asNumber('1' as never), 'asNumber() takes a number or an Output of it, got "1"']])(
    'are made of Outputs alone', (make, message) => expect(make).toThrow(message));
  test('of texts pass as names of hosts', () => {
    expect(text).toMatch(/^[a-z][a-z0-9]{5,30}$/);
    expect(new URL(`https://${text}.example.com/`).hostname).toBe(`${text}.example.com`);
  });
  test.each([JSON.stringify([number]), `${number}`, number.toFixed(0)])('of numbers are found in %p', value => {
    expect(hasToken(value) || hasToken(Number(value))).toBe(true);
  });
  test('of numbers are whole numbers', () => expect([Number.isInteger(number), outputOf(number)]).toEqual([true, expect.anything()]));
  test.each([[text, false], [`a-${text}-b`, false], [text.toUpperCase(), true], [text.slice(0, -1), true], [number, false], [number * 2, true], [number + 1, true], [number - 443, true], [-number, true], [3, false], [2 ** 63, false], [-(2 ** 63), false], [Number.MIN_SAFE_INTEGER, false], ['plain', false]])(
    '%p is damaged: %p', (value, damaged) => expect(isDamaged(value)).toBe(damaged));
  test('side by side are told apart', () => {
    const [a, b] = [asString(pulumi.output('a')), asString(pulumi.output('b'))];
    expect(partsOf(`${a}${b}1`).map(part => typeof part)).toEqual(['string', 'object', 'string', 'object', 'string']);
  });
});
