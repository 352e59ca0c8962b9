import fc from 'fast-check';
import { BUILTIN_NAMES, builtinFinder, luhn } from '../../src/policy/builtins';

const CARD = '4111 1111 1111 1111';
const IBAN = 'DE89 3704 0044 0532 0130 00';

/** The text, and the parts of it that are found. */
const cases: readonly (readonly [builtin: string, text: string, found: readonly string[]])[] = [
  ['email', 'write to jane.doe+x@mail.example.co.uk, please', ['jane.doe+x@mail.example.co.uk']],
  ['email', 'a@b.co;c@d.org', ['a@b.co', 'c@d.org']],
  ['email', 'jürgen@münchen.example', ['jürgen@münchen.example']],
  ['email', 'user@localhost, @handle, a@b', []],
  ['email', `${'a'.repeat(70)}@b.co`, [`${'a'.repeat(64)}@b.co`]],
  ['credit-card', CARD, [CARD]],
  ['credit-card', '4111-1111-1111-1111', ['4111-1111-1111-1111']],
  ['credit-card', '378282246310005', ['378282246310005']],
  ['credit-card', `12 ${CARD} 7`, [CARD]],
  ['credit-card', '4111 1111 1111 1112', []],
  // Five away from a right checksum.
  ['credit-card', '4111 1111 1111 1116', []],
  ['credit-card', '0000 0000 0000 0000', []],
  ['credit-card', 'order 41111111111111111234567', []],
  ['us-ssn', 'SSN 536-90-4399.', ['536-90-4399']],
  ['us-ssn', '536 90 4399', ['536 90 4399']],
  ['us-ssn', '000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000', []],
  ['us-ssn', '1536-90-4399', []],
  ['iban', `pay ${IBAN} today`, [IBAN]],
  ['iban', 'gb82west12345698765432', ['gb82west12345698765432']],
  ['iban', 'DE88 3704 0044 0532 0130 00', []],
  ['phone', 'call +49 (30) 1234 5678 now', ['+49 (30) 1234 5678']],
  ['phone', '(415) 555-2671 or 415-555-2671', ['(415) 555-2671', '415-555-2671']],
  ['phone', '2024-11-05, 12345678, 3.14159265', []],
  ['api-key', `key sk-proj-${'aB3'.repeat(10)}!`, [`sk-proj-${'aB3'.repeat(10)}`]],
  ['api-key', 'AKIAIOSFODNN7EXAMPLE', ['AKIAIOSFODNN7EXAMPLE']],
  ['api-key', `ghp_${'x'.repeat(36)}`, [`ghp_${'x'.repeat(36)}`]],
  ['api-key', 'risk-free task-force', []],
  ['private-key', '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nbye', ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----']],
  ['private-key', '-----BEGIN PRIVATE KEY-----\\nabc', ['-----BEGIN PRIVATE KEY-----\\nabc']],
  ['private-key', '-----BEGIN PUBLIC KEY-----', []],
];

test.each(cases)('%s in "%s"', (builtin, text, found) => {
  expect(builtinFinder(builtin)(text).map(({ start, end }) => text.slice(start, end))).toEqual(found);
});

test('each builtin has a case that is found and one that is not', () => {
  expect([...new Set(cases.filter(([, , found]) => found.length > 0).map(([name]) => name))].sort()).toEqual([...BUILTIN_NAMES].sort());
  expect([...new Set(cases.filter(([, , found]) => found.length === 0).map(([name]) => name))].sort()).toEqual([...BUILTIN_NAMES].sort());
});

test('a card is found in any surroundings of words', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 }).map((rest) => {
    const start = `4${rest.join('')}`;
    return start + [...'0123456789'].find(last => luhn(start + last))!;
  });
  const words = fc.string({ unit: fc.constantFrom('a', 'Z', ' ', ',', 'é', '\n') });
  fc.assert(fc.property(words, digits, words, (before, card, after) => {
    const [span] = builtinFinder('credit-card')(`${before}${card}${after}`);
    expect(`${before}${card}${after}`.slice(span.start, span.end)).toBe(card);
  }));
});

test.each(BUILTIN_NAMES)('%s gives spans in order that do not overlap', (name) => {
  const text = fc.string({ unit: fc.constantFrom('4', '1', '-', ' ', '@', 'a', '.', '+', 'DE89', 'sk-', '-----BEGIN PRIVATE KEY-----', CARD, IBAN) });
  fc.assert(fc.property(text, (value) => {
    let end = 0;
    for (const span of builtinFinder(name)(value)) {
      expect(span.start).toBeGreaterThanOrEqual(end);
      expect(span.end).toBeGreaterThan(span.start);
      end = span.end;
    }
  }));
});

/** Text made to be hard: a search that goes back and forth would need hours for a million characters, and the test would end. */
test.each(BUILTIN_NAMES)('%s takes hard text in its stride', (name) => {
  for (const part of ['a', '1', '1 ', '+1', 'a@', 'a@a.', 'DE89', 'sk-a', '-----BEGIN PRIVATE KEY-----', '4111-']) {
    expect(Array.isArray(builtinFinder(name)(part.repeat(Math.ceil(300_000 / part.length))))).toBe(true);
  }
});
