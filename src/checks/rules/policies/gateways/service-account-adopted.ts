import { GraphNode } from '../../../graph';
import { labelOf } from '../../../identity';
import { ENVOY_GATEWAY } from '../../../links';
import { at, fields } from '../../../read';
import { Rule } from '../../../rule';

export const serviceAccountAdopted: Rule = {
  code: 'SERVICE_ACCOUNT_ADOPTED',
  severity: 'warning',
  title: 'A service account has the name of one that Envoy Gateway makes',
  cause: 'A ServiceAccount bears the name that an EnvoyProxy gives as `envoyServiceAccount`. Envoy Gateway makes that account itself, in the namespace of the proxy\'s pods.',
  consequence: 'In another namespace it is not the account of the pods, and its cloud role is not theirs. In the same one Envoy Gateway takes it over, and deletes it with the Gateway.',
  fix: 'Remove the ServiceAccount. Annotations such as a cloud role belong into `infrastructure.annotations` of the Gateway; constructs write them for the credentials that need them.',
  * check(graph) {
    const named = new Map<unknown, GraphNode>(graph.ofKind(ENVOY_GATEWAY, 'EnvoyProxy').map(proxy => [
      at(proxy.manifest, 'spec', 'provider', 'kubernetes', 'envoyServiceAccount', 'name'), proxy,
    ]));
    for (const node of graph.ofKind('', 'ServiceAccount')) {
      const { name } = fields(node.manifest.metadata);
      const proxy = name === undefined ? undefined : named.get(name);
      if (!proxy) continue;
      yield {
        node,
        prop: 'metadata.name',
        message: `is the account that Envoy Gateway makes for ${labelOf(proxy)}, and deletes with its Gateway`,
        value: name,
        fix: 'remove it, and put its annotations into `spec.infrastructure.annotations` of the Gateway',
      };
    }
  },
};
