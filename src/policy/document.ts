/** A policy as its author writes it, after validation. Version 1 of the format. */
export interface PolicyDocument {
  readonly version: 1;
  /** Where the name of the tenant comes from; unset means there is one tenant, `*`. */
  readonly tenant?: TenantSource;
  readonly limits?: LimitsDocument;
  /** Rules on the text of prompts. They hold for every tenant that does not name an exception. */
  readonly rules?: readonly RuleDocument[];
  /** Providers that are called with keys of the tenant, by the name of the slot. */
  readonly credentials?: { readonly [slot: string]: SlotDocument };
  /** Who may use what; `*` is every tenant that is not named. */
  readonly tenants: { readonly [tenant: string]: TenantDocument };
}

/** Exactly one of the two. Both are written by the gateway, never by the client. */
export interface TenantSource {
  /** Name of a request header. */
  readonly header?: string;
  /** Claim of a verified token. */
  readonly claim?: { readonly provider: string; readonly path: readonly string[] };
}

export interface LimitsDocument {
  /** Bytes; 10 MiB by default. */
  readonly maxBodyBytes?: number;
  /** Messages, inputs or prompts in one request; 1000 by default. */
  readonly maxMessages?: number;
  /** Characters of text in one request that rules read; 1 Mi by default. */
  readonly maxTextLength?: number;
}

export type RuleAction = 'block' | 'redact';

/** Exactly one of `builtin` and `pattern`. */
export interface RuleDocument {
  readonly id: string;
  readonly builtin?: string;
  /** In the syntax of RE2. */
  readonly pattern?: string;
  readonly action: RuleAction;
  /** What stands in the place of a redacted text; `[<ID>]` by default. */
  readonly replacement?: string;
}

export type CredentialType =
  'APIKey' | 'AnthropicAPIKey' | 'AzureAPIKey' | 'AzureCredentials' | 'GCPCredentials' | 'AWSCredentials';

export interface SlotDocument {
  readonly type: CredentialType;
  /** Request header that the gateway reads the key from; for AWS the start of three names. */
  readonly header: string;
}

export interface TenantDocument {
  readonly models: { readonly allow: readonly string[]; readonly deny?: readonly string[] };
  /** Ids of rules that do not hold for the tenant. */
  readonly exceptRules?: readonly string[];
  readonly limits?: LimitsDocument;
  /** Folder of the tenant's key, by slot. */
  readonly credentials?: { readonly [slot: string]: string };
}

/** Something wrong with a policy, and where. */
export interface PolicyProblem {
  /** Such as `rules[2].pattern`; empty for the whole document. */
  readonly path: string;
  readonly message: string;
  readonly value?: unknown;
  readonly fix: string;
}
