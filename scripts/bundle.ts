import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build, BuildOptions, Plugin } from 'esbuild';
import * as ts from 'typescript';

/**
 * Puts what jsii compiled into a few files. Node spends most of the time that the package takes to
 * load on finding, reading and scanning its files, one for each rule.
 *
 * What packages may import stays in its place and hands on its part of the bundle. What is loaded late, by a
 * `require` in a function, is a file of its own beside the bundle, and takes from the parts before it what they need too.
 */
const LIB = join(__dirname, '../lib');
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
  late('src/checks/rules/agentgateway/index.js', RULES),
  late('src/checks/rules/external-secrets/index.js', RULES),
  late('src/platforms/agentgateway/index.js', FIRST),
  late('src/platforms/kgateway/index.js', FIRST),
];
const LATE: ReadonlyMap<string, Part> = new Map(PARTS.flatMap(part => (part.entry === undefined ? [] : [[part.entry, part] as const])));

/** `late-checks-rules.js` */
function late(entry: string, loadedBy: Part): Part {
  return { name: `late-${dirname(entry).split('/').slice(1).join('-')}.js`, entry, loadedBy };
}

async function main(): Promise<void> {
  const imports = await importsOfAll();
  const homes = divide(imports);
  for (const part of PARTS) {
    const elsewhere = (file: string): Elsewhere | undefined => {
      const home = homes.get(file)!;
      if (home === part) return undefined;
      return LATE.has(file) ? { path: `./${home.name}`, external: true } : { path: file, namespace: FROM_PART, pluginData: home.name };
    };
    const neededElsewhere = [...imports].filter(([file]) => homes.get(file) !== part).flatMap(([, imported]) => imported);
    const handedOn = neededElsewhere.filter(file => homes.get(file) === part && !LATE.has(file));
    await bundle(part.name, contentsOf(part, new Set(handedOn)), elsewhere);
  }

  const written = PARTS.map(({ name }) => `src/${name}`);
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

type Elsewhere = { readonly path: string; readonly external?: boolean; readonly namespace?: string; readonly pluginData?: string };

async function bundle(name: string, contents: string, elsewhere: (file: string) => Elsewhere | undefined): Promise<void> {
  const divided: Plugin = {
    name: 'divided',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir, namespace }) => {
        if (namespace === FROM_PART) return { path, external: true };
        return elsewhere(relative(LIB, createRequire(join(resolveDir, 'importer.js')).resolve(path)));
      });
      onLoad({ filter: /./, namespace: FROM_PART }, ({ path, pluginData }) => ({ contents: `module.exports = require('./${pluginData}')['${path}']();` }));
    },
  };
  const { outputFiles } = await build({ ...OPTIONS, stdin: { contents, resolveDir: LIB }, plugins: [divided], outfile: `src/${name}`, write: false });
  const [{ text }] = outputFiles;
  // Of a file with one such character V8 keeps two bytes for each; esbuild escapes them everywhere else.
  const [wide] = /.{0,40}[^\x00-\x7f]/.exec(text) ?? [];
  if (wide !== undefined) throw new Error(`write this with an escape sequence, so that ${name} is ASCII: ${wide}`);
  writeFileSync(join(LIB, 'src', name), name === BUNDLE ? text : compiledAtOnce(text));
}

/**
 * In parentheses, the function that is a module is compiled when its file is, and so is the one that is a rule's
 * check: otherwise V8 scans it there, and once more when it is run. Only where all are run: what is compiled takes memory.
 */
function compiledAtOnce(code: string): string {
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isMethodDeclaration(node) && ts.isObjectLiteralExpression(node.parent) && (ts.isStringLiteral(node.name) || node.name.getText() === 'check')) {
      edits.push({ from: node.getStart(), to: node.name.getEnd(), text: `${node.name.getText()}:(function${node.asteriskToken ? '*' : ''}` });
      edits.push({ from: node.getEnd(), to: node.getEnd(), text: ')' });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('part.js', code, ts.ScriptTarget.ES2022, true));
  return edits.sort((a, b) => b.from - a.from).reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), code);
}

/** Functions, so that one file does not load the others. */
function contentsOf({ entry }: Part, handedOn: ReadonlySet<string>): string {
  const files = entry === undefined ? new Set([...ENTRIES, ...handedOn]) : handedOn;
  return [
    ...(entry === undefined ? [] : [`module.exports = require('./${entry}');`]),
    ...[...files].map(file => `module.exports['${file}'] = () => require('./${file}');`),
  ].join('\n');
}

const FROM_PART = 'from-part';

function compiledFiles(): string[] {
  return readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.js'));
}

void main();
