import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Lazy } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { SecretStore } from '../../../src';
import { sealDocument } from '../../secrets/sealing';
import { PlatformDescription, SecretDescription, StoreDescription } from '../program';

/** What the interpretation of one provider needs to know of its surroundings. */
export interface Surroundings {
  readonly scope: Construct;
  readonly id: string;
  readonly namespace?: string;
  /** Where the program's encrypted files are written. */
  readonly folder: string;
  text<T extends string | undefined>(text: T): T;
  readonly dataKeys: DataKeys;
}

/** Data keys that the gateway reads. */
export interface DataKeys {
  readonly apiKey: readonly string[];
  readonly aws: readonly string[];
  readonly clientSecret: readonly string[];
  readonly gcp: readonly string[];
}

export function dataKeysOf({ gateway }: PlatformDescription): DataKeys {
  return gateway === undefined
    ? { apiKey: ['apiKey'], aws: ['credentials'], clientSecret: ['client-secret'], gcp: ['service_account.json'] }
    : { apiKey: ['Authorization'], aws: ['accessKey', 'secretKey'], clientSecret: ['clientID', 'tenantID', 'clientSecret'], gcp: ['credentials.json'] };
}

/** The factories that all classes for stored credentials share. */
export interface StoredFactories<T> {
  fromSecret(secret: Secret, options?: object): T;
  fromSecretName(name: string, options?: { readonly keys?: string[] }): T;
  fromSopsFile(path: string, options?: object): T;
  fromSealedSecretFile(path: string, options?: object): T;
  external(options: any): T;
  extract(options: any): T;
}

/** @param dataKeys the keys the gateway reads */
export function stored<T>(make: StoredFactories<T>, secret: SecretDescription, dataKeys: readonly string[], at: Surroundings): T {
  const { form, name, key, property, version } = secret;
  const keys = secret.keys ? { keys: [...dataKeys] } : undefined;
  switch (form) {
    case 'name': return make.fromSecretName(at.text(name), keys);
    case 'construct': return make.fromSecret(Secret.fromSecretName(at.scope, `${at.id}-${name}`, name) as Secret, keys);
    case 'external': return make.external({ ...storeOptions(secret.store), key, property, version });
    case 'extract': return make.extract({ ...storeOptions(secret.store), key, property: property ?? 'value', version });
    case 'sops': return make.fromSopsFile(encryptedFile(secret, dataKeys, at), { mode: secret.embed ? 'embed' : 'reference' });
    case 'sopsSecret': return make.fromSopsFile(encryptedFile(secret, dataKeys, at), { secretName: name });
    case 'sealed': return make.fromSealedSecretFile(encryptedFile(secret, dataKeys, at), { embed: secret.embed });
  }
}

export function storeOptions(store: StoreDescription) {
  const { form, name, refreshSeconds, refreshPolicy, targetName, creationPolicy, deletionPolicy } = store;
  return {
    store: form === 'cluster' ? SecretStore.cluster(name) : SecretStore.namespaced(name),
    refreshInterval: refreshSeconds === undefined ? undefined : Duration.seconds(Math.max(0, refreshSeconds)),
    refreshPolicy: refreshPolicy as any,
    targetName,
    creationPolicy: creationPolicy as any,
    deletionPolicy: deletionPolicy as any,
  };
}

/** Known only when the tree is resolved. */
export function lateText<T extends string | undefined>(text: T): T {
  return text === undefined ? text : Lazy.any({ produce: () => text }) as T;
}

const SEALED = Buffer.from('sealed '.repeat(60)).toString('base64');

function encryptedFile({ form, name }: SecretDescription, dataKeys: readonly string[], { namespace, folder }: Surroundings): string {
  mkdirSync(folder, { recursive: true });
  const text = documentText(form, name, namespace, dataKeys);
  const path = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.yaml`);
  writeFileSync(path, text);
  return path;
}

function documentText(form: SecretDescription['form'], name: string, namespace: string | undefined, dataKeys: readonly string[]): string {
  const values = (value: string) => Object.fromEntries(dataKeys.map(key => [key, value]));
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  switch (form) {
    case 'sopsSecret': return sealDocument({
      apiVersion: 'isindir.github.com/v1alpha3',
      kind: 'SopsSecret',
      metadata,
      spec: { secretTemplates: [{ name, stringData: values('value') }, { name: `and-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`, stringData: { some: 'value' } }] },
    });
    case 'sealed': return JSON.stringify({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata,
      spec: { encryptedData: values(SEALED), template: { metadata } },
    });
    default: return sealDocument({ apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata, stringData: values('value') });
  }
}
