import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { codes } from '../src/codes';

const folder = join(__dirname, '..');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

test('code blocks of the README compile', () => {
  const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
  expect(blocks.length).toBeGreaterThan(1);
  const sources = new Map(blocks.map((code, index) => [join(folder, `__block-${index}.ts`), code]));
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node20, types: ['node'],
    typeRoots: [join(folder, '../../node_modules/@types')], paths: { 'pulumi-ai-gateway': [join(folder, 'src/index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = name => sources.has(name) || fileExists(name);
  host.readFile = name => sources.get(name) ?? readFile(name);
  host.getSourceFile = (name, ...rest) => (sources.has(name) ? ts.createSourceFile(name, sources.get(name)!, rest[0]) : getSourceFile(name, ...rest));
  const program = ts.createProgram([...sources.keys()], options, host);
  const complaints = [...sources.keys()].flatMap(name => program.getSemanticDiagnostics(program.getSourceFile(name))
    .map(d => ts.flattenDiagnosticMessageText(d.messageText, ' ')));
  expect(complaints).toEqual([]);
}, 120_000);

test('the README has a row for each code, in the words of its definition', () => {
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \|.*$/gm)].map(([row]) => row);
  expect(rows).toEqual(codes.map(({ code, title, consequence, fix }) => `| \`${code}\` | ${title}. ${consequence} | ${fix} |`));
});

test('the README names every example', () => {
  const linked = [...readme.matchAll(/\(examples\/([\w-]+)\/index\.ts\)/g)].map(([, name]) => name);
  expect(linked.sort()).toEqual(readdirSync(join(folder, 'examples')).sort());
});
