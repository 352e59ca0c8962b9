import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { macHolds, seal, sealDocument, SealOptions } from './sealing';
import { formatProblem } from '../../src/findings/finding';
import { readSops } from '../../src/secrets';

const PATH = 'secrets/openai.yaml';
const vector = readFileSync(join(__dirname, 'fixtures/openai.sops.yaml'), 'utf8');

const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'openai', namespace: 'ai' },
  stringData: { apiKey: 'abc' },
  type: 'Opaque',
};

const SOPS_SECRET = {
  apiVersion: 'isindir.github.com/v1alpha3',
  kind: 'SopsSecret',
  metadata: { name: 'providers', namespace: 'ai' },
  spec: {
    secretTemplates: [
      { name: 'openai', stringData: { apiKey: 'abc' } },
      { name: 'azure', labels: { app: 'gateway' }, data: { 'client-secret': 'YWJj' } },
    ],
  },
};

const read = (text: string, embed = true) => readSops(text, PATH, { embed });
const sealed = (document: object, options?: SealOptions) => read(sealDocument(document, options));
const codesOf = (text: string, embed = true) => read(text, embed).problems.map(p => p.definition.code);

describe('what a file holds', () => {
  test('a Secret gives its name, namespace and keys, and nothing to complain about', () => {
    expect(read(vector)).toEqual({
      kind: 'sops',
      path: PATH,
      embed: true,
      document: parse(vector),
      secrets: [{ name: 'openai', namespace: 'ai', keys: ['apiKey'] }],
      problems: [],
    });
  });

  test('keys of data and stringData come together, each once', () => {
    const { secrets, problems } = sealed({ ...SECRET, data: { a: 'YWJj', apiKey: 'YWJj' }, metadata: { name: 'openai' } });
    expect({ secrets, problems }).toEqual({ secrets: [{ name: 'openai', namespace: undefined, keys: ['a', 'apiKey'] }], problems: [] });
  });

  test('a SopsSecret gives a Secret for each template, in its own namespace', () => {
    const { secrets, problems } = sealed(SOPS_SECRET);
    expect({ secrets, problems }).toEqual({
      secrets: [{ name: 'openai', namespace: 'ai', keys: ['apiKey'] }, { name: 'azure', namespace: 'ai', keys: ['client-secret'] }],
      problems: [],
    });
  });

  test('JSON, a byte order mark, comments, Windows line ends and a document start are no obstacle', () => {
    const json = JSON.stringify(parse(vector), undefined, '\t');
    for (const text of [json, `\ufeff${vector}`, `# top\n${vector}# end\n`, vector.replaceAll('\n', '\r\n'), `---\n${vector}...\n`]) {
      expect(read(text)).toMatchObject({ problems: [], secrets: [{ keys: ['apiKey'] }] });
    }
  });

  test('the lists an older release leaves empty, and recipients in groups, are understood', () => {
    const [first, second] = parse(vector).sops.age;
    const block = { kms: [], gcp_kms: null, age: undefined, key_groups: [{ age: [first] }, { age: [second] }], shamir_threshold: 2 };
    expect(sealed(SECRET, { sops: block }).problems).toEqual([]);
  });

  test.each<[field: string, pattern: string, matches: (key: string) => boolean]>([
    ['encrypted_regex', 'Data$', key => key.endsWith('Data')],
    ['unencrypted_regex', '^(apiVersion|kind|metadata)$', key => ['apiVersion', 'kind', 'metadata'].includes(key)],
    ['encrypted_suffix', 'Data', key => key.endsWith('Data')],
    ['unencrypted_suffix', 'e', key => key.endsWith('e')],
  ])('the selector %s is followed', (field, pattern, matches) => {
    const covers = (path: readonly string[]) => path.some(matches) === field.startsWith('encrypted');
    const text = sealDocument(SECRET, { covers, sops: { encrypted_regex: undefined, [field]: pattern } });
    // The last one covers apiVersion and kind, which is a mistake of its own.
    expect(codesOf(text)).toEqual(field === 'unencrypted_suffix' ? ['SOPS_IDENTITY_ENCRYPTED'] : []);
    expect(codesOf(text.replace(/apiKey: .*/, 'apiKey: left-open'))).toContain('SOPS_PLAINTEXT');
    expect(codesOf(text.replace(/type: .*/, `type: ${seal('x', '')}`)).includes('SOPS_STRAY_CIPHERTEXT')).toBe(!covers(['type']));
  });
});

