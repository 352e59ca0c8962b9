import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { AIGateway, AnthropicProvider, ApiKey, ArgoCD, Checks, OpenAIProvider, SopsMode } from '../../src';
import { CrdJudge, describeWithCrds } from '../judges/crd/judge';
import { macHolds, seal, sealDocument } from '../secrets/sealing';

const PLAIN = 'not-to-be-seen';
/** Deliberately not in the order in which cdk8s prints fields. */
const SECRET = {
  kind: 'Secret',
  apiVersion: 'v1',
  type: 'Opaque',
  metadata: { namespace: 'ai', name: 'openai', labels: { team: 'ml' } },
  stringData: { apiKey: PLAIN },
};
const SOPS_SECRET = {
  apiVersion: 'isindir.github.com/v1alpha3',
  kind: 'SopsSecret',
  metadata: { name: 'providers', namespace: 'ai' },
  spec: { secretTemplates: [{ name: 'openai', stringData: { apiKey: PLAIN } }, { name: 'anthropic', stringData: { apiKey: PLAIN } }] },
};
const SEALED_SECRET = {
  apiVersion: 'bitnami.com/v1alpha1',
  kind: 'SealedSecret',
  metadata: { name: 'openai', namespace: 'ai' },
  spec: { encryptedData: { apiKey: Buffer.from('sealed '.repeat(60)).toString('base64') }, template: { metadata: { name: 'openai', namespace: 'ai' } } },
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credential-files-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function fileWith(content: string | Buffer, name = 'openai.yaml'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const sopsFile = (document: object = SECRET, name?: string) => fileWith(sealDocument(document), name);

function appOf(options: { namespace?: string; labels?: { [name: string]: string } } = {}) {
  const app = new App({ outdir: join(folder, 'dist') });
  const chart = new Chart(app, 'chart', { namespace: 'ai', disableResourceNameHashes: true, ...options });
  return { app, chart };
}

/** What comes out for an OpenAI provider with this key. */
function program(apiKey: ApiKey, options?: Parameters<typeof appOf>[0]) {
  const { app, chart } = appOf(options);
  new OpenAIProvider(chart, 'openai', { apiKey });
  return { app, chart, findings: Checks.findings(app).map(f => ({ ...f })), codes: Checks.findings(app).map(f => f.code) };
}

function manifestsOf(chart: Chart): any[] {
  return chart.node.findAll().filter(ApiObject.isApiObject).map(object => object.toJson());
}

const kindsOf = (chart: Chart) => manifestsOf(chart).map(m => m.kind);
const secretRefOf = (chart: Chart) => manifestsOf(chart).find(m => m.kind === 'BackendSecurityPolicy').spec.apiKey.secretRef;

describe('a SOPS file', () => {
  test('goes out as it is, before the policy that names its Secret', () => {
    const { app, chart, findings } = program(ApiKey.fromSopsFile(sopsFile()));
    expect(findings).toEqual([]);
    expect(kindsOf(chart)).toEqual(['Secret', 'Backend', 'BackendTLSPolicy', 'AIServiceBackend', 'BackendSecurityPolicy']);
    expect(secretRefOf(chart)).toEqual({ name: 'openai' });

    app.synth();
    const [printed] = readFileSync(join(folder, 'dist/chart.k8s.yaml'), 'utf8').split(/^---$/m);
    expect(Object.keys(parse(printed))).toEqual(['kind', 'apiVersion', 'type', 'metadata', 'stringData', 'sops']);
    expect(macHolds(printed)).toBe(true);
    expect(printed).toBe(stringify(parse(sealDocument(SECRET)), { lineWidth: 0, version: '1.1' }));
  });

  test('stays as it is in a chart with labels and sync waves, which is said', () => {
    const { app, chart, findings } = program(ApiKey.fromSopsFile(sopsFile()), { labels: { team: 'ml', env: 'prod' } });
    ArgoCD.useSyncWaves(app);
    expect(findings).toMatchObject([{ path: 'chart/openai', code: 'ENCRYPTED_METADATA_IGNORED', message: expect.stringContaining('got ["env"]') }]);
    expect(manifestsOf(chart)[0]).toEqual(parse(sealDocument(SECRET)));
    Checks.acknowledge(app, 'ENCRYPTED_METADATA_IGNORED', 'nothing is pruned by label here');
    expect(Checks.findings(app)).toEqual([]);
  });

  test('cannot be changed by the program', () => {
    const { chart } = program(ApiKey.fromSopsFile(sopsFile()));
    const secret = chart.node.findAll().filter(ApiObject.isApiObject).find(o => o.kind === 'Secret')!;
    expect(() => secret.addJsonPatch(JsonPatch.add('/metadata/labels/a', 'b'))).toThrow('chart/openai/Secret: addJsonPatch() cannot change an encrypted document');
    secret.metadata.addAnnotation('a', 'b');
    expect(Checks.findings(chart)).toMatchObject([{ code: 'ENCRYPTED_METADATA_IGNORED', message: expect.stringContaining('got ["a"]') }]);
  });

  test('is only looked at where another tool applies it', () => {
    const { chart, findings } = program(ApiKey.fromSopsFile(sopsFile(), { mode: SopsMode.REFERENCE }));
    expect(findings).toEqual([]);
    expect(kindsOf(chart)).not.toContain('Secret');
    expect(secretRefOf(chart)).toEqual({ name: 'openai' });
  });

  test('can be named relative to the working directory', () => {
    expect(program(ApiKey.fromSopsFile(relative(process.cwd(), sopsFile()))).findings).toEqual([]);
  });

  test('is not needed before it is named: it is read at once', () => {
    const path = sopsFile();
    const apiKey = ApiKey.fromSopsFile(path);
    rmSync(path);
    expect(program(apiKey).findings).toEqual([]);
  });

  test.each(['out of order', 'in order'])('two synths of it give the same bytes, %s', (order) => {
    const path = sopsFile(order === 'in order' ? SECRET : Object.fromEntries(Object.entries(SECRET).reverse()));
    const { app } = program(ApiKey.fromSopsFile(path));
    expect(app.synthYaml()).toBe(app.synthYaml());
    expect(app.synthYaml()).toBe(program(ApiKey.fromSopsFile(path)).app.synthYaml());
  });
});

describe('a file that several providers use', () => {
  test('goes out once, with the first of them', () => {
    const { app, chart } = appOf();
    const path = sopsFile();
    const providers = ['one', 'two'].map(id => new OpenAIProvider(chart, id, { apiKey: ApiKey.fromSopsFile(path) }));
    expect(providers.map(p => p.secret?.kind)).toEqual(['Secret', 'Secret']);
    const secrets = chart.node.findAll().filter(ApiObject.isApiObject).filter(o => o.kind === 'Secret');
    expect(secrets.map(s => s.node.path)).toEqual(['chart/one/Secret']);
    expect(Checks.findings(app)).toEqual([]);
    expect(providers.map(p => p.securityPolicy!.toJson().spec.apiKey.secretRef)).toEqual([{ name: 'openai' }, { name: 'openai' }]);
  });

  test('goes out once in all charts of an app, and again in another app', () => {
    const path = sopsFile();
    const kinds = [1, 2].map(() => {
      const { app, chart } = appOf();
      const other = new Chart(app, 'other', { namespace: 'ai' });
      new OpenAIProvider(chart, 'one', { apiKey: ApiKey.fromSopsFile(path) });
      new OpenAIProvider(other, 'two', { apiKey: ApiKey.fromSopsFile(path) });
      return [chart, other].map(c => kindsOf(c).filter(kind => kind === 'Secret').length);
    });
    expect(kinds).toEqual([[1, 0], [1, 0]]);
  });

  test('is held against each of them', () => {
    const { app, chart } = appOf();
    const elsewhere = new Chart(app, 'elsewhere', { namespace: 'apps' });
    const apiKey = ApiKey.fromSopsFile(sopsFile());
    new OpenAIProvider(chart, 'openai', { apiKey });
    new OpenAIProvider(elsewhere, 'openai', { apiKey });
    expect(Checks.findings(app).filter(f => f.code === 'SECRET_IN_OTHER_NAMESPACE').map(f => f.path)).toEqual(['elsewhere/openai']);
  });

  test('and another file for the same Secret are two objects, of which one would win', () => {
    const { app, chart } = appOf();
    new OpenAIProvider(chart, 'one', { apiKey: ApiKey.fromSopsFile(sopsFile()) });
    const other = sopsFile({ ...SECRET, metadata: { name: 'openai', namespace: 'ai' } }, 'other.yaml');
    new OpenAIProvider(chart, 'two', { apiKey: ApiKey.fromSopsFile(other) });
    expect(Checks.findings(app)).toMatchObject([{ path: 'chart/two', code: 'DUPLICATE_OBJECT', message: expect.stringContaining('\'apiKey\'') }]);
  });
});

describe('a SopsSecret', () => {
  test('gives each provider the Secret it names', () => {
    const { app, chart } = appOf();
    const path = sopsFile(SOPS_SECRET);
    new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSopsFile(path, { secretName: 'openai' }) });
    new AnthropicProvider(chart, 'anthropic', { apiKey: ApiKey.fromSopsFile(path, { secretName: 'anthropic' }) });
    expect(Checks.findings(app)).toEqual([]);
    const manifests = manifestsOf(chart);
    expect(manifests.filter(m => m.kind === 'SopsSecret')).toHaveLength(1);
    expect(manifests.filter(m => m.kind === 'BackendSecurityPolicy').map(m => m.spec)).toMatchObject([
      { apiKey: { secretRef: { name: 'openai' } } }, { anthropicAPIKey: { secretRef: { name: 'anthropic' } } },
    ]);
  });

  test.each([[undefined, 'makes 2 Secrets'], ['cohere', 'does not make the Secret cohere']])('of which %s is wanted does not say which', (secretName, what) => {
    const { findings } = program(ApiKey.fromSopsFile(sopsFile(SOPS_SECRET), { secretName }));
    expect(findings).toMatchObject([{ code: 'SECRET_NOT_IN_FILE', path: 'chart/openai', message: expect.stringContaining(what) }]);
    expect(findings[0].message).toContain('set `secretName` to openai or anthropic');
  });
});

