import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Judge, Mutant, MUTANTS } from './mutants';
import { crdsAvailable, crdsFolder } from '../crd/release-set';

/** Changes the library in one place at a time and asks judges whether they notice. */

const root = join(__dirname, '../../..');
/** Longer than any judge takes, so that a mutant that waits for ever is a noticed one. */
const LONGEST_MS = 15 * 60_000;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const wanted = args.length === 0 ? MUTANTS : MUTANTS.filter(({ name }) => args.some(part => name.includes(part)));
  if (wanted.length === 0) {
    console.error(`no mutant has ${args.map(part => JSON.stringify(part)).join(' or ')} in its name`);
    return 2;
  }
  const misplaced = wanted.filter(mutant => occurrences(mutant) !== 1);
  for (const mutant of misplaced) console.error(`${mutant.name}: its text occurs ${occurrences(mutant)} times in src/${mutant.file}`);
  if (misplaced.length > 0) return 1;

  const copy = copyOfProject();
  const stop = () => {
    rmSync(copy, { recursive: true, force: true });
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const content = new Set<Judge>();
    const asked = wanted.filter(({ judges }) => !judges.every(isSkipped));
    for (const { name, judges } of wanted.filter(mutant => !asked.includes(mutant))) {
      console.log(`not asked ${name.padEnd(52)}  ${judges.map(judge => `${judge}: ${programOf(judge)} is not set`).join(', ')}`);
    }
    const results = asked.map(mutant => {
      const killer = killerOf(mutant, copy);
      // A judge that complains of the library as it is has noticed nothing.
      if (killer !== undefined && !content.has(killer)) {
        if (notices(killer, copy)) throw new Error(`${killer} fails without any change`);
        content.add(killer);
      }
      console.log(`${killer === undefined ? 'SURVIVES ' : 'killed   '} ${mutant.name.padEnd(52)}  ${killer ?? `asked: ${mutant.judges.join(', ')}`}`);
      return killer;
    });
    const survivors = results.filter(killer => killer === undefined).length;
    console.log(`\n${asked.length - survivors} of ${asked.length} mutants killed${asked.length < wanted.length ? `, ${wanted.length - asked.length} not asked` : ''}`);
    return survivors > 0 ? 1 : 0;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function occurrences({ file, find }: Mutant): number {
  return readFileSync(join(root, 'src', file), 'utf8').split(find).length - 1;
}

/** What git knows of, as it stands here; dependencies are shared. */
function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of files.filter(name => name !== '')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** The first judge that notices. */
function killerOf({ file, find, replace, judges }: Mutant, copy: string): Judge | undefined {
  const path = join(copy, 'src', file);
  const original = readFileSync(path, 'utf8');
  // A function, because a text may have signs that mean something in a replacement.
  writeFileSync(path, original.replace(find, () => replace));
  try {
    return judges.find(judge => !isSkipped(judge) && notices(judge, copy));
  } finally {
    writeFileSync(path, original);
  }
}

function isSkipped(judge: Judge): boolean {
  const program = programOf(judge);
  return program !== undefined && !process.env[program];
}

/** The variable that names the program of a judge. */
function programOf(judge: Judge): string | undefined {
  return judge.startsWith('gateway ') ? 'AIGW_BIN' : judge.startsWith('controller ') ? 'AIGW_CONTROLLER_BIN' : undefined;
}

function notices(judge: Judge, cwd: string): boolean {
  const [program, ...args] = commandOf(judge);
  const { status } = spawnSync(join(root, 'node_modules/.bin', program), args, {
    cwd,
    stdio: 'ignore',
    timeout: LONGEST_MS,
    // Seen from the copy, the usual place is another one.
    env: { ...process.env, TSX_TSCONFIG_PATH: 'test/tsconfig.json', ...(crdsAvailable() ? { CRDS_DIR: crdsFolder() } : {}) },
  });
  return status !== 0;
}

function commandOf(judge: Judge): string[] {
  if (judge === 'sops' || judge === 'external-secrets') return ['jest', '--ci', '--bail', '--testMatch', `<rootDir>/test/judges/${judge}/*.judge.ts`];
  if (/^(cluster|controller) /.test(judge)) return ['tsx', 'test/judges/cluster/main.ts', judge.split(' ')[1]];
  if (judge.startsWith('gateway ')) return ['tsx', 'test/judges/gateway/main.ts', '--scenario', judge.slice('gateway '.length)];
  return ['jest', '--ci', '--bail', judge];
}
