import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsed, printed } from './json';
import { Program } from './program';

/** Programs that once showed a bug. They are judged first, and stay. */
const FOLDER = join(__dirname, 'kept');

export interface KeptProgram {
  readonly name: string;
  readonly program: Program;
}

export function keptPrograms(): KeptProgram[] {
  return readdirSync(FOLDER).filter(name => name.endsWith('.json')).sort()
    .map(name => ({ name: name.slice(0, -'.json'.length), program: parsed(readFileSync(join(FOLDER, name), 'utf8')) }));
}

/** @returns the path of the file, which is to be given a name that says what is wrong */
export function keep(program: Program): string {
  const text = printed(program);
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `new-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`);
  writeFileSync(file, text);
  return file;
}
