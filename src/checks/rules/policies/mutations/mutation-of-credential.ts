import { Graph } from '../../../graph';
import { labelOf } from '../../../identity';
import { Links } from '../../../links';
import { mutationsOf } from '../../../mutations';
import { at, fields, text } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';
import { credentialHeaderOf } from '../../../security-policies';

export const mutationOfCredential: Rule = {
  code: 'MUTATION_OF_CREDENTIAL',
  severity: 'error',
  title: 'A mutation sets the header that carries the provider\'s credential',
  cause: 'A header mutation sets the header into which the BackendSecurityPolicy of the provider writes, or on agentgateway the `auth` of its backend.',
  consequence: 'One of the two is never sent: on Envoy AI Gateway the policy writes last, on agentgateway the mutation does, so that the provider gets what stands readable in the manifest instead of the stored key.',
  fix: 'Remove the header from the mutation, or remove the policy where the mutation is meant to authenticate.',
  * check(graph) {
    yield* onAgentgateway(graph);
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

function* onAgentgateway(graph: Graph): Iterable<RuleFinding> {
  for (const { node, provider, headers } of mutationsOf(graph)) {
    if (!provider || headers.set.length === 0) continue;
    const auth = fields(provider.policy('auth'));
    const stored = ['key', 'secretRef', 'azure', 'gcp'].some(kind => auth[kind] !== undefined);
    const header = auth.location === undefined ? 'authorization' : text(at(auth.location, 'header', 'name'))?.toLowerCase();
    if (!stored) continue;
    for (const { name, path } of headers.set) {
      if (name.toLowerCase() === header) yield { node, prop: path, message: 'replaces the credential that the backend stores', value: name, fix: 'remove it' };
    }
  }
}
