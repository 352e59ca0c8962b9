import { CodeDefinition, formatProblem, formatValue } from '../../src/findings/finding';

const definition: CodeDefinition = { code: 'A_CODE', severity: 'error', title: 't', cause: 'c', consequence: 'c', fix: 'f' };

test('a message names property, value, way out and code', () => {
  expect(formatProblem({ definition, prop: 'region', message: 'is no region', value: 'x', fix: 'use another' })).toBe('\'region\' is no region, got "x"; use another [A_CODE]');
  expect(formatProblem({ definition, message: 'is broken', fix: 'mend it' })).toBe('is broken; mend it [A_CODE]');
});

test.each<[string, unknown, string]>([
  ['text with quotes and line ends', 'a "b"\nc', '"a \\"b\\"\\nc"'],
  ['a list', ['a', 1], '["a",1]'],
  ['what JSON cannot say', 10n, '10'],
  ['nothing', null, 'null'],
])('%s stands on one line', (_, value, text) => {
  expect(formatValue(value)).toBe(text);
});

test('a cyclic value does not end in an error', () => {
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  expect(formatValue(cyclic)).toBe('[object Object]');
});

test('a long value is cut', () => {
  expect(formatValue('x'.repeat(500))).toHaveLength(121);
});

test('what looks like a credential is not shown, wherever it stands', () => {
  const key = ['s', 'k-', 'aB3dE5gH7jK9mN1pQ3sT5'].join('');
  for (const value of [key, { token: key }, [`Bearer ${key}`]]) {
    expect(formatValue(value)).toMatch(/^what looks like an? .* and is not shown$/);
    expect(formatValue(value)).not.toContain('aB3d');
  }
});
