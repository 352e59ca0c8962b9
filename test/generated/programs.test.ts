import { PRODUCTS, productName } from './arbitraries/products';
import { choiceName, CREDENTIALS, slotOf } from './arbitraries/slots';
import { parsed, printed } from './json';
import { keptPrograms } from './kept';
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
  const slots = Array.from({ length: 1000 }, (_, number) => slotOf(number));
  const counts = new Map(PRODUCTS.flatMap(product => CREDENTIALS.map(choice => [`${choiceName(choice)} on ${productName(product)}`, 0])));
  for (const { cluster, credential, second } of slots) {
    for (const choice of new Set([credential, second])) {
      const pair = `${choiceName(choice)} on ${productName(cluster)}`;
      counts.set(pair, counts.get(pair)! + 1);
    }
  }
  expect([...counts].filter(([, count]) => count < 5)).toEqual([]);
  expect(new Set(slots.map(({ provider }) => provider)).size).toBe(13);
});
