import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { build, BuildOptions, Plugin } from 'esbuild';

/**
 * Puts what jsii compiled into a few files. Node spends most of the time that the package takes to
 * load on finding, reading and scanning its files, one for each rule.
 *
 * What packages may import stays in its place and hands on its part of the bundle. What is loaded late, by a
 * `require` in a function, is a file of its own beside the bundle, and takes from it what both need.
 */
const LIB = join(__dirname, '../lib');
const BUNDLE = 'bundle.js';
const ENTRIES = ['src/index.js', 'src/bridge.js'].filter(entry => existsSync(join(LIB, entry)));
const LATE = ['src/checks/rules/index.js', 'src/platforms/agentgateway/index.js', 'src/platforms/kgateway/index.js'];

async function main(): Promise<void> {
  const imports = await importsOfAll();
  const { bundled, late } = divide(imports);
  const handedOn = late.flatMap(({ own }) => [...own].flatMap(file => imports.get(file)!)).filter(file => bundled.has(file));
  await bundle(BUNDLE, handOn(new Set([...ENTRIES, ...handedOn])), file => (LATE.includes(file) ? external(lateName(file)) : undefined));
  for (const { entry, own } of late) {
    await bundle(lateName(entry), `module.exports = require('./${entry}');`, file => (own.has(file) ? undefined : fromBundle(file)));
  }

  const written = [BUNDLE, ...LATE.map(lateName)].map(name => `src/${name}`);
  for (const file of compiledFiles()) if (!written.includes(file)) rmSync(join(LIB, file));
  for (const entry of ENTRIES) writeEntry(entry);
}

/** The names are never run: Node reads them where the package is imported as a module. */
function writeEntry(entry: string): void {
  const names = Object.keys(require(join(LIB, 'src', BUNDLE))[entry]()).sort();
  const text = ["'use strict';", `module.exports = require('./${BUNDLE}')['${entry}']();`, `0 && (module.exports = {\n${names.map(name => `  ${name},`).join('\n')}\n});`];
  writeFileSync(join(LIB, entry), `${text.join('\n')}\n`);
}

type Imports = ReadonlyMap<string, readonly string[]>;

/** What each compiled file imports of the others. */
async function importsOfAll(): Promise<Imports> {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [...ENTRIES, ...LATE], outdir: 'unwritten', write: false, metafile: true });
  return new Map(Object.entries(metafile.inputs).map(([file, { imports }]) => [file, imports.filter(i => !i.external).map(i => i.path)]));
}

/** The bundle has what no late file is needed for, and what several of them need. */
function divide(imports: Imports): { bundled: Set<string>; late: { entry: string; own: Set<string> }[] } {
  const bundled = new Set(ENTRIES.flatMap(entry => reachedFrom(entry, imports)));
  const reached = LATE.map(entry => ({ entry, files: reachedFrom(entry, imports).filter(file => !bundled.has(file)) }));
  const users = new Map<string, number>();
  for (const { files } of reached) for (const file of files) users.set(file, (users.get(file) ?? 0) + 1);
  for (const [file, count] of users) if (count > 1) bundled.add(file);
  return { bundled, late: reached.map(({ entry, files }) => ({ entry, own: new Set(files.filter(file => !bundled.has(file))) })) };
}

function reachedFrom(entry: string, imports: Imports): string[] {
  const reached = new Set([entry]);
  for (const file of reached) for (const imported of imports.get(file)!) if (!LATE.includes(imported)) reached.add(imported);
  return [...reached];
}

const OPTIONS = {
  absWorkingDir: LIB,
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
  // Comments are most of what is left out. Lines stay short, because Node shows the one that threw.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
} satisfies BuildOptions;

type Elsewhere = { readonly path: string; readonly external?: boolean; readonly namespace?: string };

async function bundle(name: string, contents: string, elsewhere: (file: string) => Elsewhere | undefined): Promise<void> {
  const divided: Plugin = {
    name: 'divided',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir, namespace }) => {
        if (namespace === FROM_BUNDLE) return external(BUNDLE);
        return elsewhere(relative(LIB, createRequire(join(resolveDir, 'importer.js')).resolve(path)));
      });
      onLoad({ filter: /./, namespace: FROM_BUNDLE }, ({ path }) => ({ contents: `module.exports = require('./${BUNDLE}')['${path}']();` }));
    },
  };
  await build({ ...OPTIONS, stdin: { contents, resolveDir: LIB }, plugins: [divided], outfile: `src/${name}` });
}

/** Functions, so that one file does not load the others. */
function handOn(files: ReadonlySet<string>): string {
  return [...files].map(file => `exports['${file}'] = () => require('./${file}');`).join('\n');
}

const FROM_BUNDLE = 'from-bundle';

function fromBundle(file: string): Elsewhere {
  return { path: file, namespace: FROM_BUNDLE };
}

function external(name: string): Elsewhere {
  return { path: `./${name}`, external: true };
}

/** `late-rules.js` */
function lateName(entry: string): string {
  return `late-${basename(dirname(entry))}.js`;
}

function compiledFiles(): string[] {
  return readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.js'));
}

void main();
