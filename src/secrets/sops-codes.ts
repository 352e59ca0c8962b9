import { CodeDefinition } from '../findings/finding';

export const SOPS_NOT_ENCRYPTED: CodeDefinition = {
  code: 'SOPS_NOT_ENCRYPTED',
  severity: 'error',
  title: 'A SOPS file is not encrypted',
  cause: 'The document has no `sops` block: it was never encrypted, or is the decrypted twin of the file.',
  consequence: 'The credential is readable by everybody who can read the repository.',
  fix: 'Encrypt it with `sops encrypt --in-place`. Replace the credential if it was committed.',
  // Acknowledged, the plain credential would become part of the output.
  final: true,
};

export const SOPS_METADATA_INCOMPLETE: CodeDefinition = {
  code: 'SOPS_METADATA_INCOMPLETE',
  severity: 'error',
  title: 'The `sops` block of a file is damaged',
  cause: 'A field that SOPS writes is missing or has another form: `mac`, `lastmodified`, `version`, or a part of a recipient.',
  consequence: 'SOPS refuses to decrypt the file; Flux applies a document without `mac` as if it were plain.',
  fix: 'Restore the block from version control. If that is not possible, encrypt the plain document anew.',
};

export const SOPS_NO_RECIPIENT: CodeDefinition = {
  code: 'SOPS_NO_RECIPIENT',
  severity: 'error',
  title: 'Nobody can decrypt a SOPS file',
  cause: 'The `sops` block names no recipient.',
  consequence: 'The file cannot be decrypted, by the cluster or by anybody else.',
  fix: 'Add the recipients to `.sops.yaml` and encrypt the plain document anew.',
};

export const SOPS_SINGLE_RECIPIENT: CodeDefinition = {
  code: 'SOPS_SINGLE_RECIPIENT',
  severity: 'warning',
  title: 'A SOPS file has a single recipient',
  cause: 'Only one key can decrypt the file.',
  consequence: 'When that key is lost, nobody can edit or recover the credential.',
  fix: 'Add a second recipient to `.sops.yaml`, then run `sops updatekeys`.',
};

export const SOPS_VERSION_OLD: CodeDefinition = {
  code: 'SOPS_VERSION_OLD',
  severity: 'warning',
  title: 'A SOPS file was written by an old release',
  cause: 'The `version` of the `sops` block is lower than 3.9.',
  consequence: 'Old releases miss fixes of the integrity check and recipients of newer kinds.',
  fix: 'Edit the file once with a current release of SOPS, which renews the block.',
};

export const SOPS_SELECTORS_CONFLICT: CodeDefinition = {
  code: 'SOPS_SELECTORS_CONFLICT',
  severity: 'error',
  title: 'A SOPS file has more than one selector',
  cause: 'The `sops` block has several of `encrypted_regex`, `encrypted_suffix`, `unencrypted_regex`, `unencrypted_suffix` and their comment forms.',
  consequence: 'SOPS refuses to read the file.',
  fix: 'Keep one selector, best `encrypted_regex: ^(data|stringData)$`, and encrypt the plain document anew.',
};

export const SOPS_SELECTOR_UNSUPPORTED: CodeDefinition = {
  code: 'SOPS_SELECTOR_UNSUPPORTED',
  severity: 'error',
  title: 'The selector of a SOPS file cannot be followed',
  cause: 'It selects by comments, which the output does not keep, or its pattern has syntax that Go and JavaScript do not share.',
  consequence: 'It is not known which values are encrypted, so plain text could go unnoticed.',
  fix: 'Use `encrypted_regex: ^(data|stringData)$` and encrypt the plain document anew.',
};

export const SOPS_IDENTITY_ENCRYPTED: CodeDefinition = {
  code: 'SOPS_IDENTITY_ENCRYPTED',
  severity: 'error',
  title: 'The selector of a SOPS file encrypts what identifies the object',
  cause: 'It covers `apiVersion`, `kind`, `metadata`, or the name of a Secret template. Without a selector everything is encrypted.',
  consequence: 'GitOps tools cannot tell what the document is, and the API server refuses it.',
  fix: 'Use `encrypted_regex: ^(data|stringData)$` and encrypt the plain document anew.',
};

