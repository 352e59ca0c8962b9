import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, BuildOptions, Plugin } from 'esbuild';
import { compiledAtOnce, withNamesOfClasses, withoutExplanations, withOwnNames } from './edits';

/**
 * Puts the package into a few files, in the place of those that jsii compiled. Node spends most of the time that the package
 * takes to load on finding, reading and scanning its files, one for each rule. They are made of the sources, whose imports
 * esbuild understands: what jsii compiles would become a function for each file, with objects around it.
 *
 * What packages may import stays in its place and hands on its part of the bundle. What is loaded late, by a
 * `require` in a function, is a file of its own beside the bundle, and takes from the parts before it what they need too.
 */
const ROOT = join(__dirname, '../..');
const LIB = join(ROOT, 'lib');
const BUNDLE = 'bundle.js';
const ENTRIES = ['src/index.js', 'src/bridge.js'];

/** A file of the bundle. */
interface Part {
  readonly name: string;
  /** Of a part that is loaded late: what it hands to the part that loads it. */
  readonly entry?: string;
  readonly loadedBy?: Part;
}

const FIRST: Part = { name: BUNDLE };
const RULES = late('src/checks/rules/index.js', FIRST);
const PARTS: readonly Part[] = [
  FIRST,
  RULES,
  late('imports/more-limits.js', RULES),
  late('src/checks/rules/agentgateway/index.js', RULES),
  late('src/checks/rules/external-secrets/index.js', RULES),
  late('src/platforms/agentgateway/index.js', FIRST),
  late('src/platforms/envoy-ai-gateway/policy-point.js', FIRST),
  late('src/platforms/kgateway/index.js', FIRST),
  late('src/catalogue.js', RULES),
  late('src/policy/index.js', FIRST),
  late('src/secrets/index.js', FIRST),
];
const LATE: ReadonlyMap<string, Part> = new Map(PARTS.flatMap(part => (part.entry === undefined ? [] : [[part.entry, part] as const])));

/** `late-checks-rules.js`, beside the bundle. */
function late(entry: string, loadedBy: Part): Part {
  return { name: `late-${source(entry).split('/').slice(1).join('-')}.js`, entry, loadedBy };
}

async function main(): Promise<void> {
  const imports = await importsOfAll();
  const homes = divide(imports);
  for (const part of PARTS) {
    const elsewhere: ElsewhereFor = (file, importer) => {
      if (imports.has(importer) && !imports.get(importer)!.includes(file)) return { path: file, namespace: TYPES };
      const home = homes.get(file)!;
      if (home === part) return undefined;
      return LATE.has(file) ? { path: `./${home.name}`, external: true } : { path: file, namespace: FROM_PART, pluginData: home.name };
    };
    const neededElsewhere = [...imports].filter(([file]) => homes.get(file) !== part).flatMap(([, imported]) => imported);
    const handedOn = neededElsewhere.filter(file => homes.get(file) === part && !LATE.has(file));
    await bundle(part, new Set(handedOn), elsewhere);
  }

  for (const file of readdirSync(LIB, { recursive: true, encoding: 'utf8' })) if (isStray(file)) rmSync(join(LIB, file));
  for (const entry of ENTRIES) writeEntry(entry);
}

/** What jsii compiled before it is in the parts, and types whose source is gone. */
function isStray(file: string): boolean {
  if (file.endsWith('.d.ts')) return !existsSync(join(ROOT, file.replace(/\.d\.ts$/, '.ts')));
  return file.endsWith('.js') && !PARTS.some(({ name }) => file === `src/${name}`);
}

/** The names are never run: Node reads them where the package is imported as a module. */
function writeEntry(entry: string): void {
  const names = Object.keys(require(join(LIB, 'src', BUNDLE)).files[entry]()).sort();
  const text = ["'use strict';", `module.exports = require('./${BUNDLE}').files['${entry}']();`, `0 && (module.exports = {\n${names.map(name => `  ${name},`).join('\n')}\n});`];
  writeFileSync(join(LIB, entry), `${text.join('\n')}\n`);
}

type Imports = ReadonlyMap<string, readonly string[]>;

/** What each compiled file imports of the others. */
async function importsOfAll(): Promise<Imports> {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [...ENTRIES, ...LATE.keys()], outdir: 'unwritten', write: false, metafile: true });
  return new Map(Object.entries(metafile.inputs).map(([file, { imports }]) => [file, imports.filter(i => !i.external).map(i => i.path)]));
}

/** The part each file is in: the innermost that is loaded before all those that need it. */
function divide(imports: Imports): Map<string, Part> {
  const homes = new Map<string, Part>();
  for (const part of PARTS) {
    for (const file of (part.entry === undefined ? ENTRIES : [part.entry]).flatMap(entry => reachedFrom(entry, imports))) {
      const home = homes.get(file);
      homes.set(file, home ? sharedBy(home, part) : part);
    }
  }
  return homes;
}

