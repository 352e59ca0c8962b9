import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart, Testing, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { Variant, VARIANTS } from './documents';
import type { Planned } from './program';
import { MAC_MISMATCH, Outcome } from './sops';
import { TAMPERINGS } from './tampering';
import { Synthesis, Workshop } from './workshop';
import { describeJudge } from '../describe-judge';
import { pythonAvailable } from '../python-wheel';
import { Checks } from '../../../src';
import { withoutDisputedText } from '../../../src/synthesis/disputed-text';

// The seed makes a failure repeatable; other seeds find other inputs.
const RUNS = { seed: Number(process.env.FC_SEED ?? 1), numRuns: Number(process.env.FC_RUNS ?? 40) };

const dataKey = fc.oneof(fc.stringMatching(/^[-._a-zA-Z][-._a-zA-Z0-9]{0,12}$/), fc.constantFrom('toString', 'yes', 'null', '1.5', '1e3'));
const annotation = fc.oneof(fc.stringMatching(/^[a-zA-Z]([-._a-zA-Z0-9]{0,12}[a-zA-Z0-9])?$/), fc.constantFrom('toString', 'yes', 'null', '1.5', '1e3'));
const value = fc.oneof(
  // The mark of what was not text is refused in a file.
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter(text => !text.includes('\ufffd')),
  fc.constantFrom('yes', '0777', '2026-01-02', '1e3', '~', ' padded ', 'a\nb\n', 'a\n\n\n', '\n', '- a: b', 'a\u0085b', 'a\x7fb', 'a\x9fb', '"', '\'', '\\', '{{ x }}', '#c', 'ž🔑', 'x'.repeat(2000)),
);

const write = withoutDisputedText(document => stringify(document, { version: '1.1' }));

/** Secrets in any order of their fields, with any content. */
function randomVariants(): Variant[] {
  const samples = fc.sample(fc.record({
    data: fc.dictionary(dataKey, value, { maxKeys: 4, noNullPrototype: true }),
    annotations: fc.dictionary(annotation, value.filter(text => !/[\u2028\u2029]/.test(text)), { maxKeys: 4, noNullPrototype: true }),
    encoded: fc.boolean(),
    macOnlyEncrypted: fc.boolean(),
    indent: fc.constantFrom(2, 4),
    order: fc.shuffledSubarray(['apiVersion', 'kind', 'metadata', 'data', 'stringData', 'type', 'immutable'], { minLength: 7 }),
  }), RUNS);
  return samples.map(({ data, annotations, encoded, macOnlyEncrypted, indent, order }, index) => {
    const id = `random-${index}`;
    const filled = { ...data, apiKey: 'sk-1' };
    const parts: { readonly [field: string]: unknown } = {
      apiVersion: 'v1', kind: 'Secret', type: 'Opaque', immutable: false, metadata: { annotations, name: id, namespace: 'ai' },
      ...(encoded
        ? { data: Object.fromEntries(Object.entries(filled).map(([key, text]) => [key, Buffer.from(text).toString('base64')])) }
        : { stringData: filled }),
    };
    const plain = write(Object.fromEntries(order.flatMap(field => field in parts ? [[field, parts[field]]] : [])));
    return { id, holds: 'apiKey', plain, indent, rule: { encrypted_regex: '^(data|stringData)$', ...(macOnlyEncrypted && { mac_only_encrypted: true }) } };
  });
}

/** Content with the order of its keys. */
function ordered(text: string): string {
  return JSON.stringify(JSON.parse(text), undefined, 1);
}

const skipped = process.env.SOPS_BIN || pythonAvailable() ? undefined : 'there is no Python to install it with, and SOPS_BIN names none';

