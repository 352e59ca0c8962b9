import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generate } from './generate';

const root = resolve(__dirname, '..', '..');
const outputFolder = join(root, 'imports');

function main(args: readonly string[]): number {
  const unknown = args.find((arg) => arg !== '--check');
  if (unknown !== undefined) {
    console.error(`unknown argument "${unknown}"; the only one is --check`);
    return 2;
  }
  const check = args.includes('--check');
  const crdFolder = resolve(root, process.env['CRDS_DIR'] || '../shared/crds');
  if (!existsSync(crdFolder)) {
    console.log(check ? 'skipped: no CRD folder (set CRDS_DIR)' : 'no CRD folder (set CRDS_DIR)');
    return check ? 0 : 1;
  }
  const files = generate(crdFolder);
  return check ? reportStale(files) : write(files);
}

function write(files: ReadonlyMap<string, string>): number {
  for (const [name, text] of files) {
    writeFileSync(join(outputFolder, name), text);
    console.log(`imports/${name}: ${Math.ceil(text.length / 1024)} KB`);
  }
  return 0;
}

function reportStale(files: ReadonlyMap<string, string>): number {
  const stale = [...files].filter(([name, text]) => readIfThere(join(outputFolder, name)) !== text).map(([name]) => name);
  for (const name of stale) {
    console.error(`stale: imports/${name}`);
  }
  if (stale.length > 0) {
    console.error('run: npx tsx scripts/imports/main.ts');
    return 1;
  }
  console.log(`${files.size} generated files are up to date`);
  return 0;
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

process.exitCode = main(process.argv.slice(2));
