import { AGENTGATEWAY_MODEL_HEADER, AI_GATEWAY, GATEWAY_API, MODEL_HEADER } from './api-groups';
import { Graph, GraphNode } from './graph';
import { fields, list, text } from './read';
import { Attachment, HeaderCondition, Route, RouteKind, RouteParent, RouteRef, RouteRule } from './route';

type TrafficPoliciesOf = (namespace: string | undefined, name: string) => readonly Attachment[];

/** Reads routes, and notes those of their parts that many rules look at. */
export class RouteReader {
  public readonly rules: RouteRule[] = [];
  public readonly sharedRules: RouteRule[] = [];
  public readonly refs: RouteRef[] = [];
  public readonly patterns: HeaderCondition[] = [];
  private readonly gateways: Finder;
  private last: { readonly ref: unknown; readonly namespace: string | undefined; readonly parents: readonly RouteParent[] } | undefined;
  private readonly aiGateway: RouteKind;

  constructor(graph: Graph, private readonly trafficPoliciesOf: TrafficPoliciesOf) {
    const serviceBackends = new Finder(graph, AI_GATEWAY, 'AIServiceBackend');
    this.gateways = new Finder(graph, GATEWAY_API, 'Gateway');
    this.aiGateway = { modelHeader: MODEL_HEADER, serviceBackendOf: (namespace, name) => serviceBackends.find(namespace, name) };
  }

  /** An AIGatewayRoute. */
  public read(node: GraphNode): Route {
    const route = this.routeIn(node, this.aiGateway);
    for (const rule of route.rules) {
      this.rules.push(rule);
      if (rule.refs.length > 1) this.sharedRules.push(rule);
      this.refs.push(...rule.refs);
    }
    return route;
  }

  /** An HTTPRoute of agentgateway or kgateway. */
  public readHttp(node: GraphNode): Route {
    return this.routeIn(node, HTTP);
  }

  private routeIn(node: GraphNode, kind: RouteKind): Route {
    const metadata = fields(node.manifest.metadata);
    const spec = fields(node.manifest.spec);
    const name = text(metadata.name);
    const namespace = text(metadata.namespace);
    const written = list(spec.rules);
    // Of its length at once: an array that grows by its first item has room for 17, and most routes have one rule.
    const rules = new Array<RouteRule>(written.length);
    const route: Route = {
      node,
      name,
      namespace,
      hostnames: spec.hostnames === undefined ? NONE : list(spec.hostnames).filter(hostname => typeof hostname === 'string'),
      parents: this.parentsOf(list(spec.parentRefs), namespace),
      rules,
      trafficPolicies: name === undefined || kind === HTTP ? NONE : this.trafficPoliciesOf(namespace, name),
    };
    for (const [index, value] of written.entries()) rules[index] = new RouteRule(route, index, fields(value), kind);
    for (const rule of rules) this.notePatterns(rule);
    return route;
  }

  private notePatterns(rule: RouteRule): void {
    for (const { headers } of rule.matches) this.patterns.push(...headers.filter(({ regex }) => regex));
  }

  /** Most routes of a namespace have the same only parent, so it is kept for the next. */
  private parentsOf(refs: readonly unknown[], namespace: string | undefined): readonly RouteParent[] {
    if (refs.length === 1 && this.last && this.last.namespace === namespace && agree(this.last.ref, refs[0])) return this.last.parents;
    const parents = refs.map((value, index) => this.parent(value, index, namespace));
    if (refs.length === 1) this.last = { ref: refs[0], namespace, parents };
    return parents;
  }

  private parent(value: unknown, index: number, routeNamespace: string | undefined): RouteParent {
    const ref = fields(value);
    const name = text(ref.name);
    const namespace = text(ref.namespace) ?? routeNamespace;
    return new RouteParent(index, ref, namespace, name === undefined ? undefined : this.gateways.find(namespace, name));
  }
}

/** Whether two objects have the same values in their fields. */
function agree(one: unknown, other: unknown): boolean {
  const [a, b] = [fields(one), fields(other)];
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every(name => Object.hasOwn(b, name) && Object.is(a[name], b[name]));
}

const NONE: readonly never[] = [];
const HTTP: RouteKind = { modelHeader: AGENTGATEWAY_MODEL_HEADER, serviceBackendOf: () => undefined };

/** Thousands of routes name the same few objects, so each is looked up once. */
class Finder {
  private readonly found = new Map<string | undefined, Map<string, GraphNode | undefined>>();

  constructor(private readonly graph: Graph, private readonly group: string, private readonly kind: string) {}

  public find(namespace: string | undefined, name: string): GraphNode | undefined {
    let names = this.found.get(namespace);
    if (!names) this.found.set(namespace, names = new Map());
    if (!names.has(name)) names.set(name, this.graph.find(this.group, this.kind, namespace, name));
    return names.get(name);
  }
}
