import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCrdFolder } from '../../scripts/imports/crd-folder';
import type { Source } from '../../scripts/imports/sources';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crds-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function writeCrd(place: string, kind: string): void {
  mkdirSync(join(folder, place), { recursive: true });
  const spec = { group: 'toys.example.com', names: { kind }, scope: 'Namespaced', versions: [] };
  writeFileSync(join(folder, place, 'toys.example.com_toys.yaml'), JSON.stringify({ kind: 'CustomResourceDefinition', spec }));
}

const source: Source = { group: 'toys.example.com', product: 'toys', releases: ['v1.0.0', 'v1.1.0'], kinds: { Toy: 'toys' } };

test('releases come in pinned order, channels within a release', () => {
  for (const release of ['v1.1.0', 'v1.0.0']) {
    writeCrd(`toys/${release}/standard`, 'Toy');
    writeCrd(`toys/${release}/experimental`, 'Toy');
  }
  const [toy] = readCrdFolder(folder, [{ ...source, channels: ['standard', 'experimental'] }]);
  expect(toy?.releases.map(({ release }) => release))
    .toEqual(['v1.0.0/standard', 'v1.0.0/experimental', 'v1.1.0/standard', 'v1.1.0/experimental']);
});

test('a pinned release that is missing is an error', () => {
  writeCrd('toys/v1.0.0', 'Toy');
  expect(() => readCrdFolder(folder, [source])).toThrow(/pinned CRD file is missing: .*v1\.1\.0/);
});

test('a file that holds another kind is an error', () => {
  writeCrd('toys/v1.0.0', 'Doll');
  expect(() => readCrdFolder(folder, [source])).toThrow('expected toys.example.com Toy, got toys.example.com Doll');
});

test('a kind that came later is absent before, which is known', () => {
  writeCrd('toys/v1.1.0', 'Toy');
  const [toy] = readCrdFolder(folder, [{ ...source, since: { Toy: 'v1.1.0' } }]);
  expect(toy).toMatchObject({ before: ['v1.0.0'], releases: [{ release: 'v1.1.0' }] });
  expect(() => readCrdFolder(folder, [{ ...source, since: { Toy: 'v2.0.0' } }])).toThrow('Toy: v2.0.0 is not a pinned release');
});
