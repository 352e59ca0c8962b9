import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const RUNS = Number(process.env.BENCH_RUNS ?? 9);
const SIZES = (process.env.BENCH_PULUMI_MODELS ?? '250,500,1000,2000').split(',').map(Number);
const LOAD_MS = 40;

const root = join(__dirname, '../../..');
/** Below the root, so that what is measured finds its modules. */
const compiled = join(root, 'node_modules/.cache/bench-pulumi');

function main(): void {
  if (!existsSync(join(root, 'packages/pulumi/lib/index.js'))) throw new Error('the package is not compiled; run `npx projen compile` and `npx projen compile:pulumi` first');
  transpile();
  console.log(`Pulumi: median of ${RUNS} interleaved runs, each in a process of its own, on Node ${process.version}; processor time, so other programs do not count.\n`);
  const [ours, peers] = interleaved(['ours', 'peers'], side => measure('load.js', side));
  console.log(`Loading: the peers ${peers.toFixed(1)} ms, with pulumi-ai-gateway ${ours.toFixed(1)} ms: ${(ours - peers).toFixed(1)} ms more (at most ${LOAD_MS}).\n`);
  console.log('| models | ms | ms per model |\n|---:|---:|---:|');
  const times = interleaved(SIZES, size => measure('register.js', String(size)));
  times.forEach((ms, index) => console.log(`| ${SIZES[index]} | ${ms.toFixed(0)} | ${(ms / SIZES[index]).toFixed(2)} |`));
  const perModel = (index: number) => times.at(index)! / SIZES.at(index)!;
  console.log(`\nFrom ${SIZES[0]} to ${SIZES.at(-1)} models, time per model changes by a factor of ${(perModel(-1) / perModel(0)).toFixed(2)}.`);
}

/** Medians; in each round every side has its turn, first one way round and then the other. */
function interleaved<T>(sides: readonly T[], run: (side: T) => number): number[] {
  const times = sides.map((): number[] => []);
  for (let round = 0; round < RUNS; round++) {
    const order = round % 2 === 0 ? [...sides.keys()] : [...sides.keys()].reverse();
    for (const index of order) times[index].push(run(sides[index]));
  }
  return times.map(values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}

function measure(script: string, argument: string): number {
  return Number(execFileSync(process.execPath, [join(compiled, script), argument], { encoding: 'utf8' }));
}

/** The measured processes run plain JavaScript: a loader would slow each module they load. */
function transpile(): void {
  mkdirSync(compiled, { recursive: true });
  for (const name of ['load', 'register']) {
    const { outputText } = ts.transpileModule(readFileSync(join(__dirname, `${name}.ts`), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(join(compiled, `${name}.js`), outputText);
  }
}

main();
