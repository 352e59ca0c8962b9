import { Graph, GraphNode } from '../../graph';
import { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API, Links, namespaceOf } from '../../links';
import { policyServersOf } from '../../policy-servers';
import { at, fields, isToken, text } from '../../read';
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
    const { routes, refs } = Links.of(graph);
    for (const { node, parents } of routes) {
      for (const { path, name, namespace } of parents) {
        yield* missing(graph, node, path, { group: GATEWAY_API, kind: 'Gateway', namespace, name });
      }
    }
    for (const { rule, path, name, namespace, pool } of refs) {
      if (!pool) yield* missing(graph, rule.route.node, path, { group: AI_GATEWAY, kind: 'AIServiceBackend', namespace, name });
    }
    for (const node of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      const ref = fields(at(node.manifest, 'spec', 'backendRef'));
      if (ref.kind !== 'Backend') continue;
      const namespace = text(ref.namespace) ?? namespaceOf(node);
      yield* missing(graph, node, 'spec.backendRef', { group: ENVOY_GATEWAY, kind: 'Backend', namespace, name: text(ref.name) });
    }
    for (const { node, path, group, kind, namespace, name } of policyServersOf(graph)) {
      yield* missing(graph, node, path, { group, kind, namespace, name });
    }
  },
};

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
