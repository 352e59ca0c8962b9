import { CREDENTIALS, RELEASES, slotOf } from './arbitraries/slots';
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
    const slots = RELEASES.length * CREDENTIALS.length;
    const numbers = Array.from({ length: COUNT }, (_, index) => Math.floor(index * slots / COUNT));
    const { failures, made, refused } = await run({ seed: SEED, numbers });
    expect(failures.map(({ name, program, complaints }) => `${name}:\n${complaints.join('\n')}\n${printed(program)}`)).toEqual([]);
    expect(made + refused).toBe(COUNT);
    expect(made).toBeGreaterThan(0.6 * COUNT);
    expect(refused).toBeGreaterThan(0);
  }, 120_000);
});

test('a program is the same after it was kept', () => {
  const [kept] = keptPrograms();
  expect(parsed(printed(kept.program))).toEqual(kept.program);
  const strange = { ...kept.program, syncWave: NaN, raws: [] };
  expect(parsed(printed(strange))).toEqual(strange);
});

test('slots go round all pairs of a credential and a release, and all takers of a credential', () => {
  const slots = Array.from({ length: 1000 }, (_, number) => slotOf(number));
  for (const release of RELEASES) {
    for (const { kind, form } of CREDENTIALS) {
      const own = slots.filter(slot => slot.cluster.release === release && slot.credential.kind === kind && slot.credential.form === form);
      expect(own.length).toBeGreaterThanOrEqual(5);
    }
  }
  expect(new Set(slots.map(({ provider }) => provider)).size).toBe(13);
});
