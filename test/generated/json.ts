import { Program } from './program';

/** JSON has no words for these. */
const NUMBERS: readonly (readonly [number, string])[] = [[NaN, 'NaN'], [Infinity, 'Infinity'], [-Infinity, '-Infinity']];

/** A program as text, to be read, kept and read again. */
export function printed(program: Program): string {
  return JSON.stringify(program, (_, value: unknown) => {
    const known = NUMBERS.find(([number]) => Object.is(number, value));
    return known ? { number: known[1] } : value;
  }, 2) + '\n';
}

export function parsed(text: string): Program {
  return JSON.parse(text, (_, value: { readonly number?: string } | null) => {
    if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'number') return value;
    return NUMBERS.find(([, name]) => name === value.number)?.[0] ?? value;
  }) as Program;
}
