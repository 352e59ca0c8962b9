import * as fc from 'fast-check';

/** Names of Kubernetes, often as short or as long as they may be. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const inner = fc.constantFrom(...LETTERS, ...'0123456789', '-');
const outer = fc.constantFrom(...LETTERS, ...'0123456789');

function label(least: number, most: number): fc.Arbitrary<string> {
  return fc.tuple(outer, fc.array(inner, { minLength: Math.max(0, least - 2), maxLength: Math.max(0, most - 2) }), outer)
    .map(([first, middle, last]) => (most === 1 ? first : `${first}${middle.join('')}${last}`));
}

export const dnsLabel = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('openai', 'team-a', 'llm', 'models', 'prod-eu-1', '4chan', 'a--b') },
  { weight: 2, arbitrary: label(2, 20) },
  { weight: 1, arbitrary: label(63, 63) },
  { weight: 1, arbitrary: label(1, 1) },
);

/** @param longest such as 253, which every third one has */
export function dnsSubdomain(longest: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('openai', 'team-a.models', 'gpt-4o', 'x', 'a.b.c', '1.2.3.4') },
    { weight: 1, arbitrary: fc.array(label(2, 12), { minLength: 1, maxLength: 4 }).map(parts => parts.join('.')) },
    { weight: 1, arbitrary: fc.array(label(40, 60), { minLength: 7, maxLength: 7 }).map(parts => parts.join('.').slice(0, longest - 1).replace(/[-.]+$/, '')).map(text => text.padEnd(longest, 'x')) },
  );
}

/** A host in the Internet. */
export const hostname = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('llm.example.com', 'api.example.org', 'xn--bcher-kva.example', 'a.b', '3com.example', 'gw-1.eu.example.com') },
  { weight: 1, arbitrary: fc.array(label(2, 30), { minLength: 2, maxLength: 5 }).map(parts => `${parts.join('.')}.example`) },
  { weight: 1, arbitrary: fc.constant(`${['a', 'b', 'c'].map(letter => letter.repeat(63)).join('.')}.${'d'.repeat(61)}`) },
);

export const address = fc.constantFrom('10.0.0.7', '192.168.1.20', '2001:db8::1', 'fd00::a');

const SCRIPTS = ['模型', 'модель', 'نموذج', 'मॉडल', '🦙', 'ß', 'İ', 'ﬁ', 'e\u0301', '\u200b', '\u202e', '\u00a0'];

/** Names of models as vendors give them, and as nobody should. */
export const modelName = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5', 'meta-llama/Llama-3.3-70B-Instruct-Turbo', 'qwen2.5:0.5b', 'claude-sonnet-4@20250514', 'o3',
      'Phi_3.5 mini', 'models/gemini-2.5-flash', 'llama_3-', '-x', 'A', '1', 'true', 'null', '1e3', '0x10', '~', 'x.', '.x', 'a..b', '$model', '{{ .model }}', '*', 'a|b', '"quoted"', "it's", '#1', 'a: b', '- a', '%', '&x',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...LETTERS, ...LETTERS.toUpperCase(), ...'0123456789-_.:/@'), minLength: 1, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.nat(4).map(n => `long-${'x'.repeat(50 + 50 * n)}`) },
);

/** Text as people write it anywhere else, with everything that Unicode and YAML make difficult. */
export const anyText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('acme', 'org-abc', 'team: a', 'yes', 'no', 'on', '012', '1_000', '2025-01-01', '.5', '=', '?', '{a: b}', '[1]', '!x', '>', '|', '@a', '`', ' ', 'a b') },
  { weight: 2, arbitrary: fc.constantFrom(...SCRIPTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }) },
);

const headerWord = fc.constantFrom('x-team', 'x-request-source', 'X-Tenant', 'accept-language', 'x-1', 'x-a_b', 'traceparent', 'x-client!', 'x-z');
export const headerName = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(headerWord, fc.nat(99)).map(([word, n]) => `${word}-${n}`) },
  { weight: 1, arbitrary: fc.nat(9).map(n => `x-${n}-${'h'.repeat(252)}`) },
);

export const headerValue = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('blue', 'a, b;q=0.5', '1', 'true', 'W/"etag"', '~', 'a  b', '0123') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...LETTERS, ...' ;,=/'), minLength: 1, maxLength: 60 }).map(text => `v${text}v`) },
  { weight: 1, arbitrary: fc.nat(3).map(n => 'v'.repeat([1, 255, 1024, 4096][n])) },
);

export const json = fc.oneof(
  fc.constantFrom('0.7', '1e-3', '"text"', '""', 'true', 'null', '{}', '[]', '{"type":"json_object"}', '[1,"a",{"b":null}]', '"\\u0000"', '1e400', '-0', '"line\\nbreak"'),
  fc.jsonValue({ maxDepth: 2 }).map(value => JSON.stringify(value)),
);

/** Texts at or behind the edge of what anything allows. */
export const EDGY_TEXTS: readonly string[] = [
  '', ' ', 'a ', ' a', 'UPPER', 'under_score', '-a', 'a-', '.a', 'a.', 'a..b', 'a/b', 'a:b', 'https://a.example', 'a.example:443', 'a.example/v1', '*', '*.a.example',
  'localhost', '1.2.3.4', '256.1.1.1', '::1', '[::1]', 'a\nb', 'a\tb', '\0', '\u007f', '\u2028', '\ud800', '\ufeff', ...SCRIPTS,
  'x'.repeat(63), 'x'.repeat(64), 'x'.repeat(222), 'x'.repeat(223), 'x'.repeat(253), 'x'.repeat(254), 'x'.repeat(256), 'x'.repeat(257), 'x'.repeat(4096), 'x'.repeat(4097), 'x'.repeat(10_000),
  '${x}', '{{ .x }}', '$(x)', 'null', 'true', '0', '1e3', '0o17', '0x1F', '.inf', '~', '__proto__', 'constructor', 'toString', '(', '[a', 'a{1001}', '(?=a)', '\\', '%zz', 'authorization', 'x-api-key', 'host', ':path',
  '500m', '1Gi', '-1', '1.5.0', '1e99', 'envoy-gateway-system', 'ai-eg-x', 'route-not-found', 'default', 'kube-system', 'https://', 'arn:aws:iam::1:role/x', 'a@b', '2025-13-01',
];

export const EDGY_NUMBERS: readonly number[] = [
  0, 1, -1, 2, 15, 16, 17, 63, 64, 65, 99, 100, 127, 128, 300, 443, 599, 600, 999, 1000, 1001, 65_535, 65_536, 1_000_000, 1_000_001,
  2_097_151, 2_097_152, 4_194_303,
  99_999, 100_000, 2 ** 31 - 1, 2 ** 31, 359_996_400_000, 359_996_400_001, 2 ** 53, 1e21, 0.5, 1.5, NaN, Infinity,
];
