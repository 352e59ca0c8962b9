import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/**
 * `Testing.app()` makes a temporary folder each time and leaves it. Tests make
 * apps by the ten thousand, so a run has a folder for all of them and removes it.
 */
export default function makeTemporaryFolder(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-ai-gateway-test-'));
  process.env.TMPDIR = folder;
  process.env.TEST_TMPDIR = folder;
}
