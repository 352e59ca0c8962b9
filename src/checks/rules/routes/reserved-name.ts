import { groupOf } from '../../graph';
import { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API } from '../../links';
import { Rule } from '../../rule';

const RESERVED = 'ai-eg-';
const GROUPS = new Set([AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API]);

export const reservedName: Rule = {
  code: 'RESERVED_NAME',
  severity: 'error',
  title: 'A name is reserved for objects the gateway generates',
  cause: 'The name of a manifest begins with `ai-eg-`.',
  consequence: 'The gateway writes objects with such names beside routes, credentials and tool servers, and overwrites this one once they coincide.',
  fix: 'Use a name that begins with something else.',
  * check(graph) {
    for (const node of graph.nodes) {
      const name: unknown = node.manifest.metadata?.name;
      if (typeof name !== 'string' || !name.startsWith(RESERVED) || !GROUPS.has(groupOf(node.manifest.apiVersion))) continue;
      yield { node, prop: 'metadata.name', message: `begins with ${RESERVED}, as what the gateway generates`, value: name, fix: 'use another name' };
    }
  },
};
