import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { AIGateway } from '../../src';
import { fasterStringify, PlainWriter } from '../../src/synthesis/plain-text';

const EXAMPLES = join(__dirname, '../../examples');

/** Texts at the edge between what needs quotes and what does not. */
const text = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._/:-]{1,12}$/),
  fc.constantFrom('y', 'No', 'ON', 'nul', 'Null', 'true', 'TRUE', 'yes1', 'inf', '.inf', 'e5', '1e5', '5m', '5e', '0x1f', '10Ki', '010', '1:30', 'a:', 'a: b', 'a#b', 'a-', '-', '=', '<<', '__proto__', 'constructor', 'toString'),
  fc.string({ maxLength: 6 }),
  fc.string({ minLength: 120, maxLength: 140, unit: fc.constantFrom('a', 'b', '-') }),
);
const scalar = fc.oneof(text, fc.boolean(), fc.integer(), fc.double(), fc.constantFrom(null, undefined, -0, 2 ** 53, 1e21));
const { manifest } = fc.letrec<{ manifest: object; value: unknown }>(tie => ({
  manifest: fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  value: fc.oneof({ maxDepth: 4 }, scalar, tie('manifest'), fc.array(tie('value'), { maxLength: 4 })),
}));

/** What is written of a manifest; undefined for one that is left to cdk8s. */
function plainText(value: unknown): string | undefined {
  const writer = new PlainWriter();
  if (writer.add(value)) return writer.take();
  expect(writer.take()).toBe('');
  return undefined;
}

describe('PlainWriter', () => {
  test('writes what cdk8s writes, or nothing', () => {
    fc.assert(fc.property(manifest, (value) => {
      const written = plainText(value);
      if (written !== undefined) expect(written).toBe(Yaml.stringify(value));
    }), { numRuns: 5_000 });
  });

  test.each([
    ['names and numbers', { apiVersion: 'v1', spec: { port: 443, hosts: ['api.openai.com'], rules: [{ name: 'a', weight: -1 }], none: {}, nobody: [], on1: true } }],
    ['durations and quantities', { timeout: '300s', size: '50Mi' }],
    ['a list in a map in a list', { a: [{ b: [{ c: ['d'] }] }] }],
  ])('writes %s', (_, value) => {
    expect(plainText(value)).toBe(Yaml.stringify(value));
  });

  test.each([
    ['words of YAML 1.1', { a: 'no' }],
    ['keys that are words of YAML 1.1', { y: 1 }],
    ['fractions', { a: 0.5 }],
    ['minus zero', { a: -0 }],
    ['null', { a: null }],
    ['a list in a list', { a: [['b']] }],
    ['instances', { a: new Date(0) }],
    ['what has a toJSON of its own', { a: { toJSON: () => 'b' } }],
    ['an empty manifest', {}],
    ['no manifest', 'text'],
  ])('leaves %s to cdk8s', (_, value) => {
    expect(plainText(value)).toBeUndefined();
  });

  test('leaves a value that occurs twice to cdk8s, which writes an alias', () => {
    const twice = { a: 1 };
    expect(plainText({ first: twice, second: twice })).toBeUndefined();
    const list = ['a'];
    expect(plainText({ first: list, second: [list] })).toBeUndefined();
  });

  test('finds one that occurs twice among hundreds', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ index }));
    expect(plainText({ many })).toBe(Yaml.stringify({ many }));
    expect(plainText({ many: [...many, many[2]] })).toBeUndefined();
    expect(plainText({ many: [...many, many[299]] })).toBeUndefined();
  });

  test('writes more than it first has room for', () => {
    const long = { names: Array.from({ length: 40_000 }, (_, index) => `name-${index}`) };
    expect(plainText(long)).toBe(Yaml.stringify(long));
  });

  test('writes most of what the examples synthesize, the same bytes', () => {
    const files = readdirSync(EXAMPLES).flatMap((example) => {
      const output = join(EXAMPLES, example, 'output');
      try {
        return readdirSync(output).filter(file => file.endsWith('.k8s.yaml')).map(file => join(output, file));
      } catch {
        return [];
      }
    });
    const manifests = files.flatMap(file => Yaml.load(file));
    const written = manifests.filter((value) => {
      const plain = plainText(value);
      if (plain !== undefined) expect(plain).toBe(Yaml.stringify(value));
      return plain !== undefined;
    });
    expect(manifests.length).toBeGreaterThan(100);
    expect(written.length / manifests.length).toBeGreaterThan(0.5);
  });
});

describe('fasterStringify', () => {
  const stringify = fasterStringify(Yaml.stringify);

  test('joins plain and other manifests as cdk8s does', () => {
    const manifests = [{ a: 'b' }, { a: 'no' }, undefined, { c: 1 }];
    expect(stringify(...manifests)).toBe(Yaml.stringify(...manifests));
    expect(stringify()).toBe('');
  });

  test('keeps the order of manifests beyond what is made a text at once', () => {
    const manifests = Array.from({ length: 9_000 }, (_, index) => ({ index, kind: index % 1_000 === 7 ? 'no' : 'Backend' }));
    expect(stringify(...manifests)).toBe(Yaml.stringify(...manifests));
  });

  test.each([
    ['here', { get b() { throw new Error('unwritable'); } }],
    ['by cdk8s', { toJSON: () => { throw new Error('unwritable'); } }],
  ])('begins anew after a manifest that cannot be written %s', (_, unwritable) => {
    expect(() => stringify({ a: 1 }, unwritable)).toThrow('unwritable');
    expect(stringify({ a: 1 })).toBe('a: 1\n');
  });

  test.each<[string, () => object]>([
    ['is read', () => ({ get b() { return stringify({ c: 1 }).length; } })],
    ['is read, in vain', () => ({ toJSON: () => { try { stringify({ c: 1 }, { get d() { throw new Error('unwritable'); } }); } catch { return { b: 1 }; } return undefined; } })],
  ])('keeps what it has written where a manifest writes YAML while it %s', (_, nested) => {
    expect(stringify({ a: 1 }, nested(), { e: 2 })).toBe(Yaml.stringify({ a: 1 }, nested(), { e: 2 }));
  });

  test('is in place only while an app with constructs of ours synthesizes', () => {
    const before = Yaml.stringify;
    const app = new App();
    const chart = new Chart(app, 'chart');
    new AIGateway(chart, 'gateway');
    const during = new Set<unknown>();
    chart.node.addValidation({ validate: () => { during.add(Yaml.stringify); return []; } });
    app.synthYaml();
    expect([...during]).toEqual([expect.any(Function)]);
    expect(during.has(before)).toBe(false);
    expect(Yaml.stringify).toBe(before);
  });

  test('gives way to a writer that the program put in place', () => {
    const before = Yaml.stringify;
    const app = new App();
    new AIGateway(new Chart(app, 'chart'), 'gateway');
    try {
      Yaml.stringify = () => 'mine';
      expect(app.synthYaml()).toBe('mine');
    } finally {
      Yaml.stringify = before;
    }
  });
});
