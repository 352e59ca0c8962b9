/** A change to an encrypted file, and who notices it. */
export interface Tampering {
  readonly id: string;
  /** @param another the same document with another value, encrypted by itself */
  readonly change: (text: string, another: string) => string;
  /** What synthesis says; unset where only a private key could tell. */
  readonly code?: string;
  /** What the real program says with a private key. */
  readonly sops: 'refuses' | 'decrypts';
  /** Words of the guide to credentials that cover the case. */
  readonly guide: string;
  readonly rule?: object;
}

const VALUE = /apiKey: (ENC\[.*\])/;
const line = (text: string, key: string) => new RegExp(`^ *${key}: .*\\n`, 'm').exec(text)![0];
const sealed = (text: string) => VALUE.exec(text)![1];

const COVERED = 'every value of the Secret is encrypted';
const PLAIN = 'nothing that identifies the object is';
const METADATA = 'the metadata is complete';
const MAC = 'whether the MAC holds';
const NOBODY = 'Nobody notices';

/** Exchanges one character of a base64 text for another, so that its length stays. */
const flip = (base64: string) => (base64.startsWith('A') ? 'B' : 'A') + base64.slice(1);

export const TAMPERINGS: readonly Tampering[] = [
  { id: 'value-in-plain-text', change: text => text.replace(VALUE, 'apiKey: left-open'), code: 'SOPS_PLAINTEXT', sops: 'refuses', guide: COVERED },
  { id: 'key-added-in-plain-text', change: text => text.replace('stringData:\n', 'stringData:\n    more: left-open\n'), code: 'SOPS_PLAINTEXT', sops: 'refuses', guide: COVERED },
  { id: 'value-cut-short', change: text => text.replace(/(apiKey: ENC\[AES256_GCM,data:[^,]*,iv:[^,]*),tag:[^,]*/, '$1'), code: 'SOPS_VALUE_MALFORMED', sops: 'refuses', guide: COVERED },
  { id: 'value-emptied', change: text => text.replace(VALUE, 'apiKey: ""'), code: 'SECRET_VALUE_EMPTY', sops: 'refuses', guide: 'no value is empty' },
  { id: 'key-renamed', change: text => text.replace('apiKey:', 'api_key:'), code: 'SECRET_KEY_MISSING', sops: 'refuses', guide: 'data keys are never encrypted' },
  { id: 'key-removed', change: text => text.replace(line(text, 'apiKey'), ''), code: 'SECRET_KEY_MISSING', sops: 'refuses', guide: 'data keys are never encrypted' },
  { id: 'sealed-text-outside', change: text => text.replace('type: Opaque', `type: ${sealed(text)}`), code: 'SOPS_STRAY_CIPHERTEXT', sops: 'refuses', guide: PLAIN },
  { id: 'selector-changed', change: text => text.replace('^(data|stringData)$', '^data$'), code: 'SOPS_STRAY_CIPHERTEXT', sops: 'refuses', guide: PLAIN },
  { id: 'selector-removed', change: text => text.replace(line(text, 'encrypted_regex'), ''), code: 'SOPS_IDENTITY_ENCRYPTED', sops: 'refuses', guide: PLAIN },
  { id: 'mac-removed', change: text => text.replace(line(text, 'mac'), ''), code: 'SOPS_METADATA_INCOMPLETE', sops: 'refuses', guide: METADATA },
  { id: 'mac-in-plain-text', change: text => text.replace(line(text, 'mac'), `    mac: ${'0'.repeat(128)}\n`), code: 'SOPS_METADATA_INCOMPLETE', sops: 'refuses', guide: METADATA },
  { id: 'time-removed', change: text => text.replace(line(text, 'lastmodified'), ''), code: 'SOPS_METADATA_INCOMPLETE', sops: 'refuses', guide: METADATA },
  { id: 'recipients-removed', change: text => text.replace(/^ {4}age:\n( {8}.*\n)+/m, ''), code: 'SOPS_NO_RECIPIENT', sops: 'refuses', guide: 'there are recipients' },
  { id: 'block-removed', change: text => text.replace(/^sops:[^]*/m, ''), code: 'SOPS_NOT_ENCRYPTED', sops: 'refuses', guide: METADATA },
  { id: 'second-document', change: (text, another) => `${text}---\n${another}`, code: 'SECRET_FILE_SEVERAL_DOCUMENTS', sops: 'refuses', guide: 'one document' },
  { id: 'another-kind', change: text => text.replace('kind: Secret', 'kind: ConfigMap'), code: 'SECRET_FILE_KIND_UNSUPPORTED', sops: 'refuses', guide: 'The file is a Secret' },
  { id: 'another-namespace', change: text => text.replace('namespace: ai', 'namespace: elsewhere'), code: 'SECRET_IN_OTHER_NAMESPACE', sops: 'refuses', guide: 'stands in the namespace of the provider' },

  { id: 'renamed', change: text => text.replace('name: renamed', 'name: other-name'), sops: 'refuses', guide: MAC },
  { id: 'label-added', change: text => text.replace('    namespace: ai\n', '    namespace: ai\n    labels:\n        tier: "1"\n'), sops: 'refuses', guide: MAC },
  { id: 'reordered', change: text => line(text, 'type') + text.replace(line(text, 'type'), ''), sops: 'refuses', guide: MAC },
  { id: 'data-keys-reordered', change: text => text.replace(line(text, 'spare'), '').replace(line(text, 'apiKey'), line(text, 'spare') + line(text, 'apiKey')), sops: 'refuses', guide: MAC },
  { id: 'spare-key-removed', change: text => text.replace(line(text, 'spare'), ''), sops: 'refuses', guide: MAC },
  { id: 'time-changed', change: text => text.replace(/lastmodified: "\d{4}/, 'lastmodified: "1999'), sops: 'refuses', guide: MAC },
  { id: 'mac-of-another-file', change: (text, another) => text.replace(line(text, 'mac'), line(another, 'mac')), sops: 'refuses', guide: MAC },
  { id: 'value-damaged', change: text => text.replace(/(apiKey: ENC\[AES256_GCM,data:)([^,]*)/, (_, before: string, data: string) => before + flip(data)), sops: 'refuses', guide: 'whether the value is right' },
  { id: 'value-of-another-file', change: (text, another) => text.replace(sealed(text), sealed(another)), sops: 'refuses', guide: 'whether the value is right' },
  { id: 'values-exchanged', change: text => text.replace(sealed(text), '<').replace(/spare: (.*)/, `spare: ${sealed(text)}`).replace('<', /spare: (.*)/.exec(text)![1]), sops: 'refuses', guide: 'whether the value is right' },
  { id: 'wrapped-key-damaged', change: text => text.replace(/(-----BEGIN AGE ENCRYPTED FILE-----\n)[^]*?(\n +-----END)/g, (_, begin: string, end: string) => `${begin}            AAAA${end}`), sops: 'refuses', guide: 'whether a recipient can decrypt' },

  { id: 'recipient-renamed', change: text => text.replace(/recipient: age1.{4}/, 'recipient: age1aaaa'), sops: 'decrypts', guide: NOBODY },
  { id: 'comment-added', change: text => `# changed\n${text}`, sops: 'decrypts', guide: NOBODY },
  {
    id: 'renamed-with-a-mac-of-encrypted-values',
    change: text => text.replace('name: renamed-with-a-mac-of-encrypted-values', 'name: other-name-2'),
    sops: 'decrypts',
    guide: 'mac_only_encrypted',
    rule: { encrypted_regex: '^(data|stringData)$', mac_only_encrypted: true },
  },
];
