import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { grpcJsProcessor } from './grpc-js';
import { measure, Measured } from './load';
import { Envoy } from '../test/envoy/envoy';
import { GuardProcess } from '../test/envoy/guard';
import { start, until } from '../test/envoy/processes';
import { Upstream } from '../test/envoy/upstream';

/** What stands behind Envoy's filter. */
interface Contestant {
  readonly name: string;
  readonly front: 'ext_proc' | 'ext_authz' | 'none';
  start(): Promise<{ readonly port: number; stop(): unknown }>;
}

const open = { version: 1, tenants: { '*': { models: { allow: ['gpt-4o'] } } } };
const guarding = {
  ...open,
  rules: ['email', 'credit-card', 'us-ssn', 'iban', 'phone', 'api-key', 'private-key'].map(builtin => ({ id: builtin, builtin, action: 'block' })),
};

const CONTESTANTS: readonly Contestant[] = [
  { name: 'no policy server', front: 'none', start: async () => ({ port: 1, stop: () => undefined }) },
  ours('ours, ext_authz, models only', 'ext_authz', open),
  ours('ours, ext_authz, 7 rules', 'ext_authz', guarding),
  ours('ours, ext_proc, models only', 'ext_proc', open),
  ours('ours, ext_proc, 7 rules', 'ext_proc', guarding),
  { name: 'same core on grpc-js, models only', front: 'ext_proc', start: async () => grpcJsProcessor(open) },
  { name: 'minimal Go processor', front: 'ext_proc', start: goProcessor },
];

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const IN_FLIGHT = (process.env.BENCH_IN_FLIGHT ?? '1,16,64').split(',').map(Number);

void main();

/** Each round goes through all contestants in turn, so that what the machine does besides meets all of them alike. */
async function main(): Promise<void> {
  const upstream = await new Upstream(false).start();
  const running = await Promise.all(CONTESTANTS.map(async ({ name, front, start: begin }) => {
    const server = await begin();
    const envoy = await Envoy.start({ front, guardPort: server.port, upstreamPort: upstream.port, concurrency: 1, maxRequestsPerConnection: 800 });
    return { name, server, envoy };
  }));
  for (const inFlight of IN_FLIGHT) {
    const results = new Map<string, Measured[]>(running.map(({ name }) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const { name, envoy } of running) results.get(name)!.push(await measure(envoy.port, inFlight, round === 0 ? 1 : SECONDS));
      upstream.seen.length = 0;
    }
    // The first round warms up.
    report(inFlight, new Map([...results].map(([name, all]) => [name, all.slice(1)])));
  }
  for (const { server, envoy } of running) {
    await envoy.stop();
    await server.stop();
  }
  upstream.stop();
}

function report(inFlight: number, results: ReadonlyMap<string, readonly Measured[]>): void {
  const rows = [...results].map(([name, all]) => ({
    name,
    rate: median(all.map(m => m.rate)),
    p50: median(all.map(m => m.p50)),
    p99: median(all.map(m => m.p99)),
    failed: all.reduce((sum, m) => sum + m.failed, 0),
  }));
  const base = rows[0].p50;
  const go = rows.at(-1)!.p50 - base;
  process.stdout.write(`\n${inFlight} in flight, 2 KiB prompts\n| what | req/s | p50 ms | p99 ms | adds to p50 | × Go | failed |\n|---|---|---|---|---|---|---|\n`);
  for (const { name, rate, p50, p99, failed } of rows) {
    const adds = p50 - base;
    process.stdout.write(`| ${name} | ${rate.toFixed(0)} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${adds.toFixed(2)} | ${(adds / go).toFixed(2)} | ${failed} |\n`);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ours(name: string, front: 'ext_proc' | 'ext_authz', policy: object): Contestant {
  return {
    name,
    front,
    start: async () => {
      const guard = await GuardProcess.start({ front, policy, flags: ['--audit', 'denied'] });
      return { port: guard.port, stop: async () => guard.end() };
    },
  };
}

async function goProcessor(): Promise<{ port: number; stop(): unknown }> {
  const binary = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-ai-gateway', 'bench-go-processor');
  if (!existsSync(binary)) execFileSync('go', ['build', '-o', binary, '.'], { cwd: join(__dirname, 'go'), stdio: 'inherit' });
  const started = start(binary, []);
  await until('the Go processor serves', () => started.output().includes('serving '));
  return { port: Number(/serving (\d+)/.exec(started.output())![1]), stop: async () => started.stop() };
}
