import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { programs } from './arbitraries/programs';
import { slotOf } from './arbitraries/slots';
import { Coverage } from './coverage';
import { judge } from './judgement';
import { KeptProgram } from './kept';
import { Outcome } from './outcome';
import { Program } from './program';

/** A program that showed something wrong, as small as it still does. */
export interface Failure {
  /** Number of the program, or name of a kept one. */
  readonly name: string;
  readonly program: Program;
  readonly complaints: readonly string[];
}

export interface RunOptions {
  readonly seed: number;
  /** Numbers of the programs; a number and a seed make the same program everywhere. */
  readonly numbers: readonly number[];
  /** Are judged first. */
  readonly kept?: readonly KeptProgram[];
  /** What else judges the manifests of a program. */
  readonly judge?: (program: Program, yaml: string) => Promise<readonly string[]>;
}

export interface RunResult {
  readonly made: number;
  readonly refused: number;
  readonly crashed: number;
  readonly manifests: number;
  readonly coverage: Coverage;
  /** How many programs each code refused. */
  readonly codes: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
}

/** Seeds of neighbouring programs have nothing in common. */
const STRIDE = 1_000_003;

/** Generates programs and judges each; what fails is made as small as possible. */
export async function run({ seed, numbers, kept = [], judge: further }: RunOptions): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), 'generated-programs-'));
  const coverage = new Coverage();
  const codes = new Map<string, number>();
  const failures: Failure[] = [];
  const found = new Map<number, Failure>();
  const count = { made: 0, refused: 0, crashed: 0, manifests: 0 };
  const complaintsOf = async (program: Program): Promise<{ outcome: Outcome; complaints: readonly string[] }> => {
    const { outcome, complaints } = judge(program, folder);
    if (complaints.length > 0 || outcome.kind !== 'made' || !further) return { outcome, complaints };
    return { outcome, complaints: await further(program, outcome.yaml) };
  };
  const judgeNumber = async (number: number): Promise<void> => {
    const drawn = { seed: seed * STRIDE + number, numRuns: 1 };
    const [program] = fc.sample(programs(slotOf(number)), drawn);
    const { outcome, complaints } = await complaintsOf(program);
    if (complaints.length > 0) {
      // The same program again, and smaller ones while there is time.
      const details = await fc.check(fc.asyncProperty(programs(slotOf(number)), async smaller => {
        if ((await complaintsOf(smaller)).complaints.length > 0) throw new Error('it shows something wrong');
      }), { ...drawn, interruptAfterTimeLimit: SHRINK_MS });
      const [smallest] = details.counterexample ?? [program];
      found.set(number, { name: `program ${number} of seed ${seed}`, program: smallest, complaints: (await complaintsOf(smallest)).complaints });
    }
    coverage.add(program, outcome.kind === 'made');
    if (outcome.kind === 'made') {
      count.made++;
      count.manifests += outcome.yaml.split(/^---$/m).length;
    } else if (outcome.kind === 'refused') {
      count.refused++;
      const told = outcome.messages.flatMap(message => /\[([A-Z0-9_]+)\]$/.exec(message)?.[1] ?? []);
      for (const code of new Set(told)) codes.set(code, (codes.get(code) ?? 0) + 1);
    } else {
      count.crashed++;
    }
  };
  try {
    for (const { name, program } of kept) {
      const { complaints } = await complaintsOf(program);
      if (complaints.length > 0) failures.push({ name, program, complaints });
    }
    const waiting = numbers.values();
    await Promise.all(Array.from({ length: LANES }, async () => {
      for (const number of waiting) await judgeNumber(number);
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const inOrder = [...found].sort(([a], [b]) => a - b).map(([, failure]) => failure);
  return { ...count, coverage, codes, failures: [...failures, ...inOrder] };
}

/** Programs are made while the server judges those before. */
const LANES = 4;
/** Long enough to find what it is about. */
const SHRINK_MS = 60_000;