describeJudge('sops', () => describe('what it encrypts goes through synthesis', () => {
  const variants = [...VARIANTS, ...randomVariants()];
  let workshop: Workshop;
  let planned: Planned[];
  const synthesized = new Map<boolean, Synthesis>();

  beforeAll(() => {
    workshop = new Workshop();
    planned = workshop.encrypt(variants);
    for (const filePerResource of [false, true]) synthesized.set(filePerResource, workshop.synth(planned, { filePerResource }));
  }, 900_000);

  afterAll(() => workshop?.remove());

  test.each([false, true])('cdk8s synth takes all of them (a file for each object: %s)', (filePerResource) => {
    const { status, complaint, documents } = synthesized.get(filePerResource)!;
    expect([status, complaint.split('\n').filter(line => status !== 0 && !line.startsWith('warning: '))]).toEqual([0, []]);
    expect([...documents.keys()].sort()).toEqual(variants.map(({ id }) => id).sort());
    expect(complaint).not.toMatch(/sk-proj|AKIA/);
  });

  test.each([...VARIANTS, { id: 'random', plain: '' }].map(({ id }) => id))('%s: what comes out decrypts to what went in', (id) => {
    for (const { id: name, plain, edited, extension } of variants.filter(variant => variant.id === id || variant.id.startsWith(`${id}-`) && id === 'random')) {
      const source = workshop.read(`secrets/${name}.sops${extension ?? '.yaml'}`);
      const wanted = edited ?? (extension === '.json' ? JSON.parse(plain) : parse(plain, { version: '1.1' }));
      for (const { documents } of synthesized.values()) {
        const printed = documents.get(name)!;
        // What is sealed is the source's: nothing is encrypted anew.
        expect(printed.match(/ENC\[/g)!.length).toBe(withoutComments(source));
        const { status, output, complaint } = workshop.decrypt(printed);
        expect([name, status, complaint]).toEqual([name, 0, '']);
        expect(ordered(output)).toBe(JSON.stringify(wanted, undefined, 1));
      }
    }
  });

  test('the judge sees it when a printed document is not as it was', () => {
    const printed = synthesized.get(false)!.documents.get('wild')!;
    expect(workshop.decrypt(printed).status).toBe(0);
    expect(workshop.decrypt(printed.replace('a: "0777"', 'a: "0778"')).status).toBe(51);
  });
}), skipped);

describeJudge('sops', () => describe('a document that cdk8s brings into the output by itself', () => {
  test('is told to be broken where sops refuses it, and nowhere else', () => {
    const workshop = new Workshop();
    try {
      const variants = [...VARIANTS, ...randomVariants()].filter(({ plain, holds }) => holds === 'apiKey' && !plain.includes('SopsSecret'));
      const verdicts = workshop.encrypt(variants).map(({ id, path }) => {
        const app = Testing.app();
        const chart = new Chart(app, 'raw');
        const secret = new ApiObject(chart, 'secret', parse(workshop.read(path), { version: '1.1' }));
        new ApiObject(chart, 'policy', {
          apiVersion: 'aigateway.envoyproxy.io/v1beta1', kind: 'BackendSecurityPolicy', metadata: { name: id, namespace: 'ai' },
          spec: { type: 'APIKey', apiKey: { secretRef: { name: id } }, targetRefs: [{ group: 'aigateway.envoyproxy.io', kind: 'AIServiceBackend', name: 'p' }] },
        });
        const told = Checks.findings(app).some(({ code }) => code === 'SOPS_MAC_BROKEN');
        return { id, told, status: workshop.decrypt(Yaml.stringify(secret.toJson())).status };
      });
      // Some texts go out in a form that sops cannot read at all.
      expect(verdicts.filter(({ told, status }) => (told ? status === 0 : status === MAC_MISMATCH))).toEqual([]);
      expect(verdicts.filter(({ status }) => status === MAC_MISMATCH).length).toBeGreaterThan(10);
      expect(verdicts.filter(({ status }) => status === 0).length).toBeGreaterThan(10);
    } finally {
      workshop.remove();
    }
  }, 300_000);
}), skipped);

/** Sealed values of a source, apart from comments. */
function withoutComments(source: string): number {
  return source.replace(/#ENC\[[^\]]*\]/g, '').match(/ENC\[/g)!.length;
}

describeJudge('sops', () => describe('a file that was changed after encryption', () => {
  const guide = readFileSync(join(__dirname, '../../../docs/credentials.md'), 'utf8').replaceAll(/\s+/g, ' ');
  let workshop: Workshop;
  let refused: Synthesis;
  let accepted: Synthesis;
  let verdicts: Outcome[];

  beforeAll(() => {
    workshop = new Workshop();
    const base = (id: string, key: string): Variant => ({
      id, holds: 'apiKey', plain: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${id}\n  namespace: ai\nstringData:\n  apiKey: ${key}\n  spare: other-1\ntype: Opaque\n`,
    });
    const planned = workshop.encrypt([
      ...TAMPERINGS.map(({ id, rule }) => ({ ...base(id, 'sk-proj-abc'), rule })), base('another', 'sk-proj-xyz'),
    ]);
    const another = workshop.read('secrets/another.sops.yaml');
    for (const { id, change } of TAMPERINGS) {
      const path = `secrets/${id}.sops.yaml`;
      const before = workshop.read(path);
      const after = change(before, another);
      if (after === before) throw new Error(`${id} changes nothing`);
      workshop.write(path, after);
    }
    verdicts = TAMPERINGS.map(({ id }) => workshop.decrypt(workshop.read(`secrets/${id}.sops.yaml`)));
    const files = (noticed: boolean) => planned.filter(({ id }) => TAMPERINGS.some(each => each.id === id && (each.code !== undefined) === noticed));
    refused = workshop.synth(files(true), { filePerResource: false });
    accepted = workshop.synth(files(false), { filePerResource: false });
  }, 600_000);

  afterAll(() => workshop?.remove());

  test.each(TAMPERINGS.map((each, index) => [each.id, index] as const))('%s', (id, index) => {
    const { code, sops, guide: told } = TAMPERINGS[index];
    expect([verdicts[index].status === 0 ? 'decrypts' : 'refuses', verdicts[index].complaint]).toEqual([sops, expect.any(String)]);
    if (code === undefined) {
      const codes = [...accepted.complaint.matchAll(new RegExp(`secrets/${id}\\.sops\\.yaml[^\\n]*\\[(\\w+)\\]`, 'g'))].map(match => match[1]);
      // What is said of the spare key is said of the good file as well.
      expect([accepted.status, codes.filter(each => each !== 'SECRET_KEY_EXTRA')]).toEqual([0, []]);
    } else {
      expect(refused.status).not.toBe(0);
      expect(refused.complaint).toMatch(new RegExp(`secrets/${id}\\.sops\\.yaml[^\\n]*\\[${code}\\]`));
    }
    expect(guide.includes(told)).toBe(true);
  });

  test('no message shows what was encrypted', () => {
    expect(refused.complaint + accepted.complaint).not.toMatch(/sk-proj|other-1|left-open/);
  });
}), skipped);
