import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Architecture } from './inputs';
import { ImageConfig, OciLayout } from './layout';
import { NODE_FLAGS } from './node-flags';
import { sbom } from './sbom';
import { appTree, baseTree, bundledPackages, Tree } from './tree';
import { bundle, BUNDLE } from '../bundle';

const root = join(__dirname, '..', '..');
const RELEASE = join(root, '..', '..', 'src', 'constructs', 'ext-proc-image-release.ts');

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
  released(digest, values);
  process.stdout.write(`${digest}\n`);
}

function application(): Tree {
  const metafile = bundle();
  const packages = bundledPackages(metafile, root);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return appTree(readFileSync(BUNDLE), sbom(version, packages), readFileSync(join(root, '..', '..', 'LICENSE')), packages);
}

/** The library names the image by the digest it was released with. */
function released(digest: string, { check, write }: { readonly check: boolean; readonly write: boolean }): void {
  const source = readFileSync(RELEASE, 'utf8');
  const fresh = source.replace(/sha256:[0-9a-f]{64}/, digest);
  if (write) writeFileSync(RELEASE, fresh);
  else if (check && fresh !== source) throw new Error(`the library names another image than ${digest}; run: npm run image -- --write`);
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