function sharedBy(a: Part, b: Part): Part {
  const before = loadedBefore(b);
  return loadedBefore(a).find(part => before.includes(part))!;
}

/** A part, the one that loads it, and so on. */
function loadedBefore(part: Part): Part[] {
  return [part, ...(part.loadedBy ? loadedBefore(part.loadedBy) : [])];
}

function reachedFrom(entry: string, imports: Imports): string[] {
  const reached = new Set([entry]);
  for (const file of reached) for (const imported of imports.get(file)!) if (!LATE.has(imported)) reached.add(imported);
  return [...reached];
}

const OPTIONS = {
  absWorkingDir: LIB,
  format: 'cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
  banner: { js: "'use strict';" },
  // Comments are most of what is left out. Lines stay short, because Node shows the one that threw.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
} satisfies BuildOptions;

/** Where an imported file is, if it is not in the part itself. */
type ElsewhereFor = (file: string, importer: string) => Elsewhere | undefined;
type Elsewhere = { readonly path: string; readonly external?: boolean; readonly namespace?: string; readonly pluginData?: string };

async function bundle(part: Part, handedOn: ReadonlySet<string>, elsewhere: ElsewhereFor): Promise<void> {
  const { name } = part;
  const divided: Plugin = {
    name: 'divided',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir, namespace, importer }) => {
        if (namespace === FROM_PART) return { path, external: true };
        return elsewhere(compiledName(join(resolveDir, path)), relative(ROOT, importer).replace(/\.ts$/, '.js'));
      });
      onLoad({ filter: /./, namespace: TYPES }, () => ({ contents: 'export {};', loader: 'ts' }));
      onLoad({ filter: /./, namespace: FROM_PART }, ({ path, pluginData }) => ({
        contents: `export const { ${exportsOf(path).join(', ')} } = require('./${pluginData}').files['${path}']();`,
      }));
      onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: namedClasses(path), loader: 'ts' }));
    },
  };
  const stdin = { contents: contentsOf(part, handedOn), resolveDir: ROOT, loader: 'ts' as const };
  const { outputFiles } = await build({ ...OPTIONS, stdin, plugins: [divided], outfile: `src/${name}`, write: false });
  const [{ text }] = outputFiles;
  // Of a file with one such character V8 keeps two bytes for each; esbuild escapes them everywhere else.
  const [wide] = /.{0,40}[^\x00-\x7f]/.exec(text) ?? [];
  if (wide !== undefined) throw new Error(`write this with an escape sequence, so that ${name} is ASCII: ${wide}`);
  // What a program has put into `Object.prototype` is nothing that a file exports.
  const own = text.replace('for(var name in all)', 'for(var name of Object.keys(all))');
  const code = withoutExplanations(withOwnNames(own));
  writeFileSync(join(LIB, 'src', name), name === BUNDLE ? code : compiledAtOnce(code));
}

/** `src/checks/links.js` for what an import of `src/checks/links` or of `src/checks/links.ts` means. */
function compiledName(imported: string): string {
  const file = [`${imported}.ts`, join(imported, 'index.ts')].find(existsSync);
  if (file === undefined) throw new Error(`there is no source for ${imported}`);
  return relative(ROOT, file).replace(/\.ts$/, '.js');
}

/** Names one by one, because esbuild puts a function between each name of a whole file and its value. */
function contentsOf({ entry }: Part, handedOn: ReadonlySet<string>): string {
  const files = [...new Set([...(entry === undefined ? ENTRIES : []), ...handedOn])].sort();
  const names = files.map(exportsOf);
  const local = (name: string, index: number) => `${name}_of_${index}`;
  return [
    ...(entry === undefined ? [] : [`export * from './${source(entry)}';`]),
    ...files.map((file, index) => `import { ${names[index].map(name => `${name} as ${local(name, index)}`).join(', ')} } from './${source(file)}';`),
    'export const files = {',
    ...files.map((file, index) => `'${file}': () => file({ ${names[index].map(name => `${name}: ${local(name, index)}`).join(', ')} }),`),
    '};',
    "function file(names: object) { return Object.defineProperty(names, '__esModule', { value: true }); }",
  ].join('\n');
}

/** Of a file as jsii compiled it. */
function exportsOf(file: string): string[] {
  return Object.keys(require(join(LIB, file)));
}

function source(file: string): string {
  return file.replace(/(?:\/index)?\.js$/, '');
}

/** A source, with what jsii puts into its classes. */
function namedClasses(file: string): string {
  return withNamesOfClasses(readFileSync(file, 'utf8'), readFileSync(join(LIB, compiledName(file.replace(/\.ts$/, ''))), 'utf8'));
}

const FROM_PART = 'from-part';
/** Files of which the importing one needs no more than types, by what jsii compiled of it. */
const TYPES = 'types';

void main();
