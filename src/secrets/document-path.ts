import { CodeDefinition, Problem } from '../findings/finding';

/** Where a value stands in a document: map keys, and indices of lists. */
export type DocumentPath = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;
const LONGEST_KEY = 80;

/** A path as messages show it: `spec.secretTemplates[0].data["service_account.json"]`. */
export function formatPath(path: DocumentPath): string {
  return path.map((part, index) => {
    if (typeof part === 'number') return `[${part}]`;
    if (PLAIN_KEY.test(part) && part.length <= LONGEST_KEY) return index === 0 ? part : `.${part}`;
    return `[${JSON.stringify(part.length > LONGEST_KEY ? `${part.slice(0, LONGEST_KEY)}…` : part)}]`;
  }).join('');
}

/** Instead of the name of a file: a document that stands in the output, which needs none. */
export const NO_FILE = '';

/** A problem at one place of a file, or with the file itself. Never carries the value that stands there. */
export function problemAt(definition: CodeDefinition, file: string, path: DocumentPath, message: string, fix: string): Problem {
  if (path.length === 0) return { definition, message: file === NO_FILE ? message : `${file} ${message}`, fix };
  return { definition, prop: formatPath(path), message: file === NO_FILE ? message : `in ${file} ${message}`, fix };
}
