import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { heededIn } from './heeded';
import { EDGY_NUMBERS, EDGY_TEXTS } from './texts';
import { Program } from '../program';

/** Replaces one value of a program by one that may be too much, so that what refuses it is tried as well. */
export interface Spoil {
  readonly at: number;
  readonly with: number;
}

export const spoil: fc.Arbitrary<Spoil> = fc.record({ at: fc.nat(100_000), with: fc.nat(10_000) });

/** What holds a program together, what TypeScript sees to, and what no construct gets to see. */
const PROTECTED = new Set([
  'kind', 'form', 'by', 'on', 'id', 'chart', 'api', 'audit', 'front', 'patches', 'provider', 'gateway', 'gateways', 'platform', 'setup', 'complete', 'levels', 'vendor', 'charts', 'providers', 'routes', 'raws',
  'policyPoints',
]);
/** Lists that hold constructs are left as they are; what is in them is not. */
const WALKED = new Set(['charts', 'providers', 'gateways', 'routes', 'raws', 'policyPoints']);

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

export function spoiled(program: Program, { at, with: choice }: Spoil): Program {
  const heeded = heededIn(program);
  const leaves = leavesOf(program, []).filter(({ path }) => heeded(path));
  const { path, value } = leaves[at % leaves.length];
  const texts = leaves.map(leaf => leaf.value).filter(text => typeof text === 'string');
  let by: unknown;
  for (let next = choice; by === undefined || isDeepStrictEqual(by, value); next++) by = changed(value, next, texts);
  return replaced(program, path, by) as Program;
}

function leavesOf(value: unknown, path: readonly (string | number)[]): Leaf[] {
  if (Array.isArray(value)) {
    const own = PROTECTED.has(String(path.at(-1))) || value.length === 0 ? [] : [{ path, value }];
    return [...own, ...value.flatMap((item, index) => leavesOf(item, [...path, index]))];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      (PROTECTED.has(key) && !(WALKED.has(key) && path.length === 0) ? [] : leavesOf(inner, [...path, key])));
  }
  return value === undefined ? [] : [{ path, value }];
}

function changed(value: unknown, choice: number, texts: readonly string[]): unknown {
  switch (typeof value) {
    // One of three is what another property says, such as a name that is taken.
    case 'string': return choice % 3 === 0 ? texts[choice % texts.length] : EDGY_TEXTS[choice % EDGY_TEXTS.length];
    case 'number': return EDGY_NUMBERS[choice % EDGY_NUMBERS.length];
    case 'boolean': return !value;
    default: return manyOf(value as readonly unknown[], choice);
  }
}

const COUNTS = [0, 1, 2, 15, 16, 17, 64, 65, 128, 129];

/** Texts stay different from each other: how many there are is one question, whether they repeat another. */
function manyOf(list: readonly unknown[], choice: number): readonly unknown[] {
  return Array.from({ length: COUNTS[choice % COUNTS.length] }, (_, index) => {
    const item = list[index % list.length];
    return typeof item === 'string' && index >= list.length && choice % 3 > 0 ? `${item}-${index}` : item;
  });
}

function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  if (path.length === 0) return by;
  const [step, ...rest] = path;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
  return { ...(value as object), [step]: replaced((value as { readonly [key: string]: unknown })[step], rest, by) };
}
