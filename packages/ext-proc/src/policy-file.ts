import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { ActivePolicy, hashOf } from './guard';
import { CompiledPolicy, compilePolicy, Front, PolicyProblem } from '../../../src/policy';

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

/** YAML, or JSON, which is YAML as well; here one key stands once. */
export function parsePolicyText(text: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true, schema: 'core', prettyErrors: false });
  if (document.errors.length > 0) {
    throw new PolicyError([{ path: '', message: `is no YAML: ${document.errors[0].message}`, fix: 'correct it' }]);
  }
  return document.toJS({ maxAliasCount: 100 });
}

/** @throws PolicyError with everything that is wrong */
export function loadPolicy(text: string, fronts: readonly Front[]): ActivePolicy {
  const value = parsePolicyText(text);
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
