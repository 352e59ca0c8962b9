import { Graph, GraphNode } from '../../graph';
import { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API, Links, namespaceOf } from '../../links';
import { at, Fields, fields, isToken, list, text } from '../../read';
import { Rule, RuleFinding } from '../../rule';

export const missingReference: Rule = {
  code: 'MISSING_REFERENCE',
  severity: 'error',
  title: 'A manifest refers to an object that does not exist',
  cause: 'A route names a provider or gateway, a provider names a Backend, or a policy names the server it asks, in a namespace that was declared complete, and there is none of that name.',
  consequence: 'Without the provider no HTTPRoute is written for the whole route, its healthy providers included; without the gateway nobody serves it; without the Backend its share of the requests answers 500; without the server of a policy every request does.',
  fix: 'Correct the name or namespace, make the object, or no longer declare the namespace complete.',
  final: true,
  * check(graph) {
    if (graph.completeNamespaces.size === 0) return;
    for (const { node, rules, parents } of Links.of(graph).routes) {
      for (const { path, name, namespace } of parents) {
        yield* missing(graph, node, path, { group: GATEWAY_API, kind: 'Gateway', namespace, name });
      }
      for (const { refs } of rules) {
        for (const { path, name, namespace, pool } of refs) {
          if (!pool) yield* missing(graph, node, path, { group: AI_GATEWAY, kind: 'AIServiceBackend', namespace, name });
        }
      }
    }
    for (const node of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      const ref = fields(at(node.manifest, 'spec', 'backendRef'));
      if (ref.kind !== 'Backend') continue;
      const namespace = text(ref.namespace) ?? namespaceOf(node);
      yield* missing(graph, node, 'spec.backendRef', { group: ENVOY_GATEWAY, kind: 'Backend', namespace, name: text(ref.name) });
    }
    for (const { node, path, ref } of serversOf(graph)) {
      // Without a kind it is a Service.
      const kind = text(ref.kind) ?? 'Service';
      if (kind !== 'Service' && kind !== 'Backend') continue;
      const group = kind === 'Backend' ? ENVOY_GATEWAY : '';
      yield* missing(graph, node, path, { group, kind, namespace: text(ref.namespace) ?? namespaceOf(node), name: text(ref.name) });
    }
  },
};

interface ServerRef {
  readonly node: GraphNode;
  readonly path: string;
  readonly ref: Fields;
}

/** What policies name as the servers they ask before a request goes on. */
function* serversOf(graph: Graph): Iterable<ServerRef> {
  for (const node of graph.ofKind(ENVOY_GATEWAY, 'SecurityPolicy')) {
    for (const front of ['http', 'grpc']) {
      yield* serversIn(node, `spec.extAuth.${front}`, fields(at(node.manifest, 'spec', 'extAuth', front)));
    }
  }
  for (const node of graph.ofKind(ENVOY_GATEWAY, 'EnvoyExtensionPolicy')) {
    for (const [index, server] of list(at(node.manifest, 'spec', 'extProc')).entries()) {
      yield* serversIn(node, `spec.extProc[${index}]`, fields(server));
    }
  }
}

function* serversIn(node: GraphNode, path: string, { backendRef, backendRefs }: Fields): Iterable<ServerRef> {
  if (backendRef !== undefined) yield { node, path: `${path}.backendRef`, ref: fields(backendRef) };
  for (const [index, ref] of list(backendRefs).entries()) yield { node, path: `${path}.backendRefs[${index}]`, ref: fields(ref) };
}

interface Reference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

function* missing(graph: Graph, node: GraphNode, path: string, { group, kind, namespace, name }: Reference): Iterable<RuleFinding> {
  if (name === undefined || isToken(name) || !graph.knownMissing(group, kind, namespace, name)) return;
  yield {
    node,
    prop: `${path}.name`,
    message: `names no ${kind} there is in namespace "${namespace}"`,
    value: name,
    fix: `correct the name or namespace, or make the ${kind}`,
  };
}
