import { GraphNode } from './graph';
import { AI_GATEWAY, Attachment, ENVOY_GATEWAY, Links, namespaceOf } from './links';
import { perGraph } from './per-graph';
import { at, Fields, fields, list, number, text } from './read';

/** One address of a Backend. */
export interface Endpoint {
  /** `spec.endpoints[0].fqdn` */
  readonly path: string;
  readonly form: 'fqdn' | 'ip' | 'unix' | undefined;
  /** Name or address; anything where the manifest is wrong. */
  readonly host: unknown;
  readonly port: number | undefined;
}

/** A Backend of Envoy Gateway and how it is reached. */
export interface Connection {
  readonly backend: GraphNode;
  /** AIServiceBackends and MCPRoutes that send requests to it. */
  readonly users: readonly GraphNode[];
  readonly endpoints: readonly Endpoint[];
  /** `spec.tls`, where there is one. */
  readonly tls: Fields | undefined;
  /** BackendTLSPolicies on it. */
  readonly policies: readonly Attachment[];
  /** Whether one of them is for the whole Backend, which is the only form AI routes match. */
  readonly hasWholePolicy: boolean;
}

export const connectionsOf = perGraph(graph => {
  const links = Links.of(graph);
  const users = new Map<GraphNode, GraphNode[]>();
  const use = (backend: GraphNode | undefined, user: GraphNode) => {
    if (!backend) return;
    const known = users.get(backend);
    if (known) {
      known.push(user);
    } else {
      users.set(backend, [user]);
    }
  };
  for (const serviceBackend of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) use(links.backendOf(serviceBackend), serviceBackend);
  for (const route of graph.ofKind(AI_GATEWAY, 'MCPRoute')) {
    for (const value of list(at(route.manifest, 'spec', 'backendRefs'))) {
      const { kind, name } = fields(value);
      if (kind === 'Backend' && typeof name === 'string') use(graph.find(ENVOY_GATEWAY, 'Backend', namespaceOf(route), name), route);
    }
  }
  return graph.ofKind(ENVOY_GATEWAY, 'Backend').map((backend): Connection => {
    const policies = links.attachmentsOn('BackendTLSPolicy', 'Backend', namespaceOf(backend), text(at(backend.manifest, 'metadata', 'name')) ?? '');
    const tls = at(backend.manifest, 'spec', 'tls');
    return {
      backend,
      users: users.get(backend) ?? [],
      endpoints: list(at(backend.manifest, 'spec', 'endpoints')).map(endpointOf),
      tls: tls === undefined || tls === null ? undefined : fields(tls),
      policies,
      hasWholePolicy: policies.some(({ sectionName }) => !sectionName),
    };
  });
});

/** DNS names at which a Backend is reached. */
export function hostnamesOf(backend: GraphNode | undefined): readonly string[] {
  return list(at(backend?.manifest, 'spec', 'endpoints')).flatMap(endpoint => text(at(endpoint, 'fqdn', 'hostname')) ?? []);
}

function endpointOf(value: unknown, index: number): Endpoint {
  const path = `spec.endpoints[${index}]`;
  const endpoint = fields(value);
  for (const [form, hostField] of [['fqdn', 'hostname'], ['ip', 'address'], ['unix', 'path']] as const) {
    if (endpoint[form] === undefined) continue;
    const inner = fields(endpoint[form]);
    return { path: `${path}.${form}`, form, host: inner[hostField], port: number(inner.port) };
  }
  return { path, form: undefined, host: undefined, port: undefined };
}
