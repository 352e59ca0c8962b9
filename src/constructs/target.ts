import { LIST, need, OBJECT } from './misuse';
import { BodyMutation, bodyMutationIntent, HeaderMutation, headerMutationIntent } from './mutation';
import type { IProvider } from './provider';
import { TARGET } from './route-shapes';
import { TargetIntent } from '../intent';

/** What to change in requests that go to a provider over one target only. */
export interface TargetOptions {
  /**
   * Changes to headers, after those of the provider.
   *
   * @default - none
   */
  readonly headers?: HeaderMutation;

  /**
   * Changes to the body, after those of the provider.
   *
   * @default - none
   */
  readonly body?: BodyMutation;
}

/** Where requests for a model go: a provider's model, a split, or a chain of fallbacks. */
export class Target {
  /** @internal */
  public static _model(provider: IProvider, model: string | undefined, options?: TargetOptions): Target {
    return new Target({
      kind: 'model',
      provider: provider._ref,
      model: model ?? undefined,
      headers: headerMutationIntent(options?.headers),
      body: bodyMutationIntent(options?.body),
    }, [provider]);
  }

  /** @internal */
  public static _split(members: readonly WeightedTarget[]): Target {
    need('Traffic.split()', 'members', members, LIST);
    members.forEach((member, index) => {
      need('Traffic.split()', `members[${index}]`, member, OBJECT);
      need('Traffic.split()', `members[${index}].to`, member.to, TARGET);
    });
    return new Target(
      { kind: 'split', members: members.map(({ to, weight }) => ({ target: to._intent, weight })) },
      members.flatMap(({ to }) => to._providers),
    );
  }

  /** @internal */
  public readonly _intent: TargetIntent;

  /** @internal */
  public readonly _providers: readonly IProvider[];

  private constructor(intent: TargetIntent, providers: readonly IProvider[]) {
    this._intent = intent;
    this._providers = providers;
  }

  /**
   * Tries `next` when this target fails: on status 429, 500, 502, 503, 504 (and 529
   * of Anthropic), a refused or broken connection, or no answer in time.
   *
   * It happens inside the client's request, until the first header of an answer
   * arrived: an answer that breaks off later is not repeated.
   */
  public fallbackTo(next: Target): Target {
    need('fallbackTo()', 'next', next, TARGET);
    return new Target({ kind: 'fallback', levels: [...levelsOf(this._intent), ...levelsOf(next._intent)] }, [...this._providers, ...next._providers]);
  }
}

function levelsOf(intent: TargetIntent): readonly TargetIntent[] {
  return intent.kind === 'fallback' ? intent.levels : [intent];
}

/** A target and its share of the traffic. */
export interface WeightedTarget {
  /** Where this share goes. */
  readonly to: Target;

  /** Share relative to the other members, 0 to 1000000. 0 sends nothing there. */
  readonly weight: number;
}

/** Ways to divide traffic. */
export class Traffic {
  /** Sends each request to one of the members, by weight. */
  public static split(members: WeightedTarget[]): Target {
    return Target._split(members);
  }

  private constructor() {}
}
