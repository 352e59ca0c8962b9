import { LineCounter, parseDocument } from 'yaml';
import { PolicyProblem } from './document';

/** Reads YAML, or JSON, which is YAML as well; a key that stands twice is refused. */
export function parsePolicyText(text: string): { readonly value?: unknown; readonly problems: readonly PolicyProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: true, schema: 'core', prettyErrors: false, lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    return { problems: [{ path: '', message: `is no YAML at line ${line}, column ${col}: ${error.message}`, fix: 'correct it' }] };
  }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), problems: [] };
  } catch {
    return { problems: [{ path: '', message: 'repeats parts of itself too often', fix: 'write it without aliases' }] };
  }
}
