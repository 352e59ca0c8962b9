import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { Declared, declare, declaredIn, Taker, takers } from './declared';
import { Answer, askOperator, Entry, Question } from './operator';
import {
  ApiKey, AwsCredentials, ExternalSecretCreationPolicy, ExternalSecretDeletionPolicy, ExternalSecretRefreshPolicy, GcpCredentials, Platform,
  SecretStore, StoredSecret,
} from '../../../src';
import { binary, goAvailable } from '../cluster/binaries';
import { describeJudge } from '../describe-judge';

// The seed makes a failure repeatable; other seeds find other inputs.
const RUNS = { seed: Number(process.env.FC_SEED ?? 1), numRuns: Number(process.env.FC_RUNS ?? 200) };

const store = SecretStore.cluster('vault');

/** Values that a template, YAML, JSON or a shell would change if they got hold of them. */
const AWKWARD: { readonly [what: string]: string } = {
  'an ordinary key': 'sk-proj-Ab3_9-xyz',
  'quotes': 'a"b\'c`d',
  'backslashes': 'a\\b\\n\\u0041',
  'braces': '{{ .apiKey }}{{ fail "no" }} }}{{',
  'JSON': '{"token":"a\\"b","n":1}',
  'several lines': 'first\nsecond\n\nfourth',
  'several lines of Windows': 'first\r\nsecond',
  'a key in PEM': '-----BEGIN X-----\nAbC+/=\n-----END X-----\n',
  'Unicode': 'žluťoučký 🔑 中文 \u2028',
  'spaces around': '  padded\t',
  'a line break at the end': 'sk-1\n',
  'YAML': '- a: [b]\n# c: *d',
  'a number': '0123456789',
  'a boolean': 'true',
  'HTML': '<b>&amp;</b>',
  'dollars': '$HOME ${HOME} $(id) %s',
};

/** Names of fields that a template or the operator's conversion could stumble over. */
const AWKWARD_FIELDS = [
  'token', 'api-key', 'api.key', 'api key', 'api_key', 'a"b', 'a\\b', 'a`b', '{{ x }}', 'a}}b', 'ключ', '🔑', 'a\tb', 'a\nb', '9', '__proto__', 'with', '.', '$x',
];

const googleKey = (id: string) => `${JSON.stringify({
  type: 'service_account',
  project_id: 'acme-prod-1234',
  private_key_id: id,
  private_key: PRIVATE_KEY,
  client_email: 'gateway@acme-prod-1234.iam.gserviceaccount.com',
  token_uri: 'https://oauth2.googleapis.com/token',
}, undefined, 2)}\n`;
const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey;

interface Case {
  readonly name: string;
  readonly taker: Taker;
  readonly platform?: Platform;
  readonly store: readonly Entry[];
  readonly existing?: Question['existing'];
  /** The value under the data key the gateway reads, and nothing else in the Secret. */
  readonly value?: string;
  /** What stays in the Secret beside it. */
  readonly others?: { readonly [key: string]: string };
  /** What the gateway's library takes from the value. */
  readonly read?: Answer['read'];
  /** Part of the reason why nothing is written. */
  readonly error?: string;
}

const one = (value: string): Entry[] => [{ key: 'llm/x', value }];
const fields = (values: object): Entry[] => one(JSON.stringify(values));
/** An object with a field of any name, also one that JavaScript treats apart. */
const field = (name: string, value: string) => Object.fromEntries([[name, value], ['unrelated', 'must not leak']]);

const apiKeyTakers = { openai: takers.openai, anthropic: takers.anthropic, azureKey: takers.azureKey };
const storedTakers = {
  azureSecret: takers.azureSecret, azureOidc: takers.azureOidc, bedrockOidc: takers.bedrockOidc, vertexFederation: takers.vertexFederation,
};

const whole = { store, key: 'llm/x' };
const part = { store, key: 'llm/x', property: 'token' };

