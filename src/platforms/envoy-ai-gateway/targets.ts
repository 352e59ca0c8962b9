import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import { ModelTargetIntent, SplitIntent, TargetIntent } from '../../intent';
import { EMPTY_SPLIT, NOT_EXPRESSIBLE, OUT_OF_RANGE } from '../codes';

/** A provider's model and its share of the level. */
export interface LevelMember {
  readonly target: ModelTargetIntent;
  /** Unset where the level has one member. */
  readonly weight?: number;
}

/** Members by level, in the order in which levels are tried. */
export type Levels = readonly (readonly LevelMember[])[];

/**
 * What a rule of this platform can say: levels (priorities), and weights inside a
 * level. A split whose members have fallbacks of their own is not among them.
 */
export function flattenTarget(target: TargetIntent, prop: string): { levels: Levels; problems: Problem[] } {
  const problems: Problem[] = [];
  const levels = flatten(target, prop, problems);
  return { levels, problems };
}

/** Deep enough for any plan of traffic, and far from the end of the stack. */
const DEEPEST = 32;

function flatten(target: TargetIntent, prop: string, problems: Problem[], depth = 0): LevelMember[][] {
  if (depth > DEEPEST) {
    problems.push({ definition: NOT_EXPRESSIBLE, prop, message: `has more than ${DEEPEST} splits inside each other`, fix: 'make it one split' });
    return [];
  }
  switch (target.kind) {
    case 'model':
      return [[{ target }]];
    case 'fallback':
      return target.levels.flatMap(level => flatten(level, prop, problems, depth + 1));
    case 'split':
      return [split(target.members, prop, problems, depth + 1)];
  }
}

function split(members: SplitIntent['members'], prop: string, problems: Problem[], depth: number): LevelMember[] {
  if (members.length === 0) {
    problems.push({ definition: EMPTY_SPLIT, prop, message: 'is a split without members', fix: 'give Traffic.split() at least one target' });
  }
  const parts = members.map(member => {
    const levels = flatten(member.target, prop, problems, depth);
    if (levels.length > 1) {
      problems.push({
        definition: NOT_EXPRESSIBLE,
        prop,
        message: 'splits traffic over targets that have fallbacks of their own, which a rule of Envoy AI Gateway cannot say: its levels hold for all members',
        fix: 'call fallbackTo() on the split: Traffic.split([...]).fallbackTo(...)',
      });
    }
    return { weight: member.weight, level: levels[0] ?? [] };
  });
  const bad = parts.filter(({ weight }) => !isWeight(weight));
  if (bad.length > 0) {
    problems.push(...bad.map(({ weight }) => ({
      definition: OUT_OF_RANGE,
      prop,
      message: 'gives a member of a split a weight that is not a whole number from 0 to 1000000',
      value: weight ?? null,
      fix: 'use whole numbers in that range with the same proportions, such as 9 and 1',
    })));
    // What is computed from a bad weight would only be told again.
    return parts.flatMap(({ level }) => level.map(({ target }) => ({ target, weight: 1 })));
  }
  if (parts.some(({ level }) => level.some(isWeighted))) return multiplied(parts, prop, problems);
  return parts.flatMap(({ weight, level }) => level.map(({ target }) => ({ target, weight })));
}

/** Members of an inner split share the outer weight; a common factor keeps all weights whole. */
function multiplied(parts: readonly Part[], prop: string, problems: Problem[]): LevelMember[] {
  if (parts.some(({ weight, level }) => isLate(weight) || level.some(member => isLate(member.weight)))) {
    problems.push({
      definition: OUT_OF_RANGE,
      prop,
      message: 'has a split inside a split, whose weights must be known now to be multiplied',
      fix: 'give numbers, or make it one split',
    });
    return parts.flatMap(({ level }) => level.map(({ target }) => ({ target, weight: 1 })));
  }
  if (parts.some(({ weight, level }) => weight > 0 && level.some(isWeighted) && total(level) === 0)) {
    problems.push({
      definition: OUT_OF_RANGE,
      prop,
      message: 'gives traffic to an inner split whose weights are all 0, so its share would go to the other members',
      fix: 'give a member of the inner split a weight above 0, or the inner split the weight 0',
    });
  }
  const factor = parts.map(({ level }) => (level.some(isWeighted) ? total(level) || 1 : 1)).reduce(lcm, 1);
  return parts.flatMap(({ weight, level }) => level.map(member => ({
    target: member.target,
    weight: member.weight === undefined ? weight * factor : weight * member.weight * (factor / (total(level) || 1)),
  })));
}

interface Part {
  readonly weight: number;
  readonly level: readonly LevelMember[];
}

/** Envoy refuses larger ones. */
const MOST_WEIGHT = 1_000_000;

function isWeight(weight: unknown): boolean {
  return isLate(weight) || (Number.isInteger(weight) && Number(weight) >= 0 && Number(weight) <= MOST_WEIGHT);
}

/** Known only at synthesis. */
function isLate(weight: unknown): boolean {
  return (typeof weight === 'object' && weight !== null) || isToken(weight);
}

function isWeighted(member: LevelMember): boolean {
  return member.weight !== undefined;
}

function total(level: readonly LevelMember[]): number {
  return level.reduce((sum, member) => sum + (member.weight ?? 1), 0);
}

function lcm(a: number, b: number): number {
  return a / gcd(a, b) * b;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
