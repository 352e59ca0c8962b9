import { Complaint, field, isObject, show, typeOf } from './complaint';

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const LABEL_FROM_LETTER = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const NAME_PART = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const ANNOTATIONS_BYTES = 262_144;

const FIELDS: ReadonlySet<string> = new Set([
  'name', 'generateName', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences', 'uid', 'resourceVersion',
  'generation', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'managedFields', 'selfLink',
]);

/** What names a kind allows. */
export type NameRule = 'subdomain' | 'label' | 'label-from-letter' | 'path-segment';

const nameRules: Record<NameRule, { readonly what: string; readonly test: (name: string) => boolean }> = {
  'subdomain': { what: 'a DNS subdomain of at most 253 characters', test: name => name.length <= 253 && SUBDOMAIN.test(name) },
  'label': { what: 'a DNS label of at most 63 characters', test: name => name.length <= 63 && LABEL.test(name) },
  'label-from-letter': {
    what: 'a DNS label of at most 63 characters that starts with a letter',
    test: name => name.length <= 63 && LABEL_FROM_LETTER.test(name),
  },
  'path-segment': { what: 'a path segment', test: name => name !== '.' && name !== '..' && !/[/%]/.test(name) },
};

/** The rules of `metadata` that hold for every kind. */
export function checkMetadata(
  metadata: unknown, kind: { readonly namespaced: boolean; readonly names: NameRule }, complaints: Complaint[],
): void {
  if (!isObject(metadata)) {
    complaints.push({ path: 'metadata', message: metadata === undefined ? 'required value' : `must be of type object, got ${typeOf(metadata)}` });
    return;
  }
  for (const name of Object.keys(metadata)) {
    if (!FIELDS.has(name)) complaints.push({ path: '', message: `unknown field "metadata.${name}"` });
  }
  checkNames(metadata, kind.names, complaints);
  checkNamespace(metadata.namespace, kind.namespaced, complaints);
  checkLabels(metadata.labels, complaints);
  checkAnnotations(metadata.annotations, complaints);
}

/** The rules of an object inside an object. */
export function checkEmbeddedResource(object: Readonly<Record<string, unknown>>, path: string, complaints: Complaint[]): void {
  for (const name of ['apiVersion', 'kind']) {
    if (typeof object[name] !== 'string' || object[name] === '') complaints.push({ path: field(path, name), message: 'required value' });
  }
  if (object.metadata !== undefined && !isObject(object.metadata)) {
    complaints.push({ path: field(path, 'metadata'), message: `must be of type object, got ${typeOf(object.metadata)}` });
  }
}

function checkNames({ name, generateName }: Readonly<Record<string, unknown>>, rule: NameRule, complaints: Complaint[]): void {
  const { what, test } = nameRules[rule];
  if (name === undefined && generateName === undefined) {
    complaints.push({ path: 'metadata.name', message: 'required value: name or generateName' });
  }
  if (name !== undefined && !(typeof name === 'string' && test(name))) {
    complaints.push({ path: 'metadata.name', message: `must be ${what}, got ${show(name)}` });
  }
  // A dash at the end is usual there: random characters follow.
  if (generateName !== undefined && !(typeof generateName === 'string' && test(`${generateName}x`))) {
    complaints.push({ path: 'metadata.generateName', message: `must begin ${what}, got ${show(generateName)}` });
  }
}

function checkNamespace(namespace: unknown, namespaced: boolean, complaints: Complaint[]): void {
  if (namespace === undefined) return;
  if (!namespaced) {
    complaints.push({ path: 'metadata.namespace', message: `must be left out of a cluster-scoped object, got ${show(namespace)}` });
  } else if (typeof namespace !== 'string' || !nameRules.label.test(namespace)) {
    complaints.push({ path: 'metadata.namespace', message: `must be ${nameRules.label.what}, got ${show(namespace)}` });
  }
}

function checkLabels(labels: unknown, complaints: Complaint[]): void {
  for (const [key, value] of stringMap(labels, 'metadata.labels', complaints)) {
    const path = `metadata.labels[${key}]`;
    if (!isQualifiedName(key)) complaints.push({ path, message: 'must have a qualified name as its key' });
    if (value !== '' && !(value.length <= 63 && NAME_PART.test(value))) {
      complaints.push({ path, message: `must be a label value of at most 63 characters, got ${show(value)}` });
    }
  }
}

function checkAnnotations(annotations: unknown, complaints: Complaint[]): void {
  let bytes = 0;
  for (const [key, value] of stringMap(annotations, 'metadata.annotations', complaints)) {
    // Unlike those of labels, keys of annotations may have capitals in their prefix.
    if (!isQualifiedName(key.toLowerCase())) {
      complaints.push({ path: `metadata.annotations[${key}]`, message: 'must have a qualified name as its key' });
    }
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > ANNOTATIONS_BYTES) {
    complaints.push({ path: 'metadata.annotations', message: `must have at most ${ANNOTATIONS_BYTES} bytes, got ${bytes}` });
  }
}

function stringMap(value: unknown, path: string, complaints: Complaint[]): [string, string][] {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) {
    complaints.push({ path, message: `must be of type object, got ${typeOf(value)}` });
    return [];
  }
  return Object.entries(value).filter((entry): entry is [string, string] => {
    if (typeof entry[1] === 'string') return true;
    complaints.push({ path: `${path}[${entry[0]}]`, message: `must be of type string, got ${typeOf(entry[1])}` });
    return false;
  });
}

function isQualifiedName(key: string): boolean {
  const parts = key.split('/');
  const name = parts.pop() ?? '';
  const [prefix] = parts;
  return parts.length <= 1 && name.length <= 63 && NAME_PART.test(name) && (prefix === undefined || nameRules.subdomain.test(prefix));
}
