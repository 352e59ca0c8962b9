import { ENVOY_GATEWAY } from './api-groups';
import { Graph, GraphNode } from './graph';
import { namespaceOf } from './links';
import { perGraph } from './per-graph';
import { at, Fields, fields, list, number, text } from './read';

/** A Service or Backend that a policy asks before a request goes on. */
export interface PolicyServer {
  /** The SecurityPolicy or EnvoyExtensionPolicy. */
  readonly node: GraphNode;
  /** `spec.extProc[0].backendRefs[0]` */
  readonly path: string;
  readonly group: string;
  readonly kind: 'Service' | 'Backend';
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly port: number | undefined;
}

export const policyServersOf = perGraph((graph): readonly PolicyServer[] => [...serversOf(graph)]);

function* serversOf(graph: Graph): Iterable<PolicyServer> {
  for (const node of graph.ofKind(ENVOY_GATEWAY, 'SecurityPolicy')) {
    for (const front of ['http', 'grpc']) {
      yield* serversIn(node, `spec.extAuth.${front}`, fields(at(node.manifest, 'spec', 'extAuth', front)));
    }
  }
  for (const node of graph.ofKind(ENVOY_GATEWAY, 'EnvoyExtensionPolicy')) {
    for (const [index, processor] of list(at(node.manifest, 'spec', 'extProc')).entries()) {
      yield* serversIn(node, `spec.extProc[${index}]`, fields(processor));
    }
  }
}

function* serversIn(node: GraphNode, path: string, { backendRef, backendRefs }: Fields): Iterable<PolicyServer> {
  if (backendRef !== undefined) yield* server(node, `${path}.backendRef`, fields(backendRef));
  for (const [index, ref] of list(backendRefs).entries()) yield* server(node, `${path}.backendRefs[${index}]`, fields(ref));
}

function* server(node: GraphNode, path: string, ref: Fields): Iterable<PolicyServer> {
  // Without a kind it is a Service.
  const kind = text(ref.kind) ?? 'Service';
  if (kind !== 'Service' && kind !== 'Backend') return;
  const group = kind === 'Backend' ? ENVOY_GATEWAY : '';
  yield { node, path, group, kind, namespace: text(ref.namespace) ?? namespaceOf(node), name: text(ref.name), port: number(ref.port) };
}
