import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/**
 * Runs every example and writes what it synthesizes to its `output` folder, which
 * is committed: readers see what comes out, and a change shows in the diff.
 */
const folder = path.join(__dirname, '../examples');

function main(): void {
  const names = fs.readdirSync(folder).filter(name => fs.existsSync(path.join(folder, name, 'main.ts'))).sort();
  const broken = names.filter(name => !run(name));
  if (broken.length > 0) {
    console.error(`examples that do not synthesize cleanly: ${broken.join(', ')}`);
    process.exitCode = 1;
  }
}

function run(name: string): boolean {
  const cwd = path.join(folder, name);
  const output = path.join(cwd, 'output');
  fs.rmSync(output, { recursive: true, force: true });
  const env = { ...process.env, CDK8S_OUTDIR: 'output', TSX_TSCONFIG_PATH: path.join(folder, 'tsconfig.json') };
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'main.ts'], { cwd, env, encoding: 'utf8' });
  if (stderr !== '') console.error(`${name}:\n${stderr}`);
  return status === 0 && stderr === '';
}

main();
