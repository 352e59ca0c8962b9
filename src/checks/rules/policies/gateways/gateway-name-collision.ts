import { GraphNode } from '../../../graph';
import { labelOf, nameOf } from '../../../identity';
import { GATEWAY_API, namespaceOf } from '../../../links';
import { isBefore } from '../../../release';
import { Rule } from '../../../rule';

const INDEXED_SINCE = 'v1.1';

export const gatewayNameCollision: Rule = {
  code: 'GATEWAY_NAME_COLLISION',
  severity: 'error',
  title: 'Two Gateways would share one configuration Secret',
  cause: `Name and namespace of two Gateways, joined by a dash, are the same text, as with \`a\` in \`b-c\` and \`a-b\` in \`c\`. Envoy AI Gateway before ${INDEXED_SINCE} names the Secret with a Gateway's routes and keys so.`,
  consequence: 'The controller writes the routes of both into one Secret, and each proxy serves whichever was written last.',
  fix: 'Rename one of the Gateways, or target a later release.',
  * check(graph) {
    const first = new Map<string, GraphNode>();
    for (const gateway of graph.ofKind(GATEWAY_API, 'Gateway')) {
      const name = nameOf(gateway);
      const namespace = namespaceOf(gateway);
      if (name === undefined || namespace === undefined || !isBefore(gateway.target, 'envoy-ai-gateway', INDEXED_SINCE)) continue;
      const joined = `${name}-${namespace}`;
      const other = first.get(joined);
      if (!other) {
        first.set(joined, gateway);
      } else if (labelOf(other) !== labelOf(gateway)) {
        yield {
          node: gateway,
          prop: 'metadata.name',
          message: `gives the same Secret name, "${joined}", as ${labelOf(other)}`,
          value: name,
          fix: 'rename one of the Gateways',
        };
      }
    }
  },
};
