import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documents, Generator, sources } from './generated';

interface Saved {
  readonly content: Buffer;
  readonly mode: number;
}

type Snapshot = ReadonlyMap<string, Saved>;

process.chdir(join(__dirname, '..'));
void main(process.argv.slice(2)).then(code => process.exitCode = code);

async function main(args: readonly string[]): Promise<number> {
  const [mode, ...more] = args;
  if (more.length > 0 || !['--write', 'sources', 'documents', undefined].includes(mode)) {
    console.error('usage: check-generated [sources|documents|--write]\n  --write refreshes the documents');
    return 2;
  }
  if (mode === '--write') {
    const results = documents.filter(generator => generator.skip?.() === undefined).map(generator => run(generator, process.env));
    return (await Promise.all(results)).every(good => good) ? 0 : 1;
  }
  let good = true;
  // One after the other, and before all that reads them: each is away while it is made anew.
  if (mode !== 'documents') for (const generator of sources) good = await isUpToDate(generator) && good;
  if (mode !== 'sources') for (const result of await Promise.all(documents.map(generator => isUpToDate(generator)))) good &&= result;
  return good ? 0 : 1;
}

async function isUpToDate(generator: Generator): Promise<boolean> {
  const reason = generator.skip?.();
  if (reason !== undefined) {
    console.log(`${generator.name}: skipped, ${reason}`);
    return true;
  }
  const before = snapshot(generator.files);
  const putBack = () => restore(before, snapshot(generator.files));
  // An interrupted check leaves nothing behind either.
  process.once('SIGINT', putBack).once('SIGTERM', putBack);
  // projen's post-synthesis step installs packages, which needs the network.
  const made = await run(generator, { ...process.env, PROJEN_DISABLE_POST: 'true' });
  const stale = made ? differences(before, snapshot(generator.files)) : [];
  putBack();
  for (const file of stale) {
    console.error(`stale: ${file}; run: ${generator.command}`);
  }
  if (made && stale.length === 0) {
    console.log(`${generator.name}: up to date`);
  }
  return made && stale.length === 0;
}

function run(generator: Generator, env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(generator.command, { shell: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    child.stderr.on('data', (part: Buffer) => output.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) {
        console.error(`${generator.name}: "${generator.command}" failed\n${Buffer.concat(output).toString()}`);
      }
      resolve(code === 0);
    });
  });
}

function snapshot(paths: readonly string[]): Snapshot {
  return new Map(paths.flatMap(filesAt).map(file => [file, { content: readFileSync(file), mode: statSync(file).mode }]));
}

function filesAt(path: string): readonly string[] {
  if (!existsSync(path)) {
    return [];
  }
  return statSync(path).isDirectory() ? readdirSync(path).flatMap(name => filesAt(join(path, name))) : [path];
}

function differences(before: Snapshot, after: Snapshot): readonly string[] {
  const files = new Set([...before.keys(), ...after.keys()]);
  return [...files].filter(file => !sameContent(before.get(file), after.get(file))).sort();
}

function sameContent(one: Saved | undefined, other: Saved | undefined): boolean {
  return one !== undefined && other !== undefined && one.content.equals(other.content);
}

function restore(before: Snapshot, after: Snapshot): void {
  for (const file of differences(before, after)) {
    const saved = before.get(file);
    // Generated files may be read-only, so they are replaced rather than written to.
    rmSync(file, { force: true });
    if (saved !== undefined) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, saved.content);
      chmodSync(file, saved.mode);
    }
  }
}
