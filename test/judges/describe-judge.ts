const PREFIX = 'judge: ';
const told = new Set<string>();

/**
 * A group of tests that is a judge of its own: a row in the table that ends a run of all judges, where each test is a
 * case. With a reason it is skipped, and one line in each test file says so. The function that declares the tests runs
 * either way, so what they need is loaded inside the tests.
 */
export function describeJudge(judge: string, tests: () => void, skipped?: string): void {
  if (skipped === undefined) {
    describe(PREFIX + judge, tests);
    return;
  }
  if (!told.has(judge)) {
    told.add(judge);
    process.stderr.write(`${judge}: skipped, ${skipped}\n`);
  }
  describe.skip(PREFIX + judge, tests);
}
