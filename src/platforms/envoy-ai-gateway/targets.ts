import { Problem } from '../../findings/finding';
import { ModelTargetIntent, TargetIntent } from '../../intent';
import { EMPTY_SPLIT, NOT_EXPRESSIBLE } from '../codes';

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

function flatten(target: TargetIntent, prop: string, problems: Problem[]): LevelMember[][] {
  switch (target.kind) {
    case 'model':
      return [[{ target }]];
    case 'fallback':
      return target.levels.flatMap(level => flatten(level, prop, problems));
    case 'split':
      return [split(target.members, prop, problems)];
  }
}

function split(members: readonly { readonly target: TargetIntent; readonly weight: number }[], prop: string, problems: Problem[]): LevelMember[] {
  if (members.length === 0) {
    problems.push({ definition: EMPTY_SPLIT, prop, message: 'is a split without members', fix: 'give Traffic.split() at least one target' });
  }
  const parts = members.map(member => {
    const levels = flatten(member.target, prop, problems);
    if (levels.length > 1) {
      problems.push({
        definition: NOT_EXPRESSIBLE,
        prop,
        message: 'splits traffic over targets that have fallbacks of their own, which a rule cannot say: its levels hold for all members',
        fix: 'call fallbackTo() on the split: Traffic.split([...]).fallbackTo(...)',
      });
    }
    return { weight: member.weight, level: levels[0] ?? [] };
  });
  // Members of an inner split share the outer weight; a common factor keeps all weights whole.
  const factor = parts.map(part => (part.level.some(m => m.weight !== undefined) ? total(part.level) : 1)).reduce(lcm, 1);
  return parts.flatMap(({ weight, level }) => level.map(member => member.weight === undefined
    ? { target: member.target, weight: factor === 1 ? weight : weight * factor }
    : { target: member.target, weight: weight * member.weight * (factor / total(level)) }));
}

function total(level: readonly LevelMember[]): number {
  return level.reduce((sum, member) => sum + (member.weight ?? 1), 0) || 1;
}

function lcm(a: number, b: number): number {
  return a / gcd(a, b) * b;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
