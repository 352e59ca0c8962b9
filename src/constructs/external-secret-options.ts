import { Duration } from 'cdk8s';
import { SecretStore } from './secret-store';

/** When External Secrets Operator fetches a value again. */
export enum ExternalSecretRefreshPolicy {
  /** Every `refreshInterval`. */
  PERIODIC = 'Periodic',
  /** When the ExternalSecret changes. A rotated value does not arrive by itself. */
  ON_CHANGE = 'OnChange',
  /** Once. A rotated value does not arrive. */
  CREATED_ONCE = 'CreatedOnce',
}

/** Whose Secret it is that External Secrets Operator writes. */
export enum ExternalSecretCreationPolicy {
  /** The ExternalSecret's: made with it, deleted with it, repaired when changed by hand. */
  OWNER = 'Owner',
  /** Nobody's: made, and left behind when the ExternalSecret is deleted. */
  ORPHAN = 'Orphan',
  /** Somebody else's, who makes it: only the data key is added. */
  MERGE = 'Merge',
  /** Somebody else's, or nobody's: made when it is missing. Needs External Secrets Operator v2.8. */
  CREATE_OR_MERGE = 'CreateOrMerge',
}

/** What happens to the Secret when the value disappears from the store. */
export enum ExternalSecretDeletionPolicy {
  /** It stays as it is. */
  RETAIN = 'Retain',
  /** It is deleted, and the provider answers 500 from then on. */
  DELETE = 'Delete',
  /** The data key is removed, and the provider answers 500 from then on. */
  MERGE = 'Merge',
}

/** One value in a secret store. */
export interface RemoteSecret {
  /** Name or path of the entry in the store, such as `llm/openai`. */
  readonly key: string;

  /**
   * Field of the entry. Most stores read it as a path, so a dot in a name is written `\.`.
   *
   * @default - the whole entry
   */
  readonly property?: string;

  /**
   * Version of the entry.
   *
   * @default - the newest
   */
  readonly version?: string;
}

/** How External Secrets Operator keeps the Secret of a credential. */
export interface ExternalSecretOptions {
  /** Where the values are. */
  readonly store: SecretStore;

  /**
   * Time between two fetches. `Duration.seconds(0)` fetches once.
   *
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;

  /**
   * When values are fetched again.
   *
   * @default ExternalSecretRefreshPolicy.PERIODIC
   */
  readonly refreshPolicy?: ExternalSecretRefreshPolicy;

  /**
   * Name of the Secret that is written.
   *
   * @default - the name of the provider's objects
   */
  readonly targetName?: string;

  /**
   * Whose Secret it is.
   *
   * @default ExternalSecretCreationPolicy.OWNER
   */
  readonly creationPolicy?: ExternalSecretCreationPolicy;

  /**
   * What happens to the Secret when the value disappears from the store.
   *
   * @default ExternalSecretDeletionPolicy.RETAIN
   */
  readonly deletionPolicy?: ExternalSecretDeletionPolicy;
}

/** A credential that is one value in a secret store. */
export interface ExternalSecretValueOptions extends ExternalSecretOptions, RemoteSecret {}

/** A credential that is one field of an entry whose fields are fetched together. */
export interface ExternalSecretExtractOptions extends ExternalSecretOptions {
  /** Name or path of the entry in the store, such as `llm/openai`. */
  readonly key: string;

  /** Name of the field, as it is: dots and dashes have no meaning. */
  readonly property: string;

  /**
   * Version of the entry.
   *
   * @default - the newest
   */
  readonly version?: string;
}
