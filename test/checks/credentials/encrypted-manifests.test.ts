import { join } from 'node:path';
import { ApiObject, Chart, Include, JsonPatch, Lazy } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import { ApiKey, OpenAIProvider, SopsMode } from '../../../src';
import { CIPHERTEXT, sopsBlock } from './encrypted';
import { seal } from '../../secrets/sealing';
import { codes, findingsIn } from '../harness';
import { all, but, inYaml, PROVIDER } from '../manifests-of-an-app';

/** A Secret that came into the output as raw YAML, beside the provider that reads it. */
const found = (data: string, block = sopsBlock()) => inYaml(all(PROVIDER, `
apiVersion: v1
kind: Secret
metadata: { name: openai, namespace: ai }
${data}
${block}
`));
const KEY = `stringData: { apiKey: ${CIPHERTEXT} }`;
const sopsSecret = (template: string, block = sopsBlock()) => inYaml(all(PROVIDER, `
apiVersion: isindir.github.com/v1alpha3
kind: SopsSecret
metadata: { name: keys, namespace: ai }
spec: { secretTemplates: [{ name: openai, ${template} }] }
${block}
`));

test('an encrypted manifest as sops writes it has no finding', () => {
  expect(found(KEY)).toEqual([]);
  expect(sopsSecret(KEY)).toEqual([]);
});

test.each<[string, string[], string]>([
  ['SOPS_METADATA_INCOMPLETE', found(KEY, sopsBlock({ mac: undefined })), "error SOPS_METADATA_INCOMPLETE: 'sops.mac' is missing; restore the sops block"],
  ['SOPS_NO_RECIPIENT', found(KEY, sopsBlock({ age: [] })), "error SOPS_NO_RECIPIENT: 'sops' names no recipient"],
  ['SOPS_SINGLE_RECIPIENT', found(KEY, sopsBlock({ age: [{ recipient: 'age1team', enc: 'x' }] })), "warning SOPS_SINGLE_RECIPIENT: 'sops' names a single recipient"],
  ['SOPS_VERSION_OLD', found(KEY, sopsBlock({ version: '3.7.1' })), "warning SOPS_VERSION_OLD: 'sops.version' is older than 3.9"],
  ['SOPS_SELECTORS_CONFLICT', found(KEY, sopsBlock({ encrypted_suffix: 'Data' })), "error SOPS_SELECTORS_CONFLICT: 'sops' has the selectors encrypted_regex and encrypted_suffix"],
  ['SOPS_SELECTOR_UNSUPPORTED', found(KEY, sopsBlock({ encrypted_regex: undefined, encrypted_comment_regex: 'secret' })), "error SOPS_SELECTOR_UNSUPPORTED: 'sops.encrypted_comment_regex' selects by comments"],
  ['SOPS_IDENTITY_ENCRYPTED', found(KEY, sopsBlock({ encrypted_regex: '^(metadata|data|stringData)$' })), "error SOPS_IDENTITY_ENCRYPTED: 'sops.encrypted_regex' encrypts metadata"],
  ['SOPS_PLAINTEXT', found('stringData: { apiKey: in-the-clear }'), "error SOPS_PLAINTEXT: 'stringData.apiKey' is plain text; enter it with \"sops edit\""],
  ['SOPS_PLAINTEXT', found('stringData: { apiKey: in-the-clear }', sopsBlock({ encrypted_regex: '^other$' })), "error SOPS_PLAINTEXT: 'stringData.apiKey' is plain text, and the selector does not cover it"],
  ['SOPS_STRAY_CIPHERTEXT', found(KEY, ''), "error SOPS_STRAY_CIPHERTEXT: 'stringData.apiKey' is encrypted, in a manifest without the `sops` block that decrypts it"],
  ['SOPS_STRAY_CIPHERTEXT', sopsSecret(KEY, ''), "error SOPS_STRAY_CIPHERTEXT: 'spec.secretTemplates[0].stringData.apiKey' is encrypted"],
  ['SOPS_VALUE_MALFORMED', found('stringData: { apiKey: "ENC[AES256_GCM,data:aaaa]" }'), "error SOPS_VALUE_MALFORMED: 'stringData.apiKey' is not a value SOPS has written"],
  ['SOPS_VALUE_NOT_TEXT', found(`stringData: { apiKey: ${JSON.stringify(seal('42', 'stringData:apiKey:', 'int'))} }`), "error SOPS_VALUE_NOT_TEXT: 'stringData.apiKey' is of type int"],
  ['SOPS_DATA_NOT_BASE64', found(`data: { apiKey: ${JSON.stringify(seal('abcde', 'data:apiKey:'))} }`), "error SOPS_DATA_NOT_BASE64: 'data.apiKey' has a length that Base64 never has"],
  ['SOPS_OPERATOR_FIELD_UNSUPPORTED', sopsSecret(KEY, sopsBlock({ shamir_threshold: 2 })), "error SOPS_OPERATOR_FIELD_UNSUPPORTED: 'sops.shamir_threshold' is not known"],
  ['SECRET_VALUE_EMPTY', found('stringData: { apiKey: "" }'), "error SECRET_VALUE_EMPTY: 'stringData.apiKey' has no value; store the value with \"sops edit\""],
])('%s is found in a manifest that no construct read, once', (_, findings, message) => {
  expect(findings).toEqual([expect.stringContaining(message)]);
  expect(findings.join()).not.toContain('in-the-clear');
});

