import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interpret } from '../interpret';
import { Program } from '../program';

/** Whether anybody reads what stands at a path of a program. Much of a description is for other kinds. */
export type Heeded = (path: readonly (string | number)[]) => boolean;

export function heededIn(program: Program): Heeded {
  const read = new Set<string>();
  const folder = mkdtempSync(join(tmpdir(), 'heeded-'));
  try {
    interpret(watched(program, '', read), folder);
  } catch {
    // That it cannot be made is found when it is judged.
  } finally {
    rmSync(folder, { recursive: true });
  }
  return path => read.has(path.map(step => `/${step}`).join(''));
}

function watched<T>(value: T, path: string, read: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key): unknown {
      const inner: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol') return inner;
      read.add(`${path}/${key}`);
      return watched(inner, `${path}/${key}`, read);
    },
  });
}
