import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Metafile } from 'esbuild';
import { Architecture, DEBIAN_PACKAGES, DebianPackage, debianPackage, nodePackage } from './inputs';

/** What stands at a path of the image. */
export type Entry =
  | { readonly kind: 'file'; readonly content: Buffer; readonly executable?: boolean }
  | { readonly kind: 'link'; readonly target: string };

/** By path, without the slash in front. Parent folders come about by themselves. */
export type Tree = Map<string, Entry>;

const TRIPLETS = { amd64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' } as const;

/** The libraries `node` is linked with; nothing else of the packages goes in, above all no shell. */
const LIBRARIES = ['libc.so.6', 'libdl.so.2', 'libm.so.6', 'libpthread.so.0', 'libgcc_s.so.1', 'libstdc++.so.6'];

/** Node, the libraries it needs, and their licences. */
export function baseTree(architecture: Architecture): Tree {
  const tree: Tree = new Map();
  const triplet = TRIPLETS[architecture];
  const loader = architecture === 'amd64' ? 'ld-linux-x86-64.so.2' : 'ld-linux-aarch64.so.1';
  const found = new Map<string, Buffer>();
  for (const pack of DEBIAN_PACKAGES) {
    const files = debianPackage(pack, architecture);
    for (const folder of [`lib/${triplet}`, `usr/lib/${triplet}`]) {
      for (const name of listed(join(files, folder))) {
        if ([...LIBRARIES, loader].includes(name)) found.set(name, readFileSync(join(files, folder, name)));
      }
    }
    tree.set(`licenses/${pack.name}/copyright`, file(copyright(pack, architecture)));
  }
  for (const name of [...LIBRARIES, loader]) {
    const content = found.get(name);
    if (!content) throw new Error(`no ${name} among the libraries for ${architecture}`);
    tree.set(`usr/lib/${triplet}/${name}`, file(content, true));
  }
  tree.set('lib', { kind: 'link', target: 'usr/lib' });
  if (architecture === 'amd64') {
    tree.set('lib64', { kind: 'link', target: 'usr/lib64' });
    tree.set(`usr/lib64/${loader}`, { kind: 'link', target: `../lib/${triplet}/${loader}` });
  } else {
    tree.set(`usr/lib/${loader}`, { kind: 'link', target: `${triplet}/${loader}` });
  }
  const node = nodePackage(architecture);
  tree.set('usr/local/bin/node', file(readFileSync(join(node, 'bin', 'node')), true));
  tree.set('licenses/node/LICENSE', file(readFileSync(join(node, 'LICENSE'))));
  tree.set('etc/passwd', file(Buffer.from('nonroot:x:65532:65532:nonroot:/nonexistent:/sbin/nologin\n')));
  tree.set('etc/group', file(Buffer.from('nonroot:x:65532:\n')));
  return tree;
}

interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly folder: string;
}

/** Packages inside of the bundle. */
export function bundledPackages(metafile: Metafile, root: string): readonly BundledPackage[] {
  const folders = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) folders.add(join(root, found[1]));
  }
  return [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license: string };
    return { name, version, license, folder };
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The server, what it is made of, and the licences of that. */
export function appTree(bundle: Buffer, sbom: object, license: Buffer, packages: readonly BundledPackage[]): Tree {
  const tree: Tree = new Map([
    ['app/policy-server.cjs', file(bundle)],
    ['app/sbom.cdx.json', file(Buffer.from(`${JSON.stringify(sbom, undefined, 2)}\n`))],
    ['licenses/policy-server/LICENSE', file(license)],
  ]);
  for (const { name, folder, license: spdx } of packages) {
    const own = listed(folder).find(entry => /^licen[cs]e/i.test(entry));
    tree.set(`licenses/${name}/LICENSE`, file(own === undefined ? Buffer.from(`${spdx}\n`) : readFileSync(join(folder, own))));
  }
  return tree;
}

function file(content: Buffer, executable = false): Entry {
  return { kind: 'file', content, executable };
}

function copyright({ name, version, copyrightIn = name }: DebianPackage, architecture: Architecture): Buffer {
  const files = debianPackage({ name: copyrightIn, version }, architecture);
  return readFileSync(join(files, 'usr', 'share', 'doc', copyrightIn, 'copyright'));
}

function listed(folder: string): string[] {
  try {
    return statSync(folder).isDirectory() ? readdirSync(folder).sort() : [];
  } catch {
    return [];
  }
}