describe('a SealedSecret', () => {
  const path = () => fileWith(stringify(SEALED_SECRET));

  test('goes out as it is', () => {
    const { chart, findings } = program(ApiKey.fromSealedSecretFile(path()));
    expect(findings).toEqual([]);
    expect(manifestsOf(chart)[0]).toEqual(SEALED_SECRET);
    expect(secretRefOf(chart)).toEqual({ name: 'openai' });
  });

  test('is only looked at where another tool applies it', () => {
    const { chart, findings } = program(ApiKey.fromSealedSecretFile(path(), { embed: false }));
    expect(findings).toEqual([]);
    expect(kindsOf(chart)).not.toContain('SealedSecret');
  });
});

describe('a file and its provider', () => {
  test.each<[string, object, string | undefined, string | undefined]>([
    ['the same namespace', SECRET, 'ai', undefined],
    ['no namespace on either side', { ...SECRET, metadata: { name: 'openai' } }, undefined, undefined],
    ['different namespaces', SECRET, 'apps', 'and the gateway reads it only in that of the provider, namespace apps'],
    ['a namespace of the chart alone', { ...SECRET, metadata: { name: 'openai' } }, 'ai', 'write the namespace ai into the document'],
    ['a namespace of the document alone', SECRET, undefined, 'give the provider\'s chart the namespace ai'],
  ])('with %s', (_, document, namespace, message) => {
    const { findings } = program(ApiKey.fromSopsFile(sopsFile(document)), { namespace });
    expect(findings.filter(f => f.code === 'SECRET_IN_OTHER_NAMESPACE').map(f => [f.path, f.message])).toEqual(message === undefined ? [] : [
      ['chart/openai', expect.stringContaining(message)],
    ]);
  });

  test('that others apply may get its namespace there', () => {
    const path = sopsFile({ ...SECRET, metadata: { name: 'openai' } });
    expect(program(ApiKey.fromSopsFile(path, { mode: SopsMode.REFERENCE })).findings).toEqual([]);
  });

  test.each([SopsMode.EMBED, SopsMode.REFERENCE])('agree on the data key (%s)', (mode) => {
    const { findings } = program(ApiKey.fromSopsFile(sopsFile({ ...SECRET, stringData: { API_KEY: PLAIN } }), { mode }));
    expect(findings).toMatchObject([{ path: 'chart/openai', code: 'SECRET_KEY_MISSING', message: expect.stringContaining('rename "API_KEY" to "apiKey"') }]);
    expect(findings[0].message).toMatch(/^'apiKey' needs the data key "apiKey", which SOPS file .*openai\.yaml does not have/);
  });
});

