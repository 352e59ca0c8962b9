import { AI_GATEWAY, GATEWAY_API, MODEL_HEADER } from './api-groups';
import { Graph, GraphNode } from './graph';
import { at, Fields, fields, list, number, text } from './read';

/** A condition on a header, in a match of a rule. */
export interface HeaderCondition {
  /** `spec.rules[0].matches[0].headers[0]` */
  readonly path: string;
  /** In lower case, as headers are compared. */
  readonly name: string;
  readonly writtenName: string;
  /** Anything where the manifest is wrong. */
  readonly value: unknown;
  readonly regex: boolean;
}

/** One match of a rule. */
export interface RouteMatch {
  /** `spec.rules[0].matches[0]` */
  readonly path: string;
  readonly headers: readonly HeaderCondition[];
  /** The condition on the model. */
  readonly model: HeaderCondition | undefined;
  /** The other conditions, as a text that is the same for the same conditions. */
  readonly others: string;
}

/** One backendRef of a route's rule, with what it leads to. */
export interface RouteRef {
  /** `spec.rules[0].backendRefs[1]` */
  readonly path: string;
  readonly ref: Fields;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly priority: number;
  readonly weight: number;
  /** True for an InferencePool, false for an AIServiceBackend. */
  readonly pool: boolean;
  /** The AIServiceBackend, where it is in the graph. */
  readonly serviceBackend: GraphNode | undefined;
}

/** One rule of an AIGatewayRoute. */
export interface RouteRule {
  /** `spec.rules[0]` */
  readonly path: string;
  readonly rule: Fields;
  readonly name: string | undefined;
  readonly matches: readonly RouteMatch[];
  readonly refs: readonly RouteRef[];
  /** Distinct priorities of the refs that get traffic. */
  readonly levels: number;
}

/** A Gateway that a route names as its parent. */
export interface RouteParent {
  /** `spec.parentRefs[0]` */
  readonly path: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly sectionName: string | undefined;
  readonly port: number | undefined;
  /** The Gateway, where it is in the graph. */
  readonly gateway: GraphNode | undefined;
}

/** An AIGatewayRoute with its rules and neighbours. */
export interface Route {
  readonly node: GraphNode;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly hostnames: readonly string[];
  readonly parents: readonly RouteParent[];
  readonly rules: readonly RouteRule[];
  /** Gateways in the graph among its parents. */
  readonly gateways: readonly GraphNode[];
  /** BackendTrafficPolicies whose target is the HTTPRoute generated from it. */
  readonly trafficPolicies: readonly GraphNode[];
}

type PoliciesOf = (namespace: string | undefined, name: string) => readonly GraphNode[];

export function routeOf(node: GraphNode, graph: Graph, trafficPoliciesOf: PoliciesOf): Route {
  const metadata = fields(node.manifest.metadata);
  const spec = fields(node.manifest.spec);
  const name = text(metadata.name);
  const namespace = text(metadata.namespace);
  const parents = list(spec.parentRefs).map((value, index) => parentOf(fields(value), `spec.parentRefs[${index}]`, namespace, graph));
  return {
    node,
    name,
    namespace,
    hostnames: list(spec.hostnames).filter(hostname => typeof hostname === 'string'),
    parents,
    rules: list(spec.rules).map((value, index) => ruleOf(fields(value), `spec.rules[${index}]`, namespace, graph)),
    gateways: parents.flatMap(({ gateway }) => gateway ?? []),
    trafficPolicies: name === undefined ? [] : trafficPoliciesOf(namespace, name),
  };
}

function parentOf(ref: Fields, path: string, routeNamespace: string | undefined, graph: Graph): RouteParent {
  const name = text(ref.name);
  const namespace = text(ref.namespace) ?? routeNamespace;
  return {
    path,
    name,
    namespace,
    sectionName: text(ref.sectionName),
    port: number(ref.port),
    gateway: name === undefined ? undefined : graph.find(GATEWAY_API, 'Gateway', namespace, name),
  };
}

function ruleOf(rule: Fields, path: string, namespace: string | undefined, graph: Graph): RouteRule {
  const refs = list(rule.backendRefs).map((value, index) => refOf(fields(value), `${path}.backendRefs[${index}]`, namespace, graph));
  return {
    path,
    rule,
    name: text(rule.name),
    matches: list(rule.matches).map((value, index) => matchOf(value, `${path}.matches[${index}]`)),
    refs,
    levels: refs.length < 2 ? refs.length : new Set(refs.filter(ref => ref.weight > 0).map(ref => ref.priority)).size,
  };
}

function refOf(ref: Fields, path: string, routeNamespace: string | undefined, graph: Graph): RouteRef {
  const name = text(ref.name);
  const namespace = text(ref.namespace) ?? routeNamespace;
  const pool = ref.kind === 'InferencePool';
  return {
    path,
    ref,
    name,
    namespace,
    priority: number(ref.priority) ?? 0,
    weight: number(ref.weight) ?? 1,
    pool,
    serviceBackend: name === undefined || pool ? undefined : graph.find(AI_GATEWAY, 'AIServiceBackend', namespace, name),
  };
}

function matchOf(match: unknown, path: string): RouteMatch {
  const headers = list(at(match, 'headers')).map((value, index): HeaderCondition => {
    const header = fields(value);
    const writtenName = text(header.name) ?? '';
    return {
      path: `${path}.headers[${index}]`,
      name: writtenName.toLowerCase(),
      writtenName,
      value: header.value,
      regex: header.type === 'RegularExpression',
    };
  });
  const model = headers.find(({ name }) => name === MODEL_HEADER);
  return { path, headers, model, others: headers.length === 0 || (headers.length === 1 && model) ? '' : conditions(headers, model) };
}

function conditions(headers: readonly HeaderCondition[], model: HeaderCondition | undefined): string {
  return headers
    .filter(header => header !== model)
    .map(({ name, value, regex }) => JSON.stringify([name, regex, text(value) ?? typeof value]))
    .sort()
    .join();
}