describe('an embedded document', () => {
  const wild = {
    type: 'Opaque',
    stringData: { secretKey: 'two', accessKey: 'one' },
    metadata: { namespace: 'ai', name: 'aws', labels: { z: '1', a: '2' }, creationTimestamp: null, finalizers: [] },
    kind: 'Secret',
    immutable: true,
    apiVersion: 'v1',
  };

  test.each([false, true])('keeps the order of its source and its integrity check (of encrypted values only: %s)', (macOnlyEncrypted) => {
    const source = sealDocument(wild, { macOnlyEncrypted });
    const { document, problems } = read(source);
    const printed = Yaml.stringify(document);
    expect(problems).toEqual([]);
    expect(printed).toBe(stringify(parse(source), { lineWidth: 0, version: '1.1' }));
    expect(macHolds(printed)).toBe(true);
    const reversed = Object.fromEntries(Object.entries(document!.stringData as object).reverse());
    expect(macHolds(Yaml.stringify({ ...document, stringData: reversed }))).toBe(false);
  });

  test('the published vector keeps its integrity check', () => {
    expect(macHolds(Yaml.stringify(read(vector).document))).toBe(true);
  });

  test('unquoted times of the sops block stay as they are written', () => {
    const text = vector.replace('"2026-01-02T03:04:05Z"', '2026-01-02T03:04:05Z').replace('3.13.2', '3.10');
    const { document, problems } = read(text);
    expect(problems).toEqual([]);
    expect(document!.sops).toMatchObject({ lastmodified: '2026-01-02T03:04:05Z', version: '3.10' });
    expect(macHolds(Yaml.stringify(document))).toBe(true);
  });

  test.each(['"a\\Nb"', '"a\\x7Fb"'])('the text %s is the same to all', (scalar) => {
    expect(codesOf(vector.replace('name: openai', `name: openai\n    annotations: { note: ${scalar} }`))).toEqual([]);
  });

  test('a line separator is no matter where the document is not written again', () => {
    expect(codesOf(vector.replace('name: openai', "name: openai\n    annotations: { note: 'a\u2028b' }"), false)).toEqual([]);
  });

  test('aliases are written out', () => {
    const { document, problems } = read(vector.replace('name: openai', 'name: &name openai\n    labels: { app: *name }'));
    expect(problems).toEqual([]);
    expect(document!.metadata).toEqual({ name: 'openai', namespace: 'ai', labels: { app: 'openai' } });
    expect(Yaml.stringify(document)).not.toMatch(/[&*]name/);
  });

  test('a data key called __proto__ is a key like others', () => {
    const { document, secrets } = read(vector.replace('apiKey:', '__proto__:'));
    expect(secrets[0].keys).toEqual(['__proto__']);
    expect(Object.keys(document!.stringData as object)).toEqual(['__proto__']);
    expect(Yaml.stringify(document)).toContain('  __proto__: ENC[');
  });

  test('keys that look like integers are refused where they lose their place, and only there', () => {
    const text = (first: string, second: string) => vector
      .replace('apiKey:', `${first}:`)
      .replace('type: Opaque', `    ${second}: ${seal('x', '')}\ntype: Opaque`);
    expect(codesOf(text('b', '"10"'))).toEqual(['SECRET_FILE_ORDER_LOST']);
    expect(codesOf(text('"10"', '"9"'))).toEqual(['SECRET_FILE_ORDER_LOST']);
    expect(codesOf(text('"9"', '"10"'))).toEqual([]);
    expect(codesOf(text('b', '"10"'), false)).toEqual([]);
  });

  test.each(['yes', '0777', '0o17', '1_000', '12:30', '2026-01-02', '2026-01-02T03:04:05.5Z', '123456789012345678901'])(
    'the unquoted scalar %s is refused where it would be written again', (scalar) => {
      const text = vector.replace('name: openai', `name: openai\n    annotations: { note: ${scalar} }`);
      expect(codesOf(text)).toEqual(['SECRET_FILE_AMBIGUOUS']);
      expect(codesOf(text, false)).toEqual([]);
      expect(read(text).document!.metadata).toMatchObject({ annotations: { note: scalar } });
    });

  test.each(['e2', 'true-ish', '1.2.3', '2026-01-02T03:04:05Z'])('the unquoted scalar %s is the same text to all', (scalar) => {
    expect(codesOf(vector.replace('name: openai', `name: openai\n    annotations: { note: ${scalar} }`))).toEqual([]);
  });
});

