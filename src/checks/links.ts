import { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API } from './api-groups';
import { Graph, GraphNode } from './graph';
import { agentHttpRoutes } from './http-routes';
import { at, Fields, fields, list, text } from './read';
import { Attachment, HeaderCondition, Route, RouteRef, RouteRule } from './route';
import { RouteReader } from './route-reader';
import { choicesOf, selectorsOf, TargetSelector } from './target-selectors';

export { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API, MODEL_HEADER } from './api-groups';
export type { Attachment, HeaderCondition, Route, RouteMatch, RouteParent, RouteRef, RouteRule } from './route';

const ENVOY_POLICIES = ['BackendTrafficPolicy', 'ClientTrafficPolicy', 'SecurityPolicy', 'EnvoyExtensionPolicy'] as const;

/** An attachment and what it is on. */
export interface TargetedAttachment extends Attachment {
  readonly policyKind: string;
  readonly targetKind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

const NONE: readonly never[] = [];

/** The references between manifests, followed once per graph. */
export class Links {
  private static readonly cache = new WeakMap<Graph, Links>();

  public static of(graph: Graph): Links {
    let links = Links.cache.get(graph);
    if (!links) Links.cache.set(graph, links = new Links(graph));
    return links;
  }

  /** AIGatewayRoutes. */
  public readonly routes: readonly Route[];
  /** HTTPRoutes of agentgateway and kgateway. */
  public readonly httpRoutes: readonly Route[];
  /** Both. */
  public readonly allRoutes: readonly Route[];
  /** Rules of AIGatewayRoutes. */
  public readonly rules: readonly RouteRule[];
  /** Rules of all routes. */
  public readonly allRules: readonly RouteRule[];
  /** The backendRefs of AIGatewayRoutes. */
  public readonly refs: readonly RouteRef[];
  /** Rules of AIGatewayRoutes with more than one target, which are the ones that can go wrong in most ways. */
  public readonly sharedRules: readonly RouteRule[];
  /** Conditions that are patterns. */
  public readonly patterns: readonly HeaderCondition[];
  /** Policies that are for a part of their target only. */
  public readonly sections: readonly TargetedAttachment[];

  /** Policies that choose by label, with what they are known to choose. */
  public readonly selected: readonly TargetedAttachment[];
  /** Selectors that choose nothing in the graph. */
  public readonly idle: readonly TargetSelector[];

  /** By kind of policy and target, then by namespace and name of the target. */
  private readonly targeting = new Map<string, Map<string, Attachment[]>>();
  /** Objects that policies may choose by label, by kind of policy. */
  private readonly maybeChosen = new Map<string, Set<GraphNode>>();
  private readonly securityPolicies = new Map<string, GraphNode[]>();
  private byNode: ReadonlyMap<GraphNode, Route> | undefined;
  /** Null for one that is not here. */
  private readonly backends = new Map<GraphNode, GraphNode | null>();

  private constructor(private readonly graph: Graph) {
    const sections: TargetedAttachment[] = [];
    const selectors: TargetSelector[] = [];
    for (const kind of ENVOY_POLICIES) {
      for (const node of graph.ofKind(ENVOY_GATEWAY, kind)) {
        this.addTargets(kind, node, sections);
        if (at(node.manifest, 'spec', 'targetSelectors') !== undefined) selectors.push(...selectorsOf(kind, node));
      }
    }
    const { selected, used } = this.addChoices(selectors);
    this.selected = selected;
    this.idle = selectors.filter(selector => !used.has(selector));
    for (const node of graph.ofKind(GATEWAY_API, 'BackendTLSPolicy')) this.addTargets('BackendTLSPolicy', node, sections);
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      for (const { ref } of targets(node)) {
        const key = `${text(ref.kind)}/${namespaceOf(node) ?? ''}/${text(ref.name)}`;
        const policies = this.securityPolicies.get(key);
        if (!policies) this.securityPolicies.set(key, [node]); else if (policies.at(-1) !== node) policies.push(node);
      }
    }
    this.sections = sections;
    const reader = new RouteReader(graph, (namespace, name) => this.attachmentsOn('BackendTrafficPolicy', 'HTTPRoute', namespace, name));
    this.routes = graph.ofKind(AI_GATEWAY, 'AIGatewayRoute').map(node => reader.read(node));
    this.httpRoutes = agentHttpRoutes(graph).map(node => reader.readHttp(node));
    this.allRoutes = this.httpRoutes.length === 0 ? this.routes : [...this.routes, ...this.httpRoutes];
    this.rules = reader.rules;
    this.allRules = this.httpRoutes.length === 0 ? this.rules : this.allRoutes.flatMap(({ rules }) => rules);
    this.refs = reader.refs;
    this.sharedRules = reader.sharedRules;
    this.patterns = reader.patterns;
  }

  /** An AIGatewayRoute, by its manifest. */
  public routeOf(node: GraphNode): Route | undefined {
    this.byNode ??= new Map(this.routes.map(route => [route.node, route]));
    return this.byNode.get(node);
  }

