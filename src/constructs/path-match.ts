import { MatchIntent, PathRewriteIntent } from '../intent';

/** Which paths of requests an entry is for. */
export class PathMatch {
  /** Paths that begin with these elements: `/openai` is for `/openai` and `/openai/v1`, not for `/openai2`. */
  public static prefix(path: string): PathMatch {
    return new PathMatch({ kind: 'path', type: 'prefix', path });
  }

  /** This path alone. */
  public static exact(path: string): PathMatch {
    return new PathMatch({ kind: 'path', type: 'exact', path });
  }

  /** @internal */
  public readonly _intent: MatchIntent & { readonly kind: 'path' };

  private constructor(intent: MatchIntent & { readonly kind: 'path' }) {
    this._intent = intent;
  }
}

/** What takes the place of a request's path before the provider is called. */
export class PathRewrite {
  /** Another path altogether, such as `/v1/chat/completions`. */
  public static full(path: string): PathRewrite {
    return new PathRewrite({ kind: 'full', path });
  }

  /** Another prefix for the one that was matched; `/` removes it. */
  public static prefix(path: string): PathRewrite {
    return new PathRewrite({ kind: 'prefix', path });
  }

  /** @internal */
  public readonly _intent: PathRewriteIntent;

  private constructor(intent: PathRewriteIntent) {
    this._intent = intent;
  }
}
