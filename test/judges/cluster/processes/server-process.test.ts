import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess, temporaryFolder } from './server-process';

/** Writes its process id, for tests to look whether it lives. */
const SLEEPER = ['-c', 'echo $$ > pid; exec sleep 600'];
const STARTER = `
  const { ServerProcess, temporaryFolder } = require(process.argv[1]);
  const folder = temporaryFolder('test');
  const started = ServerProcess.start({ name: 'sleeper', program: 'sh', args: ${JSON.stringify(SLEEPER)}, folder });
  const written = () => require('node:fs').existsSync(folder + '/pid') && require('node:fs').readFileSync(folder + '/pid', 'utf8').trim();
  started.ready(async () => Boolean(written()), 20).then(() => {
    process.stdout.write(written() + ' ' + folder + '\\n');
    if (process.argv[2] !== 'end') setInterval(() => {}, 1000);
  });`;

test('a stopped program is gone, and its folder with it', async () => {
  const folder = temporaryFolder('test');
  const started = ServerProcess.start({ name: 'sleeper', program: 'sh', args: SLEEPER, folder });
  await started.ready(async () => pidIn(folder) !== undefined, 20);
  const pid = pidIn(folder)!;
  await started.stop();
  expect([lives(pid), existsSync(folder)]).toEqual([false, false]);
});

test.each([
  ['ends by itself', 'sh', ['-c', 'echo reason; exit 3'], /^broken ended: exit code 3\nreason$/],
  ['does not exist', 'no-such-program', [], /^broken ended: .*ENOENT/],
])('a program that %s is told with its log', async (_, program, args, message) => {
  const folder = temporaryFolder('test');
  const started = ServerProcess.start({ name: 'broken', program, args, folder });
  await expect(started.ready(async () => false, 20)).rejects.toThrow(message);
  await started.stop();
  expect(existsSync(folder)).toBe(false);
});

test.each(['end', 'SIGINT', 'SIGKILL'] as const)('what nobody stopped ends with the process that started it: %s', async how => {
  const starter = spawn(process.execPath, ['--import', 'tsx', '-e', STARTER, join(__dirname, 'server-process.ts'), how], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid, folder] = String((await once(starter.stdout, 'data'))[0]).trim().split(' ');
  if (how !== 'end') starter.kill(how);
  while (existsSync(folder)) await new Promise(resolve => setTimeout(resolve, 20));
  // The folder goes after the program.
  expect(lives(Number(pid))).toBe(false);
});

function pidIn(folder: string): number | undefined {
  const file = join(folder, 'pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return pid === 0 ? undefined : pid;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
