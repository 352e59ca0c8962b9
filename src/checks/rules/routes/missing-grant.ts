import { Graph } from '../../graph';
import { Grants } from '../../grants';
import { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API, Links, namespaceOf, RouteRef } from '../../links';
import { policyServersOf } from '../../policy-servers';
import { listenerCertificatesOf } from '../../listeners';
import { Rule, RuleFinding } from '../../rule';
import { secretSourcesOf } from '../../secret-sources';

export const missingGrant: Rule = {
  code: 'MISSING_GRANT',
  severity: 'error',
  title: 'A route, policy or gateway may not use what is in another namespace',
  cause: 'A route refers to an AIServiceBackend in another namespace, and one of two ReferenceGrants is missing there: from AIGatewayRoute to AIServiceBackend, and from HTTPRoute, which is generated from the route, to Backend. Or a SecurityPolicy or EnvoyExtensionPolicy asks a server in another namespace, without a grant from its kind; or a listener has its certificate in another namespace, without one from Gateway to Secret.',
  consequence: 'Without the first the route is NotAccepted and serves nothing. Without the second it is Accepted and answers 500. A policy without its server is Invalid, and its routes answer 500. A listener without its certificate is refused.',
  fix: 'Add both ReferenceGrants in the namespace of the provider; `provider.allowRoutesFrom()` writes them.',
  * check(graph) {
    const links = Links.of(graph);
    const grants = Grants.of(graph);
    for (const ref of links.refs) {
      const lacking = lackingGrant(ref, links, grants);
      if (!lacking) continue;
      const { node, namespace } = ref.rule.route;
      yield {
        node,
        prop: ref.path,
        message: `refers to another namespace, where no ReferenceGrant lets ${lacking.from} of "${namespace}" refer to ${lacking.to}`,
        value: `${lacking.namespace}/${ref.name}`,
        fix: `add a ReferenceGrant in "${lacking.namespace}" from ${lacking.from} in "${namespace}" to ${lacking.to}`,
      };
    }
    for (const { node, path, group, kind, namespace, name } of policyServersOf(graph)) {
      const from = namespaceOf(node);
      if (from === undefined || namespace === undefined || namespace === from) continue;
      if (name === undefined || !graph.find(group, kind, namespace, name)) continue;
      const by = node.manifest.kind;
      if (grants.allow({ from: { group: ENVOY_GATEWAY, kind: by, namespace: from }, to: { group, kind, namespace } }, name)) continue;
      yield {
        node,
        prop: path,
        message: `refers to another namespace, where no ReferenceGrant lets ${by} of "${from}" refer to ${kind}`,
        value: `${namespace}/${name}`,
        fix: `add a ReferenceGrant in "${namespace}" from ${by} in "${from}" to ${kind}`,
      };
    }
    yield* certificates(graph, grants);
  },
};

function* certificates(graph: Graph, grants: Grants): Iterable<RuleFinding> {
  for (const { node, path, name, namespace } of listenerCertificatesOf(graph)) {
    const from = namespaceOf(node);
    if (from === undefined || namespace === undefined || namespace === from || secretSourcesOf(graph).at(namespace, name).length === 0) continue;
    if (grants.allow({ from: { group: GATEWAY_API, kind: 'Gateway', namespace: from }, to: { group: '', kind: 'Secret', namespace } }, name)) continue;
    yield {
      node,
      prop: path,
      message: `refers to another namespace, where no ReferenceGrant lets Gateway of "${from}" refer to Secret`,
      value: `${namespace}/${name}`,
      fix: `add a ReferenceGrant in "${namespace}" from Gateway in "${from}" to Secret`,
    };
  }
}

interface Lacking {
  readonly from: string;
  readonly to: string;
  readonly namespace: string;
}

function lackingGrant({ rule, serviceBackend }: RouteRef, links: Links, grants: Grants): Lacking | undefined {
  const from = rule.route.namespace;
  if (from === undefined || !serviceBackend) return undefined;
  const service = namespaceOf(serviceBackend);
  // The gateway does not look at the name in this grant.
  const routeMay = service === undefined || service === from || grants.allow({
    from: { group: AI_GATEWAY, kind: 'AIGatewayRoute', namespace: from },
    to: { group: AI_GATEWAY, kind: 'AIServiceBackend', namespace: service },
  });
  if (!routeMay) return { from: 'AIGatewayRoute', to: 'AIServiceBackend', namespace: service };
  const backend = links.backendOf(serviceBackend);
  const namespace = backend && namespaceOf(backend);
  if (namespace === undefined || namespace === from) return undefined;
  const generatedMay = grants.allow({
    from: { group: GATEWAY_API, kind: 'HTTPRoute', namespace: from },
    to: { group: ENVOY_GATEWAY, kind: 'Backend', namespace },
  }, backend!.manifest.metadata.name);
  return generatedMay ? undefined : { from: 'HTTPRoute', to: 'Backend', namespace };
}