/** One mistake each: what is done to the good file, and what must be said of it. */
const mistakes: readonly (readonly [code: string, what: string, text: string, part: string])[] = [
  ['SECRET_FILE_NOT_YAML', 'an empty file', '', 'secrets/openai.yaml is empty;'],
  ['SECRET_FILE_NOT_YAML', 'comments only', '# nothing\n', 'is empty;'],
  ['SECRET_FILE_NOT_YAML', 'a null byte', `${vector}\0`, 'has the character U+0000 in line 25, which YAML does not allow'],
  ['SECRET_FILE_NOT_YAML', 'bytes that are not UTF-8', `${vector}# \ufffd`, 'has the character U+FFFD in line 25, which stands for bytes that were lost'],
  ['SECRET_FILE_NOT_YAML', 'a syntax error', `a: [1\n${vector}`, 'is not YAML at line 2, column '],
  ['SECRET_FILE_NOT_YAML', 'a list', '- a\n', 'the document is not a map'],
  ['SECRET_FILE_NOT_YAML', 'a text', 'just text', 'the document is not a map'],
  ['SECRET_FILE_NOT_YAML', 'deep nesting', `a: ${'['.repeat(70)}${']'.repeat(70)}`, 'is nested deeper than 64 levels'],
  ['SECRET_FILE_NOT_YAML', 'an alias inside its own anchor', 'a: &a [*a, *a]', 'is nested deeper than 64 levels'],
  ['SECRET_FILE_NOT_YAML', 'an alias without anchor', 'a: *b', 'refers to an anchor it does not have'],
  ['SECRET_FILE_NOT_YAML', 'aliases that multiply', `a: &a [${'x, '.repeat(50)}]\nb: &b [${'*a, '.repeat(50)}]\nc: &c [${'*b, '.repeat(50)}]\nd: [${'*c, '.repeat(50)}]`, 'has more than 100000 values'],
  ['SECRET_FILE_TOO_LARGE', 'more than 1 MiB', `${vector}# ${'é'.repeat(600_000)}`, 'has more than 1 MiB'],
  ['SECRET_FILE_SEVERAL_DOCUMENTS', 'two documents', `${vector}---\n${vector}`, 'has 2 documents'],
  ['SECRET_FILE_SEVERAL_DOCUMENTS', 'a trailing separator', `${vector}---\n`, 'has 2 documents'],
  ['SECRET_FILE_AMBIGUOUS', 'a key twice', `${vector}type: Opaque\n`, "'type' in secrets/openai.yaml occurs twice"],
  ['SECRET_FILE_AMBIGUOUS', 'a merge key', vector.replace('name: openai', 'name: openai\n    <<: {}'), "'metadata' in secrets/openai.yaml has a merge key"],
  ['SECRET_FILE_AMBIGUOUS', 'a tag', vector.replace('Opaque', '!kind Opaque'), "'type' in secrets/openai.yaml has a tag"],
  ['SECRET_FILE_AMBIGUOUS', 'a key that is a number', vector.replace('name: openai', 'name: openai\n    annotations: { 1: x }'), 'has a key that not every reader takes for text'],
  ['SECRET_FILE_AMBIGUOUS', 'a key that is a map', vector.replace('name: openai', 'name: openai\n    annotations: { ? {a: b} : x }'), 'has a key that not every reader takes for text'],
  ['SECRET_FILE_AMBIGUOUS', 'a directive', `%YAML 1.1\n---\n${vector}`, 'has a directive'],
  ['SECRET_FILE_AMBIGUOUS', 'a line separator of Unicode', vector.replace('name: openai', "name: openai\n    annotations: { note: 'a\u2028b' }"), 'has a character that some readers of YAML take for a line break'],
  ['SECRET_FILE_AMBIGUOUS', 'a next-line character', vector.replace('name: openai', 'name: openai\n    annotations: { note: "a\x85b" }'), 'has a character that some readers of YAML take for a line break'],
  ['SECRET_FILE_KIND_UNSUPPORTED', 'a ConfigMap', vector.replace('kind: Secret', 'kind: ConfigMap'), 'holds v1/ConfigMap; name a file with v1/Secret or isindir.github.com/v1alpha3/SopsSecret'],
  ['SECRET_FILE_KIND_UNSUPPORTED', 'a SopsSecret of another operator', sealDocument({ ...SOPS_SECRET, apiVersion: 'addons.projectcapsule.dev/v1alpha1' }), 'holds addons.projectcapsule.dev/v1alpha1/SopsSecret'],
  ['SECRET_FILE_KIND_UNSUPPORTED', 'no kind', vector.replace('kind: Secret\n', ''), 'has no known apiVersion and kind'],
  ['SECRET_FILE_NAME_INVALID', 'no metadata', sealDocument({ ...SECRET, metadata: undefined }), 'has no metadata'],
  ['SECRET_FILE_NAME_INVALID', 'a generated name', sealDocument({ ...SECRET, metadata: { generateName: 'openai-' } }), "'metadata.name' in secrets/openai.yaml is missing"],
  ['SECRET_FILE_NAME_INVALID', 'a name in capitals', vector.replace('name: openai', 'name: OpenAI'), "'metadata.name' in secrets/openai.yaml is not a name"],
  ['SECRET_FILE_NAME_INVALID', 'a namespace with a dot', vector.replace('namespace: ai', 'namespace: a.i'), "'metadata.namespace'"],
  ['SECRET_FILE_NAME_INVALID', 'a template without name', sealDocument({ ...SOPS_SECRET, spec: { secretTemplates: [{ stringData: { apiKey: 'abc' } }] } }), "'spec.secretTemplates[0].name'"],
  ['SECRET_FILE_SHAPE', 'a misspelled field', sealDocument({ ...SECRET, stringdata: { a: 'b' } }), "'stringdata' in secrets/openai.yaml is not a field of the kind"],
  ['SECRET_FILE_SHAPE', 'data that is a list', sealDocument({ ...SECRET, data: [] }), "'data' in secrets/openai.yaml is not a map"],
  ['SECRET_FILE_SHAPE', 'nested data', sealDocument({ ...SECRET, stringData: { apiKey: { value: 'abc' } } }), "'stringData.apiKey' in secrets/openai.yaml is nested"],
  ['SECRET_FILE_SHAPE', 'a data key with a space', sealDocument({ ...SECRET, stringData: { 'api key': 'abc' } }), '\'stringData["api key"]\''],
  ['SECRET_FILE_SHAPE', 'a label that is a number', sealDocument({ ...SECRET, metadata: { name: 'a', labels: { tier: 1 } } }), "'metadata.labels.tier' in secrets/openai.yaml is not text"],
  ['SECRET_FILE_SHAPE', 'a SopsSecret without templates', sealDocument({ ...SOPS_SECRET, spec: { secretTemplates: [] } }), "'spec.secretTemplates'"],
  ['SECRET_VALUE_EMPTY', 'an empty value', sealDocument({ ...SECRET, stringData: { apiKey: '' } }), "'stringData.apiKey' in secrets/openai.yaml has no value"],
  ['SECRET_VALUE_EMPTY', 'a null value', sealDocument({ ...SECRET, data: { apiKey: null } }), "'data.apiKey'"],
  ['SOPS_NOT_ENCRYPTED', 'no sops block', vector.replace(/^sops:[^]*/m, ''), 'secrets/openai.yaml has no sops block'],
  ['SOPS_NOT_ENCRYPTED', 'a sops block without content', vector.replace(/^sops:[^]*/m, 'sops:\n'), 'has no sops block'],
  ['SOPS_METADATA_INCOMPLETE', 'no mac', sealDocument(SECRET, { sops: { mac: undefined } }), "'sops.mac' in secrets/openai.yaml is missing"],
  ['SOPS_METADATA_INCOMPLETE', 'a mac that is not encrypted', sealDocument(SECRET, { sops: { mac: 'ABCDEF' } }), "'sops.mac' in secrets/openai.yaml is not an encrypted digest"],
  ['SOPS_METADATA_INCOMPLETE', 'a mac of another length', sealDocument(SECRET, { sops: { mac: seal('ABCDEF', '') } }), 'is not an encrypted digest'],
  ['SOPS_METADATA_INCOMPLETE', 'no lastmodified', sealDocument(SECRET, { sops: { lastmodified: undefined } }), "'sops.lastmodified'"],
  ['SOPS_METADATA_INCOMPLETE', 'a lastmodified without time', sealDocument(SECRET, { sops: { lastmodified: '2026-01-02' } }), 'is not a time in RFC 3339'],
  ['SOPS_METADATA_INCOMPLETE', 'a lastmodified that never was', sealDocument(SECRET, { sops: { lastmodified: '2026-13-02T03:04:05Z' } }), 'is not a time in RFC 3339'],
  ['SOPS_METADATA_INCOMPLETE', 'no version', sealDocument(SECRET, { sops: { version: undefined } }), "'sops.version'"],
  ['SOPS_METADATA_INCOMPLETE', 'a version that is none', sealDocument(SECRET, { sops: { version: 'latest' } }), 'is not a version'],
  ['SOPS_METADATA_INCOMPLETE', 'a recipient without key', sealDocument(SECRET, { sops: { pgp: [{ fp: 'ABCD' }] } }), "'sops.pgp[0].enc' in secrets/openai.yaml is missing"],
  ['SOPS_METADATA_INCOMPLETE', 'recipients that are no list', sealDocument(SECRET, { sops: { kms: { arn: 'a' } } }), "'sops.kms' in secrets/openai.yaml is not a list"],
  ['SOPS_METADATA_INCOMPLETE', 'a selector that is no text', sealDocument(SECRET, { sops: { encrypted_regex: ['data'] } }), "'sops.encrypted_regex'"],
  ['SOPS_NO_RECIPIENT', 'no recipient', sealDocument(SECRET, { sops: { age: [] } }), "'sops' in secrets/openai.yaml names no recipient"],
  ['SOPS_SINGLE_RECIPIENT', 'one recipient', sealDocument(SECRET, { sops: { age: [{ recipient: 'age1team', enc: 'key' }] } }), 'names a single recipient'],
  ['SOPS_VERSION_OLD', 'an old release', vector.replace('3.13.2', '3.8.1'), "'sops.version' in secrets/openai.yaml is older than 3.9"],
  ['SOPS_SELECTORS_CONFLICT', 'two selectors', sealDocument(SECRET, { sops: { unencrypted_suffix: '_plain' } }), 'has the selectors encrypted_regex and unencrypted_suffix'],
  ['SOPS_SELECTOR_UNSUPPORTED', 'a pattern with flags', sealDocument(SECRET, { sops: { encrypted_regex: '(?i)^stringdata$' } }), "'sops.encrypted_regex'"],
  ['SOPS_SELECTOR_UNSUPPORTED', 'a pattern that is none', sealDocument(SECRET, { sops: { encrypted_regex: '^(data' } }), 'has a pattern that Go and JavaScript do not both understand'],
  ['SOPS_SELECTOR_UNSUPPORTED', 'a pattern Go does not have', sealDocument(SECRET, { sops: { encrypted_regex: '^(?!metadata)' } }), "'sops.encrypted_regex'"],
  ['SOPS_SELECTOR_UNSUPPORTED', 'a class of letters JavaScript does not have', sealDocument(SECRET, { sops: { encrypted_regex: '^[[:alpha:]]+Data$' } }), "'sops.encrypted_regex'"],
  ['SOPS_SELECTOR_UNSUPPORTED', 'a selector by comments', sealDocument(SECRET, { sops: { encrypted_regex: undefined, encrypted_comment_regex: 'secret' } }), 'selects by comments'],
  ['SOPS_PLAINTEXT', 'a value added by hand', vector.replace('type: Opaque', '    token: left-open\ntype: Opaque'), "'stringData.token' in secrets/openai.yaml is plain text;"],
  ['SOPS_PLAINTEXT', 'a number added by hand', vector.replace('type: Opaque', '    token: 12\ntype: Opaque'), "'stringData.token'"],
  ['SOPS_PLAINTEXT', 'a value outside the selector', sealDocument({ ...SECRET, data: { token: 'abcd' } }).replace('^(data|stringData)$', '^stringData$').replace(/token: .*/, 'token: left-open'), "'data.token' in secrets/openai.yaml is plain text, and the selector does not cover it"],
  ['SOPS_STRAY_CIPHERTEXT', 'a pasted label', vector.replace('name: openai', `name: openai\n    labels: { team: "${seal('x', '')}" }`), "'metadata.labels.team' in secrets/openai.yaml is encrypted"],
  ['SOPS_VALUE_MALFORMED', 'a value cut off', vector.replace('ZqQ==,type:str]', ''), "'stringData.apiKey' in secrets/openai.yaml is not a value SOPS has written"],
  ['SOPS_VALUE_MALFORMED', 'a short nonce', vector.replace('iv:AQIDBAUG', 'iv:'), 'is not a value SOPS has written'],
  ['SOPS_VALUE_MALFORMED', 'a long tag', vector.replace('tag:/kYf', 'tag:AAAA/kYf'), 'is not a value SOPS has written'],
  ['SOPS_VALUE_MALFORMED', 'an unknown type', vector.replace('ZqQ==,type:str', 'ZqQ==,type:text'), 'is not a value SOPS has written'],
  ['SOPS_VALUE_MALFORMED', 'data that is not Base64', vector.replace('data:fW4rTorLmQ==', 'data:fW4rTorLmQ'), 'is not a value SOPS has written'],
  ['SOPS_VALUE_NOT_TEXT', 'a value that was a number', vector.replace('ZqQ==,type:str', 'ZqQ==,type:int'), 'is of type int once it is decrypted'],
  ['SOPS_DATA_NOT_BASE64', 'a raw value under data', sealDocument({ ...SECRET, data: { token: 'abcde' } }), "'data.token' in secrets/openai.yaml has a length that Base64 never has"],
  ['SOPS_OPERATOR_FIELD_UNSUPPORTED', 'groups of keys for the operator', sealDocument(SOPS_SECRET, { sops: { shamir_threshold: 1 } }), "'sops.shamir_threshold' in secrets/openai.yaml is not known to the operator"],
];

