import { NAMESPACE_NAME } from './dns-names';
import { CodeDefinition, Problem } from './finding';
import { looksRandom } from './key-shapes';
import { isToken } from './token';

export const BAD_REFERENCE: CodeDefinition = {
  code: 'BAD_REFERENCE',
  severity: 'error',
  title: 'A property or a reference names an object that cannot exist',
  cause: 'The name of a GatewayClass, Gateway, provider, Secret, ConfigMap, service account, namespace or image has a form no object of that kind can have. The API server does not look at it.',
  consequence: 'The gateway, its certificate or its pods never become ready, and no error says why; a provider whose Secret it should be answers 500.',
  fix: 'Use the name of the object as `kubectl get` shows it, and that of an image as its registry does.',
  covers: ['IMAGE_NOT_PINNED'],
};

/** A key where the name of its Secret belongs is not shown, and a password neither. */
const WORDS = /^[ _./-]*(?:(?:[A-Za-z]+|\d+)(?:[ _./-]+|$))*$/;

/** Names of objects that somebody else makes. */
export function named(prop: string, what: string, name: unknown, form: RegExp): Problem[] {
  // Values known only later, and those the CRD judges, are not ours.
  if (typeof name !== 'string' || isToken(name) || form.test(name)) return [];
  const longest = form === NAMESPACE_NAME ? 63 : 253;
  return [{
    definition: BAD_REFERENCE,
    prop,
    message: `is not a name ${what} can have`,
    value: (what === 'a Secret' && !WORDS.test(name)) || (name.length >= 16 && looksRandom(name)) ? undefined : name,
    fix: `use ${name.length > longest ? `at most ${longest} ` : ''}lower-case letters, digits and "-", as \`kubectl get\` shows it`,
  }];
}
