import { gatewayKey, routesByGateway } from '../../../ai-gateways';
import { Graph, GraphNode } from '../../../graph';
import { labelOf } from '../../../identity';
import { AI_GATEWAY, Links, Route } from '../../../links';
import { at, list } from '../../../read';
import { Rule } from '../../../rule';
import { appliedTargets, oncePerSelector } from '../../../policy-targets';

export const processorOnRoute: Rule = {
  code: 'PROCESSOR_ON_ROUTE',
  severity: 'error',
  title: 'A server that decides on requests is asked for some models only, and clients go around it',
  cause: 'An EnvoyExtensionPolicy with `extProc`, or a SecurityPolicy with `extAuth`, is on the HTTPRoute of an AIGatewayRoute or on one of its rules, and another AIGatewayRoute of the same Gateway has none.',
  consequence: 'Which policies apply is decided by the headers a request comes with, which model serves it by its body: a client that sends `x-ai-eg-model` of a route without the policy, and the other model in the body, is served unasked.',
  fix: 'Put the policy on the Gateway; `PolicyPoint` does.',
  * check(graph) {
    const links = Links.of(graph);
    const isNews = oncePerSelector();
    for (const target of appliedTargets(graph)) {
      const { policyKind, policy, path, kind, name, namespace, sectionName } = target;
      if (kind !== 'HTTPRoute' || name === undefined || !asksServer(policy)) continue;
      const node = graph.find(AI_GATEWAY, 'AIGatewayRoute', namespace, name);
      const route = node && links.routeOf(node);
      const open = route && wayAround(graph, links, policyKind, route, sectionName !== undefined);
      if (!open || !isNews(target)) continue;
      yield {
        node: policy,
        prop: path,
        message: `guards ${sectionName === undefined ? 'this route' : 'a rule of this route'} alone, while ${open} is open: a client that names its model in a header is served this one's unasked`,
        value: name,
        fix: 'put the policy on the Gateway',
      };
    }
  },
};

function asksServer({ manifest }: GraphNode): boolean {
  return list(at(manifest, 'spec', 'extProc')).length > 0 || at(manifest, 'spec', 'extAuth') !== undefined;
}

/** What a client can name to be on none of the guarded ways. */
function wayAround(graph: Graph, links: Links, kind: string, route: Route, onRule: boolean): string | undefined {
  const asks = (targetKind: string, namespace: string | undefined, name: string | undefined) => name !== undefined
    && links.attachmentsOn(kind, targetKind, namespace, name).some(({ policy, sectionName }) => sectionName === undefined && asksServer(policy));
  for (const { namespace, name, gateway } of route.parents) {
    if (asks('Gateway', namespace, name) || (gateway && links.maybeSelected(kind, gateway))) continue;
    if (onRule && route.rules.length > 1 && !asks('HTTPRoute', route.namespace, route.name)) return 'another rule';
    const other = routesByGateway(graph).get(gatewayKey(namespace, name))
      ?.find(candidate => candidate !== route && !asks('HTTPRoute', candidate.namespace, candidate.name) && !links.maybeSelected(kind, candidate.node));
    if (other) return labelOf(other.node);
  }
  return undefined;
}
