import { keyOfGateway, routesByGateway } from '../../../ai-gateways';
import { GraphNode } from '../../../graph';
import { GATEWAY_API } from '../../../links';
import { appliedTargets } from '../../../policy-targets';
import { at, fields, list } from '../../../read';
import { Rule } from '../../../rule';

export const http2WindowUnset: Rule = {
  code: 'HTTP2_WINDOW_UNSET',
  severity: 'warning',
  title: 'HTTP/2 clients of a Gateway are held to 64 KiB of prompt',
  cause: 'A ClientTrafficPolicy raises `connection.bufferLimit` for a Gateway with an HTTPS listener, but not `http2.initialStreamWindowSize`. Clients choose HTTP/2 by themselves over HTTPS.',
  consequence: 'Prompts above 64 KiB answer 413 for HTTP/2 clients, while the same prompt works over HTTP/1.1.',
  fix: 'Set `http2.initialStreamWindowSize` to the buffer limit.',
  * check(graph) {
    const told = new Set<GraphNode>();
    for (const { policyKind, policy: node, name, namespace, sectionName } of appliedTargets(graph)) {
      if (policyKind !== 'ClientTrafficPolicy' || name === undefined || told.has(node)) continue;
      const limit = at(node.manifest, 'spec', 'connection', 'bufferLimit');
      if (limit === undefined || at(node.manifest, 'spec', 'http2', 'initialStreamWindowSize') !== undefined) continue;
      const gateway = graph.find(GATEWAY_API, 'Gateway', namespace, name);
      if (!gateway || !routesByGateway(graph).has(keyOfGateway(gateway)) || !servesHttps(gateway, sectionName)) continue;
      told.add(node);
      yield {
        node,
        prop: 'spec.http2.initialStreamWindowSize',
        message: 'is not set, so prompts of HTTP/2 clients end at 64 KiB whatever `connection.bufferLimit` says',
        fix: `set it to ${String(limit)}`,
      };
    }
  },
};

function servesHttps({ manifest }: GraphNode, section: string | undefined): boolean {
  return list(at(manifest, 'spec', 'listeners')).map(fields).some(({ protocol, name }) => protocol === 'HTTPS' && (section === undefined || name === section));
}
