/** Runs a program whose warnings are asserted as findings, or are none of the test's business: synthesis also prints them. */
export function silently<T>(run: () => T): T {
  const { write } = process.stderr;
  process.stderr.write = () => true;
  try {
    return run();
  } finally {
    process.stderr.write = write;
  }
}
