import { gatewayKey, routesByGateway } from '../../../ai-gateways';
import { ENVOY_GATEWAY, namespaceOf, Route, targets } from '../../../links';
import { labelOf } from '../../../identity';
import { at, text } from '../../../read';
import { Rule } from '../../../rule';

export const gatewayRetries: Rule = {
  code: 'GATEWAY_RETRIES',
  severity: 'warning',
  title: 'Retries on a Gateway repeat requests to the same provider',
  cause: 'A BackendTrafficPolicy with `retry` is on a Gateway whose AI routes have rules with a single provider.',
  consequence: 'Such a rule has nothing to fall over to: a failing request goes to the same provider again, up to three times with the default, is paid for each time it was half answered, and makes an overload worse.',
  fix: 'Put the retries on the routes that have a fallback: a BackendTrafficPolicy on the HTTPRoute of the AIGatewayRoute\'s name.',
  * check(graph) {
    for (const node of graph.ofKind(ENVOY_GATEWAY, 'BackendTrafficPolicy')) {
      const retry = at(node.manifest, 'spec', 'retry');
      if (retry === undefined || retry === null || at(retry, 'numRetries') === 0) continue;
      for (const { ref } of targets(node)) {
        if (ref.kind !== 'Gateway') continue;
        const route = routesByGateway(graph).get(gatewayKey(namespaceOf(node), text(ref.name)))?.find(isRepeated);
        if (!route) continue;
        yield {
          node,
          prop: 'spec.retry',
          message: `repeats failed requests of ${labelOf(route.node)} on the same provider`,
          fix: 'put the retries on the routes that have a fallback',
        };
        break;
      }
    }
  },
};

/** A route with retries of its own decides for itself. */
function isRepeated({ rules, trafficPolicies }: Route): boolean {
  const decides = trafficPolicies.some(({ policy: { manifest } }) => at(manifest, 'spec', 'retry') !== undefined || at(manifest, 'spec', 'mergeType') === undefined);
  return !decides && rules.some(({ refs }) => refs.length === 1);
}
