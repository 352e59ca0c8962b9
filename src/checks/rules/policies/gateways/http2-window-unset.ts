import { ENVOY_GATEWAY, GATEWAY_API, namespaceOf, targets } from '../../../links';
import { keyOfGateway, routesByGateway } from '../../../ai-gateways';
import { at, fields, list, text } from '../../../read';
import { Rule } from '../../../rule';

export const http2WindowUnset: Rule = {
  code: 'HTTP2_WINDOW_UNSET',
  severity: 'warning',
  title: 'HTTP/2 clients of a Gateway are held to 64 KiB of prompt',
  cause: 'A ClientTrafficPolicy raises `connection.bufferLimit` for a Gateway with an HTTPS listener, but not `http2.initialStreamWindowSize`. Clients choose HTTP/2 by themselves over HTTPS.',
  consequence: 'Prompts above 64 KiB answer 413 for HTTP/2 clients, while the same prompt works over HTTP/1.1.',
  fix: 'Set `http2.initialStreamWindowSize` to the buffer limit.',
  * check(graph) {
    for (const node of graph.ofKind(ENVOY_GATEWAY, 'ClientTrafficPolicy')) {
      const limit = at(node.manifest, 'spec', 'connection', 'bufferLimit');
      if (limit === undefined || at(node.manifest, 'spec', 'http2', 'initialStreamWindowSize') !== undefined) continue;
      const isReached = targets(node).some(({ ref }) => {
        const name = text(ref.name);
        const gateway = name === undefined ? undefined : graph.find(GATEWAY_API, 'Gateway', namespaceOf(node), name);
        if (!gateway || !routesByGateway(graph).has(keyOfGateway(gateway))) return false;
        const section = text(ref.sectionName);
        return list(at(gateway.manifest, 'spec', 'listeners')).map(fields).some(listener => (
          listener.protocol === 'HTTPS' && (section === undefined || listener.name === section)
        ));
      });
      if (!isReached) continue;
      yield {
        node,
        prop: 'spec.http2.initialStreamWindowSize',
        message: 'is not set, so prompts of HTTP/2 clients end at 64 KiB whatever `connection.bufferLimit` says',
        fix: `set it to ${String(limit)}`,
      };
    }
  },
};
