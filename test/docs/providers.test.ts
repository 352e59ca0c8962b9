import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as library from '../../src';
import { Vendor } from '../../src';

const guide = readFileSync(join(__dirname, '../../docs/providers.md'), 'utf8');

/** The cells of the first table below a heading, without its head. */
function table(heading: string): string[][] {
  const [, section] = guide.split(`\n## ${heading}\n`);
  const [lines] = /(^\|.*\n)+/m.exec(section)!;
  return lines.trim().split('\n').slice(2).map(line => line.split('|').slice(1, -1).map(cell => cell.trim().replace(/`/g, '')));
}

test('the guide lists every vendor with its host and path', () => {
  const vendors = Object.entries(Vendor).filter((entry): entry is [string, Vendor] => entry[1] instanceof Vendor);
  expect(table('Vendors')).toEqual(vendors.map(([name, vendor]) => [name, vendor.hostname, vendor.pathPrefix ?? '/v1']));
});

test('the guide lists every class of providers', () => {
  const classes = Object.entries(library).filter(([name, value]) => name.endsWith('Provider') && typeof value === 'function').map(([name]) => name);
  expect(table('Kinds').map(([name]) => name).sort()).toEqual(classes.sort());
});
