import { CodeDefinition } from '../findings/finding';

/** Codes about stored credentials: their data keys, and the files that hold them encrypted. */

export * from './external-secret-codes';
export * from './sealed-secret-codes';
export * from './sops-codes';

export const SECRET_KEY_MISSING: CodeDefinition = {
  code: 'SECRET_KEY_MISSING',
  severity: 'error',
  title: 'A Secret lacks the data key the gateway reads',
  cause: 'The Secret holds the credential under another key, or not at all. The key names are fixed in the gateway.',
  consequence: 'The policy is accepted, the provider is left out of its routes, and requests time out or answer 500.',
  fix: 'Store the credential under the key the message names. A renamed key of a SOPS file must be encrypted again.',
};

export const SECRET_KEY_EXTRA: CodeDefinition = {
  code: 'SECRET_KEY_EXTRA',
  severity: 'warning',
  title: 'A Secret holds data keys the gateway does not read',
  cause: 'The Secret has more keys than the credential needs.',
  consequence: 'Whoever may read the Secret for the gateway reads the other values too, and a misspelled key goes unnoticed.',
  fix: 'Keep a Secret of its own for each credential, with only the keys the message names.',
};

export const SECRET_IN_OTHER_NAMESPACE: CodeDefinition = {
  code: 'SECRET_IN_OTHER_NAMESPACE',
  severity: 'error',
  title: 'A credential is stored in another namespace than its provider',
  cause: 'The Secret is declared, made or encrypted for a namespace that is not known to be that of the provider and its policy, where the gateway looks for it.',
  consequence: 'The policy is accepted, the Secret is not found, and every request to the provider answers 500 with an empty body.',
  fix: 'Store the credential in the namespace of the provider. Where another Secret of this name is there already, acknowledge the finding; of manifests that no construct made it is a warning, unless the namespace is declared complete.',
};

export const SECRET_NAME_RESERVED: CodeDefinition = {
  code: 'SECRET_NAME_RESERVED',
  severity: 'error',
  title: 'A Secret has a name the gateway keeps for its own',
  cause: 'The name of a Secret that holds a credential starts with `ai-eg-`, as the names of those do that the controller writes.',
  consequence: 'The controller overwrites or deletes the Secret once it needs the name, and the credential is gone.',
  fix: 'Choose a name that starts with something else.',
};

export const SECRET_FILE_UNREADABLE: CodeDefinition = {
  code: 'SECRET_FILE_UNREADABLE',
  severity: 'error',
  title: 'The file of a credential cannot be read',
  cause: 'The path names no file, a folder, a file without read permission, or bytes that are not UTF-8.',
  consequence: 'Nothing is known of the Secret, and it is missing from the output.',
  fix: 'Correct the path. Relative paths start at the folder in which the program runs.',
  final: true,
};

export const SECRET_FILE_TOO_LARGE: CodeDefinition = {
  code: 'SECRET_FILE_TOO_LARGE',
  severity: 'error',
  title: 'The file of a credential is larger than a Secret can be',
  cause: 'The file has more than 1 MiB.',
  consequence: 'The API server refuses objects of this size.',
  fix: 'Name the file that holds the one credential, or split it.',
  final: true,
};

export const SECRET_FILE_NOT_YAML: CodeDefinition = {
  code: 'SECRET_FILE_NOT_YAML',
  severity: 'error',
  title: 'The file of a credential holds no manifest',
  cause: 'The file is empty, binary, not YAML, nested beyond reason, or YAML that is not a map.',
  consequence: 'No tool can apply it.',
  fix: 'Repair the file at the line the message names, or name the file that holds the manifest.',
  final: true,
};

export const SECRET_FILE_SEVERAL_DOCUMENTS: CodeDefinition = {
  code: 'SECRET_FILE_SEVERAL_DOCUMENTS',
  severity: 'error',
  title: 'The file of a credential holds more than one document',
  cause: 'A line `---` separates documents in the file.',
  consequence: 'SOPS seals a file as a whole: once its documents are apart, the integrity check fails.',
  fix: 'Give each document a file of its own and encrypt each by itself. Remove a trailing `---`.',
  final: true,
};

export const SECRET_FILE_AMBIGUOUS: CodeDefinition = {
  code: 'SECRET_FILE_AMBIGUOUS',
  severity: 'error',
  title: 'Readers of YAML disagree about the file of a credential',
  cause: 'The file has a key twice, a merge key, a key that is no text, a tag, a directive, or, where it becomes part of the output, an unquoted scalar or a line separator that YAML 1.1 and 1.2 read differently.',
  consequence: 'The tool that decrypts and the API server see different content; written again, the integrity check of SOPS fails.',
  fix: 'Quote the scalar or write the place out plainly with `sops edit`, which also renews the integrity check.',
};

export const SECRET_FILE_ORDER_LOST: CodeDefinition = {
  code: 'SECRET_FILE_ORDER_LOST',
  severity: 'error',
  title: 'The keys of an encrypted document cannot be written in their order',
  cause: 'A map has keys that look like integers beside others. JavaScript moves such keys to the front.',
  consequence: 'The integrity check of SOPS covers the order of values, so decryption with `sops` or KSOPS fails.',
  fix: 'Rename the keys, or put the integer-like ones first in ascending order and encrypt again, or let another tool apply the file.',
};

export const SECRET_FILE_KIND_UNSUPPORTED: CodeDefinition = {
  code: 'SECRET_FILE_KIND_UNSUPPORTED',
  severity: 'error',
  title: 'The file of a credential holds another kind of object',
  cause: 'The document is not of a kind that becomes a Secret, or of the same kind name in another API group.',
  consequence: 'No Secret with the credential comes out of it.',
  fix: 'Name a file with one of the kinds in the message.',
  final: true,
};

export const SECRET_FILE_NAME_INVALID: CodeDefinition = {
  code: 'SECRET_FILE_NAME_INVALID',
  severity: 'error',
  title: 'The document of a credential has no usable name or namespace',
  cause: 'A name is missing or generated, or a name or namespace is not one Kubernetes accepts.',
  consequence: 'The API server refuses the object, or nobody can refer to the Secret.',
  fix: 'Give it a fixed name in lower-case letters, digits, `-` and `.`, then encrypt again.',
  final: true,
  covers: ['INCOMPLETE_MANIFEST'],
};

export const SECRET_FILE_SHAPE: CodeDefinition = {
  code: 'SECRET_FILE_SHAPE',
  severity: 'error',
  title: 'The document of a credential has not the shape of its kind',
  cause: 'A field is unknown or misspelled, a map of data is nested, a data key has characters Kubernetes refuses, or a label or annotation is no text.',
  consequence: 'The API server or the operator refuses the object, or ignores the field.',
  fix: 'Follow the message, then encrypt again.',
  final: true,
};

export const SECRET_VALUE_EMPTY: CodeDefinition = {
  code: 'SECRET_VALUE_EMPTY',
  severity: 'error',
  title: 'A data key of an encrypted Secret has no value',
  cause: 'The value was empty or null when the file was encrypted, or was deleted from it.',
  consequence: 'An empty credential is as bad as none: the provider answers 401, and some gateways refuse their whole configuration.',
  fix: 'Store the value, or remove the key.',
};
