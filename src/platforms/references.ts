import { BAD_REFERENCE } from './codes';
import { Problem } from '../findings/finding';
import { isToken } from '../findings/token';

/** Names of objects that somebody else makes. */
export function named(prop: string, what: string, name: unknown, form: RegExp): Problem[] {
  // Values known only later, and those the CRD judges, are not ours.
  if (typeof name !== 'string' || isToken(name) || form.test(name)) return [];
  return [{
    definition: BAD_REFERENCE,
    prop,
    message: `is not a name ${what} can have`,
    value: name,
    fix: 'use lower-case letters, digits and "-", as `kubectl get` shows it',
  }];
}