function apiKeys(): Case[] {
  return [
    ...Object.entries(apiKeyTakers).flatMap(([taker, of]) => Object.entries(AWKWARD).flatMap(([what, value]): Case[] => [
      { name: `${taker}: a whole entry with ${what}`, taker: of(ApiKey.fromExternalSecret(whole)), store: one(value), value },
      { name: `${taker}: a field with ${what}`, taker: of(ApiKey.fromExternalSecret(part)), store: fields(field('token', value)), value },
      { name: `${taker}: an extracted field with ${what}`, taker: of(ApiKey.fromExternalSecretExtract(part)), store: fields(field('token', value)), value },
    ])),
    ...AWKWARD_FIELDS.map((property): Case => ({
      name: `an extracted field called ${JSON.stringify(property)}`,
      taker: takers.openai(ApiKey.fromExternalSecretExtract({ ...part, property })),
      store: fields(field(property, 'sk-1')),
      value: 'sk-1',
    })),
    {
      name: 'a version of an entry',
      taker: takers.openai(ApiKey.fromExternalSecret({ ...whole, version: '2' })),
      store: [{ key: 'llm/x', value: 'old' }, { key: 'llm/x', value: 'new', version: '2' }],
      value: 'new',
    },
    {
      name: 'a version of an extracted entry',
      taker: takers.openai(ApiKey.fromExternalSecretExtract({ ...part, version: '2' })),
      store: [...fields({ token: 'old' }), { key: 'llm/x', value: '{"token":"new"}', version: '2' }],
      value: 'new',
    },
    ...['{}', '{"token":""}'].map((value): Case => ({
      name: `an extracted field that is not there: ${value}`,
      taker: takers.openai(ApiKey.fromExternalSecretExtract(part)),
      store: one(value),
      error: 'property "token" of the remote object "llm/x" is missing or empty',
    })),
    {
      name: 'a field that is not there and whose name ends an action and a text',
      taker: takers.openai(ApiKey.fromExternalSecretExtract({ ...part, property: 'a" }}b' })),
      store: fields({ token: 'sk-1' }),
      error: 'property "a\\" }}b" of the remote object "llm/x" is missing or empty',
    },
  ];
}

function clientSecrets(): Case[] {
  return Object.entries(storedTakers).flatMap(([taker, of]) => [
    ...Object.entries(AWKWARD).flatMap(([what, raw]): Case[] => {
      // The gateway sends it as it is, so what a store adds around it is taken off.
      const value = raw.replace(/^\s+|\s+$/g, '');
      return [
        { name: `${taker}: a whole entry with ${what}`, taker: of(StoredSecret.fromExternalSecret(whole)), store: one(raw), value },
        { name: `${taker}: a field with ${what}`, taker: of(StoredSecret.fromExternalSecret(part)), store: fields(field('token', raw)), value },
        { name: `${taker}: an extracted field with ${what}`, taker: of(StoredSecret.fromExternalSecretExtract(part)), store: fields(field('token', raw)), value },
      ];
    }),
    { name: `${taker}: blanks only`, taker: of(StoredSecret.fromExternalSecret(whole)), store: one(' \n'), error: 'the remote value "llm/x" is missing or empty' },
    { name: `${taker}: an extracted field of blanks`, taker: of(StoredSecret.fromExternalSecretExtract(part)), store: fields({ token: '\t\n' }), error: 'is missing or empty' },
  ]);
}

const ID = 'AKIA0000000000EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEX=';
const TOKEN = 'IQoJb3JpZ2luX2VjEA//+=';
const names = { accessKeyIdProperty: 'access-key.id', secretAccessKeyProperty: 'secret', sessionTokenProperty: 'session token' };
const values = { 'access-key.id': ID, 'secret': SECRET, 'session token': TOKEN, 'unrelated': 'must not leak' };
const remote = (property: string) => ({ key: 'llm/x', property });
const pair = { accessKeyId: remote('id'), secretAccessKey: remote('secret') };

