import { spawn } from 'node:child_process';

/** An entry of a secret store. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly version?: string;
}

export interface Question {
  readonly externalSecret: object;
  readonly store: readonly Entry[];
  /** What the Secret holds before. */
  readonly existing?: { readonly [key: string]: string };
  /** What reads the Secret afterwards, and under which data key. */
  readonly reader?: 'aws' | 'google';
  readonly readKey?: string;
}

export interface Answer {
  /** Why the operator's webhook refuses the object. */
  readonly refused?: string;
  /** Why the operator writes nothing. */
  readonly error?: string;
  /** The Secret that is written. */
  readonly name?: string;
  readonly data?: { readonly [key: string]: string };
  /** What the reader takes from it. */
  readonly read?: { readonly [name: string]: string };
  readonly readError?: string;
}

/** What External Secrets Operator makes of ExternalSecrets, all in one run of `program`. */
export async function askOperator(program: string, questions: readonly Question[]): Promise<Answer[]> {
  const output = await run(program, JSON.stringify(questions));
  const answers = JSON.parse(output) as (Answer & { data?: { [key: string]: string } })[];
  return answers.map(({ data, ...rest }) => ({
    ...rest,
    ...(data && { data: Object.fromEntries(Object.entries(data).map(([key, bytes]) => [key, Buffer.from(bytes, 'base64').toString('utf8')])) }),
  }));
}

function run(program: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, { stdio: ['pipe', 'pipe', 'pipe'], timeout: 60_000 });
    let output = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => output += text);
    child.stderr.setEncoding('utf8').on('data', (text: string) => complaints += text);
    child.on('error', reject).on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ended with ${signal ?? code}: ${complaints}`));
    });
    child.stdin.on('error', () => undefined).end(input);
  });
}
