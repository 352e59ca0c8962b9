import { Yaml } from 'cdk8s';
import { stringify } from 'yaml';
import { formatProblem } from '../../src/findings/finding';
import { readSealedSecret } from '../../src/secrets';

const PATH = 'sealed/openai.yaml';
const VALUE = Buffer.alloc(540, 'sealed').toString('base64');

interface Parts {
  readonly metadata?: object;
  readonly spec?: object;
  readonly template?: object;
  readonly [field: string]: unknown;
}

function text({ metadata, spec, template, ...rest }: Parts = {}): string {
  return stringify({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { creationTimestamp: null, name: 'openai', namespace: 'ai', ...metadata },
    spec: {
      encryptedData: { apiKey: VALUE },
      template: { metadata: { creationTimestamp: null, name: 'openai', namespace: 'ai' }, type: 'Opaque', ...template },
      ...spec,
    },
    ...rest,
  }, { lineWidth: 0 });
}

const read = (source: string, embed = true) => readSealedSecret(source, PATH, { embed });
const scope = (name: string) => ({ annotations: { [`sealedsecrets.bitnami.com/${name}`]: 'true' } });

test('a SealedSecret gives its name, namespace and keys, and nothing to complain about', () => {
  const { document, ...rest } = read(text({ template: { data: { config: '{{ index . "apiKey" }}' } } }));
  expect(rest).toEqual({
    kind: 'sealed', path: PATH, embed: true, problems: [], secrets: [{ name: 'openai', namespace: 'ai', keys: ['apiKey', 'config'] }],
  });
  expect(Yaml.stringify(document)).toBe(text({ template: { data: { config: '{{ index . "apiKey" }}' } } }));
});

test('the order of values is free, and so is the spelling of times', () => {
  const source = text({ metadata: { labels: { b: 'x' } } }).replace('b: x', 'b: x\n    "1": z').replace('creationTimestamp: null', 'creationTimestamp: 2026-01-02');
  const { document, problems } = read(source);
  expect(problems).toEqual([]);
  expect(document!.metadata).toMatchObject({ creationTimestamp: '2026-01-02', labels: { 1: 'z', b: 'x' } });
});

test('Base64 over several lines is read as the controller reads it', () => {
  const wrapped = VALUE.replace(/.{76}/g, '$&\n');
  expect(read(text({ spec: { encryptedData: { apiKey: wrapped } } })).problems).toEqual([]);
});

test('values bound to less than name and namespace may be renamed that far', () => {
  const renamed = { name: 'other' };
  const moved = { namespace: 'other' };
  const codesOf = (metadata: object) => read(text({ metadata })).problems.map(p => p.definition.code);
  expect(codesOf(renamed)).toEqual(['SEALED_SECRET_RENAMED']);
  expect(codesOf(moved)).toEqual(['SEALED_SECRET_RENAMED']);
  expect(codesOf({ ...renamed, ...scope('namespace-wide') })).toEqual([]);
  expect(codesOf({ ...moved, ...scope('namespace-wide') })).toEqual(['SEALED_SECRET_RENAMED']);
  expect(codesOf({ ...renamed, ...moved, ...scope('cluster-wide') })).toEqual(['SEALED_SECRET_CLUSTER_WIDE']);
});

const mistakes: readonly (readonly [code: string, what: string, source: string, part: string])[] = [
  ['SECRET_FILE_NOT_YAML', 'an empty file', '', 'sealed/openai.yaml is empty'],
  ['SECRET_FILE_SEVERAL_DOCUMENTS', 'two documents', `${text()}---\n${text()}`, 'has 2 documents'],
  ['SECRET_FILE_KIND_UNSUPPORTED', 'a Secret', 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { apiKey: left-open }', 'holds v1/Secret; name a file with bitnami.com/v1alpha1/SealedSecret'],
  ['SECRET_FILE_NAME_INVALID', 'no name', text({ metadata: { name: undefined } }), "'metadata.name' in sealed/openai.yaml is missing"],
  ['SECRET_FILE_SHAPE', 'no spec', text({ spec: { encryptedData: undefined } }), "'spec.encryptedData' in sealed/openai.yaml is missing"],
  ['SECRET_FILE_SHAPE', 'an unknown field', text({ template: { stringData: {} } }), "'spec.template.stringData'"],
  ['SECRET_FILE_SHAPE', 'encrypted data that is a list', text({ spec: { encryptedData: [VALUE] } }), "'spec.encryptedData' in sealed/openai.yaml is not a map"],
  ['SECRET_FILE_SHAPE', 'an annotation that is no text', text({ template: { metadata: { annotations: { a: true } } } }), "'spec.template.metadata.annotations.a'"],
  ['SECRET_VALUE_EMPTY', 'an empty value', text({ spec: { encryptedData: { apiKey: '' } } }), "'spec.encryptedData.apiKey'"],
  ['SEALED_SECRET_VALUE_MALFORMED', 'plain text', text({ spec: { encryptedData: { apiKey: 'left-open' } } }), "'spec.encryptedData.apiKey' in sealed/openai.yaml is not Base64"],
  ['SEALED_SECRET_VALUE_MALFORMED', 'a value cut off', text({ spec: { encryptedData: { apiKey: VALUE.slice(0, -3) } } }), 'is not Base64'],
  ['SEALED_SECRET_VALUE_MALFORMED', 'a number', text({ spec: { encryptedData: { apiKey: 1234 } } }), 'is not Base64'],
  ['SEALED_SECRET_PLAINTEXT', 'plain text in the template', text({ template: { data: { token: 'left-open' } } }), "'spec.template.data.token' in sealed/openai.yaml is plain text"],
  ['SEALED_SECRET_RENAMED', 'another name', text({ metadata: { name: 'claude' } }), "'spec.template.metadata.name' in sealed/openai.yaml differs from metadata.name"],
  ['SEALED_SECRET_CLUSTER_WIDE', 'the widest scope', text({ metadata: scope('cluster-wide'), spec: { template: undefined } }), "'metadata.annotations[\"sealedsecrets.bitnami.com/cluster-wide\"]'"],
];

test.each(mistakes)('%s: %s', (code, _what, source, part) => {
  const messages = read(source).problems.map(formatProblem);
  expect(messages).toEqual([expect.stringMatching(new RegExp(`\\[${code}\\]$`))]);
  expect(messages[0]).toContain(part);
  expect(messages[0]).not.toMatch(/left-open|c2VhbGVk/);
});
