import { AGENTGATEWAY } from '../../../agentgateway';
import { ENVOY_GATEWAY } from '../../../links';
import { at } from '../../../read';
import { Rule } from '../../../rule';
import { bytesOf } from './quantity';

const AGENTGATEWAY_LIMITS = [
  { path: ['frontend', 'http', 'maxBufferSize'], least: 1, most: 2 ** 32 - 1, range: 'from 1 to 4294967295 bytes' },
  { path: ['frontend', 'http', 'http2WindowSize'], least: 1, most: 2 ** 31 - 1, range: 'from 1 to 2147483647' },
  { path: ['frontend', 'http', 'http2ConnectionWindowSize'], least: 1, most: 2 ** 31 - 1, range: 'from 1 to 2147483647' },
];
const LIMITS = [
  { path: ['connection', 'bufferLimit'], least: 1, most: 2 ** 32 - 1, range: 'from 1 to 4294967295 bytes' },
  { path: ['http2', 'initialStreamWindowSize'], least: 65_535, most: 2 ** 31 - 1, range: 'from 64Ki to 2147483647' },
  { path: ['http2', 'initialConnectionWindowSize'], least: 65_535, most: 2 ** 31 - 1, range: 'from 64Ki to 2147483647' },
];

export const bufferLimit: Rule = {
  code: 'BUFFER_LIMIT',
  severity: 'error',
  title: 'A size is outside of what the proxy takes',
  cause: '`connection.bufferLimit` is 4Gi or more, or an HTTP/2 window is below 65535 bytes or above 2147483647; or in an AgentgatewayPolicy `maxBufferSize` or a window is 0 or more than fits. The API server stores such values.',
  consequence: 'Envoy Gateway calls the policy Invalid and answers 500 on every route of the listener. agentgateway takes the nearest number that fits: with 0 no body is read, so no model is routed.',
  fix: 'Use a size in the range the message names.',
  final: true,
  * check(graph) {
    for (const node of [...graph.ofKind(ENVOY_GATEWAY, 'ClientTrafficPolicy'), ...graph.ofKind(AGENTGATEWAY, 'AgentgatewayPolicy')]) {
      const isEnvoy = node.manifest.kind === 'ClientTrafficPolicy';
      for (const { path, least, most, range } of isEnvoy ? LIMITS : AGENTGATEWAY_LIMITS) {
        const value = at(node.manifest, 'spec', ...path);
        const bytes = bytesOf(value);
        if (bytes === undefined || (bytes >= least && bytes <= most)) continue;
        yield {
          node,
          prop: `spec.${path.join('.')}`,
          message: isEnvoy ? 'is outside of what Envoy takes, which makes the whole policy invalid' : 'is outside of what agentgateway takes, which uses the nearest number instead',
          value,
          fix: `use a size ${range}`,
        };
      }
    }
  },
};
