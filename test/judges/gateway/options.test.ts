import { parseOptions } from './options';
import { World } from './world';

const scenario = (name: string) => ({ name, says: '', run: async () => {} });
const worlds: readonly World[] = [
  { name: 'a', providers: [], program: () => {}, scenarios: [scenario('a-one'), scenario('a-two')] },
  { name: 'b', providers: [], program: () => {}, scenarios: [scenario('b-one')] },
];

function chosen(...args: string[]): string[] {
  return parseOptions(args, worlds).chosen.map(({ name, scenarios }) => `${name}: ${scenarios.map(s => s.name).join(' ')}`);
}

test.each([
  ['everything', [], ['a: a-one a-two', 'b: b-one']],
  ['a world', ['--world', 'b'], ['b: b-one']],
  ['a scenario', ['--scenario', 'a-two'], ['a: a-two']],
  ['scenarios of two worlds', ['--scenario', 'a-one', '--scenario', 'b-one'], ['a: a-one', 'b: b-one']],
  ['npm\'s separator', ['--', '--world', 'a'], ['a: a-one a-two']],
])('%s', (_, args, expected) => {
  expect(chosen(...args)).toEqual(expected);
});

test.each([
  ['a scenario that does not exist', ['--scenario', 'c'], 'there is no scenario c; see --list'],
  ['a world that does not exist', ['--world', 'c'], 'there is no world c; see --list'],
  ['keeping two gateways', ['--keep'], '--keep leaves one gateway running; choose one with --world or --scenario'],
])('%s', (_, args, message) => {
  expect(() => chosen(...args)).toThrow(message);
});
