import { Lazy } from 'cdk8s';
import { composedText } from '../../src/synthesis/composed-text';

const late = (value: unknown) => Lazy.any({ produce: () => value });
const host = (region: unknown) => composedText([region, 'example.com'], (r, domain) => `${r}.${domain}`) as any;

test('texts are composed at once, tokens of other tools as they stand', () => {
  expect(host('us')).toBe('us.example.com');
  expect(host('${Token[TOKEN.1]}')).toBe('${Token[TOKEN.1]}.example.com');
});

test('a value cdk8s resolves later makes the text late, also when it resolves to another one', () => {
  expect(host(late('us')).produce()).toBe('us.example.com');
  expect(host(late(late('eu'))).produce()).toBe('eu.example.com');
});

test('a late value that is no text leaves the field out, so that it is found missing', () => {
  expect(host(late(7)).produce()).toBeUndefined();
});

test.each([undefined, null, 7, {}, { resolve: () => 'us' }, []])('no text can be made of %p', value => {
  expect(host(value)).toBeUndefined();
});