describe('the integrity check of a document that no construct read', () => {
  const OTHER = JSON.stringify(seal('other', 'stringData:spare:'));
  const ORDER = "warning SOPS_MAC_BROKEN: 'sops.mac' is of the values in the order in which they were encrypted, and they go out with their keys sorted; let a credential embed it with fromSopsFile()";
  const onlyEncrypted = sopsBlock({ mac_only_encrypted: true });

  test.each<[string, string[]]>([
    ['a key that is moved behind another', found(`type: Opaque\n${KEY}`)],
    ['data keys that are not in order', found(`stringData: { spare: ${OTHER}, apiKey: ${CIPHERTEXT} }`)],
    ['data keys that are not in order, which alone are covered', found(`stringData: { spare: ${OTHER}, apiKey: ${CIPHERTEXT} }`, onlyEncrypted)],
  ])('is told to be broken: %s', (_, findings) => {
    expect(findings.filter(text => !text.includes('SECRET_KEY_EXTRA'))).toEqual([expect.stringContaining(ORDER)]);
  });

  test.each<[string, string[]]>([
    ['keys in order', found(`${KEY}\ntype: Opaque`)],
    ['data keys in order', found(`stringData: { apiKey: ${CIPHERTEXT}, spare: ${OTHER} }`)],
    ['a key in another place, which is not covered', found(`type: Opaque\n${KEY}`, onlyEncrypted)],
    ['nothing, that is moved', found(`immutable: null\n${KEY}`)],
    ['a template of the operator, who does not ask for it', sopsSecret(`type: Opaque, ${KEY}`)],
  ])('is not: %s', (_, findings) => {
    expect(findings.filter(text => !text.includes('SECRET_KEY_EXTRA'))).toEqual([]);
  });

  test('a chart adds what was not there when it was encrypted', () => {
    const secret = (metadata: object, labels?: { readonly [label: string]: string }) => findingsIn((_, app) => {
      const chart = new Chart(app, 'ours', { namespace: 'ai', labels });
      parseAllDocuments(PROVIDER).forEach((document, index) => void new ApiObject(chart, `provider-${index}`, document.toJS()));
      new ApiObject(chart, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata, ...parse(`${KEY}\n${sopsBlock()}`) });
    }).map(({ message }) => message);
    expect(secret({ name: 'openai', namespace: 'ai' })).toEqual([]);
    expect(secret({ name: 'openai' })).toEqual([expect.stringMatching(/goes out with other values, such as labels or the namespace of the chart; .*\[SOPS_MAC_BROKEN\]$/)]);
    expect(secret({ name: 'openai', namespace: 'ai' }, { team: 'search' })).toEqual([expect.stringContaining('goes out with other values')]);
    expect(secret({ name: 'openai', annotations: { later: '${Token[TOKEN.1]}' } })).toEqual([]);
    expect(secret({ name: 'openai', namespace: 'ai', annotations: { later: Lazy.any({ produce: () => 'a' }) } })).toEqual([]);
  });
});

describe('a SealedSecret in raw YAML', () => {
  const VALUE = Buffer.alloc(540, 'sealed').toString('base64');
  const sealed = (spec: string, name = 'openai') => inYaml(all(PROVIDER, `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: ${name}, namespace: ai }
spec: { ${spec} }
`));

  test('has no finding as kubeseal writes it', () => {
    expect(sealed(`encryptedData: { apiKey: "${VALUE}" }, template: { metadata: { name: openai, namespace: ai } }`)).toEqual([]);
  });

  test.each([
    [`encryptedData: { apiKey: "${VALUE}" }, template: { metadata: { name: openai, namespace: ai } }`, 'renamed', "error SEALED_SECRET_RENAMED: 'spec.template.metadata.name' differs from metadata.name"],
    ['encryptedData: { apiKey: in-the-clear! }', 'openai', "error SEALED_SECRET_VALUE_MALFORMED: 'spec.encryptedData.apiKey' is not Base64"],
    ['encryptedData: { apiKey: "" }', 'openai', "error SECRET_VALUE_EMPTY: 'spec.encryptedData.apiKey' has no value"],
    ['encryptedData: {}, template: { data: { apiKey: in-the-clear } }', 'openai', "error SEALED_SECRET_PLAINTEXT: 'spec.template.data.apiKey' is plain text"],
  ])('%s of %s', (spec, name, message) => {
    const findings = sealed(spec, name);
    expect(findings).toEqual([expect.stringContaining(message)]);
    expect(findings.join()).not.toContain('in-the-clear');
  });
});

test('Secrets that no provider reads are left alone', () => {
  expect(inYaml(but(PROVIDER, ['secretRef: { name: openai }', 'secretRef: { name: other }']))).toEqual([]);
  expect(inYaml(all(but(PROVIDER, ['secretRef: { name: openai }', 'secretRef: { name: other }']), `
apiVersion: v1
kind: Secret
metadata: { name: openai, namespace: ai }
stringData: { apiKey: in-the-clear }
${sopsBlock({ age: [] })}
`))).toEqual([]);
});

test('a file that a construct reads is told of in the words of the construct alone', () => {
  const file = join(__dirname, '../../../examples/sops-with-flux/secrets/openai.sops.yaml');
  const single = (mode: SopsMode) => findingsIn(chart => void new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSopsFile(file, { mode }) }));
  for (const mode of [SopsMode.EMBED, SopsMode.REFERENCE]) expect(single(mode)).toEqual([]);
});

test('a file that is included is read like one that a construct reads', () => {
  const included = (...patches: JsonPatch[]) => codes(findingsIn((chart) => {
    new OpenAIProvider(chart, 'provider', { apiKey: ApiKey.fromSecretName('openai') });
    const [secret] = new Include(chart, 'file', { url: join(__dirname, '../../secrets/fixtures/openai.sops.yaml') }).apiObjects;
    secret.addJsonPatch(...patches);
  }));
  expect(included()).toEqual([]);
  expect(included(JsonPatch.remove('/sops/mac'))).toEqual(['SOPS_METADATA_INCOMPLETE']);
});
