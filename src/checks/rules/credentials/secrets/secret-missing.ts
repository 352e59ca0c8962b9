import { OBJECT_NAME } from '../../../../findings/dns-names';
import { isToken } from '../../../../findings/token';
import { labelOf, placeLabel } from '../../../identity';
import { Rule } from '../../../rule';
import { isReservedSecret, secretReferencesOf, secretSourcesOf } from '../../../secret-sources';

export const secretMissing: Rule = {
  code: 'SECRET_MISSING',
  severity: 'error',
  title: 'The Secret of a credential does not exist',
  cause: 'A policy names a Secret in a namespace that was declared complete, and no Secret, ExternalSecret, SopsSecret or SealedSecret makes it.',
  consequence: 'The policy is accepted, and every request to the provider answers 500 with an empty body, even where a fallback stands ready.',
  fix: 'Correct the name, add what makes the Secret, or no longer declare the namespace complete.',
  * check(graph) {
    const sources = secretSourcesOf(graph);
    for (const { reader, path, name, namespace } of secretReferencesOf(graph)) {
      if (namespace === undefined || !graph.completeNamespaces.has(namespace) || isToken(name)) continue;
      const found = sources.at(namespace, name);
      if (found.some(({ makes }) => makes) || sources.mayAppear(namespace, name)) continue;
      // Why it is missing, or cannot be there, other rules tell.
      if (sources.elsewhere(namespace, name) || sources.fails(namespace, name) || isReservedSecret(name) || !OBJECT_NAME.test(name)) continue;
      yield {
        node: reader,
        prop: path,
        message: `names the Secret "${placeLabel(namespace, name)}", ${found.length === 0 ? 'which nothing makes' : `to which ${labelOf(found[0].node)} adds, and which nothing makes`}`,
        value: name,
        fix: 'correct the name, or add what makes it',
      };
    }
  },
};
