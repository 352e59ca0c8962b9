import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { AddressInfo, createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SUPERVISOR = join(__dirname, 'supervise.mjs');
const POLL_MS = 50;
const LOG_LINES = 20;

export interface ServerProgram {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Folder of its own, which goes when it ends; from `temporaryFolder`. */
  readonly folder: string;
}

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `cdk8s-ai-gateway-${name}-`));
}

/** A program that runs until it is stopped, or until this process ends for whatever reason. */
export class ServerProcess {
  static start(program: ServerProgram): ServerProcess {
    // There from the beginning, for whoever reads it at once.
    writeFileSync(join(program.folder, 'log'), '');
    return new ServerProcess(program);
  }

  private readonly supervisor: ChildProcess;
  private readonly gone: Promise<unknown>;
  private end: string | undefined;

  private constructor(private readonly program: ServerProgram) {
    const args = [SUPERVISOR, program.folder, program.program, ...program.args];
    // In a group of its own: Ctrl-C reaches us, and the end of our pipe reaches the supervisor.
    this.supervisor = spawn(process.execPath, args, { env: program.env ?? process.env, stdio: ['pipe', 'pipe', 'inherit'], detached: true });
    this.supervisor.stdout!.setEncoding('utf8').on('data', (how: string) => this.end = how);
    this.gone = new Promise(resolve => this.supervisor.on('close', resolve));
    // Whoever forgets to stop it can still end.
    for (const handle of this.handles()) handle.unref();
  }

  /** Waits until the check is true. Throws with the end of the log when it takes longer, or when the program ends. */
  async ready(check: () => Promise<boolean>, seconds: number): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!await check()) {
      this.assertRunning();
      if (Date.now() > deadline) throw new Error(`${this.program.name} is not ready after ${seconds} s\n${this.logEnd()}`);
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
  }

  /** What it wrote so far. */
  log(): string {
    return readFileSync(join(this.program.folder, 'log'), 'utf8');
  }

  /** Throws with the end of the log when it ended by itself. */
  assertRunning(): void {
    if (this.end !== undefined) throw new Error(`${this.program.name} ended: ${this.end}\n${this.logEnd()}`);
  }

  /** Ends it and removes its folder. */
  async stop(): Promise<void> {
    // Again something to wait for.
    for (const handle of this.handles()) handle.ref();
    this.supervisor.stdin!.end();
    await this.gone;
  }

  private handles(): readonly (ChildProcess | Socket)[] {
    return [this.supervisor, this.supervisor.stdin as Socket, this.supervisor.stdout as Socket];
  }

  private logEnd(): string {
    return this.log().trimEnd().split('\n').slice(-LOG_LINES).join('\n');
  }
}

/** Ports on the loopback that nobody uses now. */
export async function freePorts(count: number): Promise<number[]> {
  // All are open at once, so that no two are the same.
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer();
    server.on('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
