import { badWeight, DEEPEST_SPLIT, emptySplit, isLate, isWeight, lateWeight, lcm, lostShare, MOST_WEIGHT, tooDeep } from './weights';
import { Problem } from '../../findings/finding';
import { ModelTargetIntent, SplitIntent, TargetIntent } from '../../intent';
import { NOT_EXPRESSIBLE, OUT_OF_RANGE } from '../codes';

/** Levels that are tried in turn; the members of one level share its requests evenly. */
export interface Chain {
  /** Share of the traffic; unset where there is one chain only. */
  readonly weight?: number;
  readonly levels: readonly (readonly ModelTargetIntent[])[];
}

/** A chain and its share as a fraction, which stays exact through splits inside splits. */
interface Share {
  readonly count: number;
  readonly of: number;
  readonly levels: readonly (readonly ModelTargetIntent[])[];
}

/**
 * A target as chains of which each request takes one, by weight: what can be said where a route has weights and a
 * backend has levels, but neither has both. A split with a fallback becomes a chain for each of its members.
 */
export function alternativesOf(target: TargetIntent, prop: string, platform: string): { chains: readonly Chain[]; problems: Problem[] } {
  const found = new Alternatives(prop, platform);
  const shares = found.of(target, 0);
  return { chains: found.weighted(shares, target.kind !== 'split' && shares.length === 1), problems: found.problems };
}

class Alternatives {
  public readonly problems: Problem[] = [];

  constructor(private readonly prop: string, private readonly platform: string) {}

  public of(target: TargetIntent, depth: number): Share[] {
    if (depth > DEEPEST_SPLIT) {
      this.problems.push(tooDeep(this.prop));
      return [];
    }
    switch (target.kind) {
      case 'model': return [{ count: 1, of: 1, levels: [[target]] }];
      case 'split': return this.split(target.members, depth + 1);
      case 'fallback': {
        const [first, ...rest] = target.levels;
        const later = rest.flatMap(level => this.level(level, depth + 1));
        return this.of(first, depth + 1).map(share => ({ ...share, levels: [...share.levels, ...later] }));
      }
    }
  }

  /** Whole weights in the proportions of the shares. */
  public weighted(shares: readonly Share[], alone: boolean): Chain[] {
    if (alone) return [{ levels: shares[0].levels }];
    const factor = shares.reduce((all, { of }) => lcm(all, of), 1);
    const chains = shares.map(({ count, of, levels }) => ({ weight: isLate(count) ? count : count * (factor / of), levels }));
    if (chains.length > 0 && chains.every(({ weight }) => weight === 0)) {
      this.problems.push({ definition: OUT_OF_RANGE, prop: this.prop, message: 'sends no requests anywhere: all weights are 0', fix: 'give a member a weight above 0' });
    }
    if (chains.some(({ weight }) => weight > MOST_WEIGHT)) {
      this.problems.push({
        definition: OUT_OF_RANGE, prop: this.prop, message: `has splits inside splits whose weights multiply to more than ${MOST_WEIGHT}`, fix: 'use smaller numbers',
      });
    }
    return chains;
  }

  private split(members: SplitIntent['members'], depth: number): Share[] {
    if (members.length === 0) this.problems.push(emptySplit(this.prop));
    return members.flatMap(({ target, weight: given }) => {
      const weight = isWeight(given) ? given : 1;
      if (weight !== given) this.problems.push(badWeight(this.prop, given));
      const inner = this.of(target, depth);
      if (inner.length === 1) return [{ ...inner[0], count: weight, of: 1 }];
      return this.multiplied(inner, weight);
    });
  }

  /** Members of an inner split share the outer weight. */
  private multiplied(inner: readonly Share[], weight: number): Share[] {
    if (isLate(weight) || inner.some(({ count }) => isLate(count))) {
      this.problems.push(lateWeight(this.prop));
      return inner.map(share => ({ ...share, count: 1, of: 1 }));
    }
    const factor = inner.reduce((all, { of }) => lcm(all, of), 1);
    const counts = inner.map(({ count, of }) => count * (factor / of));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0 && weight > 0) this.problems.push(lostShare(this.prop));
    return inner.map((share, index) => ({ ...share, count: weight * counts[index], of: total || 1 }));
  }

  /** A level behind another one: its members share evenly, for want of weights. */
  private level(target: TargetIntent, depth: number): readonly (readonly ModelTargetIntent[])[] {
    const shares = this.of(target, depth);
    if (shares.length === 1) return shares[0].levels;
    const used = shares.filter(({ count }) => count !== 0);
    const even = used.every(({ count, of }) => count === used[0].count && of === used[0].of);
    if (!even || used.some(({ levels }) => levels.length > 1)) {
      this.problems.push({
        definition: NOT_EXPRESSIBLE,
        prop: this.prop,
        message: `falls back to a split ${even ? 'whose members have fallbacks of their own' : 'with different weights'}, while ${this.platform} shares requests of a later level evenly`,
        fix: even ? 'call fallbackTo() on the split' : 'give its members the same weight, or fall back to one of them',
      });
    }
    return [used.flatMap(({ levels }) => levels[0])];
  }
}
