import { readFileSync } from 'node:fs';
import { ActivePolicy, hashOf } from './guard';
import { CompiledPolicy, compilePolicy, Front, parsePolicyText, PolicyProblem } from '../../../src/policy';

const LONGEST_POLICY = 4 * 1024 * 1024;

export class PolicyError extends Error {
  /** @param file what the lines begin with, where there are several files */
  constructor(public readonly problems: readonly PolicyProblem[], file?: string) {
    super(problems.map(problem => formatPolicyProblem(problem, file)).join('\n'));
  }
}

export function formatPolicyProblem({ path, message, value, fix }: PolicyProblem, file?: string): string {
  const got = value === undefined ? '' : `, got ${JSON.stringify(value).slice(0, 120)}`;
  const subject = path !== '' ? `'${path}' ` : file === undefined ? '\'policy\' ' : '';
  return `${file === undefined ? '' : `${file}: `}${subject}${message}${got}; ${fix}`;
}

/** Says of what is wrong in which file it is. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof PolicyError ? new PolicyError(error.problems, file) : error;
  }
}

/** @throws PolicyError */
export function parseText(text: string): unknown {
  const { value, problems } = parsePolicyText(text);
  if (problems.length > 0) throw new PolicyError(problems);
  return value;
}

/** @throws PolicyError with everything that is wrong */
export function loadPolicy(text: string, fronts: readonly Front[]): ActivePolicy {
  const value = parseText(text);
  const compiled: { [front in Front]?: CompiledPolicy } = {};
  for (const front of fronts) {
    const { policy, problems } = compilePolicy(value, front);
    if (!policy) throw new PolicyError(problems);
    compiled[front] = policy;
  }
  return { hash: hashOf(text), fronts: compiled, maxBodyBytes: Math.max(...Object.values(compiled).map(({ maxBodyBytes }) => maxBodyBytes)) };
}

export function readPolicyFile(file: string): string {
  const bytes = readFileSync(file);
  if (bytes.length > LONGEST_POLICY) throw new PolicyError([{ path: '', message: 'is larger than 4 MiB', fix: 'split it' }]);
  try {
    // Replacing what is not UTF-8 would change patterns, which then match nothing.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PolicyError([{ path: '', message: 'is not UTF-8 text', fix: 'save it as UTF-8' }]);
  }
}
