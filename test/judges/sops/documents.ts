import { Planned } from './program';

/** A document to encrypt, and how. */
export interface Variant extends Omit<Planned, 'path'> {
  /** Ends the name of the file; `.yaml` if unset. */
  readonly extension?: string;
  /** The document before encryption. */
  readonly plain: string;
  /** What a rule of `.sops.yaml` says; by default {@link BY_REGEX}. */
  readonly rule?: object;
  /** Recipients, in groups of which as many are needed as `threshold` says; two in one group if unset. */
  readonly recipients?: readonly number[];
  readonly threshold?: number;
  /** Spaces that indent the encrypted file. */
  readonly indent?: number;
  /** What is done to the file afterwards, each a command of sops without its file. */
  readonly edits?: readonly (readonly string[])[];
  /** What is in the document then, where edits change it. */
  readonly edited?: object;
}

export const BY_REGEX = { encrypted_regex: '^(data|stringData)$' };

const HEAD = (id: string) => `apiVersion: v1
kind: Secret
metadata:
  name: ${id}
  namespace: ai
`;
const API_KEY = (id: string) => `${HEAD(id)}stringData:
  apiKey: sk-proj-abc
type: Opaque
`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const INI = '[default]\naws_access_key_id = AKIA-like\naws_secret_access_key = a/b+c=\n';
const GOOGLE = '{\n  "type": "service_account",\n  "private_key": "-----BEGIN X-----\\nabc\\n-----END X-----\\n"\n}\n';

const apiKey = (id: string, more: Partial<Variant> = {}): Variant => ({ id, holds: 'apiKey', plain: API_KEY(id), ...more });

/** A Secret in wild order, with everything that a printer of YAML might change. */
const WILD = (id: string) => `type: Opaque
stringData:
  secretKey: two
  apiKey: "  sk \\"quoted\\" 'single' \\\\ {{ braces }} $HOME %s # žluť 🔑  "
  "0777": octal
  "yes": "no"
  multi: |
    first
      second

    third
  folded: >-
    one
    two
immutable: true
metadata:
  namespace: ai
  name: ${id}
  creationTimestamp: null
  labels: {}
  annotations:
    z: "yes"
    a: "0777"
    time: "2026-01-02"
    float: "1e3"
    long: "${'word '.repeat(60).trim()}"
    lines: |
      a
      b
    empty: ""
    null-like: "~"
    colon: "a: b"
    hash: "a #b"
    unicode: "č 🔑"
kind: Secret
apiVersion: v1
`;

const COMMENTS = (id: string) => `# for the search team
apiVersion: v1 # of the core
kind: Secret
# who and where
metadata:
  name: ${id}
  namespace: ai
stringData:
  # rotated each month
  apiKey: sk-proj-abc # by hand
# the end
type: Opaque
`;

const TEMPLATES = (id: string) => `apiVersion: isindir.github.com/v1alpha3
kind: SopsSecret
metadata:
  name: ${id}
  namespace: ai
  annotations:
    kustomize.toolkit.fluxcd.io/decrypt: disabled
spec:
  secretTemplates:
    - name: ${id}-one
      labels:
        app: gateway
      stringData:
        apiKey: sk-proj-abc
    - name: ${id}-two
      type: Opaque
      data:
        apiKey: ${base64('sk-proj-def')}
`;

