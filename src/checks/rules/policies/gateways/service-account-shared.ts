import { isToken } from '../../../../findings/token';
import { Graph, GraphNode } from '../../../graph';
import { labelOf } from '../../../identity';
import { GATEWAY_API } from '../../../links';
import { at } from '../../../read';
import { Rule } from '../../../rule';
import { classOf, proxyOfClass, proxyOfGateway } from './proxy-of';

const ACCOUNT = 'spec.provider.kubernetes.envoyServiceAccount.name';

export const serviceAccountShared: Rule = {
  code: 'SERVICE_ACCOUNT_SHARED',
  severity: 'error',
  title: 'Two Gateways use one service account',
  cause: 'The EnvoyProxies of two Gateways name the same `envoyServiceAccount`, or both Gateways use one EnvoyProxy with such a name. Envoy Gateway makes the accounts of all Gateways in its own namespace.',
  consequence: 'The Gateways overwrite each other\'s annotations, so one of them runs with the cloud role of the other or with none, and deleting either takes the account from both.',
  fix: 'Give each Gateway a service account name of its own; with constructs, `proxy.serviceAccountName`.',
  * check(graph) {
    const first = new Map<string, { gateway: GraphNode; proxy: GraphNode }>();
    for (const gateway of graph.ofKind(GATEWAY_API, 'Gateway')) {
      const proxy = proxyOf(graph, gateway);
      const account = proxy && at(proxy.manifest, ...ACCOUNT.split('.'));
      if (!proxy || typeof account !== 'string' || isToken(account)) continue;
      const other = first.get(account);
      if (!other) {
        first.set(account, { gateway, proxy });
      } else if (labelOf(other.gateway) !== labelOf(gateway)) {
        yield {
          node: proxy,
          prop: ACCOUNT,
          message: `is the service account of ${labelOf(other.gateway)} and of ${labelOf(gateway)}`,
          value: account,
          fix: other.proxy === proxy ? 'give each Gateway an EnvoyProxy and a service account of its own' : 'give each Gateway a service account of its own',
        };
      }
    }
  },
};

/** Undefined also where the Gateways of a class share one proxy on purpose. */
function proxyOf(graph: Graph, gateway: GraphNode): GraphNode | undefined {
  const gatewayClass = classOf(graph, gateway);
  const ofClass = gatewayClass && proxyOfClass(graph, gatewayClass)?.proxy;
  if (ofClass && at(ofClass.manifest, 'spec', 'mergeGateways') === true) return undefined;
  const own = proxyOfGateway(graph, gateway);
  return own ? own.proxy : ofClass;
}
