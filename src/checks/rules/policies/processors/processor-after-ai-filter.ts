import { configNameOf, keyOfGateway, routesByGateway } from '../../../ai-gateways';
import { comesBefore, moves } from '../../../filter-order';
import { Graph, GraphNode } from '../../../graph';
import { labelOf, nameOf } from '../../../identity';
import { Attachment, GATEWAY_API, Links, namespaceOf } from '../../../links';
import { at, list } from '../../../read';
import { Rule } from '../../../rule';
import { appliedTargets, isMissedBy } from '../../../policy-targets';
import { filterOrderOf } from './filter-order-of';

export const processorAfterAiFilter: Rule = {
  code: 'PROCESSOR_AFTER_AI_FILTER',
  severity: 'warning',
  title: 'An external processor gets requests after the AI filter',
  cause: 'An EnvoyExtensionPolicy on a Gateway with AI routes sends request bodies to a processor, and either no `filterOrder` of the EnvoyProxy puts `envoy.filters.http.ext_proc` before `envoy.filters.http.buffer`, or no BackendTrafficPolicy on the Gateway has a `requestBuffer`, without which there is no buffer filter to come before.',
  consequence: 'The AI filter keeps the body as the client sent it: what the processor took out of a prompt reaches the provider wherever the body is translated, a model name replaced or a request tried again, and headers it set are lost on retries. Nothing reports it.',
  fix: 'Order the filters and give the Gateway a `requestBuffer`, as `PolicyPoint` does; or acknowledge it for a processor that changes nothing.',
  * check(graph) {
    for (const { policyKind, policy, kind, name, namespace, sectionName } of appliedTargets(graph)) {
      if (policyKind !== 'EnvoyExtensionPolicy' || kind !== 'Gateway' || name === undefined) continue;
      const index = list(at(policy.manifest, 'spec', 'extProc')).findIndex(entry => at(entry, 'processingMode', 'request', 'body') !== undefined);
      const gateway = index < 0 ? undefined : graph.find(GATEWAY_API, 'Gateway', namespace, name);
      if (!gateway || !(routesByGateway(graph).has(keyOfGateway(gateway)) || configNameOf(gateway) !== undefined)) continue;
      const wrong = misplaced(graph, gateway, sectionName);
      if (!wrong) continue;
      yield {
        node: policy,
        prop: `spec.extProc[${index}].processingMode.request.body`,
        message: `sends bodies to a processor that comes after the AI filter, because ${wrong.because}; what it changes in them is lost on the way to most providers`,
        fix: wrong.fix,
        severity: wrong.wanted ? 'error' : 'warning',
      };
    }
  },
};

interface Misplaced {
  readonly because: string;
  readonly fix: string;
  /** Somebody ordered the filters, so it is not meant to be so. */
  readonly wanted: boolean;
}

function misplaced(graph: Graph, gateway: GraphNode, sectionName: string | undefined): Misplaced | undefined {
  const found = filterOrderOf(graph, gateway);
  if (!found) return undefined;
  const { order, proxy } = found;
  // The AI gateway inserts its filter before the first processor, unless a buffer comes later: then behind that.
  if (!comesBefore(order, 'ext_proc', 'buffer')) {
    return {
      because: proxy ? `\`filterOrder\` of ${labelOf(proxy)} does not put it before the buffer` : `no EnvoyProxy of ${labelOf(gateway)} says otherwise`,
      fix: 'write `filterOrder: [{ name: envoy.filters.http.ext_proc, before: envoy.filters.http.buffer }]` into the EnvoyProxy of the Gateway, or acknowledge this for a processor that changes nothing',
      wanted: moves(order, 'ext_proc', 'buffer'),
    };
  }
  if (isBuffered(graph, gateway, sectionName)) return undefined;
  return {
    because: `no BackendTrafficPolicy on ${labelOf(gateway)} has a \`requestBuffer\`, so there is no buffer for \`filterOrder\` to put it before`,
    fix: 'put a BackendTrafficPolicy with `requestBuffer: { limit: 50Mi }` on the Gateway',
    wanted: true,
  };
}

/** One policy with a buffer is enough for the listener to have the filter. */
function isBuffered(graph: Graph, gateway: GraphNode, sectionName: string | undefined): boolean {
  const links = Links.of(graph);
  if (links.maybeSelected('BackendTrafficPolicy', gateway) || isMissedBy(graph, 'BackendTrafficPolicy', gateway)) return true;
  const buffers = ({ policy }: Attachment) => at(policy.manifest, 'spec', 'requestBuffer') !== undefined;
  const onGateway = links.attachmentsOn('BackendTrafficPolicy', 'Gateway', namespaceOf(gateway), nameOf(gateway) ?? '');
  if (onGateway.filter(buffers).some(attachment => attachment.sectionName === undefined || attachment.sectionName === sectionName)) return true;
  return (routesByGateway(graph).get(keyOfGateway(gateway)) ?? []).some(({ node, trafficPolicies }) => trafficPolicies.some(buffers) || links.maybeSelected('BackendTrafficPolicy', node));
}
