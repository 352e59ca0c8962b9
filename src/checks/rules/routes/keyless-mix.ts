import { Graph, GraphNode } from '../../graph';
import { Links } from '../../links';
import { isMissedBy } from '../../policy-targets';
import { Rule } from '../../rule';

export const keylessMix: Rule = {
  code: 'KEYLESS_MIX',
  severity: 'error',
  title: 'One rule sends requests to a provider with a credential and to one without',
  cause: 'The rule has several backends; some have a BackendSecurityPolicy and some have none.',
  consequence: 'Prompts meant for an authenticated provider also go to one that asks nobody who they are. Where that provider does not remove the caller\'s own credential headers, it receives them.',
  fix: 'Use providers with credentials only, or acknowledge the mix with the reason why it is meant.',
  * check(graph) {
    const links = Links.of(graph);
    for (const rule of links.sharedRules) {
      const known = rule.refs.filter(ref => ref.serviceBackend);
      const bare = known.filter(ref => links.securityPoliciesOf(ref.serviceBackend!).length === 0);
      const keyed = bare.length === 0 ? undefined : known.find(ref => !bare.includes(ref));
      const keyless = keyed && bare.find(ref => !isTold(graph, ref.serviceBackend!));
      if (!keyless) continue;
      yield {
        node: rule.route.node,
        prop: `${rule.path}.backendRefs`,
        message: `sends requests to "${keyed.name}" with a credential and to "${keyless.name}" without one`,
        fix: 'use providers with credentials only, or acknowledge this with the reason why it is meant',
      };
    }
  },
};

/** Whether the provider was meant to have a credential, and why it has none is told. */
function isTold(graph: Graph, serviceBackend: GraphNode): boolean {
  return serviceBackend.credentialRefused === true || isMissedBy(graph, 'BackendSecurityPolicy', serviceBackend);
}
