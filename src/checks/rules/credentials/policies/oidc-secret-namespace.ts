import { AI_GATEWAY } from '../../../api-groups';
import { at } from '../../../read';
import { Rule } from '../../../rule';
import { exchangesOf } from '../../../security-policies';

export const oidcSecretNamespace: Rule = {
  code: 'OIDC_SECRET_NAMESPACE',
  severity: 'error',
  title: 'The Secret of an OIDC client is named without its namespace',
  cause: '`oidc.clientSecret` of an `oidcExchangeToken` has no `namespace`. Unlike other references to Secrets it has no default.',
  consequence: 'The controller refuses the policy with "oidc client secret namespace is nil", no token is ever asked for, and the provider has no credential.',
  fix: 'Write the namespace of the Secret; in a program, give the chart of the provider a namespace.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      for (const { path, exchange } of exchangesOf(node)) {
        const secret = at(exchange, 'oidc', 'clientSecret');
        if (secret === undefined || at(secret, 'namespace') !== undefined) continue;
        yield {
          node,
          prop: `${path}.oidc.clientSecret.namespace`,
          message: 'is missing, and the gateway looks for the Secret of an OIDC client nowhere without it',
          fix: 'write the namespace of the Secret, or give the chart one',
        };
      }
    }
  },
};
