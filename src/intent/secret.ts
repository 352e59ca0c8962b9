import { Problem } from '../findings/finding';

/**
 * The parts of a credential, by meaning. A platform says under which Secret data
 * keys it reads them; a source says where each part comes from.
 */
export type SecretField =
  | 'apiKey'
  | 'awsCredentialsFile'
  | 'awsAccessKeyId'
  | 'awsSecretAccessKey'
  | 'awsSessionToken'
  | 'clientSecret'
  | 'serviceAccountJson';

/** Where a stored credential comes from. Never holds a value. */
export type SecretSource = ExistingSecret | ExternalSecretSource | EncryptedFile | LateSecret;

/** A Secret somebody else creates. */
export interface ExistingSecret {
  readonly kind: 'existing';
  readonly name: string;
  /** Where the author says it lives; unset means beside the provider. */
  readonly namespace?: string;
  /** Data keys the author says it has; unset means not known. */
  readonly keys?: readonly string[];
  /** Data key in which the author says the value is; unset means where the platform looks by itself. */
  readonly key?: string;
}

/** One remote value of a secret store. */
export interface RemoteValue {
  readonly key: string;
  readonly property?: string;
  readonly version?: string;
}

/** A Secret that External Secrets Operator creates from an ExternalSecret of ours. */
export interface ExternalSecretSource {
  readonly kind: 'external';
  readonly store: { readonly name: string; readonly kind: 'SecretStore' | 'ClusterSecretStore' };
  /** `data`: each field from a remote value of its own. */
  readonly data?: { readonly [field in SecretField]?: RemoteValue };
  /** `dataFrom`: one remote object, and the property in which each field stands. */
  readonly extract?: {
    readonly remote: RemoteValue;
    readonly properties: { readonly [field in SecretField]?: string };
    /** Fields that may be missing from the remote object. */
    readonly optional?: readonly SecretField[];
  };
  /** Name of the target Secret; unset means the provider's name. */
  readonly targetName?: string;
  /** Milliseconds between two fetches. */
  readonly refreshIntervalMs?: number;
  readonly refreshPolicy?: 'Periodic' | 'OnChange' | 'CreatedOnce';
  readonly creationPolicy?: 'Owner' | 'Orphan' | 'Merge' | 'CreateOrMerge' | 'None';
  readonly deletionPolicy?: 'Retain' | 'Delete' | 'Merge';
  /** What is wrong with the declaration itself. */
  readonly problems?: readonly Problem[];
}

/** An encrypted manifest that is in the repository already: SOPS or SealedSecret. */
export interface EncryptedFile {
  readonly kind: 'sops' | 'sealed';
  /** Path as the author wrote it, for messages. */
  readonly path: string;
  /** True: the document becomes part of the output. False: somebody else applies it. */
  readonly embed: boolean;
  /** Which of several Secrets the author means. */
  readonly secretName?: string;
  /** The document in source order; undefined when it could not be read. */
  readonly document?: { readonly [key: string]: unknown };
  /** The Secrets that result once it is decrypted, with their data keys. */
  readonly secrets: readonly EncryptedSecret[];
  /** What is wrong with the file itself. */
  readonly problems: readonly Problem[];
}

export interface EncryptedSecret {
  readonly name: string;
  readonly namespace?: string;
  readonly keys: readonly string[];
}

/** A Secret beside the provider whose values another tool fills in when it makes the object. */
export interface LateSecret {
  readonly kind: 'late';
  /** A token of that tool for each part, never the part itself. */
  readonly values: { readonly [field in SecretField]?: string };
}

/** What a platform reads from the Secret of one credential. */
export interface SecretContract {
  /** What the gateway looks for, such as `an API key`. */
  readonly what: string;
  /** Platform whose API has no field for the key, for messages. */
  readonly reader?: string;
  readonly keys: readonly SecretKey[];
}

/** One data key of a Secret and how it is made. */
export interface SecretKey {
  /** Data key as the gateway reads it. */
  readonly key: string;
  readonly optional?: boolean;
  /** The field that is the value, or the fields a template needs. */
  readonly content: SecretContent;
  /** Keys users write by mistake instead, in lower case. */
  readonly nearMisses?: readonly string[];
}

export type SecretContent =
  | { readonly kind: 'field'; readonly field: SecretField; readonly trim?: boolean; readonly stripBearer?: boolean }
  | { readonly kind: 'awsCredentialsFile' }
  /** A value that is no secret and that the program knows. */
  | { readonly kind: 'literal'; readonly value: string };
