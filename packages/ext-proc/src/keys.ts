import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeySource } from '../../../src/policy';

const LONGEST_KEY = 16 * 1024;

/** What is in the folders of keys now: `<folder>/<name>`, as a mounted Secret has it. */
export function readKeys(root: string | undefined): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  if (root === undefined) return keys;
  for (const folder of names(root)) {
    for (const name of names(join(root, folder))) {
      const file = join(root, folder, name);
      if (!statSync(file).isFile() || statSync(file).size > LONGEST_KEY) continue;
      keys.set(`${folder}/${name}`, readFileSync(file, 'utf8').trim());
    }
  }
  return keys;
}

export function keySource(keys: ReadonlyMap<string, string>): KeySource {
  return (folder, name) => keys.get(`${folder}/${name}`);
}

/** Kubernetes keeps the versions of a mounted Secret under names that start with two dots. */
function names(folder: string): string[] {
  if (!statSync(folder).isDirectory()) return [];
  return readdirSync(folder).filter(name => !name.startsWith('..'));
}
