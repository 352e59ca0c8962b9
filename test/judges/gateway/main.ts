import { existsSync } from 'node:fs';
import { Authority } from './authority';
import { envoyProgram } from './envoy';
import { HELP, Options, parseOptions } from './options';
import { Stage, Tools } from './stage';
import { Scenario, World } from './world';
import { worlds } from './worlds';
import { recordResult } from '../results';

interface Result {
  readonly world: string;
  readonly scenario: string;
  readonly seconds: number;
  readonly failure?: unknown;
}

const JUDGE = 'the running gateway';

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), worlds);
  if (options.help) return print(HELP);
  if (options.list) return print(list(options.chosen));
  const gateway = process.env.AIGW_BIN;
  if (!gateway) {
    recordResult({ judge: JUDGE, cases: 0, failed: 0, skipped: 'AIGW_BIN is not set' });
    return print('test:gateway: skipped, AIGW_BIN does not name the program of the gateway');
  }
  if (!existsSync(gateway)) throw new Error(`AIGW_BIN names ${gateway}, which does not exist`);
  const tools: Tools = {
    gateway,
    envoy: envoyProgram(say),
    verbose: options.verbose,
    say,
    publicCa: await Authority.named('public authorities of this run'),
    privateCa: await Authority.named('private authority of this run'),
  };
  const results: Result[] = [];
  for (const world of options.chosen) results.push(...await play(world, tools, options));
  print(`\n${table(results)}`);
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  recordResult({ judge: JUDGE, cases: results.length, failed });
  return failed > 0 ? 1 : 0;
}

let stage: Stage | undefined;

async function play(world: World, tools: Tools, options: Options): Promise<Result[]> {
  say(`${world.name}: starting the gateway`);
  const begin = Date.now();
  try {
    stage = await Stage.set(world, tools);
  } catch (failure) {
    say(`${world.name}: ${message(failure)}`);
    return world.scenarios.map(({ name }) => ({ world: world.name, scenario: name, seconds: 0, failure: new Error('its gateway did not start') }));
  }
  say(`${world.name}: ready after ${seconds(begin)} s`);
  const current = stage;
  const waiting = world.scenarios.filter(({ waits }) => waits).map(async scenario => run(world, scenario, current));
  const results: Result[] = [];
  for (const scenario of world.scenarios.filter(({ waits }) => !waits)) results.push(await run(world, scenario, current));
  results.push(...await Promise.all(waiting));
  if (options.keep) await keep(current);
  if (!current.running) say(`${world.name}: the gateway ended by itself\n${current.lastWords}`);
  await current.strike();
  stage = undefined;
  return results;
}

async function run(world: World, scenario: Scenario, current: Stage): Promise<Result> {
  const begin = Date.now();
  const outcome = { world: world.name, scenario: scenario.name };
  try {
    await scenario.run(current.client);
    say(`  ok      ${scenario.name}`);
    return { ...outcome, seconds: seconds(begin) };
  } catch (failure) {
    say(`  FAILED  ${scenario.name}: ${scenario.says}\n${message(failure).replace(/^/gm, '          ')}`);
    return { ...outcome, seconds: seconds(begin), failure };
  }
}

async function keep(current: Stage): Promise<void> {
  print(`
The gateway is at ${current.address}, Envoy's administration at ${current.admin}. Files:
  ${current.files.join('\n  ')}
  curl ${current.address}/v1/models
Ctrl-C ends it.`);
  await new Promise<void>(resolve => { wake = resolve; });
}

/** Ends what keeps the gateway. */
let wake: (() => void) | undefined;

function list(chosen: readonly World[]): string {
  return chosen.map(({ name, scenarios }) => [name, ...scenarios.map(s => `  ${s.name.padEnd(36)} ${s.says}`)].join('\n')).join('\n');
}

function table(results: readonly Result[]): string {
  const rows = results.map(({ world, scenario, seconds: time, failure }) => [world, scenario, failure === undefined ? 'ok' : 'FAILED', time.toFixed(1)]);
  const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column].length), 8));
  const lines = [['world', 'scenario', 'result', 'seconds'], ...rows].map(row => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd());
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  return [...lines, '', `${results.length - failed} of ${results.length} scenarios hold`].join('\n');
}

function seconds(begin: number): number {
  return Math.round((Date.now() - begin) / 100) / 10;
}

function message(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(text: string): number {
  process.stdout.write(`${text.trimEnd()}\n`);
  return 0;
}

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (wake) return wake();
    if (interrupted) return;
    interrupted = true;
    void (stage?.strike() ?? Promise.resolve()).finally(() => process.exit(130));
  });
}

main().then(code => { process.exitCode = code; }, async failure => {
  say(`test:gateway: ${message(failure)}`);
  await stage?.strike();
  process.exitCode = 2;
});
