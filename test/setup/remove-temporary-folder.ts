import * as fs from 'fs';

/** The end of what `temporary-folder.ts` began. */
export default function removeTemporaryFolder(): void {
  fs.rmSync(process.env.TEST_TMPDIR!, { recursive: true, force: true });
}