export const SOPS_PLAINTEXT: CodeDefinition = {
  code: 'SOPS_PLAINTEXT',
  severity: 'error',
  title: 'A value of a SOPS file is plain text',
  cause: 'A value was added to the encrypted file by hand, or the selector does not cover a data key.',
  consequence: 'The value is readable in the repository, and SOPS refuses the file where the selector covers the value.',
  fix: 'Add values with `sops edit` or `sops set`, or widen the selector. Replace the credential if its plain text was committed.',
  covers: ['PLAINTEXT_SECRET'],
};

export const SOPS_STRAY_CIPHERTEXT: CodeDefinition = {
  code: 'SOPS_STRAY_CIPHERTEXT',
  severity: 'error',
  title: 'An encrypted value stands outside the selector of its file',
  cause: 'The value was pasted from another place, its key was renamed, or the selector was changed by hand.',
  consequence: 'SOPS leaves it as it is, and the text `ENC[…]` is used as the value.',
  fix: 'Enter the value with `sops edit` under a key the selector covers.',
};

export const SOPS_VALUE_MALFORMED: CodeDefinition = {
  code: 'SOPS_VALUE_MALFORMED',
  severity: 'error',
  title: 'An encrypted value of a SOPS file is damaged',
  cause: 'The text starts with `ENC[` and is not of the form SOPS writes: cut off, edited, or of an unknown type.',
  consequence: 'SOPS cannot decrypt the file.',
  fix: 'Restore the value from version control, or enter it anew with `sops edit`.',
};

export const SOPS_VALUE_NOT_TEXT: CodeDefinition = {
  code: 'SOPS_VALUE_NOT_TEXT',
  severity: 'error',
  title: 'A value of a Secret is a number, a boolean or a date once it is decrypted',
  cause: 'The value was not quoted in the plain document, so SOPS kept its type.',
  consequence: 'The API server refuses the decrypted Secret, whose values must be text.',
  fix: 'Quote the value with `sops edit`.',
};

export const SOPS_DATA_NOT_BASE64: CodeDefinition = {
  code: 'SOPS_DATA_NOT_BASE64',
  severity: 'error',
  title: 'A value under `data` cannot be Base64',
  cause: 'The encrypted text has a length that Base64 never has: the value was stored under `data` without encoding it.',
  consequence: 'The API server refuses the decrypted Secret.',
  fix: 'Encode the value, or move it to `stringData`, with `sops edit`.',
};

export const SOPS_MAC_BROKEN: CodeDefinition = {
  code: 'SOPS_MAC_BROKEN',
  severity: 'warning',
  title: 'An encrypted document goes out with an integrity check that no longer holds',
  cause: 'An `Include` or `ApiObject` has a SOPS document whose keys are not in alphabetical order, and cdk8s sorts them; or a chart adds its namespace or labels to it. The MAC covers the values in their order.',
  consequence: '`sops` and KSOPS refuse to decrypt the document. Flux does not check it and decrypts it all the same.',
  fix: 'Let a credential embed the file with `fromSopsFile()`, which keeps it as it is; or write its keys in alphabetical order, `apiVersion`, `kind` and `metadata` first, before it is encrypted.',
};

export const SOPS_OPERATOR_FIELD_UNSUPPORTED: CodeDefinition = {
  code: 'SOPS_OPERATOR_FIELD_UNSUPPORTED',
  severity: 'error',
  title: 'The `sops` block of a SopsSecret has a field its operator does not know',
  cause: 'The custom resource declares only a part of what SOPS can write.',
  consequence: 'The API server refuses the field or drops it; dropped, another selector applies and decryption fails.',
  fix: 'Use `encrypted_regex: ^(data|stringData)$` and plain recipients, and encrypt the plain document anew.',
  final: true,
};
