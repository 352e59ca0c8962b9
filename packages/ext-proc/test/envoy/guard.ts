import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { start, Started, until } from './processes';
import { BUNDLE } from '../../scripts/bundle';
import { NODE_FLAGS } from '../../scripts/image/node-flags';

export interface GuardOptions {
  readonly policy: object | string;
  /** Contents of key files, by `<folder>/<name>`. */
  readonly keys?: { readonly [path: string]: string };
  readonly front: 'ext_proc' | 'ext_authz';
  readonly flags?: readonly string[];
}

/** The file tree of the image, with the image's own loader, libraries and Node; the layout of `scripts/image` is known here. */
const TREE = join(__dirname, '..', '..', 'dist', 'tree');

/** What comes before the server's own arguments. */
export function serverCommand(): readonly [string, readonly string[]] {
  if (!existsSync(TREE)) return [process.execPath, [BUNDLE]];
  const [triplet, loader] = process.arch === 'arm64'
    ? ['aarch64-linux-gnu', 'ld-linux-aarch64.so.1'] : ['x86_64-linux-gnu', 'ld-linux-x86-64.so.2'];
  const libraries = join(TREE, 'usr', 'lib', triplet);
  return [join(libraries, loader), [
    '--library-path', libraries, join(TREE, 'usr', 'local', 'bin', 'node'), ...NODE_FLAGS, join(TREE, 'app', 'policy-server.cjs'),
  ]];
}

/** The server as its users run it: the bundle, in a process of its own. */
export class GuardProcess {
  public static async start(options: GuardOptions): Promise<GuardProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'policy-server-'));
    const guard = new GuardProcess(folder, options);
    await guard.begin();
    return guard;
  }

  /** Of the front. */
  public port = 0;
  public opsPort = 0;
  private started!: Started;
  private earlier = '';

  private constructor(private readonly folder: string, private readonly options: GuardOptions) {
    this.writePolicy(options.policy);
    for (const [path, value] of Object.entries(options.keys ?? {})) {
      const file = join(folder, 'keys', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, value);
    }
  }

  public get output(): string {
    return this.earlier + this.started.output();
  }

  public get process(): Started {
    return this.started;
  }

  public writePolicy(policy: object | string): void {
    writeFileSync(join(this.folder, 'policy.yaml'), typeof policy === 'string' ? policy : JSON.stringify(policy));
  }

  public async ready(): Promise<boolean> {
    return (await fetch(`http://127.0.0.1:${this.opsPort}/readyz`).catch(() => undefined))?.status === 200;
  }

  public async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.opsPort}/metrics`)).text();
  }

  /** Starts again on the ports it had. */
  public async restart(): Promise<void> {
    this.earlier = this.output;
    await this.begin();
  }

  public async stop(signal?: NodeJS.Signals): Promise<number | null> {
    return this.started.stop(signal);
  }

  public async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }

  private async begin(): Promise<void> {
    const [command, args] = serverCommand();
    const started = start(command, [
      ...args, 'serve', '--policy', join(this.folder, 'policy.yaml'), '--host', '127.0.0.1', '--reload-ms', '50', '--drain-delay-ms', '300',
      '--ops-port', String(this.opsPort), this.options.front === 'ext_proc' ? '--ext-proc-port' : '--ext-authz-port', String(this.port),
      ...(this.options.keys ? ['--keys', join(this.folder, 'keys')] : []),
      ...(this.options.flags ?? []),
    ]);
    this.started = started;
    await until('the policy server serves', () => {
      if (started.process.exitCode !== null) throw new Error(started.output());
      return started.output().includes('"message":"serving"');
    });
    const line = JSON.parse(started.output().split('\n').find(text => text.includes('"message":"serving"'))!) as { extProc?: number; extAuthz?: number; ops: number };
    this.port = line.extProc ?? line.extAuthz!;
    this.opsPort = line.ops;
  }
}
