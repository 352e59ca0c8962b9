import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { AIGateway } from '../../src';
import { withoutDisputedText } from '../../src/synthesis/disputed-text';

const write = withoutDisputedText(Yaml.stringify);
/** DEL, control characters, line separators, and what is no character. */
const DISPUTED = ['\x7f', '\x80', '\x85', '\x9f', '\u2028', '\u2029', '\ufffe', '\uffff'];

test.each(DISPUTED.map(character => [`U+${character.charCodeAt(0).toString(16)}`, character]))('%s is escaped wherever it is', (_, character) => {
  const manifest = {
    apiVersion: 'v1', text: `a${character}b`, lines: `a\n${character}\nb\n`, list: [character, 1, true, null], [`key${character}`]: { 'yes': 'no', '0777': `"\\${character}` },
  };
  const text = write(manifest);
  expect(text).not.toContain(character);
  expect(parse(text, { version: '1.1' })).toEqual(manifest);
});

test('everything else is written as before', () => {
  const manifest = { apiVersion: 'v1', data: { lines: 'a\nb\n', unicode: 'ž🔑\u00a0', quoted: 'yes' } };
  expect(write(manifest)).toBe(stringify(manifest, { version: '1.1', lineWidth: 0 }));
});

test('what is written is read as it was', () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...DISPUTED, '\n', '\\', '"', '\'', ' ', '\t'), fc.string({ unit: 'grapheme', maxLength: 3 }))).map(parts => parts.join(''));
  const map = (values: fc.Arbitrary<unknown>) => fc.dictionary(text, values, { noNullPrototype: true });
  fc.assert(fc.property(map(fc.oneof(text, fc.array(text), map(text))), (value) => {
    const written = write(value);
    for (const character of DISPUTED) expect(written).not.toContain(character);
    expect(parse(written, { version: '1.1' })).toEqual(value);
  }), { numRuns: 500 });
});

test('a whole synthesis writes it so', () => {
  const app = new App();
  const chart = new Chart(app, 'ai', { namespace: 'ai' });
  ApiObject.of(new AIGateway(chart, 'gateway')).metadata.addAnnotation('note', 'a\u2028b\x7f');
  const text = app.synthYaml();
  expect(text).toContain('"a\\u2028b\\u007f"');
  expect(text).not.toMatch(/[\u2028\x7f]/);
});
