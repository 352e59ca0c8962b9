import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const folder = join(__dirname, '..');

/** Errors of the type checker for programs, by name. */
function errorsOf(programs: { readonly [name: string]: string }): { [name: string]: string[] } {
  const file = (name: string) => join(folder, `__${name}.ts`);
  const sources = new Map(Object.entries(programs).map(([name, text]) => [file(name), `${FIXTURE}\n${text}\nexport {};\n`]));
  const { config } = ts.parseConfigFileTextToJson('tsconfig.json', readFileSync(join(folder, 'tsconfig.dev.json'), 'utf8'));
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node20, types: ['node'],
    typeRoots: [join(folder, '../../node_modules/@types')],
    paths: { 'pulumi-ai-gateway': [join(folder, config.compilerOptions.paths['pulumi-ai-gateway'][0])] },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = name => sources.has(name) || fileExists(name);
  host.readFile = name => sources.get(name) ?? readFile(name);
  host.getSourceFile = (name, ...rest) => (sources.has(name) ? ts.createSourceFile(name, sources.get(name)!, rest[0]) : getSourceFile(name, ...rest));
  const program = ts.createProgram([...sources.keys()], options, host);
  return Object.fromEntries(Object.keys(programs).map(name => [name, program.getSemanticDiagnostics(program.getSourceFile(file(name)))
    .map(d => ts.flattenDiagnosticMessageText(d.messageText, ' '))]));
}

const FIXTURE = `import * as pulumi from '@pulumi/pulumi';
import { AIGateway, ApiKey, AwsCredentials, BedrockProvider, ClientApi, ModelMatch, ModelRoute, OpenAIProvider, ProviderTls, Traffic } from 'pulumi-ai-gateway';
declare const text: pulumi.Output<string>;
declare const number: pulumi.Output<number>;
declare const flag: pulumi.Output<boolean>;
declare const promise: Promise<string>;
declare const list: pulumi.Output<string[]>;
declare const openai: OpenAIProvider;
declare const gateway: AIGateway;
const apiKey = ApiKey.fromSecretName('x');`;

const ACCEPTED = {
  propertyIsOutput: "new OpenAIProvider('x', { apiKey, hostname: text, organization: promise, port: number, namespace: text });",
  itemOfList: "gateway.addModel('m', openai.model(), { hostnames: [text, promise, 'x'] });",
  valueOfMap: "new OpenAIProvider('x', { apiKey, headers: { set: { a: text, b: 'x' } } });",
  factory: 'AwsCredentials.irsa(text); ApiKey.fromSecretName(promise); ApiKey.fromSecretOutput(text);',
  model: 'openai.model(text); openai.model();',
  addModel: "gateway.addModel(text, openai.model(), { name: 'x' }, { protect: true }).routeName.apply(name => name.length);",
  weight: 'Traffic.split([{ to: openai.model(), weight: number }]);',
  components: "new ModelRoute('r', { gateways: [gateway], entries: [{ match: ModelMatch.exact(text), target: openai.model() }] });",
  constructs: "new ModelRoute('r', { gateways: [gateway.construct], entries: [{ match: ModelMatch.any(), target: openai.construct.model() }] });",
  attributes: 'const a: pulumi.Output<string> = openai.providerName; const b: pulumi.Output<string | undefined> = openai.namespace; openai.backend?.status;',
  options: "new OpenAIProvider('x', { apiKey }, { provider: undefined, aliases: [{ name: 'y' }], ignoreChanges: ['spec'] });",
};

const REFUSED: { [name: string]: readonly [program: string, message: RegExp] } = {
  plainKey: ["ApiKey.fromSecretOutput('sk-x');", /string/],
  switchIsOutput: ["gateway.addModel('m', openai.model(), { failover: { failFast: flag } });", /boolean/],
  wholeListIsOutput: ["gateway.addModel('m', openai.model(), { hostnames: list });", /Input<string>\[\]/],
  enumIsOutput: ["gateway.addModel('m', openai.model(), { apis: [text] });", /ClientApi/],
  wrongType: ["new OpenAIProvider('x', { apiKey, hostname: number });", /number/],
  nameIsOutput: ["new OpenAIProvider('x', { apiKey, name: text });", /string/],
  valueIsOutput: ["new OpenAIProvider('x', { apiKey: pulumi.output(apiKey), tls: ProviderTls.publicCa() });", /ApiKey/],
  missing: ["new OpenAIProvider('x', {});", /apiKey/],
  unknownProperty: ["new OpenAIProvider('x', { apiKey, hostnames: text });", /hostnames/],
  wrongCredential: ["new BedrockProvider('x', { region: text, credentials: apiKey });", /AwsCredentials/],
  passedThrough: ['ApiKey.passThrough(text);', /string/],
  attempts: ["gateway.addModel('m', openai.model(), { retries: number, apis: [ClientApi.EMBEDDINGS] });", /number/],
};

test('what can be an Output, a promise or plain is told by the types', () => {
  const accepted = errorsOf(ACCEPTED);
  expect(accepted).toEqual(Object.fromEntries(Object.keys(ACCEPTED).map(name => [name, []])));
  const refused = errorsOf(Object.fromEntries(Object.entries(REFUSED).map(([name, [program]]) => [name, program])));
  for (const [name, [, message]] of Object.entries(REFUSED)) expect([name, refused[name].join()]).toEqual([name, expect.stringMatching(message)]);
}, 120_000);
