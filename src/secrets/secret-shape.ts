import { NAMESPACE_NAME, OBJECT_NAME } from '../findings/dns-names';
import { Problem } from '../findings/finding';
import { SECRET_FILE_KIND_UNSUPPORTED, SECRET_FILE_NAME_INVALID, SECRET_FILE_SHAPE } from './codes';
import { DocumentPath, problemAt } from './document-path';
import { isMap, own, text, YamlMap } from './yaml-map';

/** Kinds by `apiVersion/kind`. */
export type KnownKind = 'v1/Secret' | 'isindir.github.com/v1alpha3/SopsSecret' | 'bitnami.com/v1alpha1/SealedSecret';

const DATA_KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const FIT_TO_SHOW = /^[\w./-]{1,100}$/;

/** What a document says it is, apart from its data. */
export interface Identity {
  readonly kind?: KnownKind;
  readonly name?: string;
  readonly namespace?: string;
  readonly problems: Problem[];
}

/**
 * Kind, name and namespace of a document.
 *
 * @param isHidden values that say nothing because they are encrypted, which is a problem of its own
 */
export function readIdentity(document: YamlMap, file: string, kinds: readonly KnownKind[], isHidden: (value: unknown) => boolean): Identity {
  const problems: Problem[] = [];
  const given = ['apiVersion', 'kind'].map(field => own(document, field));
  const kind = kinds.find(known => known === given.join('/'));
  if (!kind && !given.some(isHidden)) {
    const seen = given.every(value => typeof value === 'string' && FIT_TO_SHOW.test(value)) ? `holds ${given.join('/')}` : 'has no known apiVersion and kind';
    problems.push(problemAt(SECRET_FILE_KIND_UNSUPPORTED, file, [], seen, `name a file with ${kinds.join(' or ')}`));
  }
  const metadata = own(document, 'metadata');
  if (!isMap(metadata)) {
    if (!isHidden(metadata)) problems.push(problemAt(SECRET_FILE_NAME_INVALID, file, [], 'has no metadata', 'give it metadata with a name'));
    return { kind, problems };
  }
  problems.push(...nameProblems(metadata, file, ['metadata'], isHidden));
  const namespace = own(metadata, 'namespace');
  if (namespace !== undefined && !isHidden(namespace) && !isName(namespace, NAMESPACE_NAME)) {
    problems.push(problemAt(SECRET_FILE_NAME_INVALID, file, ['metadata', 'namespace'], 'is not the name of a namespace', 'use lower-case letters, digits and "-"'));
  }
  for (const field of ['labels', 'annotations']) problems.push(...textMapProblems(metadata, field, file, ['metadata']));
  return { kind, name: readable(metadata, 'name', isHidden), namespace: readable(metadata, 'namespace', isHidden), problems };
}

/** What is wrong with the `name` of an object or template. */
export function nameProblems(holder: YamlMap, file: string, path: DocumentPath, isHidden: (value: unknown) => boolean): Problem[] {
  const name = own(holder, 'name');
  if (isHidden(name) || isName(name, OBJECT_NAME)) return [];
  const message = text(holder, 'name') === undefined ? 'is missing' : 'is not a name Kubernetes accepts';
  return [problemAt(SECRET_FILE_NAME_INVALID, file, [...path, 'name'], message, 'give it a fixed name in lower-case letters, digits, "-" and "."')];
}

export interface DataKeys {
  /** Each key once, in source order. */
  readonly keys: string[];
  readonly problems: Problem[];
}

/** The data keys under some fields of a Secret or of a template for one. */
export function readDataKeys(holder: YamlMap, fields: readonly string[], file: string, path: DocumentPath): DataKeys {
  const keys = new Set<string>();
  const problems: Problem[] = [];
  for (const field of fields) {
    const data = own(holder, field);
    if (data === undefined) continue;
    if (!isMap(data)) {
      problems.push(problemAt(SECRET_FILE_SHAPE, file, [...path, field], 'is not a map', 'write it as keys with text values'));
      continue;
    }
    for (const [key, value] of Object.entries(data)) {
      keys.add(key);
      const at = [...path, field, key];
      if (!DATA_KEY.test(key)) {
        problems.push(problemAt(SECRET_FILE_SHAPE, file, at, 'is not a data key Kubernetes accepts', 'use letters, digits, "-", "_" and "."'));
      }
      if (typeof value === 'object' && value !== null) {
        problems.push(problemAt(SECRET_FILE_SHAPE, file, at, 'is nested', 'write the value as one text'));
      }
    }
  }
  return { keys: [...keys], problems };
}

/** Fields the kind does not have. A misspelled one would be dropped without a word. */
export function unknownFieldProblems(holder: YamlMap, known: readonly string[], file: string, path: DocumentPath): Problem[] {
  return Object.keys(holder).filter(field => !known.includes(field)).map(field =>
    problemAt(SECRET_FILE_SHAPE, file, [...path, field], 'is not a field of the kind', `use one of ${known.join(', ')}`));
}

/** Labels or annotations that are not text. */
export function textMapProblems(holder: YamlMap, field: string, file: string, path: DocumentPath): Problem[] {
  const map = own(holder, field);
  if (map === undefined) return [];
  if (!isMap(map)) return [problemAt(SECRET_FILE_SHAPE, file, [...path, field], 'is not a map', 'write it as keys with text values')];
  return Object.entries(map).filter(([, value]) => typeof value !== 'string').map(([key]) =>
    problemAt(SECRET_FILE_SHAPE, file, [...path, field, key], 'is not text', 'quote the value'));
}

function isName(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}

function readable(holder: YamlMap, field: string, isHidden: (value: unknown) => boolean): string | undefined {
  const value = text(holder, field);
  return isHidden(value) ? undefined : value;
}
