import { crdsAvailable } from './release-set';

let told = false;

/**
 * A group of tests that needs the CRD files; without them it is skipped, and one line in each test file says so. The
 * function that declares the tests runs either way, so judges are loaded inside the tests.
 */
export function describeWithCrds(name: string, tests: () => void): void {
  if (crdsAvailable()) {
    describe(name, tests);
    return;
  }
  if (!told) {
    told = true;
    process.stderr.write('CRD judge: skipped, no CRD folder (set CRDS_DIR)\n');
  }
  describe.skip(name, tests);
}
