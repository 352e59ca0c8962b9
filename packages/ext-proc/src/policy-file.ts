import { readFileSync } from 'node:fs';
import { ActivePolicy, hashOf } from './guard';
import { CompiledPolicy, compilePolicy, Front, parsePolicyText, PolicyProblem } from '../../../src/policy';

const LONGEST_POLICY = 4 * 1024 * 1024;

export class PolicyError extends Error {
  constructor(public readonly problems: readonly PolicyProblem[]) {
    super(problems.map(formatPolicyProblem).join('\n'));
  }
}

export function formatPolicyProblem({ path, message, value, fix }: PolicyProblem): string {
  const got = value === undefined ? '' : `, got ${JSON.stringify(value).slice(0, 120)}`;
  return `'${path === '' ? 'policy' : path}' ${message}${got}; ${fix}`;
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
  const text = readFileSync(file, 'utf8');
  if (text.length > LONGEST_POLICY) throw new PolicyError([{ path: '', message: 'is larger than 4 MiB', fix: 'split it' }]);
  return text;
}
