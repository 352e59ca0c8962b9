import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { BY_REGEX, Variant } from './documents';
import type { Planned } from './program';
import { AgeKey, newKeys, Outcome, Sops } from './sops';

const root = join(__dirname, '../../..');

export interface Synthesis {
  readonly status: number | null;
  readonly complaint: string;
  /** Documents of kind Secret and SopsSecret as they are printed, by name. */
  readonly documents: ReadonlyMap<string, string>;
}

/** A folder with keys, encrypted files, and what `cdk8s synth` makes of them. */
export class Workshop {
  public readonly folder = mkdtempSync(join(tmpdir(), 'sops-judge-'));
  private readonly keys: readonly AgeKey[] = newKeys(5);
  private readonly program = Sops.program();
  private decrypted = 0;

  /** Encrypts each with the real program, by a rule of its own in `.sops.yaml`. */
  public encrypt(variants: readonly Variant[]): Planned[] {
    mkdirSync(join(this.folder, 'secrets'));
    return variants.map((variant) => {
      const { id, extension = '.yaml', plain, indent = 4, edits = [], holds, secretName } = variant;
      const path = `secrets/${id}.sops${extension}`;
      writeFileSync(join(this.folder, '.sops.yaml'), stringify({ creation_rules: [this.ruleOf(variant)], stores: { yaml: { indent } } }));
      writeFileSync(join(this.folder, path), plain);
      const sops = this.sops();
      sops.encrypt(path);
      for (const [command, ...args] of edits) sops.must(command, ...(args[0]?.startsWith('--') ? [...args, path] : [path, ...args]));
      return { id, path, holds, secretName };
    });
  }

  public read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  public write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** The real `cdk8s synth`. */
  public synth(files: readonly Planned[], options: { readonly filePerResource: boolean }): Synthesis {
    writeFileSync(join(this.folder, 'plan.json'), JSON.stringify({ files, ...options }));
    rmSync(join(this.folder, 'dist'), { recursive: true, force: true });
    const app = `${process.execPath} ${join(root, 'node_modules/tsx/dist/cli.mjs')} ${join(__dirname, 'program.ts')}`;
    const { status, stderr, stdout, error } = spawnSync(
      process.execPath, [join(root, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--check-upgrade', 'false', '--app', app],
      { cwd: this.folder, encoding: 'utf8', timeout: 240_000, env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'test/tsconfig.json') } },
    );
    if (error) throw error;
    return { status, complaint: stderr + stdout, documents: status === 0 ? this.documents() : new Map() };
  }

  /** What the real program says of a document that is alone in its file, with all keys at hand. */
  public decrypt(text: string): Outcome {
    const file = `decrypt-${this.decrypted++}.yaml`;
    this.write(file, text);
    return this.sops().decrypt(file);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private sops(): Sops {
    return new Sops(this.program, this.folder, this.keys.map(({ identity }) => identity));
  }

  private ruleOf({ rule = BY_REGEX, recipients = [2], threshold }: Variant): object {
    const ages = this.keys.map(({ recipient }) => recipient);
    const groups = recipients.map((count, index) => {
      const from = recipients.slice(0, index).reduce((sum, size) => sum + size, 0);
      return { age: ages.slice(from, from + count) };
    });
    return groups.length === 1 ? { ...rule, age: groups[0].age.join(',') } : { ...rule, key_groups: groups, shamir_threshold: threshold };
  }

  private documents(): Map<string, string> {
    const dist = join(this.folder, 'dist');
    const files = readdirSync(dist).filter(name => name.endsWith('.k8s.yaml')).map(name => readFileSync(join(dist, name), 'utf8'));
    return new Map(files.flatMap(file => file.split(/^---\n/m)).flatMap((text): [string, string][] => {
      const document = parseDocument(text);
      const kind = document.get('kind');
      return kind === 'Secret' || kind === 'SopsSecret' ? [[document.getIn(['metadata', 'name']) as string, text]] : [];
    }));
  }
}