describe('mistakes', () => {
  test.each(mistakes)('%s: %s', (code, _what, text, part) => {
    const { problems } = read(text);
    expect(problems.map(p => p.definition.code)).toEqual([code]);
    expect(formatProblem(problems[0])).toContain(part);
  });

  test('without a selector everything is encrypted, which hides what the object is', () => {
    const { problems, secrets } = sealed(SECRET, { sops: { encrypted_regex: undefined } });
    expect(problems.map(formatProblem)).toContain(
      '\'sops\' in secrets/openai.yaml says of no part that it stays plain, so SOPS encrypts apiVersion, kind, metadata too; '
      + 'use "encrypted_regex: ^(data|stringData)$" and encrypt the plain document anew [SOPS_IDENTITY_ENCRYPTED]',
    );
    expect(secrets).toHaveLength(1);
  });

  test('a selector that covers too much is named', () => {
    const { problems } = sealed(SECRET, { sops: { encrypted_regex: '^(data|stringData|kind)$' } });
    expect(problems.map(formatProblem)).toContainEqual(expect.stringContaining("'sops.encrypted_regex' in secrets/openai.yaml encrypts kind; "));
  });

  test('a document whose identity is encrypted has one problem, not one for each field', () => {
    const hidden = { ...SECRET, apiVersion: seal('v1', 'apiVersion:'), kind: seal('Secret', 'kind:'), type: seal('Opaque', 'type:'), metadata: { name: seal('a', '') } };
    const text = sealDocument(hidden, { sops: { encrypted_regex: undefined } });
    expect(read(text)).toMatchObject({ secrets: [], problems: [{ definition: { code: 'SOPS_IDENTITY_ENCRYPTED' } }] });
  });

  test('a selector that hides the names of the Secrets of a SopsSecret is refused', () => {
    const document = parse(sealDocument(SOPS_SECRET, { sops: { encrypted_regex: undefined, encrypted_suffix: 'Templates' } }));
    for (const template of document.spec.secretTemplates) template.name = seal('name', '');
    document.spec.secretTemplates[1].labels.app = seal('gateway', '');
    const { secrets, problems } = read(stringify(document));
    expect(secrets).toEqual([]);
    expect(problems.map(formatProblem)).toEqual([expect.stringMatching(/encrypts the names of the Secrets.*\[SOPS_IDENTITY_ENCRYPTED\]/)]);
  });

  test('fields of the sops block that the operator lacks are refused in a SopsSecret only', () => {
    const sops = { encrypted_regex: undefined, unencrypted_regex: '^(apiVersion|kind|metadata|name|labels|type)$' };
    expect(sealed(SOPS_SECRET, { sops }).problems.map(p => p.definition.code)).toEqual(['SOPS_OPERATOR_FIELD_UNSUPPORTED']);
    expect(sealed(SECRET, { sops }).problems).toEqual([]);
  });

  test('an unclear selector does not let plain text through', () => {
    const text = sealDocument(SECRET, { sops: { encrypted_regex: '(' } }).replace(/apiKey: .*/, 'apiKey: left-open');
    expect(codesOf(text)).toEqual(['SOPS_SELECTOR_UNSUPPORTED', 'SOPS_PLAINTEXT']);
  });

  test('no message shows a value', () => {
    for (const [, , text] of mistakes) expect(read(text).problems.map(formatProblem).join('\n')).not.toMatch(/left-open|ENC\[AES/);
  });
});
