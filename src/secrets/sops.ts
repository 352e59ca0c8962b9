import { Problem } from '../findings/finding';
import { EncryptedFile, EncryptedSecret } from '../intent';
import { SECRET_FILE_SHAPE, SECRET_VALUE_EMPTY } from './codes';
import { DocumentPath, NO_FILE, problemAt } from './document-path';
import { readManifestFile } from './manifest-file';
import {
  Identity, KnownKind, nameProblems, readDataKeys, readIdentity, textMapProblems, unknownFieldProblems,
} from './secret-shape';
import {
  SOPS_DATA_NOT_BASE64, SOPS_IDENTITY_ENCRYPTED, SOPS_NOT_ENCRYPTED, SOPS_OPERATOR_FIELD_UNSUPPORTED, SOPS_PLAINTEXT,
  SOPS_STRAY_CIPHERTEXT, SOPS_VALUE_MALFORMED, SOPS_VALUE_NOT_TEXT,
} from './sops-codes';
import { metadataProblems } from './sops-metadata';
import { ReadSelector, readSelector } from './sops-selector';
import { looksEncrypted, parseSopsValue } from './sops-value';
import { isMap, own, text, YamlMap } from './yaml-map';

const SECRET: KnownKind = 'v1/Secret';
const SOPS_SECRET: KnownKind = 'isindir.github.com/v1alpha3/SopsSecret';

const SECRET_FIELDS = ['apiVersion', 'kind', 'metadata', 'type', 'data', 'stringData', 'immutable', 'sops'];
const SOPS_SECRET_FIELDS = ['apiVersion', 'kind', 'metadata', 'spec', 'status', 'sops'];
const TEMPLATE_FIELDS = ['name', 'labels', 'annotations', 'type', 'data', 'stringData'];
const DATA_FIELDS = ['data', 'stringData'];

/** What the custom resource of the operator declares of the `sops` block. */
const OPERATOR_FIELDS = [
  'kms', 'pgp', 'azure_kv', 'hc_vault', 'gcp_kms', 'age', 'mac', 'lastmodified', 'version',
  'encrypted_suffix', 'encrypted_regex', 'mac_only_encrypted',
];

/** Fields of the `sops` block that are text and can look like times or numbers. */
const TEXT_FIELDS: readonly unknown[] = ['lastmodified', 'version', 'created_at'];

const BETTER_SELECTOR = 'use "encrypted_regex: ^(data|stringData)$" and encrypt the plain document anew';

/** Reads a SOPS file and checks everything that can be checked without a key. */
export function readSops(source: string, path: string, options: { readonly embed: boolean }): EncryptedFile {
  const { document, problems } = readManifestFile(source, path, {
    embed: options.embed,
    ordered: true,
    isText: at => at[0] === 'sops' && TEXT_FIELDS.includes(at.at(-1)),
  });
  const file = { kind: 'sops', path, embed: options.embed } as const;
  if (!document) return { ...file, secrets: [], problems };

  const identity = readIdentity(document, path, [SECRET, SOPS_SECRET], looksEncrypted);
  const { secrets, problems: shapeProblems } = identity.kind === SOPS_SECRET
    ? readTemplates(document, path, identity)
    : readSecret(document, path, identity);
  return {
    ...file,
    document: isFitForOutput(document) ? document : undefined,
    secrets,
    problems: [...problems, ...identity.problems, ...shapeProblems, ...encryptionProblems(document, path, identity.kind)],
  };
}

/** What is wrong with the encryption of a Secret or SopsSecret that stands in the output and came from anywhere. */
export function sopsManifestProblems(document: YamlMap, kind: 'Secret' | 'SopsSecret'): Problem[] {
  const known = kind === 'Secret' ? SECRET : SOPS_SECRET;
  if (isMap(own(document, 'sops'))) return encryptionProblems(document, NO_FILE, known);
  const strays = [...leaves(document, [])].filter(({ path, value }) => dataField(path, known) !== undefined && looksEncrypted(value));
  return strays.map(({ path }) => problemAt(
    SOPS_STRAY_CIPHERTEXT, NO_FILE, path, 'is encrypted, in a manifest without the `sops` block that decrypts it',
    'restore the block from version control, or encrypt the plain document anew'));
}

