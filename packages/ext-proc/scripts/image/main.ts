import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Architecture } from './inputs';
import { ImageConfig, OciLayout } from './layout';
import { NODE_FLAGS } from './node-flags';
import { sbom } from './sbom';
import { appTree, baseTree, bundledPackages, Tree } from './tree';
import { recordResult } from '../../../../test/judges/results';
import { bundle, BUNDLE } from '../bundle';

const root = join(__dirname, '..', '..');
const RELEASE = join(root, '..', '..', 'src', 'constructs', 'ext-proc-image-release.ts');

/** The digest the library names the image by. */
const DIGEST = /sha256:[0-9a-f]{64}/;

const CONFIG: ImageConfig = {
  entrypoint: ['/usr/local/bin/node', ...NODE_FLAGS, '/app/policy-server.cjs'],
  env: ['NODE_ENV=production'],
  user: '65532:65532',
  ports: [9002, 9003],
  labels: {
    'org.opencontainers.image.title': 'policy-server',
    'org.opencontainers.image.description': 'Policy server for AI gateways on Envoy',
    'org.opencontainers.image.licenses': 'Apache-2.0',
    'org.opencontainers.image.source': 'https://github.com/cdk8s-ai-gateway/cdk8s-ai-gateway',
  },
};

const USAGE = 'image [--out FOLDER] [--platform amd64,arm64] [--tree FOLDER] [--check | --write]';

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 1;
});

/** Writes the image as an OCI layout and prints its digest last. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(root, 'dist', 'image') },
      platform: { type: 'string', default: 'amd64,arm64' },
      tree: { type: 'string' },
      check: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const app = application();
  if (values.tree !== undefined) {
    const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
    unpack([baseTree(architecture), app], values.tree);
    process.stdout.write(`${values.tree}\n`);
    return;
  }
  const layout = new OciLayout(values.out);
  for (const architecture of values.platform.split(',') as Architecture[]) await layout.add(architecture, [baseTree(architecture), app], CONFIG);
  const digest = layout.finish('latest');
  process.stderr.write(`${values.out}: ${Math.round(sizeOf(values.out) / 1e6)} MB for ${values.platform}\n`);
  if (values.write) writeFileSync(RELEASE, readFileSync(RELEASE, 'utf8').replace(DIGEST, digest));
  if (values.check) check(digest, values.out);
  process.stdout.write(`${digest}\n`);
}

function application(): Tree {
  const metafile = bundle();
  const packages = bundledPackages(metafile, root);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return appTree(readFileSync(BUNDLE), sbom(version, packages), readFileSync(join(root, '..', '..', 'LICENSE')), packages);
}

/** Another process, in another zone and language, has to make the same image, and the library to name it. */
function check(digest: string, out: string): void {
  const again = execFileSync(process.execPath, [...process.execArgv, __filename, '--out', `${out}-again`], {
    encoding: 'utf8', env: { ...process.env, TZ: 'Pacific/Kiritimati', LC_ALL: 'C', SOURCE_DATE_EPOCH: '1' }, stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
  rmSync(`${out}-again`, { recursive: true, force: true });
  const known = DIGEST.exec(readFileSync(RELEASE, 'utf8'))![0];
  const problems = [
    ...(again === digest ? [] : [`the second image is ${again}, the first ${digest}: something besides the inputs went into it`]),
    ...(known === digest ? [] : [`the library names ${known}, the image is ${digest}; run: npm run image -- --write`]),
  ];
  recordResult({ judge: 'image of the policy server, built twice', cases: 2, failed: problems.length });
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** The file tree of the image, for running it where it is. */
function unpack(trees: readonly Tree[], folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, entry] of trees.flatMap(tree => [...tree])) {
    const at = join(folder, path);
    mkdirSync(dirname(at), { recursive: true });
    if (entry.kind === 'link') symlinkSync(entry.target, at);
    else writeFileSync(at, entry.content, { mode: entry.executable ? 0o755 : 0o644 });
  }
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile()).reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
