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
    const rules: RouteRule[] = [];
    const route: Route = {
      node,
      name,
      namespace,
      hostnames: spec.hostnames === undefined ? NONE : list(spec.hostnames).filter(hostname => typeof hostname === 'string'),
      parents: list(spec.parentRefs).map((value, index) => this.parent(value, index, namespace)),
      rules,
      trafficPolicies: name === undefined || kind === HTTP ? NONE : this.trafficPoliciesOf(namespace, name),
    };
    list(spec.rules).forEach((value, index) => rules.push(new RouteRule(route, index, fields(value), kind)));
    for (const rule of rules) this.notePatterns(rule);
    return route;
  }

  private notePatterns(rule: RouteRule): void {
    for (const { headers } of rule.matches) this.patterns.push(...headers.filter(({ regex }) => regex));
  }

  private parent(value: unknown, index: number, routeNamespace: string | undefined): RouteParent {
    const ref = fields(value);
    const name = text(ref.name);
    const namespace = text(ref.namespace) ?? routeNamespace;
    return new RouteParent(index, ref, namespace, name === undefined ? undefined : this.gateways.find(namespace, name));
  }
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
