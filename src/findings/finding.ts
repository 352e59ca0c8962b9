import { keyShape } from './key-shapes';

/** Errors stop synthesis; warnings are printed to stderr. */
export type Severity = 'error' | 'warning';

/**
 * What one code means. The documentation page of error codes is generated from
 * these definitions, so each text is a complete sentence a reader can act on.
 */
export interface CodeDefinition {
  /** Stable name in capitals, such as `SECRET_KEY_MISSING`. */
  readonly code: string;
  readonly severity: Severity;
  /** One line, no full stop: the heading of the documentation entry. */
  readonly title: string;
  /** What in a program or manifest leads to it. */
  readonly cause: string;
  /** What happens in production when it is ignored. */
  readonly consequence: string;
  /** The smallest change that helps. */
  readonly fix: string;
  /**
   * True where the API server or a controller refuses the manifest: an
   * acknowledgement would only move the failure, so it is not accepted.
   */
  readonly final?: boolean;
  /**
   * True for what a schema says of any field: it is not told of a text or number about
   * which another error speaks.
   */
  readonly generic?: boolean;
  /** Codes that see the same mistake in manifests, and are not told where this one speaks of the same property or value. */
  readonly covers?: readonly string[];
}

/** Something wrong with one property, before it is known which construct it concerns. */
export interface Problem {
  readonly definition: CodeDefinition;
  /** Property of the construct, or path in the manifest, such as `spec.rules[2].matches`. */
  readonly prop?: string;
  /** What is wrong with it, without subject: `is not an AWS region`. */
  readonly message: string;
  /** The offending value. Never a secret. */
  readonly value?: unknown;
  /** What to do, in the imperative: `use a name such as "us-east-1"`. */
  readonly fix: string;
}

/** Before a code: the annotation of a manifest that accepts a finding, with the reason as its value. */
export const ACKNOWLEDGE_ANNOTATION = 'cdk8s-ai-gateway/acknowledge-';

const LONGEST_VALUE = 120;
/** More than is shown, and few enough to search. */
const FAR_LONGER = 10 * LONGEST_VALUE;
/** The user of a URL, with a password perhaps; a digest stands behind an `@` too. */
const USER_OF_URL = /(\w:\/\/|(?<![^\s"']))[^/\s"'@]*:[^/\s"'@]*@(?!sha256:)/g;

/** `'<prop>' <what is wrong>, got <value>; <what to do> [CODE]`. */
export function formatProblem(problem: Problem): string {
  const subject = problem.prop ? `'${problem.prop}' ` : '';
  const got = problem.value === undefined ? '' : `, got ${formatValue(problem.value)}`;
  return `${subject}${problem.message}${got}; ${problem.fix} [${problem.definition.code}]`;
}

/** A value as a reader of a one-line message wants it: JSON, on one line, cut, and without credentials. */
export function formatValue(value: unknown): string {
  // JSON has no NaN and no infinity, and calls them null.
  if (typeof value === 'number') return String(value);
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined; // cyclic, or a BigInt
  }
  text ??= String(value);
  const credential = keyShape(text);
  if (credential !== undefined) return `what looks like ${credential} and is not shown`;
  text = text.slice(0, FAR_LONGER).replace(USER_OF_URL, '$1…@');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
