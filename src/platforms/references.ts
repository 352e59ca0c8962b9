import { BAD_REFERENCE } from './codes';
import { Problem } from '../findings/finding';
import { isToken } from '../findings/token';

/** Of namespaces. */
export const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** Of most objects. */
export const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

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
