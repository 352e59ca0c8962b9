import { PRODUCTS, productName } from './arbitraries/products';
import { choiceName, CREDENTIALS, LEAST_PER_PAIR, slotOf, WHOLE_RUN } from './arbitraries/slots';
import { NEVER_MADE } from './coverage';
import { parsed, printed } from './json';
import { keptPrograms } from './kept';
import { PROVIDER_KINDS } from './program';
import { run } from './run';
import { describeWithCrds } from '../judges/crd/judge';

/** `npm run test:generated` judges many more of them, with another seed, and by a real API server. */
const COUNT = 60;
const SEED = 1;

describeWithCrds('generated programs', () => {
  test.each(keptPrograms())('$name stays mended', async (kept) => {
    expect((await run({ seed: SEED, numbers: [], kept: [kept] })).failures).toEqual([]);
  });

  test(`${COUNT} of them keep the promise`, async () => {
    // Spread over all slots.
    const slots = PRODUCTS.length * CREDENTIALS.length;
    const numbers = Array.from({ length: COUNT }, (_, index) => Math.floor(index * slots / COUNT));
    const { failures, made, refused } = await run({ seed: SEED, numbers });
    expect(failures.map(({ name, program, complaints }) => `${name}:\n${complaints.join('\n')}\n${printed(program)}`)).toEqual([]);
    expect(made + refused).toBe(COUNT);
    expect(made).toBeGreaterThan(COUNT / 2);
    expect(refused).toBeGreaterThan(0);
  }, 120_000);
});

test('a program is the same after it was kept', () => {
  const [kept] = keptPrograms();
  expect(parsed(printed(kept.program))).toEqual(kept.program);
  const strange = { ...kept.program, syncWave: NaN, raws: [] };
  expect(parsed(printed(strange))).toEqual(strange);
});

test('slots go round all pairs of a credential and a product, and all takers of a credential', () => {
  const slots = Array.from({ length: WHOLE_RUN }, (_, number) => slotOf(number));
  const counts = new Map(PRODUCTS.flatMap(product => [...PROVIDER_KINDS, ...CREDENTIALS.map(choiceName)].map(name => [`${name} on ${productName(product)}`, { all: 0, good: 0 }])));
  for (const { cluster, providers, spoilt } of slots) {
    for (const name of new Set(providers.flatMap(({ kind, credential }) => [kind, choiceName(credential)]))) {
      const count = counts.get(`${name} on ${productName(cluster)}`)!;
      count.all++;
      if (!spoilt) count.good++;
    }
  }
  expect([...counts].filter(([, { all }]) => all < LEAST_PER_PAIR)).toEqual([]);
  // Of those that can be made some are refused for something else.
  expect([...counts].filter(([pair, { good }]) => good <= LEAST_PER_PAIR && !NEVER_MADE.has(pair))).toEqual([]);
});
