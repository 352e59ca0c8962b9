/** What the gateway tells of a request. */
export interface PolicyRequest {
  readonly method: string;
  /** The request target, with its query. */
  readonly target: string;
  /** All values of a header, by its name in lower case. */
  header(name: string): readonly string[];
  /** Names of all headers, in lower case. */
  readonly headerNames: readonly string[];
  /** Claims of verified tokens, by provider; only ext_proc has them. */
  readonly claims?: { readonly [provider: string]: unknown };
  /** Undefined where there is none. */
  readonly body?: Uint8Array;
}

/** Tells a tenant's key, from the files it is kept in; undefined where one is missing. */
export type KeySource = (folder: string, name: string) => string | undefined;

/** Why a request is refused. Bounded: it is a label of metrics. */
export type DenyCode =
  | 'no_policy' | 'wrong_position' | 'forged_header' | 'no_tenant' | 'not_allowed' | 'unknown_endpoint' | 'body_too_large' | 'body_encoded'
  | 'body_not_text' | 'body_not_json' | 'body_ambiguous' | 'body_missing' | 'too_many_messages' | 'too_much_text' | 'not_inspectable'
  | 'prompt_blocked' | 'credential_missing' | 'overloaded' | 'internal';

/** What is told of a decision in logs and metadata: names and counts, never text of the request. */
export interface Audit {
  readonly tenant?: string;
  readonly model?: string;
  readonly endpoint?: string;
  /** How often each rule that was hit was, by id. */
  readonly rules: { readonly [id: string]: number };
  readonly bodyBytes: number;
}

export type Decision = Allowed | Denied;

export interface Allowed {
  readonly allowed: true;
  readonly audit: Audit;
  /** Keys of the tenant for the gateway. */
  readonly setHeaders: readonly (readonly [name: string, value: string])[];
  /** The body in the place of the client's, where something was redacted. */
  readonly body?: Uint8Array;
}

export interface Denied {
  readonly allowed: false;
  readonly audit: Audit;
  readonly code: DenyCode;
  readonly status: number;
  readonly contentType: 'application/json';
  readonly body: string;
  /** Seconds. */
  readonly retryAfter?: number;
}