describe('a file that cannot be used', () => {
  const cases: [string, () => string, string, string][] = [
    ['is missing', () => join(folder, 'none.yaml'), 'SECRET_FILE_UNREADABLE', 'does not exist; give a path relative to'],
    ['is a directory', () => { mkdirSync(join(folder, 'd')); return join(folder, 'd'); }, 'SECRET_FILE_UNREADABLE', 'is a directory'],
    ['has a path that is none', () => 'a\0b', 'SECRET_FILE_UNREADABLE', 'cannot be read'],
    ['is not UTF-8', () => fileWith(Buffer.from([0x6b, 0x3a, 0xff, 0xfe, 0xc0])), 'SECRET_FILE_UNREADABLE', 'is not UTF-8 text'],
    ['is empty', () => fileWith(''), 'SECRET_FILE_NOT_YAML', 'is empty'],
    ['is not encrypted', () => fileWith(stringify(SECRET)), 'SOPS_NOT_ENCRYPTED', ''],
    ['has several documents', () => fileWith(`${sealDocument(SECRET)}---\n${sealDocument(SECRET)}`), 'SECRET_FILE_SEVERAL_DOCUMENTS', 'has 2 documents'],
    ['is of another kind', () => fileWith(sealDocument({ ...SECRET, kind: 'ConfigMap' })), 'SECRET_FILE_KIND_UNSUPPORTED', ''],
    ['has no name', () => fileWith(sealDocument({ ...SECRET, metadata: {} })), 'SECRET_FILE_NAME_INVALID', ''],
    ['has no metadata', () => fileWith(sealDocument({ ...SECRET, metadata: null })), 'SECRET_FILE_NAME_INVALID', ''],
    ['is a list', () => fileWith('- a\n'), 'SECRET_FILE_NOT_YAML', ''],
  ];

  test.each(cases)('because it %s, is a finding of the provider', (_, path, code, text) => {
    const { findings, app } = program(ApiKey.fromSopsFile(path()));
    expect(findings.map(f => [f.path, f.code])).toContainEqual(['chart/openai', code]);
    expect(findings.find(f => f.code === code)!.message).toContain(text);
    expect(JSON.stringify(findings)).not.toContain(PLAIN);
    expect(() => app.synth()).toThrow(code);
  });

  test.each(cases)('because it %s, is one as a SealedSecret as well', (_, path) => {
    const { findings } = program(ApiKey.fromSealedSecretFile(path()));
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toContain(PLAIN);
  });

  test.each([
    ['is not encrypted', stringify(SECRET), 'SOPS_NOT_ENCRYPTED'],
    ['hides its own name', sealDocument({ ...SECRET, metadata: { name: seal('openai', '') } }, { sops: { encrypted_regex: undefined, unencrypted_regex: '^(apiVersion|kind|type)$' } }), 'SOPS_IDENTITY_ENCRYPTED'],
  ])('because it %s, is told once and stays out of the output', (_, text, code) => {
    const { findings, chart } = program(ApiKey.fromSopsFile(fileWith(text)));
    expect(findings.map(f => f.code)).toEqual([code]);
    expect(JSON.stringify(findings)).not.toContain('ENC[');
    expect(manifestsOf(chart).filter(m => m.kind === 'Secret')).toEqual([]);
  });

  test('stops synthesis also where nobody asks for findings', () => {
    const { app, chart } = appOf();
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSopsFile(join(folder, 'none.yaml')) });
    new AIGateway(chart, 'gateway').addModel('gpt-4o', openai.model());
    expect(() => app.synthYaml()).toThrow(/\[chart\/openai\] .*none\.yaml does not exist; .* \[SECRET_FILE_UNREADABLE\]/);
  });
});

