import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { temporaryFolder } from '../cluster/processes/server-process';

const ROOT = join(__dirname, '../../..');
const PROGRAMS = ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-kubernetes'];
const LIMIT_MS = 150_000;
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

/** Why there is no Pulumi to judge, or nothing when there is. */
export function pulumiMissing(): string | undefined {
  const folder = process.env.PULUMI_BIN_DIR;
  if (!folder) return `PULUMI_BIN_DIR names no folder with ${PROGRAMS.join(', ')}`;
  const lacking = PROGRAMS.find(name => !existsSync(join(folder, name)));
  return lacking === undefined ? undefined : `PULUMI_BIN_DIR has no ${lacking}`;
}

export interface Outcome {
  readonly exitCode: number | null;
  /** What was printed for people. */
  readonly messages: string;
  /** What was done to each resource that did not stay as it is, such as `create kubernetes:core/v1:Namespace::ai`; to read one is nothing. */
  readonly steps: readonly string[];
}

/** A resource as the state has it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly inputs?: any;
  readonly outputs?: any;
}

/** A folder with stacks, which have a state, a home and a passphrase of their own and belong to one cluster. */
export class Workspace {
  private readonly folder = temporaryFolder('pulumi');
  private readonly env: NodeJS.ProcessEnv;

  /** @param kubeconfig of the cluster */
  constructor(kubeconfig: string) {
    if (!existsSync(join(ROOT, 'packages/pulumi/lib/index.js'))) {
      throw new Error('the package for Pulumi is not compiled; run `npx projen compile` and `npx projen compile:pulumi` first');
    }
    for (const name of ['state', 'home', 'projects']) mkdirSync(join(this.folder, name));
    this.env = {
      PATH: [process.env.PULUMI_BIN_DIR, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      HOME: join(this.folder, 'home'),
      PULUMI_HOME: join(this.folder, 'home'),
      PULUMI_BACKEND_URL: `file://${join(this.folder, 'state')}`,
      PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString('hex'),
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      // Events, as the other commands print them.
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: 'true',
      KUBECONFIG: kubeconfig,
      NO_COLOR: 'true',
      // Who asks anything outside of this machine is refused at once.
      HTTPS_PROXY: NOWHERE,
      HTTP_PROXY: NOWHERE,
      NO_PROXY: '127.0.0.1,localhost',
    };
  }

  /**
   * A new stack of a program.
   *
   * @param program folder with its `Pulumi.yaml`, which is copied
   * @param edit changes the text of `index.ts`
   */
  async stack(program: string, name: string, edit: (text: string) => string = text => text): Promise<Stack> {
    const project = /^name: (\S+)$/m.exec(readFileSync(join(program, 'Pulumi.yaml'), 'utf8'))![1];
    const folder = join(this.folder, 'projects', `${project}-${name}`);
    cpSync(program, folder, { recursive: true });
    const main = join(folder, 'index.ts');
    if (existsSync(main)) writeFileSync(main, edit(readFileSync(main, 'utf8')));
    // As after `npm install`, for which the network would be needed.
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: project, version: '0.0.0', private: true }));
    const stack = new Stack(folder, this.env);
    await stack.must('stack', 'init', name, '--secrets-provider=passphrase');
    return stack;
  }

  /** Everything that Pulumi has written: states, their history and backups, configuration. */
  written(): string {
    return ['state', 'home', 'projects'].flatMap(name => textsBelow(join(this.folder, name))).join('\n');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What people do with one stack. */
export class Stack {
  constructor(readonly folder: string, private readonly env: NodeJS.ProcessEnv) {}

  async config(values: { readonly [key: string]: string }): Promise<void> {
    for (const [key, value] of Object.entries(values)) await this.must('config', 'set', key, value);
  }

  async secret(key: string, value: string): Promise<void> {
    await this.must('config', 'set', '--secret', key, value);
  }

  async preview(): Promise<Outcome> {
    return this.look('preview');
  }

  async up(...options: string[]): Promise<Outcome> {
    return this.look('up', '--yes', '--skip-preview', ...options);
  }

  async refresh(...options: string[]): Promise<Outcome> {
    return this.look('refresh', '--yes', '--skip-preview', ...options);
  }

  async destroy(): Promise<Outcome> {
    return this.look('destroy', '--yes', '--skip-preview');
  }

  async state(): Promise<readonly StateResource[]> {
    return JSON.parse(await this.must('stack', 'export')).deployment.resources ?? [];
  }

  async outputs(): Promise<any> {
    return JSON.parse(await this.must('stack', 'output', '--json'));
  }

  /** Runs any command; throws when it fails. */
  async must(...args: string[]): Promise<string> {
    const { exitCode, printed, complaint } = await this.run(args);
    if (exitCode !== 0) throw new Error(`pulumi ${args[0]} ${args[1]} ended with ${exitCode}: ${complaint}${printed}`);
    return printed;
  }

  private async look(...args: string[]): Promise<Outcome> {
    const { exitCode, printed, complaint } = await this.run([...args, '--json']);
    const events = printed.split('\n').filter(line => line.startsWith('{')).map(line => JSON.parse(line));
    const said = events.flatMap(({ diagnosticEvent }) => diagnosticEvent && diagnosticEvent.severity !== 'debug' ? [diagnosticEvent.message as string] : []);
    const done = events.flatMap(({ resOutputsEvent, resOpFailedEvent }) => (resOutputsEvent ?? resOpFailedEvent)?.metadata ?? []);
    // A preview tells of a component twice.
    const steps = new Set(done.filter(({ op }) => !['same', 'read'].includes(op)).map(({ op, urn }) => stepOf(op, urn)));
    return { exitCode, messages: [...said, complaint].join('\n'), steps: [...steps].sort() };
  }

  private async run(args: readonly string[]): Promise<{ exitCode: number | null; printed: string; complaint: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn('pulumi', [...args, '--non-interactive'], { cwd: this.folder, env: this.env, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS, killSignal: 'SIGKILL' });
      let [printed, complaint] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => printed += text);
      child.stderr.setEncoding('utf8').on('data', (text: string) => complaint += text);
      child.on('error', reject).on('close', exitCode => resolve({ exitCode, printed, complaint }));
    });
  }
}

/** `create kubernetes:core/v1:Namespace::ai`. */
function stepOf(op: string, urn: string): string {
  const [, , types, name] = urn.split('::');
  return `${op} ${types.split('$').at(-1)}::${name}`;
}

function textsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return textsBelow(path);
    return entry.isFile() ? [readFileSync(path, 'utf8')] : [];
  });
}
