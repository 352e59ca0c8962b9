import { compiledAtOnce, withNamesOfClasses, withoutExplanations, withOwnNames } from '../../scripts/bundle/edits';

test.each([
  ['{ code: "A", title: "t", cause: `c`, consequence: "q", fix: "f" }', ['code', 'fix']],
  ['{ code: "A", fix: "f", consequence: "q", cause: "c", title: "t" }', ['code', 'fix']],
  ['{ title: "t", cause: "c", consequence: "q" }', ['title', 'cause', 'consequence']],
  ['{ code: "A", cause: "c" }', ['code', 'cause']],
])('only definitions of codes lose their explanations: %s', (definition, kept) => {
  expect(Object.keys(evaluated(withoutExplanations(`(${definition})`)) as object)).toEqual(kept);
});

test('a class that speaks of itself has its own name, and still does', () => {
  const made = evaluated(withOwnNames('var Policy = class _Policy { static make() { return new _Policy(); } again() { return _Policy.make(); } }; Policy')) as any;
  expect(made.name).toBe('Policy');
  expect(made.make().again()).toBeInstanceOf(made);
});

test('a class of another name keeps it', () => {
  const code = 'var Policy2 = class _Policy { static make() { return new _Policy(); } }; var Other = class {};';
  expect(withOwnNames(code)).toBe(code);
});

test.each([
  ['{ check(value) { return [value]; } }', 'check:(function'],
  ['{ *check(value) { yield value; } }', 'check:(function*'],
])('a check is a function in parentheses, and does the same: %s', (rule, written) => {
  const code = compiledAtOnce(`(${rule})`);
  expect(code).toContain(written);
  expect([...(evaluated(code) as { check(value: number): Iterable<number> }).check(1)]).toEqual([1]);
});

test.each(['({ async check() { await 1; } })', '({ other() {} })', 'class Rule { check() {} }'])('nothing else is: %s', (code) => {
  expect(compiledAtOnce(code)).toBe(code);
});

describe('names of classes', () => {
  const compiled = '    static [JSII_RTTI_SYMBOL_1] = { fqn: "some-package.Named", version: "1.0.0" };';

  test('are those that jsii gave', () => {
    const named = evaluated(withNamesOfClasses('class Named { x = 1; } class Other {} [Named, Other]', compiled)) as any[];
    expect(named.map(of => of[Symbol.for('jsii.rtti')])).toEqual([{ fqn: 'some-package.Named', version: '1.0.0' }, undefined]);
  });

  test('written in another way are refused', () => {
    expect(() => withNamesOfClasses('class Named {}', compiled.replace('fqn:', 'name:'))).toThrow('in another way');
  });
});

/** The value of the last expression. */
function evaluated(code: string): unknown {
  return (0, eval)(code);
}
