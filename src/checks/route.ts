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

/** A policy on a target. */
export interface Attachment {
  readonly policy: GraphNode;
  /** Part of the target it is for: a listener, or a rule of a route. */
  readonly sectionName: string | undefined;
  /** `spec.targetRefs[0]` */
  readonly path: string;
}

/** An AIGatewayRoute with its rules and neighbours. */
export interface Route {
  readonly node: GraphNode;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly hostnames: readonly string[];
  readonly parents: readonly RouteParent[];
  readonly rules: readonly RouteRule[];
  /** BackendTrafficPolicies whose target is the HTTPRoute generated from it. */
  readonly trafficPolicies: readonly Attachment[];
}

/** A rule and the route it belongs to. */
export interface RuleOfRoute {
  readonly route: Route;
  readonly rule: RouteRule;
}

/** A condition and the route it belongs to. */
export interface ConditionOfRoute {
  readonly route: Route;
  readonly condition: HeaderCondition;
}

type TrafficPoliciesOf = (namespace: string | undefined, name: string) => readonly Attachment[];

/** Reads routes, and notes those of their parts that many rules look at. */
export class RouteReader {
  public readonly sharedRules: RuleOfRoute[] = [];
  public readonly patterns: ConditionOfRoute[] = [];
  private readonly gateways: Finder;
  private readonly serviceBackends: Finder;

  constructor(graph: Graph, private readonly trafficPoliciesOf: TrafficPoliciesOf) {
    this.gateways = new Finder(graph, GATEWAY_API, 'Gateway');
    this.serviceBackends = new Finder(graph, AI_GATEWAY, 'AIServiceBackend');
  }

  public read(node: GraphNode): Route {
    const metadata = fields(node.manifest.metadata);
    const spec = fields(node.manifest.spec);
    const name = text(metadata.name);
    const namespace = text(metadata.namespace);
    const route: Route = {
      node,
      name,
      namespace,
      hostnames: list(spec.hostnames).filter(hostname => typeof hostname === 'string'),
      parents: list(spec.parentRefs).map((value, index) => this.parent(fields(value), `spec.parentRefs[${index}]`, namespace)),
      rules: list(spec.rules).map((value, index) => this.rule(fields(value), `spec.rules[${index}]`, namespace)),
      trafficPolicies: name === undefined ? [] : this.trafficPoliciesOf(namespace, name),
    };
    for (const rule of route.rules) this.note(route, rule);
    return route;
  }

  private note(route: Route, rule: RouteRule): void {
    if (rule.refs.length > 1) this.sharedRules.push({ route, rule });
    for (const { headers } of rule.matches) {
      for (const condition of headers) {
        if (condition.regex) this.patterns.push({ route, condition });
      }
    }
  }

  private parent(ref: Fields, path: string, routeNamespace: string | undefined): RouteParent {
    const name = text(ref.name);
    const namespace = text(ref.namespace) ?? routeNamespace;
    return {
      path,
      name,
      namespace,
      sectionName: text(ref.sectionName),
      port: number(ref.port),
      gateway: name === undefined ? undefined : this.gateways.find(namespace, name),
    };
  }

  private rule(rule: Fields, path: string, namespace: string | undefined): RouteRule {
    const refs = list(rule.backendRefs).map((value, index) => this.ref(fields(value), `${path}.backendRefs[${index}]`, namespace));
    return {
      path,
      rule,
      name: text(rule.name),
      matches: list(rule.matches).map((value, index) => matchOf(value, `${path}.matches[${index}]`)),
      refs,
      levels: refs.length < 2 ? refs.length : new Set(refs.filter(ref => ref.weight > 0).map(ref => ref.priority)).size,
    };
  }

  private ref(ref: Fields, path: string, routeNamespace: string | undefined): RouteRef {
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
      serviceBackend: name === undefined || pool ? undefined : this.serviceBackends.find(namespace, name),
    };
  }
}

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
