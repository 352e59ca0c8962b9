import type { ISecret } from 'cdk8s-plus-28';
import { PROPERTY_NAME_NEEDED } from './credential-codes';
import { ExternalSecretExtractOptions, ExternalSecretOptions, RemoteSecret } from './external-secret-options';
import { allow, DURATION, given, LIST, need, OBJECT, Shape } from './misuse';
import { ExistingSecret, ExternalSecretSource, LateSecret, RemoteValue, SecretField } from '../intent';
import { isUnresolved } from '../synthesis/unresolved';

const FETCHED = 'fromExternalSecret…()';
// By shape, because another copy of this package, or of cdk8s-plus, has classes of its own.
const STORE: Shape = { wanted: 'a SecretStore, such as SecretStore.cluster("vault")', fits: value => typeof value?._ref?.kind === 'string' };
const SECRET: Shape = {
  wanted: 'a Secret of cdk8s-plus, while fromSecretName() takes a name', fits: value => typeof value === 'object' && value !== null && value.name !== undefined,
};

/** What is known of a Secret that somebody else makes. */
export interface ExistingSecretOptions {
  /**
   * Namespace of the Secret. The gateway reads it only in the namespace of the provider.
   *
   * @default - the namespace of the provider, or that of the construct where it is made in this program
   */
  readonly namespace?: string;

  /**
   * Data keys of the Secret, which are compared with what the gateway reads.
   *
   * @default - not known, and not compared
   */
  readonly keys?: string[];

  /**
   * Data key with the value, for credentials that are one value. agentgateway v1.4 reads any; other platforms have a key
   * of their own, and another one is refused.
   *
   * @default - the key that the platform reads
   */
  readonly key?: string;
}

export function existingSecret(name: string, options: ExistingSecretOptions = {}): ExistingSecret {
  const { namespace, keys, key } = given(options);
  allow('fromSecretName()', 'keys', keys, LIST);
  return {
    kind: 'existing',
    name,
    // A token can be compared later; of what cdk8s resolves nothing is known here.
    namespace: typeof namespace === 'object' ? undefined : namespace,
    keys: keys?.every(k => typeof k === 'string') ? keys : undefined,
    key,
  };
}

/** The Secret of a construct: one made in this program, or one that is only referred to. */
export function constructedSecret(secret: ISecret, options: ExistingSecretOptions = {}): ExistingSecret {
  need('fromSecret()', 'secret', secret, SECRET);
  const { metadata } = secret as { metadata?: { namespace?: string } };
  return existingSecret(secret.name, { ...options, namespace: options?.namespace ?? metadata?.namespace });
}

/** Values that another tool fills in. Throws for a value that stands here already: a program holds no credential. */
export function lateSecret(values: LateSecret['values']): LateSecret {
  for (const [field, value] of Object.entries(values)) {
    // Without the value, which is the credential.
    if (value !== undefined && !isUnresolved(value)) throw new Error(`'${field}' must be a value that is known only when the Secret is made, got text`);
  }
  return { kind: 'late', values };
}

/** Each field from a value of its own. */
export function externalSecret(options: ExternalSecretOptions, values: { readonly [field in SecretField]?: RemoteSecret }): ExternalSecretSource {
  needStored(options);
  for (const [field, value] of Object.entries(values)) allow(FETCHED, field, value, OBJECT);
  const data = Object.entries(values).flatMap(([field, value]) => (value === undefined || value === null ? [] : [[field, remoteValue(value)]]));
  return { ...lifecycle(options), data: Object.fromEntries(data) };
}

/** All fields from one entry, each from a property of it. */
export function extractedSecret(
  options: ExternalSecretOptions & { readonly key: string; readonly version?: string },
  properties: { readonly [field in SecretField]?: string },
  optional: readonly SecretField[] = [],
): ExternalSecretSource {
  const { key, version } = needStored(options);
  const wanted = Object.entries(properties).filter(([, name]) => name !== undefined && name !== null);
  const known = wanted.filter(([, name]) => typeof name === 'string');
  return {
    ...lifecycle(options),
    extract: { remote: { key, version }, properties: Object.fromEntries(known), optional },
    problems: known.length === wanted.length ? [] : [{
      definition: PROPERTY_NAME_NEEDED,
      message: 'picks a field whose name is no text yet',
      fix: 'give the name as a string, because it becomes part of a template',
    }],
  };
}

/** One field from one property of an entry. */
export function extractedValue(options: ExternalSecretExtractOptions, field: SecretField): ExternalSecretSource {
  return extractedSecret(options, { [field]: needStored(options).property });
}

/** Asked first, because what is fetched is read from the options. */
export function needStored<T extends ExternalSecretOptions>(options: T): T {
  need(FETCHED, 'options', options, OBJECT);
  need(FETCHED, 'store', options.store, STORE);
  allow(FETCHED, 'refreshInterval', options.refreshInterval, DURATION);
  return options;
}

function lifecycle(declared: ExternalSecretOptions) {
  const options = given(declared);
  return {
    kind: 'external',
    store: options.store._ref,
    targetName: options.targetName,
    refreshIntervalMs: options.refreshInterval?.toMilliseconds({ integral: false }),
    refreshPolicy: options.refreshPolicy,
    creationPolicy: options.creationPolicy,
    deletionPolicy: options.deletionPolicy,
  } as const;
}

/** Options of an ExternalSecret hold more than the value. */
function remoteValue({ key, property, version }: RemoteSecret): RemoteValue {
  return { key, property, version };
}
