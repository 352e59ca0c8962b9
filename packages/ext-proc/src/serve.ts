import { setTimeout as sleep } from 'node:timers/promises';
import { ExtAuthzServer } from './ext-authz';
import { Exchange } from './ext-proc/exchange';
import { GrpcServer } from './grpc/server';
import { Guard, hashOf } from './guard';
import { HEALTH_CHECK_PATH, HealthCheck } from './health';
import { keySource, readKeys } from './keys';
import { Log } from './log';
import { Metrics } from './metrics';
import { OpsServer } from './ops';
import { loadPolicy, PolicyError, readPolicyFile } from './policy-file';
import { ServeOptions } from './serve-options';
import { Front } from '../../../src/policy';

const PROCESS_PATH = '/envoy.service.ext_proc.v3.ExternalProcessor/Process';
/** Room around a body for the message that carries it. */
const AROUND_BODY = 64 * 1024;

export interface RunningServer {
  /** Ports that are served; they differ from those asked for where that was 0. */
  readonly ports: { readonly extProc?: number; readonly extAuthz?: number; readonly ops: number };
  /** Reads policy and keys again. */
  reload(): void;
  /** Becomes unready, waits until the gateway knows, ends what is under way, and closes. */
  drain(): Promise<void>;
}

/** Serves both fronts, as far as they have a port. Without a policy it serves, refuses everything and is not ready. */
export async function serve(options: ServeOptions, log: Log): Promise<RunningServer> {
  let draining = false;
  let grpc: GrpcServer | undefined;
  const metrics = new Metrics(() => grpc?.calls ?? 0);
  const guard = new Guard(log, metrics);
  const ready = () => !draining && guard.policy !== undefined;
  const failed = (error: unknown) => {
    metrics.failure();
    // The text of an error can hold some of what it is about.
    log.error('request failed', { error: error instanceof Error ? error.name : typeof error });
  };
  const loader = new Loader(options, guard, log, metrics);
  loader.load();

  const ops = new OpsServer(metrics, ready);
  let extProc: number | undefined;
  let extAuthz: number | undefined;
  let authz: ExtAuthzServer | undefined;
  if (options.extProcPort !== undefined) {
    grpc = new GrpcServer({
      methods: { [PROCESS_PATH]: () => new Exchange(guard), [HEALTH_CHECK_PATH]: () => new HealthCheck(ready) },
      longestMessage: () => (guard.policy?.maxBodyBytes ?? 0) + AROUND_BODY,
      mostBuffered: options.mostBuffered,
      mostCalls: options.mostCalls,
      onReset: () => metrics.reset(),
      onFailure: failed,
    });
    extProc = await grpc.listen(options.extProcPort, options.host);
  }
  if (options.extAuthzPort !== undefined) {
    authz = new ExtAuthzServer(guard, options, failed);
    extAuthz = await authz.listen(options.extAuthzPort, options.host);
  }
  const opsPort = await ops.listen(options.opsPort, options.host);
  const polling = setInterval(() => loader.load(), options.reloadMs);
  log.info('serving', { ...(extProc === undefined ? {} : { extProc }), ...(extAuthz === undefined ? {} : { extAuthz }), ops: opsPort });

  return {
    ports: { extProc, extAuthz, ops: opsPort },
    reload: () => loader.load(),
    drain: async () => {
      if (draining) return;
      draining = true;
      log.info('draining');
      // Endpoints and health checks have to tell the gateway first.
      await sleep(options.drainDelayMs);
      await Promise.all([grpc?.close(options.drainDeadlineMs), authz?.close(options.drainDeadlineMs)]);
      clearInterval(polling);
      ops.close();
      log.info('drained');
    },
  };
}

/** Reads policy and keys when they change; what cannot be used leaves the old ones in use. */
class Loader {
  private tried: string | undefined;
  private keysHash: string | undefined;
  private keysFailed = false;

  constructor(private readonly options: ServeOptions, private readonly guard: Guard, private readonly log: Log, private readonly metrics: Metrics) {}

  public load(): void {
    this.loadKeys();
    let text: string;
    try {
      text = readPolicyFile(this.options.policyFile);
    } catch (error) {
      this.failed('unreadable', (error as NodeJS.ErrnoException).code ?? 'unreadable');
      return;
    }
    const hash = hashOf(text);
    if (hash === this.tried) return;
    this.tried = hash;
    try {
      const fronts: Front[] = [];
      if (this.options.extProcPort !== undefined) fronts.push('ext_proc');
      if (this.options.extAuthzPort !== undefined) fronts.push('ext_authz');
      this.guard.use(loadPolicy(text, fronts));
      this.log.info('policy in use', { policy: hash });
    } catch (error) {
      this.metrics.loadError();
      this.log.error(`policy refused, ${this.guard.policy ? `${this.guard.policy.hash} stays in use` : 'and there is no other'}`, {
        policy: hash, problems: error instanceof PolicyError ? error.message : 'cannot be read',
      });
    }
  }

  private failed(state: string, code: string): void {
    if (this.tried === state) return;
    this.tried = state;
    this.metrics.loadError();
    this.log.error('policy file cannot be read', { code });
  }

  private loadKeys(): void {
    try {
      const keys = readKeys(this.options.keysFolder);
      const hash = hashOf(JSON.stringify([...keys]));
      if (hash === this.keysHash) return;
      this.keysHash = hash;
      this.keysFailed = false;
      this.guard.useKeys(keySource(keys));
      this.log.info('keys in use', { files: keys.size });
    } catch (error) {
      if (!this.keysFailed) this.log.error('keys cannot be read, and the old ones stay in use', { code: (error as NodeJS.ErrnoException).code ?? '' });
      this.keysFailed = true;
    }
  }
}
