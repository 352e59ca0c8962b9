import { gatewayKey, routesByGateway } from '../../../ai-gateways';
import { GraphNode } from '../../../graph';
import { labelOf } from '../../../identity';
import { Links, Route } from '../../../links';
import { appliedTargets } from '../../../policy-targets';
import { at } from '../../../read';
import { Rule } from '../../../rule';

export const gatewayRetries: Rule = {
  code: 'GATEWAY_RETRIES',
  severity: 'warning',
  title: 'Retries on a Gateway repeat requests to the same provider',
  cause: 'A BackendTrafficPolicy with `retry` is on a Gateway whose AI routes have rules with a single provider.',
  consequence: 'Such a rule has nothing to fall over to: a failing request goes to the same provider again, up to three times with the default, is paid for each time it was half answered, and makes an overload worse.',
  fix: 'Put the retries on the routes that have a fallback: a BackendTrafficPolicy on the HTTPRoute of the AIGatewayRoute\'s name.',
  * check(graph) {
    const links = Links.of(graph);
    const told = new Set<GraphNode>();
    for (const { policyKind, policy: node, kind, name, namespace } of appliedTargets(graph)) {
      if (policyKind !== 'BackendTrafficPolicy' || kind !== 'Gateway' || told.has(node)) continue;
      const retry = at(node.manifest, 'spec', 'retry');
      if (retry === undefined || retry === null || at(retry, 'numRetries') === 0) continue;
      const route = routesByGateway(graph).get(gatewayKey(namespace, name))?.find(candidate => isRepeated(candidate, links));
      if (!route) continue;
      told.add(node);
      yield {
        node,
        prop: 'spec.retry',
        message: `repeats failed requests of ${labelOf(route.node)} on the same provider`,
        fix: 'put the retries on the routes that have a fallback',
      };
    }
  },
};

/** A route with retries of its own decides for itself. */
function isRepeated({ node, rules, trafficPolicies }: Route, links: Links): boolean {
  const decides = trafficPolicies.some(({ policy: { manifest } }) => at(manifest, 'spec', 'retry') !== undefined || at(manifest, 'spec', 'mergeType') === undefined);
  return !decides && !links.maybeSelected('BackendTrafficPolicy', node) && rules.some(({ refs }) => refs.length === 1);
}
