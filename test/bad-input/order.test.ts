import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { programOf } from './program';
import { AIGateway, ApiKey, Checks, OpenAIProvider } from '../../src';

function declared(models: readonly string[], outputType = YamlOutputType.FILE_PER_CHART): App {
  const app = new App({ outdir: Testing.app().outdir, yamlOutputType: outputType });
  const chart = new Chart(app, 'c', { namespace: 'ai' });
  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('provider-key') });
  const gateway = new AIGateway(chart, 'gw');
  for (const model of models) gateway.addModel(model, openai.model('x'));
  return app;
}

function written(app: App): string[] {
  app.synth();
  return fs.readdirSync(app.outdir, { recursive: true }).map(file => path.join(app.outdir, String(file))).filter(file => fs.statSync(file).isFile())
    .flatMap(file => parseAllDocuments(fs.readFileSync(file, 'utf8')).map(document => String(document).replace(/^---\n/, ''))).sort();
}

test('models make the same objects in whatever order they are declared', () => {
  expect(written(declared(['I', 'b', 'a']))).toEqual(written(declared(['a', 'b', 'I'])));
});

test('the same program makes the same bytes, twice in one process and twice in one app', () => {
  const app = declared(['a', 'b']);
  const text = app.synthYaml();
  expect(app.synthYaml()).toBe(text);
  expect(declared(['a', 'b']).synthYaml()).toBe(text);
});

test('every way to divide the output into files has the same objects', () => {
  const all = Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number');
  const [first, ...others] = all.map(type => written(declared(['a', 'b'], type)));
  expect(first).toHaveLength(9);
  for (const other of others) expect(other).toEqual(first);
});

test('mistakes read the same in whatever order they are made', () => {
  const messages = (models: readonly string[]) => {
    const { app, gateway, openai } = programOf();
    for (const model of models) gateway.addModel(model, openai.model(), { name: 'A_B', retries: -1 });
    return Checks.findings(app).map(({ path: at, message }) => `${at}: ${message}`).sort();
  };
  expect(messages(['a', 'b', 'c'])).toEqual(messages(['c', 'a', 'b']));
});

test('names that differ only in what a name cannot hold do not meet unnoticed', () => {
  const { app, gateway, openai } = programOf({ namespace: 'ai', disableResourceNameHashes: true });
  for (const model of ['a.b', 'a-b', 'a_b', 'A-b']) gateway.addModel(model, openai.model('x'));
  expect(Checks.findings(app).map(f => `${f.path}: ${f.message}`)).toEqual(['a-b', 'a_b'].map(model =>
    `c/gw/${model}: 'name' is also the name of the AIGatewayRoute at c/gw/A-b, got "c-gw-a-b"; rename one of the two [DUPLICATE_OBJECT]`));
});

test('a model called like an inner construct, or like what every object has', () => {
  const { app, gateway, openai } = programOf();
  for (const model of ['Patterns', 'Resource', 'Default', 'Infrastructure', '__proto__', 'constructor', 'toString']) gateway.addModel(model, openai.model('x'));
  gateway.addPattern('gpt-.*', openai.model());
  expect(Checks.findings(app)).toEqual([]);
  expect(app.synthYaml()).toContain('value: __proto__');
});

const ODD = [
  'n', 'y', 'no', 'on', 'off', 'null', '~', '1e3', '1_000', '0x1F', '017', '1:30', '2024-01-01', '2024-01-01T00:00:00Z', '.inf', '.nan', '=', '<<', '!tag', '&a', '*a',
  '@a', '`a', '%a', '- a', 'a: b', 'a #b', '#a', ' ', ' a', 'a ', 'true', 'True', 'YES', '0', '-0', '+1', '1.', '.5', '0b1', '"a"', "'a'", 'a\nb', 'a\n', '\ta', '{a}', '[a]', ',',
  '?', ':', '|', '>', 'a\\b', 'é', '\u2028', '\u0085', '\ufeff', '🤖', '__proto__', '---', '...', `${'a'.repeat(200)} ${'b'.repeat(200)}`, '12e03', '-2E+05', 'NaN', '\u00a0', '190:20:30', 'Null',
];

test('odd texts come back as they were from the written file, whichever version of YAML reads it', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'c');
  ODD.forEach((text, index) => new ApiObject(chart, `o${index}`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `o${index}` }, data: { text } }));
  app.synth();
  const file = fs.readFileSync(path.join(app.outdir, 'c.k8s.yaml'), 'utf8');
  for (const version of ['1.1', '1.2'] as const) {
    expect(parseAllDocuments(file, { version }).map(document => document.toJS().data.text)).toEqual(ODD);
  }
  expect((loadAll(file) as any[]).map(document => document.data.text)).toEqual(ODD);
});

test.each([1, 20])('10,000 models in %i charts are checked and written, and none is lost', count => {
  const app = Testing.app();
  for (let index = 0; index < count; index++) {
    const chart = new Chart(app, `c${index}`, { namespace: `ai-${index}` });
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('provider-key') });
    const gateway = new AIGateway(chart, 'gw');
    for (let model = 0; model < 10_000 / count; model++) gateway.addModel(`model-${model}`, openai.model('x'));
  }
  app.synth();
  const routes = fs.readdirSync(app.outdir).map(file => fs.readFileSync(path.join(app.outdir, file), 'utf8').match(/^kind: AIGatewayRoute$/gm)!.length);
  expect(routes).toEqual(Array.from({ length: count }, () => 10_000 / count));
}, 120_000);

test('1000 patterns of one gateway are a finding', () => {
  const { app, gateway, openai } = programOf();
  for (let n = 0; n < 1000; n++) gateway.addPattern(`m${n}-.*`, openai.model('x'));
  expect(Checks.findings(app).map(f => f.message)).toContainEqual(expect.stringContaining("'patterns' has 1000 items, 15 are allowed"));
});
