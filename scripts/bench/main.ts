import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { Job, Manifests, Measurement } from './program';

const RUNS = Number(process.env.BENCH_RUNS ?? 9);
const SIZES = (process.env.BENCH_MODELS ?? '10,100,1000,10000').split(',').map(Number);
const CHARTS = [1, 20];
const TARGETS = { time: 1.15, memory: 1.25, loadMs: 25 };

const root = path.join(__dirname, '../..');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
/** Below the root, so that what is measured finds its modules. */
const compiled = path.join(root, 'node_modules/.cache/bench');

function main(): void {
  if (!fs.existsSync(path.join(root, 'lib/src/index.js'))) throw new Error('the package is not compiled; run `npm run build` first');
  transpile();
  try {
    console.log(`Median of ${RUNS} interleaved runs, each in a process of its own, on Node ${process.version}.\n`);
    loadTimes();
    console.log('\n| models | charts | ours ms | raw ms | time | ours MiB | raw MiB | memory | same bytes |');
    console.log('|---:|---:|---:|---:|---:|---:|---:|---:|---|');
    const perModel: { models: number; charts: number; ms: number }[] = [];
    for (const models of SIZES) {
      for (const charts of CHARTS.filter(c => c <= models)) {
        const ms = compare(models, charts);
        perModel.push({ models, charts, ms });
      }
    }
    linearity(perModel);
    console.log(`\nTargets: time at most ${TARGETS.time} x, memory at most ${TARGETS.memory} x (from 100 models up), load at most ${TARGETS.loadMs} ms more, linear.`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function compare(models: number, charts: number): number {
  const manifests = path.join(work, `${models}-${charts}.json`);
  const job = (side: Job['side']): Job => ({ side, models, charts, manifests, outdir: path.join(work, `${side}-${models}-${charts}`) });
  measure(job('ours'));
  fs.writeFileSync(manifests, JSON.stringify(readManifests(job('ours').outdir)));
  const ours: Measurement[] = [];
  const raw: Measurement[] = [];
  for (let run = 0; run < RUNS; run++) {
    progress(`${models} models, ${charts} charts: run ${run + 1} of ${RUNS}`);
    // Alternating which side goes first evens out what the machine does meanwhile.
    const [first, second] = run % 2 === 0 ? [ours, raw] : [raw, ours];
    first.push(measure(job(first === ours ? 'ours' : 'raw')));
    second.push(measure(job(second === ours ? 'ours' : 'raw')));
  }
  progress('');
  assertSameBytes(job('ours').outdir, job('raw').outdir);
  const [oursMs, rawMs] = [median(ours.map(m => m.ms)), median(raw.map(m => m.ms))];
  const [oursMiB, rawMiB] = [median(ours.map(m => m.peakMiB)), median(raw.map(m => m.peakMiB))];
  console.log(`| ${models} | ${charts} | ${oursMs.toFixed(1)} | ${rawMs.toFixed(1)} | ${(oursMs / rawMs).toFixed(2)} x `
    + `| ${oursMiB.toFixed(0)} | ${rawMiB.toFixed(0)} | ${(oursMiB / rawMiB).toFixed(2)} x | yes |`);
  return oursMs;
}

function loadTimes(): void {
  const times: { ours: number[]; peers: number[] } = { ours: [], peers: [] };
  for (let run = 0; run < RUNS; run++) {
    for (const side of run % 2 === 0 ? ['ours', 'peers'] as const : ['peers', 'ours'] as const) {
      times[side].push(Number(node('load.js', side)));
    }
  }
  const [ours, peers] = [median(times.ours), median(times.peers)];
  console.log(`Loading: constructs and cdk8s ${peers.toFixed(1)} ms, with cdk8s-ai-gateway ${ours.toFixed(1)} ms: ${(ours - peers).toFixed(1)} ms more.`);
}

function linearity(points: readonly { models: number; charts: number; ms: number }[]): void {
  for (const charts of CHARTS) {
    const [small, large] = points.filter(p => p.charts === charts && p.models >= 1000).slice(-2);
    if (!small || !large) continue;
    const factor = (large.ms / small.ms) / (large.models / small.models);
    console.log(`\n${charts} chart${charts > 1 ? 's' : ''}: from ${small.models} to ${large.models} models, time per model changes by a factor of ${factor.toFixed(2)}.`);
  }
}

function measure(job: Job): Measurement {
  fs.rmSync(job.outdir, { recursive: true, force: true });
  return JSON.parse(node('child.js', JSON.stringify(job)));
}

function node(script: string, argument: string): string {
  return execFileSync(process.execPath, [path.join(compiled, script), argument], { encoding: 'utf8', cwd: root });
}

/** The measured processes run plain JavaScript: a loader would slow each module they load. */
function transpile(): void {
  fs.mkdirSync(compiled, { recursive: true });
  for (const name of ['child', 'load', 'program']) {
    const source = fs.readFileSync(path.join(__dirname, `${name}.ts`), 'utf8');
    const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    fs.writeFileSync(path.join(compiled, `${name}.js`), outputText);
  }
}

function readManifests(outdir: string): Manifests {
  return files(outdir).map(file => ({
    chart: file.replace(/\.k8s\.yaml$/, ''),
    objects: parseAllDocuments(fs.readFileSync(path.join(outdir, file), 'utf8'), { version: '1.1' }).map(d => d.toJS()),
  }));
}

function assertSameBytes(a: string, b: string): void {
  for (const file of files(a)) {
    if (!fs.readFileSync(path.join(a, file)).equals(fs.readFileSync(path.join(b, file)))) throw new Error(`${file}: the two sides wrote different bytes`);
  }
  if (files(a).join() !== files(b).join()) throw new Error('the two sides wrote different files');
}

function files(dir: string): string[] {
  return fs.readdirSync(dir).sort();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

main();
