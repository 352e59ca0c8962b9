import { SECRET_NAME } from './credential-codes';
import { Problem } from '../findings/finding';
import { CredentialIntent, SecretSource } from '../intent';
import { isUnresolved } from '../synthesis/unresolved';

/** A credential as intent, with what is wrong with it whatever the platform. */
export function declared<T extends CredentialIntent>(
  prop: string, intent: T, sources: readonly SecretSource[], problems: readonly Problem[] = [],
): T {
  const own = [...problems, ...sources.flatMap(declarationProblems)].map(problem => ({ ...problem, prop }));
  // What is wrong with a file is found in the file, not in a property.
  const inFiles = sources.flatMap(source => (source.kind === 'sops' || source.kind === 'sealed' ? source.problems : []));
  return { ...intent, prop, problems: [...own, ...inFiles] };
}

/** Whether a value has a form. What is known only later is neither right nor wrong. */
export function fits(value: string | undefined, form: RegExp): boolean {
  return value === undefined || isUnresolved(value) || form.test(value);
}

/** DNS subdomain of at most 253 characters. */
const SECRET_NAME_FORM = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function declarationProblems(source: SecretSource): readonly Problem[] {
  if (source.kind === 'external') return source.problems ?? [];
  if (source.kind !== 'existing' || fits(source.name, SECRET_NAME_FORM)) return [];
  return [{
    definition: SECRET_NAME,
    // Without the value: it is the key itself where somebody took the name of the Secret for it.
    message: source.name === '' ? 'names no Secret' : 'names a Secret with something that is no Kubernetes name',
    value: source.name === '' ? '' : undefined,
    fix: 'give the name of the Secret: lower-case letters, digits, "-" and ".", at most 253 characters',
  }];
}