function awsKeys(): Case[] {
  const file = (token?: string) =>
    `[default]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n${token === undefined ? '' : `aws_session_token = ${token}\n`}`;
  const read = { id: ID, secret: SECRET, token: '' };
  const extract = takers.bedrock(AwsCredentials.fromExternalSecretExtract({ ...whole, ...names }));
  return [
    {
      name: 'a key pair of two entries',
      taker: takers.bedrock(AwsCredentials.fromExternalSecret({ store, accessKeyId: { key: 'id' }, secretAccessKey: { key: 'secret' } })),
      store: [{ key: 'id', value: `${ID}\n` }, { key: 'secret', value: ` ${SECRET}\r\n` }],
      value: file(),
      read,
    },
    { name: 'a key pair of two fields', taker: takers.bedrock(AwsCredentials.fromExternalSecret({ store, ...pair })), store: fields({ id: ID, secret: SECRET }), value: file(), read },
    {
      name: 'a key pair with a session token',
      taker: takers.bedrock(AwsCredentials.fromExternalSecret({ store, ...pair, sessionToken: remote('token') })),
      store: fields({ id: ID, secret: SECRET, token: `${TOKEN}\n` }),
      value: file(TOKEN),
      read: { ...read, token: TOKEN },
    },
    {
      name: 'a key pair whose session token is empty',
      taker: takers.bedrock(AwsCredentials.fromExternalSecret({ store, ...pair, sessionToken: remote('token') })),
      store: fields({ id: ID, secret: SECRET, token: '' }),
      error: 'property "token" of the remote value "llm/x" is missing or empty',
    },
    ...Object.entries({ 'a line break': 'first\nsecond', 'a blank': 'first second' }).map(([what, secret]): Case => ({
      name: `a key pair with ${what} inside`,
      taker: takers.bedrock(AwsCredentials.fromExternalSecret({ store, ...pair })),
      store: fields({ id: ID, secret }),
      error: 'property "secret" of the remote value "llm/x" has a line break or a space inside',
    })),
    {
      name: 'an extracted session token with a line break inside',
      taker: extract,
      store: fields({ ...values, 'session token': 'first\nsecond' }),
      error: 'property "session token" of the remote object "llm/x" has a line break or a space inside',
    },
    {
      name: 'a key pair with signs that mean something in such a file',
      taker: takers.bedrock(AwsCredentials.fromExternalSecret({ store, ...pair })),
      store: fields({ id: ID, secret: 'a=b;c#d[e]"f\'%(g)s' }),
      value: `[default]\naws_access_key_id = ${ID}\naws_secret_access_key = a=b;c#d[e]"f'%(g)s\n`,
      read: { ...read, secret: 'a=b;c#d[e]"f\'%(g)s' },
    },
    { name: 'an extracted key pair with a session token', taker: extract, store: fields(values), value: file(TOKEN), read: { ...read, token: TOKEN } },
    { name: 'an extracted key pair whose session token is empty', taker: extract, store: fields({ ...values, 'session token': ' ' }), value: file(), read },
    { name: 'an extracted key pair without session token', taker: extract, store: fields({ 'access-key.id': ID, 'secret': SECRET }), value: file(), read },
    { name: 'an extracted key pair without its secret half', taker: extract, store: fields({ ...values, secret: '' }), error: 'property "secret" of the remote object "llm/x" is missing or empty' },
    ...[file(), file(TOKEN), `# made by hand\r\n[default]\r\naws_access_key_id=${ID}\r\naws_secret_access_key=${SECRET}\r\n\r\n[other]\r\naws_access_key_id=x\r\n`].map((value, index): Case => ({
      name: `a whole file (${index})`,
      taker: takers.bedrock(AwsCredentials.fromExternalSecretFile(whole)),
      store: one(value),
      value,
      read: { ...read, token: index === 1 ? TOKEN : '' },
    })),
  ];
}

function googleKeys(): Case[] {
  const read = (privateKeyId: string) => ({ email: 'gateway@acme-prod-1234.iam.gserviceaccount.com', privateKey: PRIVATE_KEY, privateKeyId });
  return ['1', 'a"b\\', 'č🔑'].flatMap((id): Case[] => [
    { name: `the JSON of Google is an entry (${id})`, taker: takers.vertex(GcpCredentials.fromExternalSecret(whole)), store: one(googleKey(id)), value: googleKey(id), read: read(id) },
    {
      name: `the JSON of Google is a field (${id})`,
      taker: takers.vertex(GcpCredentials.fromExternalSecret({ ...whole, property: 'json' })),
      store: fields({ json: googleKey(id) }),
      value: googleKey(id),
      read: read(id),
    },
  ]);
}

function lifecycles(): Case[] {
  // CREATE_OR_MERGE is younger than the operator that judges here.
  const { OWNER, ORPHAN, MERGE } = ExternalSecretCreationPolicy;
  const { RETAIN, DELETE, MERGE: REMOVE } = ExternalSecretDeletionPolicy;
  // DELETE is for a Secret of one's own; the library says so for the others.
  const policies = [[OWNER, RETAIN], [OWNER, DELETE], [OWNER, REMOVE], [ORPHAN, RETAIN], [ORPHAN, DELETE], [MERGE, RETAIN], [MERGE, REMOVE]] as const;
  return policies.flatMap(([creationPolicy, deletionPolicy]) => Object.values(ExternalSecretRefreshPolicy).flatMap((refreshPolicy): Case[] => {
    const options = { creationPolicy, deletionPolicy, refreshPolicy, targetName: 'shared' };
    const name = `${creationPolicy}, ${deletionPolicy}, ${refreshPolicy}`;
    const others: { readonly [key: string]: string } = creationPolicy === MERGE ? { foreign: 'stays' } : {};
    return [
      { name: `${name}: a key`, taker: takers.openai(ApiKey.fromExternalSecret({ ...part, ...options })), store: fields({ token: 'sk-1' }), existing: { foreign: 'stays', apiKey: 'old' }, value: 'sk-1', others },
      { name: `${name}: an extracted key`, taker: takers.openai(ApiKey.fromExternalSecretExtract({ ...part, ...options })), store: fields({ token: 'sk-1', more: 'x' }), existing: { foreign: 'stays' }, value: 'sk-1', others },
    ];
  }));
}

