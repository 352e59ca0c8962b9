import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';

/** Ports the standalone gateway takes without asking. */
const FIXED_PORTS = [1061, 1064, 18000];
/** It looks for Envoy under the version it was built with, and asks nobody what is there. */
const ENVOY_VERSION = '1.38.1';
const STARTS = 3;
/** How a start ends that has nothing to do with the manifests, but with another gateway on the machine. */
const BY_CHANCE = /failed to parse CA certificate|address already in use/;

/** Time a start has, with all the load a machine may be under. One that takes longer is stuck, as happens when runs share certificates. */
function patienceMs(manifests: string): number {
  const routes = manifests.match(/^kind: AIGatewayRoute$/gm) ?? [];
  return 30_000 + 1_000 * routes.length;
}

export interface GatewayOptions {
  readonly program: string;
  readonly envoy: string;
  /** A folder of its own, for its files; short, for the names of sockets. */
  readonly folder: string;
  readonly manifests: string;
  readonly listenPort: number;
  readonly env: { readonly [name: string]: string };
  readonly verbose: boolean;
  say(line: string): void;
}

/** The standalone gateway with its Envoy. */
export class GatewayProcess {
  /** Resolves when it answers requests. */
  public static async start(options: GatewayOptions): Promise<GatewayProcess> {
    const { folder, manifests, envoy } = options;
    writeFileSync(join(folder, 'manifests.yaml'), manifests);
    const bin = join(folder, 'data/envoy-versions', ENVOY_VERSION, 'bin');
    mkdirSync(bin, { recursive: true });
    symlinkSync(envoy, join(bin, 'envoy'));
    for (let start = 1; ; start++) {
      await needFreePorts();
      const started = new GatewayProcess(options);
      const failure = await started.ready();
      if (failure === undefined) return started;
      await started.stop();
      if (start < STARTS && failure.again) options.say(`${failure.message}; starting it again`);
      else throw new Error(`${failure.message}\n${started.lastWords()}`);
    }
  }

  private readonly child: ChildProcess;
  private readonly output: string[] = [];
  private exited = false;

  private constructor(private readonly options: GatewayOptions) {
    const { program, folder, env } = options;
    const path = (name: string) => join(folder, name);
    this.child = spawn(program, ['run', path('manifests.yaml')], {
      // A group of its own, so that Envoy goes with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Nothing of the caller's own: it has clouds and proxies that are none of this run's.
      env: {
        ...inherited(),
        AIGW_CONFIG_HOME: path('config'), AIGW_DATA_HOME: path('data'), AIGW_STATE_HOME: path('state'), AIGW_RUNTIME_DIR: path('run'),
        AIGW_RUN_ID: '0',
        AWS_EC2_METADATA_DISABLED: 'true',
        ...env,
      },
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (data: Buffer) => {
        this.output.push(data.toString());
        if (this.output.length > 1000) this.output.shift();
        if (options.verbose) process.stderr.write(data);
      });
    }
    this.child.once('exit', () => {
      this.exited = true;
      process.off('exit', this.kill);
    });
    // Not even a bug of ours leaves one behind.
    process.on('exit', this.kill);
    this.child.once('error', error => { this.exited = true; this.output.push(String(error)); });
  }

  /** Files for those who look for the reason of something. */
  public get files(): readonly string[] {
    const { folder } = this.options;
    return ['manifests.yaml', 'state/runs/0/extproc-config.yaml', 'state/runs/0/envoy-ai-gateway-resources/config.yaml', 'state/runs/0/aigw.log']
      .map(name => join(folder, name));
  }

  /** Address of Envoy's own administration, once it is known. */
  public get admin(): string | undefined {
    return /\(admin (\S+)\)/.exec(this.output.join(''))?.[1];
  }

  public get running(): boolean {
    return !this.exited;
  }

  public async stop(): Promise<void> {
    const { pid } = this.child;
    if (pid === undefined || this.exited) return;
    const gone = new Promise<void>(resolve => { this.child.once('exit', () => resolve()); });
    process.kill(-pid, 'SIGTERM');
    const impatience = setTimeout(this.kill, 5000);
    await gone;
    clearTimeout(impatience);
    // Envoy outlives a gateway that was killed.
    this.kill();
  }

  public lastWords(): string {
    return this.output.join('').trim().split('\n').slice(-30).join('\n');
  }

  private readonly kill = (): void => {
    try { process.kill(-this.child.pid!, 'SIGKILL'); } catch { /* gone already */ }
  };

  private async ready(): Promise<{ readonly message: string; readonly again: boolean } | undefined> {
    const begin = Date.now();
    while (Date.now() - begin < patienceMs(this.options.manifests)) {
      if (this.exited) return { message: 'the gateway ended while it started', again: BY_CHANCE.test(this.lastWords()) };
      if (this.admin !== undefined && await answers(this.options.listenPort)) return undefined;
      await new Promise(resolve => { setTimeout(resolve, 100); });
    }
    return { message: `the gateway does not answer on port ${this.options.listenPort}`, again: true };
  }
}

function inherited(): { readonly [name: string]: string | undefined } {
  return Object.fromEntries(['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG'].map(name => [name, process.env[name]]));
}

async function needFreePorts(): Promise<void> {
  for (const port of FIXED_PORTS) {
    for (let wait = 0; await accepts(port); wait++) {
      if (wait === 300) throw new Error(`port ${port} is taken: another gateway runs on this machine`);
      await new Promise(resolve => { setTimeout(resolve, 100); });
    }
  }
}

async function accepts(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

/** Any answer of the gateway itself will do. */
async function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const request = get({ port, host: '127.0.0.1', path: '/v1/models', timeout: 1000 }, response => {
      response.resume();
      // A gateway with a policy asks who is there.
      resolve([200, 401, 403, 404].includes(response.statusCode!));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
