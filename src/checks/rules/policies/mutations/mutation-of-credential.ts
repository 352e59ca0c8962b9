import { labelOf } from '../../../identity';
import { Links } from '../../../links';
import { mutationsOf } from '../../../mutations';
import { Rule } from '../../../rule';
import { credentialHeaderOf } from '../../../security-policies';

export const mutationOfCredential: Rule = {
  code: 'MUTATION_OF_CREDENTIAL',
  severity: 'error',
  title: 'A mutation sets the header that carries the provider\'s credential',
  cause: 'A header mutation sets the header into which the BackendSecurityPolicy of the provider writes.',
  consequence: 'The policy writes last, so the value of the mutation is never sent; it only stands readable in the manifest.',
  fix: 'Remove the header from the mutation, or remove the policy where the mutation is meant to authenticate.',
  * check(graph) {
    const links = Links.of(graph);
    for (const { node, serviceBackend, headers } of mutationsOf(graph)) {
      if (!serviceBackend || headers.set.length === 0) continue;
      const [policy] = links.securityPoliciesOf(serviceBackend);
      const header = policy && credentialHeaderOf(policy);
      for (const { name, path } of headers.set) {
        if (name.toLowerCase() !== header) continue;
        // The value may be a credential, so only the name is shown.
        yield { node, prop: path, message: `is overwritten by ${labelOf(policy)}`, value: name, fix: 'remove it' };
      }
    }
  },
};