/** On agentgateway, whose keys are others: a part each, and one of them may be absent. */
function agentgateway(): Case[] {
  const platform = Platform.agentgateway();
  const on = (name: string, taker: Taker, entries: readonly Entry[], rest: Partial<Case>): Case =>
    ({ name, taker, platform, store: entries, ...rest });
  const extract = takers.bedrock(AwsCredentials.fromExternalSecretExtract({ ...whole, ...names }));
  const application = { clientID: '3f1c2d4e-0000-4000-8000-000000000001', tenantID: '3f1c2d4e-0000-4000-8000-000000000002' };
  return [
    ...Object.entries(AWKWARD).flatMap(([what, value]) => [
      on(`a whole entry with ${what}`, takers.openai(ApiKey.fromExternalSecret(whole)), one(value), { value }),
      on(`an extracted field with ${what}`, takers.openai(ApiKey.fromExternalSecretExtract(part)), fields(field('token', value)), { value }),
      on(`a session token with ${what}`, extract, fields({ ...values, 'session token': value }), { value: ID, others: { secretKey: SECRET, sessionToken: value } }),
      on(`a client secret with ${what}`, takers.azureSecret(StoredSecret.fromExternalSecret(whole)), one(value), { value: value.trim(), others: application }),
    ]),
    on('a key pair', takers.bedrock(AwsCredentials.fromExternalSecret({ store, ...pair })), fields({ id: ID, secret: SECRET }), { value: ID, others: { secretKey: SECRET } }),
    on('a key pair with a session token', takers.bedrock(AwsCredentials.fromExternalSecret({ store, ...pair, sessionToken: remote('token') })),
      fields({ id: ID, secret: SECRET, token: TOKEN }), { value: ID, others: { secretKey: SECRET, sessionToken: TOKEN } }),
    on('an extracted key pair without session token', extract, fields({ 'access-key.id': ID, 'secret': SECRET }), { value: ID, others: { secretKey: SECRET } }),
    on('an extracted key pair whose session token is empty', extract, fields({ ...values, 'session token': '' }), { value: ID, others: { secretKey: SECRET } }),
    on('an extracted key pair without its secret half', extract, fields({ 'access-key.id': ID }), { error: 'is missing or empty' }),
    on('a client secret of blanks', takers.azureSecret(StoredSecret.fromExternalSecret(whole)), one(' \n'), { error: 'is missing or empty' }),
    on('the JSON of Google', takers.vertex(GcpCredentials.fromExternalSecret(whole)), one(googleKey('1')), {
      value: googleKey('1'), read: { email: 'gateway@acme-prod-1234.iam.gserviceaccount.com', privateKey: PRIVATE_KEY, privateKeyId: '1' },
    }),
  ];
}

/** What every answer has to be, whatever is in it. */
function expectWritten(declared: Declared, answer: Answer, expected: { readonly [key: string]: string }): void {
  expect(declared.reads.key).not.toBe('nothing reads it');
  expect(answer).toMatchObject({ name: declared.reads.secret, data: expected });
  expect(Object.keys(answer.data!).sort()).toEqual(Object.keys(expected).sort());
}

function question({ externalSecret, reads }: Declared, entries: readonly Entry[], existing?: Question['existing']): Question {
  return { externalSecret, store: entries, existing, reader: reads.reader, readKey: reads.key };
}

