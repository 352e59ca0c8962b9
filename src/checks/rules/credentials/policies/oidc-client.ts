import { AI_GATEWAY } from '../../../links';
import { at } from '../../../read';
import { Rule } from '../../../rule';
import { exchangesOf } from '../../../security-policies';

const FORMS = ['clientID', 'clientIDRef'];

export const oidcClient: Rule = {
  code: 'OIDC_CLIENT',
  severity: 'error',
  title: 'A token exchange has not exactly one client id',
  cause: 'The `oidc` block of an `oidcExchangeToken` has neither `clientID` nor `clientIDRef`, or both.',
  consequence: 'The API server refuses the policy.',
  fix: 'Write the client id as `clientID`, or name the Secret that holds it in `clientIDRef`.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      for (const { path, exchange } of exchangesOf(node)) {
        const given = FORMS.filter(form => at(exchange, 'oidc', form) !== undefined);
        if (given.length === 1) continue;
        yield {
          node,
          prop: `${path}.oidc`,
          message: given.length === 0 ? 'has no client id' : 'has both `clientID` and `clientIDRef`',
          fix: 'write one of `clientID` and `clientIDRef`',
        };
      }
    }
  },
};
