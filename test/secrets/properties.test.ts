import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { macHolds, sealDocument } from './sealing';
import { formatProblem } from '../../src/findings/finding';
import { SecretContract } from '../../src/intent';
import { compareKeys, readSealedSecret, readSops, renderExternalSecret } from '../../src/secrets';

// The seed makes a failure repeatable; other seeds find other inputs.
const RUNS = { seed: Number(process.env.FC_SEED ?? 1), numRuns: Number(process.env.FC_RUNS ?? 100) };

const readers = [readSops, readSealedSecret];
const plain = {
  apiVersion: 'v1', kind: 'Secret', metadata: { name: 'openai', namespace: 'ai', labels: { app: 'gateway' } }, stringData: { apiKey: 'abc', other: 'de' },
};
const good = sealDocument(plain);

/** Texts that mean something to YAML or to the checks. */
const token = fc.constantFrom(
  '---\n', '\n', '  ', '\t', ': ', '- ', '? ', '{', '}', '[', ']', ',', '&a ', '*a', '!!binary ', '!x ', '|\n', '>-\n', '"', '\'', '#', '%YAML 1.1\n', '<<: ',
  'null', '~', 'yes', '0777', '.nan', '2026-01-02', '1e999', '__proto__', 'constructor', 'sops', 'data', 'ENC[', 'ENC[AES256_GCM,data:,iv:,tag:,type:str]',
  '\0', '\r', '\u2028', '\ud800', '\ufeff', '😀',
);

const mutated = fc.array(fc.record({ at: fc.nat(good.length), cut: fc.nat(12), put: fc.oneof(token, fc.string({ unit: 'binary', maxLength: 5 })) }), { minLength: 1, maxLength: 4 })
  .map(changes => changes.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), good));

test('no text makes a reader throw', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.array(token).map(parts => parts.join('')), mutated);
  fc.assert(fc.property(texts, fc.boolean(), (text, embed) => {
    for (const read of readers) {
      const file = read(text, 'a.yaml', { embed });
      expect(file.document !== undefined || file.problems.length > 0).toBe(true);
      for (const problem of file.problems) expect(formatProblem(problem)).not.toMatch(/\n|undefined/);
    }
  }), RUNS);
});

test('a change to an encrypted file is noticed, or leaves what a Secret is made of alone', () => {
  fc.assert(fc.property(mutated, (text) => {
    const { document, problems } = readSops(text, 'a.yaml', { embed: true });
    if (problems.length > 0) return;
    for (const value of Object.values({ ...document!.data as object, ...document!.stringData as object })) {
      expect(value).toMatch(/^ENC\[AES256_GCM,data:.+,iv:.+,tag:.+,type:str\]/);
    }
    expect(parse(Yaml.stringify(document))).toEqual(document);
  }), RUNS);
});

const dataKey = fc.oneof(fc.stringMatching(/^[-._a-zA-Z0-9]{1,12}$/), fc.constantFrom('__proto__', '10', '9', 'toString', 'yes', 'null', '1.5'));
const label = fc.oneof(fc.stringMatching(/^[A-Za-z0-9]{0,8}$/), fc.constantFrom('yes', '1', 'null', '0x1f', '2026-01-02', '1e3', 'multi\nline\n', ' padded '));

/** Own entries in the order they come in, whatever the key. */
function ordered(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

test('what is written again has the order, the content and the integrity of its source, or is refused', () => {
  const secrets = fc.record({
    data: fc.uniqueArray(fc.tuple(dataKey, fc.string({ minLength: 1 })), { minLength: 1, maxLength: 5, selector: ([key]) => key }),
    annotations: fc.uniqueArray(fc.tuple(dataKey, label), { maxLength: 4, selector: ([key]) => key }),
    macOnlyEncrypted: fc.boolean(),
    fields: fc.shuffledSubarray(['apiVersion', 'kind', 'metadata', 'stringData', 'type', 'immutable'], { minLength: 6 }),
  });
  fc.assert(fc.property(secrets, ({ data, annotations, macOnlyEncrypted, fields }) => {
    const parts: { [field: string]: unknown } = {
      apiVersion: 'v1', kind: 'Secret', type: 'Opaque', immutable: false,
      metadata: { namespace: 'ai', annotations: ordered(annotations), name: 'openai' },
      stringData: ordered(data),
    };
    const source = sealDocument(ordered(fields.map(field => [field, parts[field]])), { macOnlyEncrypted });
    const { document, problems, secrets: [secret] } = readSops(source, 'a.yaml', { embed: true });
    expect(problems).toEqual([]);
    expect(Object.keys(document!)).toEqual([...fields, 'sops']);
    expect(secret.keys).toEqual(Object.keys(parts.stringData as object));
    const printed = Yaml.stringify(document);
    expect(printed).toBe(Yaml.stringify(parse(source)));
    expect(macHolds(printed)).toBe(true);
  }), RUNS);
});

test('the order of data keys is either kept or complained about', () => {
  fc.assert(fc.property(fc.uniqueArray(dataKey, { minLength: 1, maxLength: 5 }), (keys) => {
    const [line] = /ENC\[.*/.exec(good)!;
    const text = good.replace(/stringData:\n( {4}.*\n)+/, `stringData:\n${keys.map(key => `    "${key}": ${line}\n`).join('')}`);
    const { document, problems } = readSops(text, 'a.yaml', { embed: true });
    const kept = Object.keys(document!.stringData as object).join() === keys.join();
    expect(problems.map(p => p.definition.code)).toEqual(kept ? [] : ['SECRET_FILE_ORDER_LOST']);
  }), RUNS);
});

const contract: SecretContract = { what: 'an API key', keys: [{ key: 'apiKey', content: { kind: 'field', field: 'apiKey', trim: true } }] };

test('a Secret has a missing key exactly when the key is not there', () => {
  fc.assert(fc.property(fc.array(fc.oneof(dataKey, fc.string(), fc.constant('apiKey'))), (keys) => {
    const codes = compareKeys(contract, keys, 'Secret a').map(p => p.definition.code);
    expect(codes.includes('SECRET_KEY_MISSING')).toBe(!keys.includes('apiKey'));
  }), RUNS);
});

test('any property name gives a template whose actions are closed and whose literals end where they should', () => {
  const action = /\{\{-? (?:[^"{}]|"(?:[^"\\\n]|\\.)*")*\}\}/g;
  fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }), (property, remote) => {
    const source = { kind: 'external', store: { name: 'a', kind: 'SecretStore' }, extract: { remote: { key: remote }, properties: { apiKey: property } } } as const;
    const { manifest } = renderExternalSecret(source, contract, { name: 'a' });
    const template: string = (manifest.spec as any).target.template.data.apiKey;
    expect(template.match(action)).toHaveLength(5);
    expect(template.replace(action, '')).toBe('');
    expect(template).not.toMatch(/\n|\p{Surrogate}/u);
  }), RUNS);
});
