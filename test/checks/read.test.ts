import { at, duration } from '../../src/checks/read';
import { isBefore } from '../../src/checks/release';

test.each<[unknown, number | undefined]>([
  ['300s', 300_000], ['1m30s', 90_000], ['1h2m3s4ms', 3_723_004], ['0s', 0], ['99999ms', 99_999],
  ['1.5s', undefined], ['1d', undefined], ['123456s', undefined], ['1s1s1s1s1s', undefined], ['', undefined], [300, undefined], [undefined, undefined],
])('%j is %j milliseconds', (text, expected) => {
  expect(duration(text)).toBe(expected);
});

test('a path leads only through own fields of objects', () => {
  expect(at({ a: { b: 1 } }, 'a', 'b')).toBe(1);
  expect(at({ a: [{ b: 1 }] }, 'a', 'b')).toBeUndefined();
  expect(at({ a: {} }, 'a', 'constructor')).toBeUndefined();
  expect(at(null, 'a')).toBeUndefined();
});

test.each<[string | undefined, boolean]>([
  ['v0.6.0', true], ['v0.5.0', true], ['v0.7.0', false], ['v1.0.0', false], ['v0.10.1', false], [undefined, false], ['latest', false],
])('%s is before v0.7: %s', (release, expected) => {
  const releases: { [upstream: string]: string } = release === undefined ? {} : { 'envoy-ai-gateway': release };
  expect(isBefore({ platform: 'envoy-ai-gateway', label: '', releases }, 'envoy-ai-gateway', 'v0.7')).toBe(expected);
});
