import { isToken } from '../../../../findings/token';
import { elsewhere, labelOf, placeLabel } from '../../../identity';
import { ENVOY_GATEWAY, GATEWAY_API } from '../../../links';
import { Rule } from '../../../rule';
import { proxyOfClass, proxyOfGateway } from './proxy-of';

export const envoyProxyMissing: Rule = {
  code: 'ENVOY_PROXY_MISSING',
  severity: 'error',
  title: 'The EnvoyProxy of a Gateway does not exist',
  cause: '`infrastructure.parametersRef` of a Gateway names an EnvoyProxy that is not in the Gateway\'s namespace, the only one it can be in; or `parametersRef` of a GatewayClass names none there is.',
  consequence: 'Envoy Gateway refuses the Gateway (InvalidParameters) and no proxy is started for it.',
  fix: 'Put the EnvoyProxy beside the Gateway, or name it with its namespace in the GatewayClass.',
  * check(graph) {
    const references = [
      ...graph.ofKind(GATEWAY_API, 'Gateway').map(gateway => proxyOfGateway(graph, gateway)),
      ...graph.ofKind(GATEWAY_API, 'GatewayClass').map(gatewayClass => proxyOfClass(graph, gatewayClass)),
    ];
    for (const reference of references) {
      if (!reference || reference.proxy || isToken(reference.name)) continue;
      const { holder, path, name, namespace } = reference;
      const missing = graph.knownMissing(ENVOY_GATEWAY, 'EnvoyProxy', namespace, name);
      const other = elsewhere(graph, ENVOY_GATEWAY, 'EnvoyProxy', namespace, name);
      if (!missing && !other) continue;
      yield {
        node: holder,
        prop: `${path}.name`,
        message: `names the EnvoyProxy "${placeLabel(namespace, name)}", ${other ? `while there is only ${labelOf(other)}` : 'which does not exist'}`,
        value: name,
        fix: 'put the EnvoyProxy beside the Gateway',
      };
    }
  },
};
