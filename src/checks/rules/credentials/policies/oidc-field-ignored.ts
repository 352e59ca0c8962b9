import { AI_GATEWAY } from '../../../api-groups';
import { at } from '../../../read';
import { Rule } from '../../../rule';
import { exchangesOf } from '../../../security-policies';

const IGNORED = ['aud', 'grantType'];

export const oidcFieldIgnored: Rule = {
  code: 'OIDC_FIELD_IGNORED',
  severity: 'error',
  title: 'A token is asked for with something no release of the gateway sends',
  cause: '`aud` or `grantType` is set in an `oidcExchangeToken`. No release of the gateway reads them: it asks with the client credentials grant and the scopes alone.',
  consequence: 'The token has the audience the OpenID Connect provider chooses; where the cloud wants another one, it hands out no token and the provider has no credential.',
  fix: 'Remove the field, and let the OpenID Connect provider give this client tokens for that audience, by its configuration or by a scope.',
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      for (const { path, exchange } of exchangesOf(node)) {
        for (const field of IGNORED) {
          const value = at(exchange, field);
          if (value === undefined) continue;
          yield {
            node,
            prop: `${path}.${field}`,
            message: 'is never sent: the gateway asks with client credentials and scopes alone',
            value,
            fix: 'remove it, and configure the OpenID Connect provider for this client, or ask by a scope',
          };
        }
      }
    }
  },
};
