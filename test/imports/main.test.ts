import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

function runWithoutFolder(...args: string[]) {
  const env = { ...process.env, CRDS_DIR: join(root, 'test', 'imports', 'no-such-folder') };
  return spawnSync(process.execPath, [require.resolve('tsx/cli'), 'scripts/imports/main.ts', ...args], { cwd: root, env, encoding: 'utf8' });
}

test('the check is skipped with a line that says so when there is no CRD folder', () => {
  const { status, stdout } = runWithoutFolder('--check');
  expect(stdout).toBe('skipped: no CRD folder (set CRDS_DIR)\n');
  expect(status).toBe(0);
});

test('generating without a CRD folder fails', () => {
  expect(runWithoutFolder().status).toBe(1);
});

test('an unknown argument is refused', () => {
  const { status, stderr } = runWithoutFolder('--chekc');
  expect(stderr).toContain('unknown argument "--chekc"');
  expect(status).toBe(2);
});
