import { ModelTargetIntent, TargetIntent } from '../../../src/intent';
import { flattenTarget } from '../../../src/platforms/envoy-ai-gateway/targets';

const model = (name: string): ModelTargetIntent => ({ kind: 'model', provider: { name, path: name } });
const split = (...members: [TargetIntent, number][]): TargetIntent => ({ kind: 'split', members: members.map(([target, weight]) => ({ target, weight })) });
const chain = (...levels: TargetIntent[]): TargetIntent => ({ kind: 'fallback', levels });

function shape(target: TargetIntent) {
  const { levels, problems } = flattenTarget(target, 'target');
  return {
    levels: levels.map(level => level.map(m => (m.weight === undefined ? m.target.provider.name : `${m.target.provider.name}*${m.weight}`)).join(' ')),
    codes: problems.map(p => p.definition.code),
  };
}

test.each<[string, TargetIntent, string[]]>([
  ['a model', model('a'), ['a']],
  ['a chain', chain(model('a'), model('b'), model('c')), ['a', 'b', 'c']],
  ['a chain in a chain', chain(model('a'), chain(model('b'), model('c'))), ['a', 'b', 'c']],
  ['a split', split([model('a'), 90], [model('b'), 10]), ['a*90 b*10']],
  ['a member without traffic', split([model('a'), 1], [model('b'), 0]), ['a*1 b*0']],
  ['a split inside a level', chain(split([model('a'), 1], [model('b'), 3]), model('c')), ['a*1 b*3', 'c']],
  ['a split as fallback', chain(model('a'), split([model('b'), 1], [model('c'), 1])), ['a', 'b*1 c*1']],
  ['a split in a split', split([model('a'), 1], [split([model('b'), 1], [model('c'), 2]), 1]), ['a*3 b*1 c*2']],
  ['splits in a split', split([split([model('a'), 1], [model('b'), 1]), 50], [split([model('c'), 1], [model('d'), 2]), 50]), ['a*150 b*150 c*100 d*200']],
])('%s', (_, target, levels) => {
  expect(shape(target)).toEqual({ levels, codes: [] });
});

test('shares of an inner split add up to the outer share', () => {
  const { levels } = flattenTarget(split([model('a'), 30], [split([model('b'), 7], [model('c'), 3]), 70]), 'target');
  const [a, b, c] = levels[0].map(m => m.weight!);
  expect(a / (a + b + c)).toBeCloseTo(0.3);
  expect(b / (a + b + c)).toBeCloseTo(0.49);
});

test('a split of chains is refused, with the form that works', () => {
  const { problems } = flattenTarget(split([chain(model('a'), model('x')), 1], [model('b'), 1]), 'target');
  expect(problems).toMatchObject([{ definition: { code: 'NOT_EXPRESSIBLE' }, fix: expect.stringContaining('fallbackTo() on the split') }]);
});

test('an empty split is refused', () => {
  expect(shape(split())).toEqual({ levels: [''], codes: ['EMPTY_SPLIT'] });
});
