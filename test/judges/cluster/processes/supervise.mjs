// Runs one program and ends it when the process that asked for it ends, however that happens: then the pipe to our
// standard input closes. Usage: node supervise.mjs <folder> <program> [argument …]
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [folder, program, ...args] = process.argv.slice(2);
const log = openSync(join(folder, 'log'), 'a');
const child = spawn(program, args, { cwd: folder, stdio: ['ignore', log, log] });

let running = true;
let wanted = true;
child.on('error', error => ended(String(error)));
child.on('exit', (code, signal) => ended(signal ?? `exit code ${code}`));
process.stdin.resume().on('close', () => {
  wanted = false;
  // What it holds is thrown away, so there is nothing to wait for.
  child.kill('SIGKILL');
  leave();
});
// A signal to the whole group of processes is for the one that asked; the pipe tells us when it is gone.
process.on('SIGINT', () => {}).on('SIGTERM', () => {}).on('SIGHUP', () => {});

function ended(how) {
  running = false;
  // Its log stays until nobody wants it any more.
  if (wanted) process.stdout.write(how);
  leave();
}

function leave() {
  if (running || wanted) return;
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
