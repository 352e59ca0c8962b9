import { configNameOf, keyOfGateway, routesByGateway } from '../../../ai-gateways';
import { GATEWAY_API, Links, namespaceOf } from '../../../links';
import { Rule } from '../../../rule';

/** Where Envoy Gateway's chart installs its controller by default. */
const CONTROL_NAMESPACE = 'envoy-gateway-system';

export const gatewayInControlNamespace: Rule = {
  code: 'GATEWAY_IN_CONTROL_NAMESPACE',
  severity: 'error',
  title: 'A Gateway for AI routes is in the namespace of Envoy Gateway\'s controller',
  cause: `The Gateway is in \`${CONTROL_NAMESPACE}\`, where the AI gateway does not attach its filter to listeners.`,
  consequence: 'Everything is accepted, but bodies are not parsed: no request has a model, and all answer 404 "No matching route found".',
  fix: 'Put the Gateway into a namespace of its own or that of its routes.',
  * check(graph) {
    for (const gateway of graph.ofKind(GATEWAY_API, 'Gateway')) {
      if (namespaceOf(gateway) !== CONTROL_NAMESPACE) continue;
      const isForAi = routesByGateway(graph).has(keyOfGateway(gateway)) || configNameOf(gateway) !== undefined;
      yield {
        node: gateway,
        prop: 'metadata.namespace',
        message: 'is where AI routes do not work on a Gateway',
        value: CONTROL_NAMESPACE,
        fix: 'choose another namespace',
        // Without AI routes it may be a Gateway for something else.
        severity: isForAi ? 'error' : 'warning',
      };
    }
    for (const { node, parents } of Links.of(graph).routes) {
      for (const { path, namespace, gateway } of parents) {
        if (gateway || namespace !== CONTROL_NAMESPACE) continue;
        yield {
          node,
          prop: `${path}.namespace`,
          message: 'is where AI routes do not work on a Gateway',
          value: CONTROL_NAMESPACE,
          fix: 'use a Gateway in another namespace',
        };
      }
    }
  },
};