  /** The Envoy Gateway Backend an AIServiceBackend names, where it is in the graph. */
  public backendOf(serviceBackend: GraphNode): GraphNode | undefined {
    let backend = this.backends.get(serviceBackend);
    if (backend === undefined) this.backends.set(serviceBackend, backend = this.findBackend(serviceBackend) ?? null);
    return backend ?? undefined;
  }

  /** BackendSecurityPolicies on an AIServiceBackend. */
  public securityPoliciesOf(serviceBackend: GraphNode): readonly GraphNode[] {
    const name = text(at(serviceBackend.manifest, 'metadata', 'name'));
    return this.securityPolicies.get(`AIServiceBackend/${namespaceOf(serviceBackend) ?? ''}/${name}`) ?? NONE;
  }

  /** Policies of a kind that target an object (same namespace), whatever their section name. */
  public policiesOn(policyKind: string, targetKind: string, namespace: string | undefined, name: string): readonly GraphNode[] {
    return [...new Set(this.attachmentsOn(policyKind, targetKind, namespace, name).map(({ policy }) => policy))];
  }

  /** The same, with the part of the object each is for. */
  public attachmentsOn(policyKind: string, targetKind: string, namespace: string | undefined, name: string): readonly Attachment[] {
    return this.targeting.get(`${policyKind}>${targetKind}`)?.get(`${namespace ?? ''}/${name}`) ?? NONE;
  }

  /** Whether a policy that chooses its targets by label may be on an object, for all that is known before there is a cluster. */
  public maybeSelected(policyKind: string, object: GraphNode): boolean {
    return this.maybeChosen.size > 0 && this.maybeChosen.get(policyKind)?.has(object) === true;
  }

  private findBackend(serviceBackend: GraphNode): GraphNode | undefined {
    const ref = fields(at(serviceBackend.manifest, 'spec', 'backendRef'));
    const name = text(ref.name);
    if (name === undefined) return undefined;
    return this.graph.find(ENVOY_GATEWAY, 'Backend', text(ref.namespace) ?? namespaceOf(serviceBackend), name);
  }

  private addTargets(policyKind: string, node: GraphNode, sections: TargetedAttachment[]): void {
    const namespace = namespaceOf(node);
    for (const { ref, path } of targets(node)) {
      const targetKind = text(ref.kind) ?? '';
      const name = text(ref.name) ?? '';
      const attachment = { policy: node, sectionName: text(ref.sectionName), path };
      this.attach(`${policyKind}>${targetKind}`, namespace, name, attachment);
      if (attachment.sectionName !== undefined) sections.push({ ...attachment, policyKind, targetKind, namespace, name });
    }
  }

  private addChoices(selectors: readonly TargetSelector[]) {
    const selected: TargetedAttachment[] = [];
    const used = new Set<TargetSelector>();
    for (const { by, object, certain } of choicesOf(selectors, this.graph)) {
      used.add(by);
      const { policyKind, policy, path, targetKind } = by;
      const namespace = namespaceOf(object);
      const name = text(object.manifest.metadata.name);
      if (!certain || name === undefined) {
        const maybe = this.maybeChosen.get(policyKind);
        if (maybe) maybe.add(object); else this.maybeChosen.set(policyKind, new Set([object]));
        continue;
      }
      const on = this.attachmentsOn(policyKind, targetKind, namespace, name);
      // A policy that names what it chooses, or chooses it twice, is on it once.
      if (on.some(known => known.policy === policy && known.sectionName === undefined)) continue;
      const attachment = { policy, sectionName: undefined, path, byLabel: true };
      this.attach(`${policyKind}>${targetKind}`, namespace, name, attachment);
      selected.push({ ...attachment, policyKind, targetKind, namespace, name });
    }
    return { selected, used };
  }

  private attach(on: string, namespace: string | undefined, name: string, attachment: Attachment): void {
    let named = this.targeting.get(on);
    if (!named) this.targeting.set(on, named = new Map());
    const key = `${namespace ?? ''}/${name}`;
    const known = named.get(key);
    if (known) known.push(attachment); else named.set(key, [attachment]);
  }
}

/** Targets of a policy, in either of the two forms Envoy Gateway has. */
export function targetRefs(node: GraphNode): readonly Fields[] {
  return targets(node).map(({ ref }) => ref);
}

export function namespaceOf(node: GraphNode): string | undefined {
  return text(node.manifest.metadata?.namespace);
}

export function targets(node: GraphNode): { ref: Fields; path: string }[] {
  const spec = fields(node.manifest.spec);
  return [
    ...list(spec.targetRefs).map((ref, index) => ({ ref: fields(ref), path: `spec.targetRefs[${index}]` })),
    ...(spec.targetRef === undefined ? [] : [{ ref: fields(spec.targetRef), path: 'spec.targetRef' }]),
  ];
}
