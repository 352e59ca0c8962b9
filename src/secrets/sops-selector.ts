import { Problem } from '../findings/finding';
import { DocumentPath, problemAt } from './document-path';
import { YamlMap } from './yaml-map';
import { SOPS_METADATA_INCOMPLETE, SOPS_SELECTOR_UNSUPPORTED, SOPS_SELECTORS_CONFLICT } from './sops-codes';

/** Tells whether SOPS encrypts the leaf at a path. */
export type Selector = (path: DocumentPath) => boolean;

export interface ReadSelector {
  /** The field that says what is encrypted; undefined where there is none, and SOPS encrypts everything. */
  readonly field?: string;
  /** Undefined where the file does not say clearly what is encrypted. */
  readonly selector?: Selector;
  readonly problems: Problem[];
}

const FIELDS = [
  'encrypted_regex', 'unencrypted_regex', 'encrypted_suffix', 'unencrypted_suffix', 'encrypted_comment_regex', 'unencrypted_comment_regex',
] as const;
const DEFAULT_SUFFIX = '_unencrypted';
const BEST = 'use "encrypted_regex: ^(data|stringData)$" and encrypt the plain document anew';

/** Which leaves the `sops` block says are encrypted. Each map key on the way to a leaf can decide. */
export function readSelector(sops: YamlMap, file: string): ReadSelector {
  const unclear = (...problems: Problem[]): ReadSelector => ({ problems });
  const present = FIELDS.filter(field => Object.hasOwn(sops, field) && sops[field] !== null && sops[field] !== '');
  if (present.length === 0) return { selector: suffixSelector(DEFAULT_SUFFIX, false), problems: [] };
  const [field] = present;
  if (present.length > 1) {
    return unclear(problemAt(SOPS_SELECTORS_CONFLICT, file, ['sops'], `has the selectors ${present.join(' and ')}`, 'keep one and encrypt the plain document anew'));
  }
  const text = sops[field];
  if (typeof text !== 'string') {
    return unclear(problemAt(SOPS_METADATA_INCOMPLETE, file, ['sops', field], 'is not text', BEST));
  }
  if (field.endsWith('comment_regex')) {
    return unclear(problemAt(SOPS_SELECTOR_UNSUPPORTED, file, ['sops', field], 'selects by comments, which the output does not keep', BEST));
  }
  const encrypts = field.startsWith('encrypted');
  if (field.endsWith('suffix')) return { field, selector: suffixSelector(text, encrypts), problems: [] };
  const pattern = sharedPattern(text);
  if (!pattern) {
    return unclear(problemAt(SOPS_SELECTOR_UNSUPPORTED, file, ['sops', field], 'has a pattern that Go and JavaScript do not both understand', BEST));
  }
  return { field, selector: pathSelector(key => pattern.test(key), encrypts), problems: [] };
}

function suffixSelector(suffix: string, encrypts: boolean): Selector {
  return pathSelector(key => key.endsWith(suffix), encrypts);
}

function pathSelector(matches: (key: string) => boolean, encrypts: boolean): Selector {
  return path => path.some(part => typeof part === 'string' && matches(part)) === encrypts;
}

/** Groups other than plain ones, POSIX classes, classes that start with a bracket, and escapes known to one of the two only. */
const NOT_SHARED = /\(\?(?!:)|\[:\^?[a-z]+:\]|\[\^?\]|\\(?![dDwWbBnrtfv])[A-Za-z0-9]/;

/** A Go pattern as JavaScript's, where both mean the same. */
function sharedPattern(text: string): RegExp | undefined {
  if (NOT_SHARED.test(text)) return undefined;
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}
