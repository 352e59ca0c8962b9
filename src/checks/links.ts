import { Graph, GraphNode } from './graph';
import { at, Fields, fields, list, number, text } from './read';

export const GATEWAY_API = 'gateway.networking.k8s.io';
export const ENVOY_GATEWAY = 'gateway.envoyproxy.io';
export const AI_GATEWAY = 'aigateway.envoyproxy.io';
export const MODEL_HEADER = 'x-ai-eg-model';

/** One backendRef of a route's rule, with what it leads to. */
export interface RouteRef {
  /** `spec.rules[0].backendRefs[1]` */
  readonly path: string;
  readonly ref: Fields;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly priority: number;
  readonly weight: number;
  /** The AIServiceBackend, where it is in the graph. */
  readonly serviceBackend: GraphNode | undefined;
}

/** One rule of an AIGatewayRoute. */
export interface RouteRule {
  /** `spec.rules[0]` */
  readonly path: string;
  readonly rule: Fields;
  readonly name: string | undefined;
  readonly refs: readonly RouteRef[];
  /** Distinct priorities of its refs. */
  readonly levels: number;
}

/** An AIGatewayRoute with its rules and neighbours. */
export interface Route {
  readonly node: GraphNode;
  readonly namespace: string | undefined;
  readonly rules: readonly RouteRule[];
  /** Gateways in the graph among its parents. */
  readonly gateways: readonly GraphNode[];
  /** BackendTrafficPolicies whose target is the HTTPRoute generated from it. */
  readonly trafficPolicies: readonly GraphNode[];
}

/** The references between manifests, followed once per graph. */
export class Links {
  private static readonly cache = new WeakMap<Graph, Links>();

  public static of(graph: Graph): Links {
    let links = Links.cache.get(graph);
    if (!links) Links.cache.set(graph, links = new Links(graph));
    return links;
  }

  public readonly routes: readonly Route[];
  private readonly targeting = new Map<string, GraphNode[]>();
  private readonly securityPolicies = new Map<string, GraphNode[]>();

  private constructor(private readonly graph: Graph) {
    for (const kind of ['BackendTrafficPolicy', 'ClientTrafficPolicy', 'SecurityPolicy', 'EnvoyExtensionPolicy']) {
      for (const node of graph.ofKind(ENVOY_GATEWAY, kind)) this.addTargets(kind, node);
    }
    for (const node of graph.ofKind(GATEWAY_API, 'BackendTLSPolicy')) this.addTargets('BackendTLSPolicy', node);
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      for (const ref of targetRefs(node)) {
        append(this.securityPolicies, `${text(ref.kind)}/${node.manifest.metadata?.namespace ?? ''}/${text(ref.name)}`, node);
      }
    }
    this.routes = graph.ofKind(AI_GATEWAY, 'AIGatewayRoute').map(node => this.route(node));
  }

  /** The Envoy Gateway Backend an AIServiceBackend names, where it is in the graph. */
  public backendOf(serviceBackend: GraphNode): GraphNode | undefined {
    const ref = fields(at(serviceBackend.manifest, 'spec', 'backendRef'));
    const name = text(ref.name);
    if (name === undefined) return undefined;
    return this.graph.find(ENVOY_GATEWAY, 'Backend', text(ref.namespace) ?? serviceBackend.manifest.metadata?.namespace, name);
  }

  /** BackendSecurityPolicies on an AIServiceBackend. */
  public securityPoliciesOf(serviceBackend: GraphNode): readonly GraphNode[] {
    const { name, namespace } = serviceBackend.manifest.metadata;
    return this.securityPolicies.get(`AIServiceBackend/${namespace ?? ''}/${name}`) ?? [];
  }

  /** Policies of a kind that target an object (same namespace), whatever their section name. */
  public policiesOn(policyKind: string, targetKind: string, namespace: string | undefined, name: string): readonly GraphNode[] {
    return this.targeting.get(`${policyKind}>${targetKind}/${namespace ?? ''}/${name}`) ?? [];
  }

  private addTargets(kind: string, node: GraphNode): void {
    for (const ref of targetRefs(node)) {
      append(this.targeting, `${kind}>${text(ref.kind)}/${node.manifest.metadata?.namespace ?? ''}/${text(ref.name)}`, node);
    }
  }

  private route(node: GraphNode): Route {
    const { name, namespace } = fields(node.manifest.metadata);
    const ns = text(namespace);
    const rules = list(at(node.manifest, 'spec', 'rules')).map((value, index) => this.rule(fields(value), `spec.rules[${index}]`, ns));
    const gateways = list(at(node.manifest, 'spec', 'parentRefs')).flatMap(value => {
      const ref = fields(value);
      const parent = text(ref.name);
      const found = parent === undefined ? undefined : this.graph.find(GATEWAY_API, 'Gateway', text(ref.namespace) ?? ns, parent);
      return found ? [found] : [];
    });
    return { node, namespace: ns, rules, gateways, trafficPolicies: this.policiesOn('BackendTrafficPolicy', 'HTTPRoute', ns, text(name) ?? '') };
  }

  private rule(rule: Fields, path: string, namespace: string | undefined): RouteRule {
    const refs = list(rule.backendRefs).map((value, index): RouteRef => {
      const ref = fields(value);
      const name = text(ref.name);
      const refNamespace = text(ref.namespace) ?? namespace;
      return {
        path: `${path}.backendRefs[${index}]`,
        ref,
        name,
        namespace: refNamespace,
        priority: number(ref.priority) ?? 0,
        weight: number(ref.weight) ?? 1,
        serviceBackend: name === undefined || ref.kind === 'InferencePool' ? undefined : this.graph.find(AI_GATEWAY, 'AIServiceBackend', refNamespace, name),
      };
    });
    return { path, rule, name: text(rule.name), refs, levels: new Set(refs.map(r => r.priority)).size };
  }
}

/** Targets of a policy, in either of the two forms Envoy Gateway has. */
export function targetRefs(node: GraphNode): readonly Fields[] {
  const spec = fields(node.manifest.spec);
  return [...list(spec.targetRefs), ...(spec.targetRef === undefined ? [] : [spec.targetRef])].map(fields);
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) {
    if (!values.includes(value)) values.push(value);
  } else {
    map.set(key, [value]);
  }
}
