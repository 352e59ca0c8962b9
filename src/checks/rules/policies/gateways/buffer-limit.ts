import { ENVOY_GATEWAY } from '../../../links';
import { at } from '../../../read';
import { Rule } from '../../../rule';
import { bytesOf } from './quantity';

const LIMITS = [
  { path: ['connection', 'bufferLimit'], least: 1, most: 2 ** 32 - 1, range: 'from 1 to 4294967295 bytes' },
  { path: ['http2', 'initialStreamWindowSize'], least: 65_535, most: 2 ** 31 - 1, range: 'from 64Ki to 2147483647' },
  { path: ['http2', 'initialConnectionWindowSize'], least: 65_535, most: 2 ** 31 - 1, range: 'from 64Ki to 2147483647' },
];

export const bufferLimit: Rule = {
  code: 'BUFFER_LIMIT',
  severity: 'error',
  title: 'A size in a ClientTrafficPolicy is outside of what Envoy takes',
  cause: '`connection.bufferLimit` is 4Gi or more, or an HTTP/2 window is below 65535 bytes or above 2147483647. The API server stores such values.',
  consequence: 'Envoy Gateway calls the policy Invalid and answers 500 on every route of the listener.',
  fix: 'Use a size in the range the message names.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(ENVOY_GATEWAY, 'ClientTrafficPolicy')) {
      for (const { path, least, most, range } of LIMITS) {
        const value = at(node.manifest, 'spec', ...path);
        const bytes = bytesOf(value);
        if (bytes === undefined || (bytes >= least && bytes <= most)) continue;
        yield {
          node,
          prop: `spec.${path.join('.')}`,
          message: 'is outside of what Envoy takes, which makes the whole policy invalid',
          value,
          fix: `use a size ${range}`,
        };
      }
    }
  },
};
