import { BAD_REFERENCE, NOT_EXPRESSIBLE } from './codes';
import { RenderedObject } from './contract';
import { Problem } from '../findings/finding';
import { isToken } from '../findings/token';
import { EncryptedFile, EncryptedSecret, ExistingSecret, Manifest, ObjectName, SecretContract, SecretField, SecretSource } from '../intent';
import { SECRET_IN_OTHER_NAMESPACE } from '../secrets/codes';
import { compareKeys } from '../secrets/contract';
import { renderLateSecret } from '../secrets/late-secret';
import { describeSource } from '../secrets/source';

/** Where a platform finds a stored credential. */
export interface RenderedSecret {
  /** Name of the Secret. */
  readonly name: string;
  /** The object that brings the Secret about, where it is part of the output. */
  readonly objects: readonly RenderedObject[];
  readonly problems: readonly Problem[];
}

/**
 * A stored credential beside its provider, where all platforms look for it.
 *
 * @param place name and namespace of the provider's objects
 * @param prop property of the construct that holds the credential
 */
export function renderSecret(source: SecretSource, contract: SecretContract, place: ObjectName, prop: string): RenderedSecret {
  switch (source.kind) {
    case 'existing':
      return {
        name: source.name,
        objects: [],
        problems: [
          ...(source.namespace === undefined ? [] : namespaceProblems(source, source.namespace, place, prop)),
          ...chosenKeyProblems(source, contract, prop),
          ...keyProblems(source, source.keys, contract, prop),
        ],
      };
    case 'external': {
      const { manifest, secretName, problems } = loadExternalSecret().renderExternalSecret(source, contract, place);
      return {
        name: secretName,
        objects: [{ role: 'secret', id: 'ExternalSecret', manifest, props: externalSecretProps(prop) }],
        problems: problems.map(problem => ({ ...problem, prop: [prop, ...optionOf(problem.prop ?? '')].join('.') })),
      };
    }
    case 'late':
      return {
        name: place.name,
        objects: [{ role: 'secret', id: 'Secret', manifest: renderLateSecret(source, contract, place), props: { 'metadata.name': 'name', 'stringData': prop } }],
        problems: [],
      };
    case 'sops':
    case 'sealed': {
      const secret = chosenSecret(source);
      return {
        // Without the Secret synthesis fails already, for a problem of the file.
        name: secret?.name ?? source.secretName ?? place.name,
        objects: embeddedDocument(source, prop),
        problems: secret === undefined ? [] : [
          // What is applied by others may get its namespace there.
          ...(secret.namespace === undefined && !source.embed ? [] : namespaceProblems(source, secret.namespace, place, prop)),
          ...keyProblems(source, secret.keys, contract, prop),
        ],
      };
    }
  }
}

function externalSecretProps(prop: string): NonNullable<RenderedObject['props']> {
  const options = ['refreshPolicy', 'refreshInterval'].map(name => [`spec.${name}`, `${prop}.${name}`]);
  const ofTarget = ['creationPolicy', 'deletionPolicy'].map(name => [`spec.target.${name}`, `${prop}.${name}`]);
  return {
    'metadata.name': 'name', 'spec': prop, 'spec.secretStoreRef.name': `${prop}.store`, 'spec.target.name': `${prop}.targetName`,
    ...Object.fromEntries([...options, ...ofTarget]),
  };
}

/** Options of a credential for its parts; those with one part have its options among their own. */
const OPTIONS: { readonly [field in SecretField]: string } = {
  apiKey: '',
  awsCredentialsFile: '',
  awsAccessKeyId: 'accessKeyId',
  awsSecretAccessKey: 'secretAccessKey',
  awsSessionToken: 'sessionToken',
  clientSecret: '',
  serviceAccountJson: '',
};

/** The path of an option as the author wrote it, from the path in the intent. */
function optionOf(path: string): string[] {
  const [, property] = /^extract\.properties\.(.*)$/.exec(path) ?? [];
  if (property !== undefined) return [OPTIONS[property as SecretField] === '' ? 'property' : `${OPTIONS[property as SecretField]}Property`];
  const [first, ...rest] = path.replace(/^extract\.remote\./, '').split('.');
  return [OPTIONS[first as SecretField] ?? first, ...rest].filter(part => part !== '');
}

function chosenSecret({ secrets, secretName }: EncryptedFile): EncryptedSecret | undefined {
  if (secretName !== undefined) return secrets.find(secret => secret.name === secretName);
  return secrets.length === 1 ? secrets[0] : undefined;
}

function embeddedDocument({ embed, document }: EncryptedFile, prop: string): RenderedObject[] {
  if (!embed || !isManifest(document)) return [];
  return [{
    role: 'secret',
    id: 'Secret',
    manifest: document,
    verbatim: true,
    // One file can hold the credentials of several providers.
    sharedKey: JSON.stringify(document),
    props: Object.fromEntries(['metadata.name', ...Object.keys(document)].map(path => [path, prop])),
  }];
}

function isManifest(document: EncryptedFile['document']): document is Manifest {
  if (document === undefined) return false;
  const { apiVersion, kind, metadata } = document;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object' && metadata !== null;
}

function namespaceProblems(source: SecretSource, namespace: string | undefined, place: ObjectName, prop: string): Problem[] {
  if (namespace === place.namespace || isToken(namespace) || isToken(place.namespace)) return [];
  return [{
    definition: SECRET_IN_OTHER_NAMESPACE,
    prop,
    message: `is in ${describeNamespace(namespace)} (${describeSource(source)}), and the gateway reads it only in that of the provider, ${describeNamespace(place.namespace)}`,
    fix: namespace === undefined
      ? `write the namespace ${place.namespace} into the document`
      : `give the provider's chart the namespace ${namespace}, or store the credential beside the provider`,
  }];
}

function describeNamespace(namespace: string | undefined): string {
  return namespace === undefined ? 'a namespace that the deployment chooses' : `namespace ${namespace}`;
}

/** Of Kubernetes. */
const DATA_KEY = /^[-._a-zA-Z0-9]{1,253}$/;

function chosenKeyProblems({ key }: ExistingSecret, contract: SecretContract, prop: string): Problem[] {
  const read = contract.keys.map(wanted => wanted.key);
  if (typeof key === 'string' && !isToken(key) && read.includes(key) && !DATA_KEY.test(key)) {
    return [{ definition: BAD_REFERENCE, prop, message: 'is under a data key that no Secret can have', value: key, fix: 'use letters, digits, "-", "_" and "."' }];
  }
  if (key === undefined || isToken(key) || (read.length === 1 && read[0] === key)) return [];
  return [{
    definition: NOT_EXPRESSIBLE,
    prop,
    message: `is under the data key ${JSON.stringify(key)}, while ${contract.reader ?? 'the gateway'} reads ${contract.what} from ${read.map(name => `"${name}"`).join(', ')} only`,
    fix: read.length === 1 ? `store it under "${read[0]}"` : 'leave `key` out, and store each part under the key the message names',
  }];
}

function keyProblems(source: SecretSource, keys: readonly string[] | undefined, contract: SecretContract, prop: string): Problem[] {
  if (keys === undefined || keys.some(isToken)) return [];
  return compareKeys(contract, keys, describeSource(source)).map(problem => ({ ...problem, prop }));
}

/** Loaded on the first use: most programs need it for few credentials, or none. */
function loadExternalSecret() {
  return require('../secrets') as typeof import('../secrets');
}
