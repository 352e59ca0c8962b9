import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { AiGatewayRelease, CrdJudge, describeWithCrds } from '../judges/crd/judge';
import { judgeKgateway } from '../judges/kgateway/judge';

const folder = join(__dirname, '../../examples');
const examples = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name).sort();

/** Output that is not for the newest release. */
const OLDER: { readonly [directory: string]: AiGatewayRelease } = {
  'multi-release/output/production': 'v0.5.0',
};

const IMPORTABLE = new Set(['cdk8s-ai-gateway', 'cdk8s', 'cdk8s-plus-28', 'constructs', ...builtinModules]);

function read(...path: string[]): string {
  return readFileSync(join(folder, ...path), 'utf8');
}

/** Files below a folder of an example, with `/` between their parts. */
function filesBelow(directory: string): string[] {
  return readdirSync(join(folder, directory), { withFileTypes: true }).flatMap(entry => {
    const path = posix.join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

interface Written {
  readonly directory: string;
  readonly manifest: any;
}

/** What an example's output has for a cluster; Helm values are no manifests. */
function manifestsOf(example: string): Written[] {
  return filesBelow(`${example}/output`).filter(file => file.endsWith('.k8s.yaml')).flatMap(file => {
    const documents = parseAllDocuments(read(file));
    expect(documents.flatMap(document => document.errors)).toEqual([]);
    return documents.map(document => ({ directory: dirname(file), manifest: document.toJS() }));
  });
}

test('the overview lists every example, and no other', () => {
  const listed = [...read('README.md').matchAll(/^\| \[([\w-]+)\]\(\1\/README\.md\) \|/gm)].map(match => match[1]);
  expect(listed.sort()).toEqual(examples);
});

describe.each(examples)('%s', example => {
  test('can be run and is explained', () => {
    for (const name of ['main.ts', 'cdk8s.yaml', 'README.md']) expect([name, existsSync(join(folder, example, name))]).toEqual([name, true]);
    expect(read(example, 'cdk8s.yaml')).toContain('app: npx tsx main.ts');
  });

  test('imports what a copy of it can import', () => {
    const programs = readdirSync(join(folder, example)).filter(name => name.endsWith('.ts'));
    const imported = programs.flatMap(name => [...read(example, name).matchAll(/(?:from|require\(|import) ?'([^']+)'/g)].map(match => match[1]));
    expect(imported).toContain('cdk8s-ai-gateway');
    expect(imported.filter(name => !IMPORTABLE.has(name))).toEqual([]);
  });

  test('its README mentions every file it writes', () => {
    const written = filesBelow(`${example}/output`).map(file => file.replace(`${example}/output/`, 'dist/'));
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter(file => !read(example, 'README.md').includes(file))).toEqual([]);
  });

  test('gives every object a name of its own', () => {
    const ids = manifestsOf(example).map(({ directory, manifest: { apiVersion, kind, metadata } }) =>
      [directory, apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' '));
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('writes no Secret that can be read', () => {
    const readable = manifestsOf(example).filter(({ manifest }) => manifest.kind === 'Secret' && manifest.sops?.mac === undefined);
    expect(readable.map(({ manifest }) => manifest.metadata.name)).toEqual([]);
  });
});

describeWithCrds('the CRDs of its release take all of', () => {
  test.each(examples)('%s', example => {
    const complaints = manifestsOf(example).flatMap(({ directory, manifest }) => (manifest.apiVersion.startsWith('gateway.kgateway.dev/')
      ? judgeKgateway([manifest])
      : CrdJudge.load({ aiGateway: OLDER[directory] ?? 'v1.1.0' }).judgeAll([manifest], { encrypted: manifest.sops !== undefined })));
    expect(complaints).toEqual([]);
  });
});
