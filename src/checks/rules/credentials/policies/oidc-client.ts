import { AI_GATEWAY } from '../../../links';
import { at } from '../../../read';
import { Rule } from '../../../rule';
import { exchangesOf } from '../../../security-policies';

const FORMS = ['clientID', 'clientIDRef'];
/** By the number of forms. */
const MESSAGES = ['has no client id', 'has its client id in `clientIDRef`, which the gateway never reads', 'has both `clientID` and `clientIDRef`'];

export const oidcClient: Rule = {
  code: 'OIDC_CLIENT',
  severity: 'error',
  title: 'A token exchange has no client id that the gateway reads',
  cause: 'The `oidc` block of an `oidcExchangeToken` has neither `clientID` nor `clientIDRef`, or both, or only `clientIDRef`, which no release of the gateway reads.',
  consequence: 'The API server refuses the policy; with `clientIDRef` alone it is taken, and the controller fails each time it looks at it.',
  fix: 'Write the client id as `clientID`; it is no secret.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      for (const { path, exchange } of exchangesOf(node)) {
        // Without the block it is told to be missing.
        if (at(exchange, 'oidc') === undefined) continue;
        const given = FORMS.filter(form => at(exchange, 'oidc', form) !== undefined);
        if (given.length === 1 && given[0] === 'clientID') continue;
        yield {
          node,
          prop: `${path}.oidc`,
          message: MESSAGES[given.length],
          fix: 'write the client id as `clientID` alone',
        };
      }
    }
  },
};
