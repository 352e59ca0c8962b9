import { Manifest } from '../client';

interface AiBackendRef {
  readonly name: string;
  readonly namespace?: string;
  readonly weight?: number;
}

/**
 * What the AI gateway's controller makes of a route, for Envoy Gateway's controller to judge: an HTTPRoute of the same
 * name with the same rules and one more that answers 404, and the two filters that they use.
 *
 * @param manifests where the AIServiceBackends are, which name the Backends
 */
export function standInsFor(route: Manifest, manifests: readonly Manifest[]): Manifest[] {
  const { name, namespace } = route.metadata;
  const hostRewrite = `ai-eg-host-rewrite-${name}`;
  const notFound = `ai-eg-route-not-found-response-${name}`;
  const filter = (filterName: string, spec: object): Manifest =>
    ({ apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'HTTPRouteFilter', metadata: { name: filterName, namespace }, spec });
  const useFilter = (filterName: string) =>
    ({ type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: filterName } });
  const anyPath = { type: 'PathPrefix', value: '/' };
  const rules = (route.spec.rules as readonly any[]).map(rule => ({
    ...(rule.name === undefined ? {} : { name: rule.name }),
    matches: (rule.matches as readonly any[] | undefined)?.map(match => ({ ...match, path: anyPath })) ?? [{ path: anyPath }],
    filters: [useFilter(hostRewrite)],
    backendRefs: (rule.backendRefs as readonly AiBackendRef[]).map(ref => backendRef(ref, namespace, manifests)),
    timeouts: { request: '60s', ...rule.timeouts },
  }));
  return [
    filter(hostRewrite, { urlRewrite: { hostname: { type: 'Backend' } } }),
    filter(notFound, { directResponse: { contentType: 'text/plain', statusCode: 404, body: { type: 'Inline', inline: 'No matching route found.' } } }),
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name, namespace, labels: route.metadata.labels, annotations: route.metadata.annotations },
      spec: {
        parentRefs: route.spec.parentRefs,
        ...(route.spec.hostnames === undefined ? {} : { hostnames: route.spec.hostnames }),
        rules: [...rules, { name: 'route-not-found', matches: [{ path: anyPath }], filters: [useFilter(notFound)] }],
      },
    },
  ];
}

function backendRef(ref: AiBackendRef, routeNamespace: string | undefined, manifests: readonly Manifest[]): object {
  const namespace = ref.namespace ?? routeNamespace;
  const ai = manifests.find(({ kind, metadata }) => kind === 'AIServiceBackend' && metadata.name === ref.name && metadata.namespace === namespace);
  if (!ai) throw new Error(`no AIServiceBackend ${ref.name} in ${namespace}`);
  return { namespace, ...ai.spec.backendRef, ...(ref.weight === undefined ? {} : { weight: ref.weight }) };
}
