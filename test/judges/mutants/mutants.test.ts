import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from './mutants';

const src = join(__dirname, '../../../src');

/** `npm run test:mutants` takes long and is run on demand; that its changes can be made is known at once. */
test.each(MUTANTS)('$name: its text is there once, and is changed', ({ file, find, replace }) => {
  expect(readFileSync(join(src, file), 'utf8').split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
});

test('every mutant has a name of its own and somebody to notice it', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.filter(({ judges }) => judges.length === 0)).toEqual([]);
});
