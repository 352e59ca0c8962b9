import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { need, TEXT } from './misuse';
import { POLICY_INVALID } from './policy-codes';
import { Problem } from '../findings/finding';
import type { CompiledPolicy, Front, PolicyDocument } from '../policy';

/** Most that a ConfigMap holds, with room for its metadata. */
const LONGEST_TEXT = 1_000_000;

/** What is known of a policy once its front is. */
export interface LoadedPolicy {
  readonly policy?: CompiledPolicy;
  readonly problems: readonly Problem[];
}

/**
 * Who may use which model, what must not leave in a prompt, whose key pays.
 *
 * The policy is checked at synthesis by the code that the policy server runs. The guide on policies has its format.
 */
export class Policy {
  /**
   * A policy in a file of the repository, YAML or JSON, that goes into the cluster as it stands.
   *
   * @param path relative to the working directory of the program, or absolute
   */
  public static fromFile(path: string): Policy {
    need('Policy.fromFile()', 'path', path, TEXT);
    let bytes: Buffer;
    try {
      bytes = readFileSync(resolve(path));
    } catch {
      return new Policy(undefined, path);
    }
    try {
      // Replacing what is not UTF-8 would change patterns, which then match nothing.
      return new Policy(new TextDecoder('utf-8', { fatal: true }).decode(bytes), path);
    } catch {
      return new Policy(undefined, path, 'is not UTF-8 text');
    }
  }

  /** A policy as text, YAML or JSON. */
  public static fromText(text: string): Policy {
    need('Policy.fromText()', 'text', text, TEXT);
    return new Policy(text, undefined);
  }

  private constructor(
    private readonly text: string | undefined,
    private readonly path: string | undefined,
    /** Why there is no text, where the file is there. */
    private readonly unfit?: string,
  ) {}

  /** @internal */
  public get _text(): string {
    return this.text ?? '';
  }

  /** @internal */
  public get _hash(): string {
    return createHash('sha256').update(this._text).digest('hex').slice(0, 16);
  }

  /**
   * The front where none is chosen: the simpler one, unless only the other can do what the policy wants.
   *
   * @internal
   */
  public get _front(): Front {
    const { value } = this.parsed();
    const { rules, tenant } = (value ?? {}) as Partial<PolicyDocument>;
    const needsExtProc = (Array.isArray(rules) && rules.some(rule => rule?.action === 'redact')) || tenant?.claim !== undefined;
    return needsExtProc ? 'ext_proc' : 'ext_authz';
  }

  /** @internal */
  public _load(front: Front): LoadedPolicy {
    if (this.unfit !== undefined) return { problems: [this.problem(this.unfit, this.path, 'save it as UTF-8')] };
    if (this.text === undefined) {
      return { problems: [this.problem('cannot be read', this.path, 'give the path of a file that exists, relative to where the program runs')] };
    }
    if (Buffer.byteLength(this.text) > LONGEST_TEXT) {
      return { problems: [this.problem('is larger than what a ConfigMap holds', `${Buffer.byteLength(this.text)} bytes`, 'make it shorter than 1 MB')] };
    }
    const { value, problems } = this.parsed();
    if (problems.length > 0) return { problems: problems.map(({ message, fix }) => this.problem(message, undefined, fix)) };
    const compiled = core().compilePolicy(value, front);
    return {
      policy: compiled.policy,
      problems: compiled.problems.map(({ path, message, value: got, fix }) => this.problem(`has something wrong: ${path || 'it'} ${message}`, got, fix)),
    };
  }

  private parsed() {
    return core().parsePolicyText(this._text);
  }

  private problem(message: string, value: unknown, fix: string): Problem {
    const where = this.path === undefined || value === this.path ? '' : ` (${this.path})`;
    return { definition: POLICY_INVALID, prop: 'policy', message: `${message}${where}`, value, fix };
  }
}

/** Only programs with a policy point need it, and it brings an engine for patterns along. */
function core(): typeof import('../policy') {
  return require('../policy');
}
