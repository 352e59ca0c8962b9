import { Problem } from '../../findings/finding';
import { ModelTargetIntent, SplitIntent, TargetIntent } from '../../intent';
import { NOT_EXPRESSIBLE } from '../codes';
import { badWeight, DEEPEST_SPLIT, emptySplit, isLate, isWeight, lateWeight, lcm, lostShare, tooDeep } from '../declared/weights';

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

function flatten(target: TargetIntent, prop: string, problems: Problem[], depth = 0): LevelMember[][] {
  if (depth > DEEPEST_SPLIT) {
    problems.push(tooDeep(prop));
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
    problems.push(emptySplit(prop));
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
    problems.push(...bad.map(({ weight }) => badWeight(prop, weight)));
    // What is computed from a bad weight would only be told again.
    return parts.flatMap(({ level }) => level.map(({ target }) => ({ target, weight: 1 })));
  }
  if (parts.some(({ level }) => level.some(isWeighted))) return multiplied(parts, prop, problems);
  return parts.flatMap(({ weight, level }) => level.map(({ target }) => ({ target, weight })));
}

/** Members of an inner split share the outer weight; a common factor keeps all weights whole. */
function multiplied(parts: readonly Part[], prop: string, problems: Problem[]): LevelMember[] {
  if (parts.some(({ weight, level }) => isLate(weight) || level.some(member => isLate(member.weight)))) {
    problems.push(lateWeight(prop));
    return parts.flatMap(({ level }) => level.map(({ target }) => ({ target, weight: 1 })));
  }
  if (parts.some(({ weight, level }) => weight > 0 && level.some(isWeighted) && total(level) === 0)) {
    problems.push(lostShare(prop));
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

function isWeighted(member: LevelMember): boolean {
  return member.weight !== undefined;
}

function total(level: readonly LevelMember[]): number {
  return level.reduce((sum, member) => sum + (member.weight ?? 1), 0);
}