export const VARIANTS: readonly Variant[] = [
  apiKey('by-regex'),
  apiKey('by-regex-mac-only-encrypted', { rule: { ...BY_REGEX, mac_only_encrypted: true } }),
  apiKey('by-unencrypted-regex', { rule: { unencrypted_regex: '^(apiVersion|kind|metadata|type)$' } }),
  apiKey('by-unencrypted-regex-mac-only-encrypted', { rule: { unencrypted_regex: '^(apiVersion|kind|metadata|type)$', mac_only_encrypted: true } }),
  apiKey('by-suffix', { rule: { encrypted_suffix: 'Data' } }),
  apiKey('by-suffix-mac-only-encrypted', { rule: { encrypted_suffix: 'Data', mac_only_encrypted: true } }),
  apiKey('data', { plain: `${HEAD('data')}data:\n  apiKey: ${base64('sk-proj-abc\n')}\ntype: Opaque\n` }),
  apiKey('data-mac-only-encrypted', { plain: `${HEAD('data-mac-only-encrypted')}data:\n  apiKey: ${base64('ž🔑')}\n`, rule: { ...BY_REGEX, mac_only_encrypted: true } }),
  apiKey('data-and-string-data', { plain: `${HEAD('data-and-string-data')}stringData:\n  apiKey: sk-1\ndata:\n  other: ${base64('x')}\n` }),
  apiKey('one-recipient', { recipients: [1] }),
  apiKey('three-recipients', { recipients: [3] }),
  apiKey('key-groups', { recipients: [1, 1], threshold: 2 }),
  apiKey('key-groups-of-two', { recipients: [2, 2, 1], threshold: 2 }),
  apiKey('comments', { plain: COMMENTS('comments') }),
  apiKey('comments-mac-only-encrypted', { plain: COMMENTS('comments-mac-only-encrypted'), rule: { ...BY_REGEX, mac_only_encrypted: true } }),
  apiKey('comments-by-unencrypted-regex', { plain: COMMENTS('comments-by-unencrypted-regex'), rule: { unencrypted_regex: '^(apiVersion|kind|metadata|type)$' } }),
  apiKey('wild', { plain: WILD('wild') }),
  apiKey('wild-mac-only-encrypted', { plain: WILD('wild-mac-only-encrypted'), rule: { ...BY_REGEX, mac_only_encrypted: true } }),
  apiKey('wild-indented-by-two', { plain: WILD('wild-indented-by-two'), indent: 2 }),
  apiKey('json', { extension: '.json', plain: JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'json', namespace: 'ai' }, stringData: { apiKey: 'a"b\nč' }, immutable: false }) }),
  apiKey('document-start', { plain: `---\n${API_KEY('document-start')}` }),
  apiKey('flow', { plain: '{apiVersion: v1, kind: Secret, metadata: {name: flow, namespace: ai}, stringData: {apiKey: "sk"}}\n' }),
  apiKey('edited', {
    edits: [['set', '["stringData"]["apiKey"]', '"sk-rotated"'], ['rotate', '--in-place'], ['set', '["metadata"]["labels"]', '{"tier":"1"}']],
    edited: {
      apiVersion: 'v1', kind: 'Secret', metadata: { name: 'edited', namespace: 'ai', labels: { tier: '1' } }, stringData: { apiKey: 'sk-rotated' }, type: 'Opaque',
    },
  }),
  { id: 'aws', holds: 'aws', plain: `${HEAD('aws')}stringData:\n  credentials: |\n${INI.replace(/^/gm, '    ').trimEnd()}\n` },
  { id: 'aws-data', holds: 'aws', plain: `${HEAD('aws-data')}data:\n  credentials: ${base64(INI)}\n` },
  { id: 'google', holds: 'google', plain: `${HEAD('google')}stringData:\n  service_account.json: ${JSON.stringify(GOOGLE)}\n` },
  { id: 'client-secret', holds: 'clientSecret', plain: `${HEAD('client-secret')}stringData:\n  client-secret: "12345"\n` },
  apiKey('operator', { plain: TEMPLATES('operator'), secretName: 'operator-one' }),
  apiKey('operator-second', { plain: TEMPLATES('operator-second'), secretName: 'operator-second-two' }),
  apiKey('operator-mac-only-encrypted', { plain: TEMPLATES('operator-mac-only-encrypted'), secretName: 'operator-mac-only-encrypted-one', rule: { ...BY_REGEX, mac_only_encrypted: true } }),
  apiKey('operator-by-suffix', {
    plain: TEMPLATES('operator-by-suffix').replace(/ {6}data:\n.*\n/, '      stringData: {apiKey: sk-proj-def}\n'),
    secretName: 'operator-by-suffix-one',
    rule: { encrypted_suffix: 'Data' },
  }),
];