/** In the output a plain document would show the credential, and one that hides what it is would be refused. */
function isFitForOutput(document: YamlMap): boolean {
  const metadata = own(document, 'metadata');
  const identity = [own(document, 'apiVersion'), own(document, 'kind'), isMap(metadata) ? own(metadata, 'name') : undefined];
  return isMap(own(document, 'sops')) && !identity.some(looksEncrypted);
}

interface ReadSecrets {
  readonly secrets: EncryptedSecret[];
  readonly problems: Problem[];
}

function readSecret(document: YamlMap, file: string, { kind, name, namespace }: Identity): ReadSecrets {
  const { keys, problems } = readDataKeys(document, DATA_FIELDS, file, []);
  if (kind === SECRET) problems.push(...unknownFieldProblems(document, SECRET_FIELDS, file, []));
  return { secrets: kind === SECRET && name !== undefined ? [{ name, namespace, keys }] : [], problems };
}

function readTemplates(document: YamlMap, file: string, { namespace }: Identity): ReadSecrets {
  const spec = own(document, 'spec');
  const templates = isMap(spec) ? own(spec, 'secretTemplates') : undefined;
  const path = ['spec', 'secretTemplates'];
  const problems = unknownFieldProblems(document, SOPS_SECRET_FIELDS, file, []);
  if (!Array.isArray(templates) || templates.length === 0) {
    problems.push(problemAt(SECRET_FILE_SHAPE, file, path, 'is not a list of templates', 'list a template for each Secret'));
    return { secrets: [], problems };
  }
  const secrets = templates.flatMap((template: unknown, index): EncryptedSecret[] => {
    const at = [...path, index];
    if (!isMap(template)) {
      problems.push(problemAt(SECRET_FILE_SHAPE, file, at, 'is not a template', 'write it as a map with name and data'));
      return [];
    }
    problems.push(...nameProblems(template, file, at, looksEncrypted), ...unknownFieldProblems(template, TEMPLATE_FIELDS, file, at));
    for (const field of ['labels', 'annotations']) problems.push(...textMapProblems(template, field, file, at));
    const data = readDataKeys(template, DATA_FIELDS, file, at);
    problems.push(...data.problems);
    const name = text(template, 'name');
    return name === undefined || looksEncrypted(name) ? [] : [{ name, namespace, keys: data.keys }];
  });
  return { secrets, problems };
}

function encryptionProblems(document: YamlMap, file: string, kind: KnownKind | undefined): Problem[] {
  const sops = own(document, 'sops');
  if (!isMap(sops)) {
    // A file that is not meant at all needs no encryption.
    if (kind === undefined) return [];
    return [problemAt(SOPS_NOT_ENCRYPTED, file, [], 'has no sops block', 'encrypt it with "sops encrypt --in-place", and replace the credential if it was committed')];
  }
  const problems = metadataProblems(sops, file);
  const read = readSelector(sops, file);
  problems.push(...read.problems);
  if (kind === SOPS_SECRET) {
    const unknown = Object.keys(sops).filter(field => !OPERATOR_FIELDS.includes(field));
    for (const field of unknown) {
      problems.push(problemAt(SOPS_OPERATOR_FIELD_UNSUPPORTED, file, ['sops', field], 'is not known to the operator of SopsSecret', BETTER_SELECTOR));
    }
  }
  problems.push(...leafProblems(document, file, kind, read));
  return problems;
}

