import { ObjectName } from './manifest';
import { BodyMutationIntent, HeaderMutationIntent, ProviderRef } from './provider';

/** Where requests for a model go. */
export type TargetIntent = ModelTargetIntent | SplitIntent | FallbackIntent;

export interface ModelTargetIntent {
  readonly kind: 'model';
  readonly provider: ProviderRef;
  /** Model name sent to the provider; unset means the client's. */
  readonly model?: string;
  readonly headers?: HeaderMutationIntent;
  readonly body?: BodyMutationIntent;
}

export interface SplitIntent {
  readonly kind: 'split';
  readonly members: readonly { readonly target: TargetIntent; readonly weight: number }[];
}

/** Levels in the order in which they are tried. */
export interface FallbackIntent {
  readonly kind: 'fallback';
  readonly levels: readonly TargetIntent[];
}

/** API a client calls on the gateway. */
export type ClientApiName =
  | 'chat-completions'
  | 'completions'
  | 'embeddings'
  | 'responses'
  | 'images'
  | 'audio'
  | 'messages'
  | 'count-tokens'
  | 'rerank'
  | 'tokenize';

export type ModelMatchIntent =
  | { readonly kind: 'exact'; readonly models: readonly string[] }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'any' };

/** Requests by their path, whatever model they name. */
export interface PathMatchIntent {
  readonly kind: 'path';
  /** `prefix` compares whole elements of the path: `/openai` is for `/openai/v1` and not for `/openai2`. */
  readonly type: 'exact' | 'prefix';
  readonly path: string;
}

export type MatchIntent = ModelMatchIntent | PathMatchIntent;

/** What takes the place of the whole path, or of the prefix that was matched. */
export interface PathRewriteIntent {
  readonly kind: 'full' | 'prefix';
  readonly path: string;
}

export interface HeaderMatchIntent {
  readonly name: string;
  readonly value: string;
  readonly regex: boolean;
}

/** How a fallback decides that a level failed. Unset leaves the platform's default. */
export interface FailoverIntent {
  readonly statusCodes?: readonly number[];
  readonly perTryTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** Attempts on one level before the next. */
  readonly attemptsPerLevel?: number;
  readonly consecutiveErrors?: number;
  readonly ejectionTimeMs?: number;
  readonly failFastWhenAllEjected?: boolean;
}

export interface EntryIntent {
  /** The call that declared the entry, for messages, where it is no item of a list: `addPattern("gpt-.*")`. */
  readonly declaredBy?: string;
  readonly match: MatchIntent;
  /** Only of matches by path. */
  readonly rewrite?: PathRewriteIntent;
  readonly headerMatches: readonly HeaderMatchIntent[];
  readonly target: TargetIntent;
  readonly timeoutMs?: number;
  readonly streamIdleTimeoutMs?: number;
  readonly failover?: FailoverIntent;
  /** Retries of a target without fallback. */
  readonly retries?: number;
  readonly ownedBy?: string;
  /** RFC 3339. */
  readonly createdAt?: string;
  /** Client APIs the author wants served; unset means any one all targets share. */
  readonly apis?: readonly ClientApiName[];
}

export interface GatewayRef extends ObjectName {
  readonly path: string;
}

export interface RouteIntent extends ObjectName {
  readonly gateways: readonly GatewayRef[];
  readonly hostnames?: readonly string[];
  readonly entries: readonly EntryIntent[];
  /** True where the author wrote a list of entries, whose items messages name. */
  readonly listed?: boolean;
  /** True where entries may be added later, so that what one entry is called never changes. */
  readonly growing?: boolean;
}
