import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import { EMPTY_SPLIT, NOT_EXPRESSIBLE, OUT_OF_RANGE } from '../codes';

/** Gateway API and Envoy refuse larger ones. */
export const MOST_WEIGHT = 1_000_000;

/** Deep enough for any plan of traffic, and far from the end of the stack. */
export const DEEPEST_SPLIT = 32;

export function isWeight(weight: unknown): boolean {
  return isLate(weight) || (Number.isInteger(weight) && Number(weight) >= 0 && Number(weight) <= MOST_WEIGHT);
}

/** Known only at synthesis. */
export function isLate(weight: unknown): boolean {
  return (typeof weight === 'object' && weight !== null) || isToken(weight);
}

export function lcm(a: number, b: number): number {
  return a / gcd(a, b) * b;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

export function badWeight(prop: string, weight: unknown): Problem {
  return {
    definition: OUT_OF_RANGE,
    prop,
    message: 'gives a member of a split a weight that is not a whole number from 0 to 1000000',
    value: weight ?? null,
    fix: 'use whole numbers in that range with the same proportions, such as 9 and 1',
  };
}

export function lateWeight(prop: string): Problem {
  return {
    definition: OUT_OF_RANGE,
    prop,
    message: 'has a split inside a split, whose weights must be known now to be multiplied',
    fix: 'give numbers, or make it one split',
  };
}

export function lostShare(prop: string): Problem {
  return {
    definition: OUT_OF_RANGE,
    prop,
    message: 'gives traffic to an inner split whose weights are all 0, so its share would go to the other members',
    fix: 'give a member of the inner split a weight above 0, or the inner split the weight 0',
  };
}

export function emptySplit(prop: string): Problem {
  return { definition: EMPTY_SPLIT, prop, message: 'is a split without members', fix: 'give Traffic.split() at least one target' };
}

export function tooDeep(prop: string): Problem {
  return { definition: NOT_EXPRESSIBLE, prop, message: `has more than ${DEEPEST_SPLIT} splits inside each other`, fix: 'make it one split' };
}
