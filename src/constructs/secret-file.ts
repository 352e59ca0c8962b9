import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SECRET_NOT_IN_FILE } from './credential-codes';
import { given } from './misuse';
import { Problem } from '../findings/finding';
import { EncryptedFile } from '../intent';
import { SECRET_FILE_UNREADABLE } from '../secrets/codes';

/** What becomes of an encrypted file. */
export enum SopsMode {
  /** It is part of the output as it stands, for a tool that decrypts it on the way into the cluster, such as Flux. */
  EMBED = 'embed',
  /** It is only checked; whoever applies it today goes on doing so. */
  REFERENCE = 'reference',
}

/** How a SOPS file is used. */
export interface SopsFileOptions {
  /**
   * What becomes of the file.
   *
   * @default SopsMode.EMBED
   */
  readonly mode?: SopsMode;

  /**
   * Name of the Secret that holds the credential, where the file makes several.
   *
   * @default - the only Secret the file makes
   */
  readonly secretName?: string;
}

/** How the file of a SealedSecret is used. */
export interface SealedSecretFileOptions {
  /**
   * Whether the file is part of the output, as it stands. Otherwise it is only checked.
   *
   * @default true
   */
  readonly embed?: boolean;
}

type Reader = (text: string, path: string, options: { embed: boolean }) => EncryptedFile;

export function sopsFile(path: string, declared: SopsFileOptions = {}): EncryptedFile {
  const options = given(declared);
  const file = read('sops', path, options.mode !== SopsMode.REFERENCE, loadReaders().readSops);
  const { secretName } = options;
  return { ...file, secretName, problems: [...file.problems, ...checkChoice(file, secretName)] };
}

export function sealedSecretFile(path: string, options: SealedSecretFileOptions = {}): EncryptedFile {
  return read('sealed', path, given(options).embed ?? true, loadReaders().readSealedSecret);
}

function read(kind: EncryptedFile['kind'], path: string, embed: boolean, reader: Reader): EncryptedFile {
  const text = readText(path);
  return typeof text === 'string' ? reader(text, path, { embed }) : { kind, path, embed, secrets: [], problems: [text] };
}

function readText(path: string): string | Problem {
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolve(path));
  } catch (error) {
    return unreadable(path, reasonOf(error), `give a path relative to ${process.cwd()}, where the program runs, or an absolute one`);
  }
  try {
    // Replacing what is not UTF-8 would change the document, and what was encrypted with it.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return unreadable(path, 'is not UTF-8 text', 'save it as UTF-8, or encrypt it again');
  }
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT': return 'does not exist';
    case 'EISDIR': return 'is a directory';
    case 'EACCES': return 'may not be read';
    default: return `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'not a path'})`;
  }
}

function unreadable(path: string, reason: string, fix: string): Problem {
  return { definition: SECRET_FILE_UNREADABLE, message: `${path} ${reason}`, fix };
}

/** A file that makes several Secrets does not say which of them is meant. */
function checkChoice({ secrets, path }: EncryptedFile, secretName: string | undefined): Problem[] {
  const names = secrets.map(secret => secret.name);
  if (names.length === 0 || (secretName === undefined ? names.length === 1 : names.includes(secretName))) return [];
  return [{
    definition: SECRET_NOT_IN_FILE,
    message: secretName === undefined ? `${path} makes ${names.length} Secrets` : `${path} does not make the Secret ${secretName}`,
    fix: `set \`secretName\` to ${names.join(' or ')}`,
  }];
}

/** Loaded with the first file: most programs read none. */
function loadReaders() {
  return require('../secrets') as typeof import('../secrets');
}
