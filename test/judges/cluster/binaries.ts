import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

interface Program {
  /** Folder of the Go module that pins it. */
  readonly module: string;
  readonly package: string;
  readonly variables?: Readonly<Record<string, string>>;
}

const PROGRAMS = {
  'etcd': { module: 'kubernetes', package: 'go.etcd.io/etcd/server/v3' },
  'kube-apiserver': {
    module: 'kubernetes',
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    // Outside of its own repository it takes itself for v0.0.0.
    variables: { 'k8s.io/component-base/version.gitVersion': requiredVersion('kubernetes', 'k8s.io/kubernetes') },
  },
  'envoy-gateway': { module: 'envoy-gateway', package: '.' },
  'external-secrets': { module: 'external-secrets', package: '.' },
} satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;

/** Seconds between two lines that tell how far a build is. */
const PROGRESS_SECONDS = 15;

/** Whether there is a Go to build with. */
export function goAvailable(): boolean {
  return spawnSync('go', ['version']).error === undefined;
}

/**
 * A program that judges us, built on first use and kept in the user's cache. What is built depends on the files of its
 * module and on the Go that builds; when one changes, it is built anew.
 *
 * Throws when the build breaks, with what Go says.
 */
export async function binary(name: ProgramName): Promise<string> {
  const path = join(cacheFolder(), keyOf(PROGRAMS[name].module), name);
  if (!existsSync(path)) {
    // Whoever else needs it waits for the same build.
    const building = builds.get(path) ?? build(name, path);
    builds.set(path, building);
    await building;
  }
  return path;
}

const builds = new Map<string, Promise<void>>();

/** The folder of a module that a program is built of, downloaded if need be. */
export function sourceOf(name: ProgramName, modulePath: string): string {
  const { stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', modulePath], { cwd: moduleFolder(PROGRAMS[name].module), encoding: 'utf8' });
  const { Dir, Error: reason } = JSON.parse(stdout || '{}') as { Dir?: string; Error?: string };
  if (!Dir) throw new Error(`go mod download ${modulePath}: ${reason ?? stderr}`);
  return Dir;
}

/** The version of a module that a program is built of, such as `v1.8.1`. */
export function requiredVersion(module: string, modulePath: string): string {
  const found = readFileSync(join(moduleFolder(module), 'go.mod'), 'utf8').split('\n').map(line => line.trim().replace(/^require /, '').split(' '))
    .find(([path]) => path === modulePath);
  if (!found) throw new Error(`${module}/go.mod does not require ${modulePath}`);
  return found[1];
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-ai-gateway', 'judges');
}

function moduleFolder(module: string): string {
  return join(__dirname, 'go', module);
}

function keyOf(module: string): string {
  const folder = moduleFolder(module);
  // Asked in the module's folder, because its go.mod may select another toolchain.
  const { stdout, stderr, status } = spawnSync('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`go env in ${folder}: ${stderr}`);
  const hash = createHash('sha256').update(stdout);
  for (const file of readdirSync(folder).filter(name => /^go\.(mod|sum)$|\.go$/.test(name)).sort()) hash.update(readFileSync(join(folder, file)));
  return `${module}-${hash.digest('hex').slice(0, 16)}`;
}

async function build(name: ProgramName, path: string): Promise<void> {
  const { module, package: main, variables = {} }: Program = PROGRAMS[name];
  mkdirSync(dirname(path), { recursive: true });
  // Renamed when complete, so that an interrupted build leaves nothing that looks like a binary.
  const unfinished = mkdtempSync(`${path}-`);
  const flags = ['-s', '-w', ...Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)].join(' ');
  const args = ['build', '-v', '-trimpath', '-buildvcs=false', '-mod=readonly', `-ldflags=${flags}`, '-o', join(unfinished, name), main];
  try {
    await go(args, name, moduleFolder(module));
    renameSync(join(unfinished, name), path);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function go(args: readonly string[], name: string, cwd: string): Promise<void> {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const output: string[] = [];
  let packages = 0;
  let downloads = 0;
  process.stderr.write(`${name}: building it, once; minutes with empty caches\n`);
  const progress = setInterval(
    () => process.stderr.write(`${name}: ${seconds()} s, ${downloads} modules downloaded, ${packages} packages compiled\n`), PROGRESS_SECONDS * 1000);
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      const child = spawn('go', args, { cwd, env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' }, stdio: ['ignore', 'ignore', 'pipe'] });
      let rest = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop()!;
        for (const line of lines) {
          if (line.startsWith('go: downloading ')) downloads++;
          else if (/^[\w.~/-]+$/.test(line)) packages++;
          else output.push(line);
        }
      });
      child.on('error', reject).on('close', resolve);
    });
    if (status !== 0) throw new Error(`${name} does not build: go ${args.join(' ')} in ${cwd}\n${output.join('\n')}`);
  } finally {
    clearInterval(progress);
  }
  process.stderr.write(`${name}: built in ${seconds()} s\n`);
}
