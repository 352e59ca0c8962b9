import { Problem } from '../findings/finding';
import { EncryptedFile } from '../intent';
import { SECRET_FILE_SHAPE, SECRET_VALUE_EMPTY } from './codes';
import { base64Bytes } from './base64';
import { NO_FILE, problemAt } from './document-path';
import { readManifestFile } from './manifest-file';
import {
  SEALED_SECRET_CLUSTER_WIDE, SEALED_SECRET_PLAINTEXT, SEALED_SECRET_RENAMED, SEALED_SECRET_VALUE_MALFORMED,
} from './sealed-secret-codes';
import { Identity, readDataKeys, readIdentity, textMapProblems, unknownFieldProblems } from './secret-shape';
import { isMap, own, YamlMap } from './yaml-map';

const FIELDS = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
const SPEC_FIELDS = ['encryptedData', 'template', 'data'];
const TEMPLATE_FIELDS = ['metadata', 'type', 'immutable', 'data'];
const SCOPE_ANNOTATIONS = 'sealedsecrets.bitnami.com/';

/** To what the values are bound: name and namespace, namespace, or nothing. */
type Scope = 'strict' | 'namespace-wide' | 'cluster-wide';

/** Reads a SealedSecret and checks everything that can be checked without the controller's key. */
export function readSealedSecret(source: string, path: string, options: { readonly embed: boolean }): EncryptedFile {
  // Each value is sealed by itself, so their order does not matter.
  const { document, problems } = readManifestFile(source, path, { embed: options.embed, ordered: false });
  const file = { kind: 'sealed', path, embed: options.embed } as const;
  if (!document) return { ...file, secrets: [], problems };

  const identity = readIdentity(document, path, ['bitnami.com/v1alpha1/SealedSecret'], () => false);
  problems.push(...identity.problems);
  const { kind, name, namespace } = identity;
  if (!kind) return { ...file, document, secrets: [], problems };
  problems.push(...unknownFieldProblems(document, FIELDS, path, []));
  const keys = readSpec(document, path, identity, problems);
  return { ...file, document, secrets: name === undefined ? [] : [{ name, namespace, keys }], problems };
}

/** What is wrong with the values of a SealedSecret that stands in the output and came from anywhere. */
export function sealedManifestProblems(document: YamlMap): Problem[] {
  const problems: Problem[] = [];
  readSpec(document, NO_FILE, readIdentity(document, NO_FILE, ['bitnami.com/v1alpha1/SealedSecret'], () => false), problems);
  return problems;
}

function readSpec(document: YamlMap, file: string, identity: Identity, problems: Problem[]): string[] {
  const spec = own(document, 'spec');
  const sealed = isMap(spec) ? own(spec, 'encryptedData') : undefined;
  if (!isMap(spec) || sealed === undefined) {
    problems.push(problemAt(SECRET_FILE_SHAPE, file, ['spec', 'encryptedData'], 'is missing', 'seal the Secret with "kubeseal"'));
    return [];
  }
  problems.push(...unknownFieldProblems(spec, SPEC_FIELDS, file, ['spec']));
  const encrypted = readDataKeys(spec, ['encryptedData'], file, ['spec']);
  problems.push(...encrypted.problems);
  for (const [key, value] of Object.entries(isMap(sealed) ? sealed : {})) {
    const at = ['spec', 'encryptedData', key];
    if (value === '' || value === null) {
      problems.push(problemAt(SECRET_VALUE_EMPTY, file, at, 'has no value', 'seal the value with "kubeseal", or remove the key'));
    } else if (typeof value !== 'object' && !isBase64(value)) {
      problems.push(problemAt(SEALED_SECRET_VALUE_MALFORMED, file, at, 'is not Base64 as "kubeseal" writes it', 'seal the value again with "kubeseal"'));
    }
  }
  const template = own(spec, 'template');
  problems.push(...scopeProblems(document, template, file, identity));
  return [...new Set([...encrypted.keys, ...(isMap(template) ? readTemplate(template, file, problems) : [])])];
}

/** The keys that the template adds to the sealed ones. */
function readTemplate(template: YamlMap, file: string, problems: Problem[]): string[] {
  const path = ['spec', 'template'];
  problems.push(...unknownFieldProblems(template, TEMPLATE_FIELDS, file, path));
  const { keys, problems: dataProblems } = readDataKeys(template, ['data'], file, path);
  problems.push(...dataProblems);
  const data = own(template, 'data');
  for (const [key, value] of Object.entries(isMap(data) ? data : {})) {
    if (typeof value === 'string' && (value === '' || value.includes('{{'))) continue;
    problems.push(problemAt(SEALED_SECRET_PLAINTEXT, file, [...path, 'data', key], 'is plain text', 'seal it under spec.encryptedData'));
  }
  const metadata = own(template, 'metadata');
  if (isMap(metadata)) {
    for (const field of ['labels', 'annotations']) problems.push(...textMapProblems(metadata, field, file, [...path, 'metadata']));
  }
  return keys;
}

/** The controller decrypts with the name and namespace of the object; the template keeps those it was sealed for. */
function scopeProblems(document: YamlMap, template: unknown, file: string, identity: Identity): Problem[] {
  const scope = scopeOf(own(document, 'metadata'));
  if (scope === 'cluster-wide') {
    const path = ['metadata', 'annotations', `${SCOPE_ANNOTATIONS}cluster-wide`];
    return [problemAt(SEALED_SECRET_CLUSTER_WIDE, file, path, 'lets every namespace decrypt the values', 'seal it again with the scope "strict"')];
  }
  const metadata = isMap(template) ? own(template, 'metadata') : undefined;
  const bound = scope === 'strict' ? ['name', 'namespace'] as const : ['namespace'] as const;
  return bound.filter((field) => {
    const sealedFor = isMap(metadata) ? own(metadata, field) : undefined;
    return sealedFor !== undefined && identity[field] !== undefined && sealedFor !== identity[field];
  }).map(field => problemAt(
    SEALED_SECRET_RENAMED, file, ['spec', 'template', 'metadata', field], `differs from metadata.${field}`,
    'restore it, or seal the values again under the new one',
  ));
}

function scopeOf(metadata: unknown): Scope {
  const annotations = isMap(metadata) ? own(metadata, 'annotations') : undefined;
  const has = (scope: Scope) => isMap(annotations) && own(annotations, `${SCOPE_ANNOTATIONS}${scope}`) === 'true';
  if (has('cluster-wide')) return 'cluster-wide';
  return has('namespace-wide') ? 'namespace-wide' : 'strict';
}

/** Line breaks are allowed: the controller's decoder skips them. */
function isBase64(value: unknown): boolean {
  return typeof value === 'string' && base64Bytes(value.replace(/[\r\n]/g, '')) !== undefined;
}