/** What is wrong with single values, and which of those that must be readable are encrypted. */
function leafProblems(document: YamlMap, file: string, kind: KnownKind | undefined, { field: selects, selector }: ReadSelector): Problem[] {
  const problems: Problem[] = [];
  const hidden = new Set<string>();
  for (const { path, value } of leaves(document, [])) {
    if (path[0] === 'sops') continue;
    const field = dataField(path, kind);
    if (value === null || value === '') {
      if (field) problems.push(problemAt(SECRET_VALUE_EMPTY, file, path, 'has no value', 'store the value with "sops edit", or remove the key'));
      continue;
    }
    const identifying = identifies(path, kind);
    const covered = selector ? selector(path) : field !== undefined || looksEncrypted(value);
    if (covered && identifying) hidden.add(identifying);
    else problems.push(...valueProblems({ file, path, value, covered, field }));
  }
  if (hidden.size > 0) {
    const what = [...hidden].join(', ');
    problems.unshift(selects === undefined
      ? problemAt(SOPS_IDENTITY_ENCRYPTED, file, ['sops'], `says of no part that it stays plain, so SOPS encrypts ${what} too`, BETTER_SELECTOR)
      : problemAt(SOPS_IDENTITY_ENCRYPTED, file, ['sops', selects], `encrypts ${what}`, BETTER_SELECTOR));
  }
  return problems;
}

interface Leaf {
  readonly file: string;
  readonly path: DocumentPath;
  readonly value: unknown;
  /** True where SOPS encrypts the leaf. */
  readonly covered: boolean;
  /** `data` or `stringData` where the leaf is a value of the Secret. */
  readonly field?: string;
}

function valueProblems({ file, path, value, covered, field }: Leaf): Problem[] {
  if (!covered) {
    if (looksEncrypted(value)) {
      return [problemAt(SOPS_STRAY_CIPHERTEXT, file, path, 'is encrypted, and the selector does not cover it', 'enter it with "sops edit" under a key the selector covers')];
    }
    return field ? [problemAt(SOPS_PLAINTEXT, file, path, 'is plain text, and the selector does not cover it', BETTER_SELECTOR)] : [];
  }
  if (!looksEncrypted(value)) {
    return [problemAt(SOPS_PLAINTEXT, file, path, 'is plain text', 'enter it with "sops edit" or "sops set", and replace the credential if it was committed')];
  }
  const parsed = parseSopsValue(value);
  if (!parsed) {
    return [problemAt(SOPS_VALUE_MALFORMED, file, path, 'is not a value SOPS has written', 'restore it from version control, or enter it anew with "sops edit"')];
  }
  if (field && parsed.type !== 'str') {
    return [problemAt(SOPS_VALUE_NOT_TEXT, file, path, `is of type ${parsed.type} once it is decrypted`, 'quote the value with "sops edit"')];
  }
  if (field === 'data' && parsed.bytes % 4 !== 0) {
    return [problemAt(SOPS_DATA_NOT_BASE64, file, path, 'has a length that Base64 never has', 'encode the value or move it to stringData, with "sops edit"')];
  }
  return [];
}

function* leaves(node: unknown, path: DocumentPath): Generator<{ readonly path: DocumentPath; readonly value: unknown }> {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) yield* leaves(item, [...path, index]);
  } else if (isMap(node)) {
    for (const [key, value] of Object.entries(node)) yield* leaves(value, [...path, key]);
  } else {
    yield { path, value: node };
  }
}

/** The field of data that a leaf is a value of. */
function dataField(path: DocumentPath, kind: KnownKind | undefined): string | undefined {
  const field = kind === SOPS_SECRET ? templateField(path) : path[0];
  const depth = kind === SOPS_SECRET ? 5 : 2;
  return path.length === depth && DATA_FIELDS.includes(String(field)) ? String(field) : undefined;
}

/** What a leaf identifies the object or its Secrets by, as messages name it. */
function identifies(path: DocumentPath, kind: KnownKind | undefined): string | undefined {
  if (path[0] === 'apiVersion' || path[0] === 'kind' || path[0] === 'metadata') return path[0];
  return kind === SOPS_SECRET && path.length === 4 && templateField(path) === 'name' ? 'the names of the Secrets' : undefined;
}

/** The field of a Secret template that a leaf is in. */
function templateField(path: DocumentPath): string | number | undefined {
  return path[0] === 'spec' && path[1] === 'secretTemplates' ? path[3] : undefined;
}
