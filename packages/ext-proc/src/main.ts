import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCases, runCase } from './cases';
import { Log } from './log';
import { inFile, loadPolicy, parseText, readPolicyFile } from './policy-file';
import { serve } from './serve';
import { parseServeOptions } from './serve-options';
import { Front } from '../../../src/policy';

const PROGRAM = 'cdk8s-ai-gateway-policy-server';
const HELP: readonly (string | undefined)[] = ['help', '--help', '-h'];
const USAGE = `Usage:
  ${PROGRAM} check POLICY [--front ext_proc|ext_authz]
  ${PROGRAM} test POLICY CASES [--front ext_proc|ext_authz]
  ${PROGRAM} serve --policy FILE (--ext-authz-port N | --ext-proc-port N) [--keys FOLDER] [--ops-port N] [--audit all|denied|none]

Exits with 0 if all is well, 1 if a file is wrong or a case is not as expected, 2 if it is called in another way.
`;

/** A call that the program does not understand. */
class UsageError extends Error {
  constructor(message: string) {
    super(`${message}\n${USAGE.trimEnd()}`);
  }
}

async function main([command, ...args]: readonly string[]): Promise<number> {
  if (HELP.includes(command) || args.some(argument => HELP.includes(argument))) {
    print(USAGE);
    return 0;
  }
  switch (command) {
    case 'serve': return runServer(args);
    case 'check': {
      const { files: [policy], front } = fileArguments(args, 1);
      inFile(policy, () => loadPolicy(readText(policy), [front]));
      print(`${policy}: right for ${front}\n`);
      return 0;
    }
    case 'test': {
      const { files: [policy, cases], front } = fileArguments(args, 2);
      return testPolicy(policy, cases, front);
    }
    case undefined: throw new UsageError('no command is given');
    default: throw new UsageError(`"${command}" is no command`);
  }
}

function fileArguments(args: readonly string[], count: number): { files: string[]; front: Front } {
  const { positionals, front } = readArguments(args);
  if (front !== 'ext_proc' && front !== 'ext_authz') throw new UsageError(`--front is not ext_proc or ext_authz, got ${front}`);
  if (positionals.length !== count) throw new UsageError(`expected ${count === 1 ? 'one file' : `${count} files`}, got ${positionals.length}`);
  return { files: positionals, front };
}

function readArguments(args: readonly string[]): { positionals: string[]; front: string } {
  try {
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options: { front: { type: 'string' } } });
    return { positionals, front: values.front ?? 'ext_proc' };
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

function readText(file: string): string {
  try {
    return readPolicyFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}); give the path of a file that exists`);
  }
}

function testPolicy(policyFile: string, casesFile: string, front: Front): number {
  const policy = inFile(policyFile, () => loadPolicy(readText(policyFile), [front])).fronts[front]!;
  const cases = inFile(casesFile, () => readCases(parseText(readText(casesFile))));
  let failed = 0;
  for (const one of cases) {
    const failures = runCase(policy, one);
    if (failures.length > 0) failed++;
    print(`${failures.length === 0 ? 'ok  ' : 'FAIL'} ${one.name}\n${failures.map(failure => `       ${failure}\n`).join('')}`);
  }
  print(`${cases.length - failed} of ${cases.length} cases as expected\n`);
  return failed === 0 ? 0 : 1;
}

async function runServer(args: readonly string[]): Promise<number> {
  const options = parseServeOptions(args);
  // Node makes an error of every stream that Envoy resets, which is nearly each; the log holds no traces anyway.
  Error.stackTraceLimit = 0;
  const log = new Log(print, options.audit);
  const server = await serve(options, log);
  // What is not caught anywhere must not leave calls hanging: dying refuses them at once.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('unexpected', { error: error instanceof Error ? error.name : typeof error });
      process.exit(70);
    });
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    process.on('SIGHUP', () => server.reload());
  });
  await server.drain();
  log.flush();
  return 0;
}

/** Synchronous, so that a refusal is on record before it is answered. */
function print(text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    }
  }
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  if (code === 0 && process.argv[2] === 'serve') process.exit(0);
}, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
