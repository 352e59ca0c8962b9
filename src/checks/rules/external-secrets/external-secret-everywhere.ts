import { Rule } from '../../rule';
import { EXTERNAL_SECRETS, nameOfEverywhere, secretReferencesOf } from '../../secret-sources';

export const externalSecretEverywhere: Rule = {
  code: 'EXTERNAL_SECRET_EVERYWHERE',
  severity: 'warning',
  title: 'A credential is brought to many namespaces',
  cause: 'A ClusterExternalSecret makes the Secret that a policy reads, in every namespace its selectors choose.',
  consequence: 'Whoever reads Secrets in one of these namespaces has the provider\'s key, while the gateway reads only the one beside the policy.',
  fix: 'Make an ExternalSecret in the namespace of the provider.',
  * check(graph) {
    const nodes = graph.ofKind(EXTERNAL_SECRETS, 'ClusterExternalSecret');
    if (nodes.length === 0) return;
    const read = new Set(secretReferencesOf(graph).map(({ name }) => name));
    for (const node of nodes) {
      const value = nameOfEverywhere(node);
      if (!read.has(value)) continue;
      yield { node, message: 'brings a credential to all namespaces it selects, while the gateway reads it in one', value, fix: 'make an ExternalSecret beside the provider' };
    }
  },
};
