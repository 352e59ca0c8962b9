import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Interpreted } from './interpret';
import { Checks, Finding } from '../../src';
import { silently } from '../silently';

/** What became of a program. */
export type Outcome =
  | { readonly kind: 'refused'; readonly messages: readonly string[]; readonly findings: readonly Finding[] }
  | { readonly kind: 'made'; readonly yaml: string; readonly setup: readonly SetupFile[]; readonly findings: readonly Finding[] }
  /** An exception that is no finding, which a program never gets to see. */
  | { readonly kind: 'crashed'; readonly error: unknown };

/** Values for the cluster's controllers. */
export interface SetupFile {
  readonly name: string;
  readonly text: string;
}

/** Makes a program and synthesizes it. */
export function outcomeOf(make: () => Interpreted): Outcome {
  return silently((): Outcome => {
    let made: Interpreted;
    let setup: readonly SetupFile[];
    let findings: readonly Finding[];
    try {
      made = make();
      setup = setupFiles(made);
      findings = Checks.findings(made.app);
    } catch (error) {
      return { kind: 'crashed', error };
    }
    try {
      return { kind: 'made', yaml: made.app.synthYaml() as string, setup, findings };
    } catch (error) {
      const messages = messagesOf(error);
      return messages ? { kind: 'refused', messages, findings } : { kind: 'crashed', error };
    }
  });
}

function setupFiles({ setup }: Interpreted): SetupFile[] {
  if (!setup) return [];
  const folder = mkdtempSync(join(tmpdir(), 'setup-'));
  try {
    const files = setup.write(join(folder, 'values'));
    return [...files.map(file => ({ name: basename(file), text: readFileSync(file, 'utf8') })), { name: 'commands', text: setup.commands.join('\n') }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Documents of the output, as the cluster's tools read them. */
export function documentsOf(yaml: string): unknown[] {
  return parseAllDocuments(yaml, { version: '1.1' }).map(document => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw problem;
    return document.toJS();
  }).filter(manifest => manifest !== null);
}

const HEAD = 'Validation failed with the following errors:\n';

function messagesOf(error: unknown): readonly string[] | undefined {
  const { message } = error as Error;
  if (typeof message !== 'string' || !message.startsWith(HEAD)) return undefined;
  return message.slice(HEAD.length).split('\n').map(line => line.replace(/^ {2}/, ''));
}
