import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, BuildOptions, Plugin } from 'esbuild';
import * as ts from 'typescript';

/**
 * Puts the package into a few files, in the place of those that jsii compiled. Node spends most of the time that the package
 * takes to load on finding, reading and scanning its files, one for each rule. They are made of the sources, whose imports
 * esbuild understands: what jsii compiles would become a function for each file, with objects around it.
 *
 * What packages may import stays in its place and hands on its part of the bundle. What is loaded late, by a
 * `require` in a function, is a file of its own beside the bundle, and takes from the parts before it what they need too.
 */
const ROOT = join(__dirname, '..');
const LIB = join(ROOT, 'lib');
const BUNDLE = 'bundle.js';
const ENTRIES = ['src/index.js', 'src/bridge.js'].filter(entry => existsSync(join(LIB, entry)));

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

  const written = PARTS.map(({ name }) => `src/${name}`);
  for (const file of compiledFiles()) if (!written.includes(file)) rmSync(join(LIB, file));
  for (const entry of ENTRIES) writeEntry(entry);
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
      onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: withNamesOfClasses(path), loader: 'ts' }));
    },
  };
  const stdin = { contents: contentsOf(part, handedOn), resolveDir: ROOT, loader: 'ts' as const };
  const { outputFiles } = await build({ ...OPTIONS, stdin, plugins: [divided], outfile: `src/${name}`, write: false });
  const [{ text }] = outputFiles;
  // Of a file with one such character V8 keeps two bytes for each; esbuild escapes them everywhere else.
  const [wide] = /.{0,40}[^\x00-\x7f]/.exec(text) ?? [];
  if (wide !== undefined) throw new Error(`write this with an escape sequence, so that ${name} is ASCII: ${wide}`);
  const code = withoutExplanations(text);
  writeFileSync(join(LIB, 'src', name), name === BUNDLE ? code : compiledAtOnce(code));
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What a definition of a code has for the page of all codes, which is generated from the sources. */
const EXPLANATIONS: ReadonlySet<string> = new Set(['title', 'cause', 'consequence']);

/** A tenth of what the rules are as text, and as much again once they are loaded. */
function withoutExplanations(code: string): string {
  return edited(code, (node) => {
    if (!ts.isObjectLiteralExpression(node)) return [];
    const named = node.properties.filter(property => property.name && EXPLANATIONS.has(property.name.getText()));
    if (named.length < EXPLANATIONS.size || !node.properties.some(property => property.name?.getText() === 'code')) return [];
    // With the comma that follows: `fix` comes last.
    return named.map(property => ({ from: property.getStart(), to: property.getEnd() + 1, text: '' }));
  });
}

/**
 * In parentheses, the function that is a module is compiled when its file is, and so is the one that is a rule's
 * check: otherwise V8 scans it there, and once more when it is run. Only where all are run: what is compiled takes memory.
 */
function compiledAtOnce(code: string): string {
  return edited(code, (node) => {
    if (!ts.isMethodDeclaration(node) || !ts.isObjectLiteralExpression(node.parent)) return [];
    if (!ts.isStringLiteral(node.name) && node.name.getText() !== 'check') return [];
    return [
      { from: node.getStart(), to: node.name.getEnd(), text: `${node.name.getText()}:(function${node.asteriskToken ? '*' : ''}` },
      { from: node.getEnd(), to: node.getEnd(), text: ')' },
    ];
  });
}

function edited(code: string, editsAt: (node: ts.Node) => readonly Edit[]): string {
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    edits.push(...editsAt(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('part.js', code, ts.ScriptTarget.ES2022, true));
  return edits.sort((a, b) => b.from - a.from).reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), code);
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

const CLASS_NAME = /^ +static \[JSII_RTTI_SYMBOL_1\] = (\{ fqn: "[\w.-]+\.(\w+)", version: "[^"]+" \});$/gm;

/** A source, with the names that jsii gave the classes which it compiled from it. */
function withNamesOfClasses(file: string): string {
  const code = readFileSync(file, 'utf8');
  const compiled = readFileSync(join(LIB, compiledName(file.replace(/\.ts$/, ''))), 'utf8');
  const names = new Map([...compiled.matchAll(CLASS_NAME)].map(([, name, of]) => [of, name]));
  if (names.size < compiled.split('[JSII_RTTI_SYMBOL_1] =').length - 1) throw new Error(`jsii writes the names of classes in another way: ${file}`);
  return edited(code, (node) => {
    const name = ts.isClassDeclaration(node) && node.name ? names.get(node.name.text) : undefined;
    if (name === undefined) return [];
    const { pos } = (node as ts.ClassDeclaration).members;
    return [{ from: pos, to: pos, text: `static [Symbol.for('jsii.rtti')] = ${name};` }];
  });
}

const FROM_PART = 'from-part';
/** Files of which the importing one needs no more than types, by what jsii compiled of it. */
const TYPES = 'types';

function compiledFiles(): string[] {
  return readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.js'));
}

void main();
