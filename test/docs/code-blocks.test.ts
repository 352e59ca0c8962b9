import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const root = path.join(__dirname, '../..');

/** What code blocks may use without declaring it. */
const FIXTURE = `import { ApiObject, App, Chart, Duration, Include, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as lib from 'cdk8s-ai-gateway';
import { NAMES } from 'cdk8s-ai-gateway';
declare const app: App;
declare const chart: Chart;
declare const gateway: lib.AIGateway;
declare const openai: lib.OpenAIProvider;
declare const standby: lib.OpenAIProvider;
declare const bedrock: lib.BedrockProvider;
declare const provider: lib.OpenAIProvider;
declare const platform: lib.Platform;
`;

interface Block {
  readonly name: string;
  readonly code: string;
}

function blocksOf(file: string): Block[] {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ 1: code, index }) => ({
    name: `${file}:${text.slice(0, index).split('\n').length}`,
    code,
  }));
}

/** A block with imports stands alone; any other sees the fixture, minus what it declares itself. */
function source({ code }: Block, names: readonly string[]): string {
  if (/^import /m.test(code)) return code;
  const declared = [...code.matchAll(/^const (\w+)/gm)].map(m => m[1]);
  const fixture = FIXTURE.replace('NAMES', names.join(', ')).split('\n')
    .filter(line => !declared.some(name => line.startsWith(`declare const ${name}:`)));
  return `${fixture.join('\n')}${code}\nexport {};\n`;
}

const files = ['README.md', ...fs.readdirSync(path.join(root, 'docs')).filter(f => f.endsWith('.md')).sort().map(f => `docs/${f}`)];
const blocks = files.flatMap(blocksOf);

test('every code block of the documentation compiles', () => {
  const index = fs.readFileSync(path.join(root, 'src/index.ts'), 'utf8');
  const names = [...index.matchAll(/\{([^}]*)\}/g)].flatMap(m => m[1].split(',')).map(n => n.trim()).filter(Boolean);
  const sources = new Map(blocks.map((block, i) => [path.join(root, 'docs', `__block-${i}.ts`), source(block, names)]));
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node20,
    types: ['node'], typeRoots: [path.join(root, 'node_modules/@types')], paths: { 'cdk8s-ai-gateway': [path.join(root, 'src/index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = name => sources.has(name) || fileExists(name);
  host.readFile = name => sources.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => (sources.has(name)
    ? ts.createSourceFile(name, sources.get(name)!, version)
    : getSourceFile(name, version, ...rest));
  const program = ts.createProgram([...sources.keys()], options, host);
  const complaints = [...sources.keys()].flatMap((name, i) => {
    const file = program.getSourceFile(name)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      .map(d => `${blocks[i].name}: ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
  });
  expect(complaints).toEqual([]);
  expect(blocks.length).toBeGreaterThan(10);
}, 60_000);