test('what is encrypted, and no more, is in the output', () => {
  const { stringData: _, ...rest } = SECRET;
  const { app } = program(ApiKey.fromSopsFile(sopsFile({ ...rest, data: { apiKey: Buffer.from(PLAIN).toString('base64') } })));
  const output = app.synthYaml();
  expect(output).toContain('apiKey: ENC[AES256_GCM,');
  expect(output).not.toContain(PLAIN);
  expect(output).not.toContain(Buffer.from(PLAIN).toString('base64'));
});

describeWithCrds('the CRDs', () => {
  test('take what goes out', () => {
    const { chart } = appOf();
    new OpenAIProvider(chart, 'one', { apiKey: ApiKey.fromSopsFile(sopsFile(SOPS_SECRET), { secretName: 'openai' }) });
    new OpenAIProvider(chart, 'two', { apiKey: ApiKey.fromSealedSecretFile(fileWith(stringify(SEALED_SECRET), 'sealed.yaml')) });
    const manifests = manifestsOf(chart);
    expect(manifests.map(m => m.kind)).toEqual(expect.arrayContaining(['SopsSecret', 'SealedSecret']));
    expect(CrdJudge.load({ aiGateway: 'v1.1.0' }).judgeAll(manifests)).toEqual([]);
  });
});
