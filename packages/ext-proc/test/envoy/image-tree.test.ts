import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { serverCommand } from './guard';
import { NODE_VERSION } from '../../scripts/image/inputs';

const TREE = join(__dirname, '..', '..', 'dist', 'tree');

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile()).map(entry => relative(TREE, join(entry.parentPath, entry.name)));
}

interface Component {
  readonly name: string;
  readonly version: string;
}

const components = (JSON.parse(readFileSync(join(TREE, 'app', 'sbom.cdx.json'), 'utf8')) as { components: Component[] }).components;

test('the image holds Node, its libraries and the server, and nothing else that can be run', () => {
  const run = filesOf(TREE).filter(file => (statSync(join(TREE, file)).mode & 0o111) !== 0).map(file => file.replace(/^usr\/lib\/[^/]+\//, ''));
  expect(run.filter(file => !/^(lib[\w+]+\.so\.\d+|ld-linux-[\w-]+\.so\.\d)$/.test(file))).toEqual(['usr/local/bin/node']);
  expect(filesOf(join(TREE, 'app')).sort()).toEqual(['app/policy-server.cjs', 'app/sbom.cdx.json']);
});

test('its Node is the one that was pinned, and at least 24', () => {
  const [command, args] = serverCommand();
  const version = execFileSync(command, [...args.slice(0, 3), '--version'], { encoding: 'utf8' }).trim();
  expect(version).toBe(`v${NODE_VERSION}`);
  expect(Number(NODE_VERSION.split('.')[0])).toBeGreaterThanOrEqual(24);
});

test('everything in the SBOM has its licence beside it, and the other way round', () => {
  const licences = filesOf(join(TREE, 'licenses'));
  const licensed = licences.map(file => file.split('/').slice(1, -1).join('/'));
  expect(licensed.filter(name => name !== 'policy-server').sort()).toEqual(components.map(({ name }) => name).sort());
  for (const file of licences) expect([file, statSync(join(TREE, file)).size > 500]).toEqual([file, true]);
});

test('the SBOM names each package that the bundle was made of', () => {
  const bundled = ['prom-client', 'protobufjs', 're2js', 'yaml'];
  expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(['node', 'libc6', 'libgcc-s1', 'libstdc++6', ...bundled]));
  for (const { name, version } of components) expect([name, version]).toEqual([name, expect.stringMatching(/^\d/)]);
});
