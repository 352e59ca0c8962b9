import { isToken } from '../../../../findings/token';
import { configNameOf, GATEWAY_CONFIG_ANNOTATION } from '../../../ai-gateways';
import { elsewhere, labelOf, placeLabel } from '../../../identity';
import { AI_GATEWAY, GATEWAY_API, namespaceOf } from '../../../links';
import { Rule } from '../../../rule';

export const gatewayConfigMissing: Rule = {
  code: 'GATEWAY_CONFIG_MISSING',
  severity: 'error',
  title: 'The GatewayConfig of a Gateway does not exist',
  cause: `The annotation \`${GATEWAY_CONFIG_ANNOTATION}\` names a GatewayConfig that is not in the namespace of the Gateway.`,
  consequence: 'Nothing reports it: the AI sidecar runs with defaults, without the resources, environment variables, costs and proxy the program declares.',
  fix: 'Correct the name, or put the GatewayConfig into the namespace of the Gateway.',
  * check(graph) {
    for (const gateway of graph.ofKind(GATEWAY_API, 'Gateway')) {
      const name = configNameOf(gateway);
      if (typeof name !== 'string' || isToken(name)) continue;
      const namespace = namespaceOf(gateway);
      if (graph.find(AI_GATEWAY, 'GatewayConfig', namespace, name)) continue;
      const missing = graph.knownMissing(AI_GATEWAY, 'GatewayConfig', namespace, name);
      const other = elsewhere(graph, AI_GATEWAY, 'GatewayConfig', namespace, name);
      if (!missing && !other) continue;
      yield {
        node: gateway,
        prop: `metadata.annotations.${GATEWAY_CONFIG_ANNOTATION}`,
        message: `names the GatewayConfig "${placeLabel(namespace, name)}", ${other ? `while there is only ${labelOf(other)}` : 'which does not exist'}`,
        value: name,
        fix: 'put it into the namespace of the Gateway',
      };
    }
  },
};