describeJudge('External Secrets Operator', () => {
  let program: string;
  beforeAll(async () => { program = await binary('external-secrets'); }, 1_800_000);

  describe.each(Object.entries({ apiKeys, clientSecrets, awsKeys, googleKeys, lifecycles, agentgateway }))('%s', (_family, make) => {
    const cases = make();
    let declared: Declared[];
    let answers: Answer[];
    beforeAll(async () => {
      // Some policies are warned of, rightly.
      jest.spyOn(process.stderr, 'write').mockReturnValue(true);
      declared = cases.map(({ taker, platform }) => declare(taker, platform));
      jest.restoreAllMocks();
      answers = await askOperator(program, cases.map((each, index) => question(declared[index], each.store, each.existing)));
    }, 120_000);

    test.each(cases.map((each, index) => [each.name, index] as const))('%s', (_name, index) => {
      const { value, others, read, error, platform } = cases[index];
      const answer = answers[index];
      if (error !== undefined) {
        expect(answer).toEqual({ error: expect.stringContaining(error) });
        return;
      }
      const { key, others: beside = [] } = declared[index].reads;
      if (platform) expect([key, ...beside]).toEqual(expect.arrayContaining(Object.keys(answer.data ?? {})));
      expectWritten(declared[index], answer, { ...others, [declared[index].reads.key]: value! });
      if (declared[index].reads.reader) expect(answer.read ?? answer.readError).toEqual(read);
    });
  });

  test(`${RUNS.numRuns} random fields, values and names of entries`, async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter(value => value.trim() !== '');
    const samples = fc.sample(fc.record({
      key: fc.oneof(text, fc.constantFrom(...AWKWARD_FIELDS)),
      property: fc.oneof(text, fc.constantFrom(...AWKWARD_FIELDS)),
      value: fc.oneof(text, fc.constantFrom(...Object.values(AWKWARD))),
      present: fc.boolean(),
    }), { seed: RUNS.seed, numRuns: RUNS.numRuns });
    const declared = samples.map(({ key, property }) => declare(takers.openai(ApiKey.fromExternalSecretExtract({ store, key, property }))));
    const answers = await askOperator(program, samples.map(({ key, property, value, present }, index) =>
      question(declared[index], [{ key, value: JSON.stringify(present ? Object.fromEntries([[property, value]]) : {}) }])));
    samples.forEach(({ value, present }, index) => {
      if (present) expectWritten(declared[index], answers[index], { apiKey: value });
      else expect(answers[index].error).toContain('is missing or empty');
    });
    expect(samples.filter(({ present }) => present).length).toBeGreaterThan(RUNS.numRuns / 4);
  }, 120_000);

  const examples = join(__dirname, '../../../examples');
  const withExternalSecrets = readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter(path => path.includes('output') && path.endsWith('.k8s.yaml'))
    .map(path => [path, parseAllDocuments(readFileSync(join(examples, path), 'utf8')).map(document => document.toJS())] as const)
    .filter(([, manifests]) => manifests.some(({ kind }) => kind === 'ExternalSecret'));

  test('examples have ExternalSecrets', () => {
    expect(withExternalSecrets.length).toBeGreaterThan(1);
  });

  test.each(withExternalSecrets)('%s', async (_path, manifests) => {
    const declared = declaredIn(manifests);
    const answers = await askOperator(program, declared.map(each => question(each, storeFor(each))));
    declared.forEach((each, index) => {
      const { reads: { key, reader, others = [] } } = each;
      const answer = answers[index];
      const beside = others.filter(other => answer.data?.[other] !== undefined);
      if (key === 'accessKey') expect(beside).toContain('secretKey');
      expectWritten(each, answer, Object.fromEntries([key, ...beside].map(name => [name, expect.stringMatching(/./) as unknown as string])));
      if (reader === 'aws') expect(answer.read).toEqual({ id: 'AKIA-like', secret: 'secret-like', token: '' });
      else if (reader === 'google') expect(answer.read).toMatchObject({ privateKeyId: '1' });
      else expect(answer.data![key]).toBe('key-like');
    });
  });
}, goAvailable() ? undefined : 'there is no Go to build it with');

/** A store in which an ExternalSecret finds all that it asks for: fields of one entry together. */
function storeFor({ externalSecret: { spec }, reads }: Declared): Entry[] {
  const entries = new Map<string, { [property: string]: string } | string>();
  const put = (key: string, property: string | undefined, value: string) => {
    if (property === undefined) entries.set(key, value);
    else entries.set(key, { ...entries.get(key) as object, [property]: value });
  };
  const valueOf = (secretKey: string) => {
    if (reads.reader === 'google') return googleKey('1');
    if (reads.reader === 'aws') return /secret/i.test(secretKey) ? 'secret-like' : 'AKIA-like';
    return 'key-like';
  };
  for (const { secretKey, remoteRef: { key, property } } of spec.data ?? []) put(key, property, valueOf(secretKey));
  for (const { extract: { key } } of spec.dataFrom ?? []) {
    const asked = [...JSON.stringify(spec.target.template).matchAll(/index \. \\"([^"\\]+)\\"/g)].map(match => match[1]);
    for (const property of asked) put(key, property, valueOf(property));
  }
  return [...entries].map(([key, value]) => ({ key, value: typeof value === 'string' ? value : JSON.stringify(value) }));
}
