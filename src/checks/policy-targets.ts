import { isToken } from '../findings/token';
import { Graph, GraphNode } from './graph';
import { elsewhere, nameOf } from './identity';
import { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API, Links, namespaceOf, TargetedAttachment, targets } from './links';
import { perGraph } from './per-graph';
import { TargetSelector } from './target-selectors';
import { Fields, text } from './read';

interface Kind {
  readonly group: string;
  readonly kind: string;
}

/** A kind of policy, and what it can be on. */
export interface PolicyKind extends Kind {
  readonly targets: readonly Kind[];
}

const routes = (...kinds: readonly string[]): readonly Kind[] => kinds.map(kind => ({ group: GATEWAY_API, kind }));
const AI_PROVIDER: Kind = { group: AI_GATEWAY, kind: 'AIServiceBackend' };

const POLICY_KINDS: readonly PolicyKind[] = [
  { group: ENVOY_GATEWAY, kind: 'BackendTrafficPolicy', targets: routes('Gateway', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'UDPRoute', 'TLSRoute') },
  { group: ENVOY_GATEWAY, kind: 'ClientTrafficPolicy', targets: routes('Gateway') },
  { group: ENVOY_GATEWAY, kind: 'SecurityPolicy', targets: routes('Gateway', 'HTTPRoute', 'GRPCRoute', 'TCPRoute') },
  { group: ENVOY_GATEWAY, kind: 'EnvoyExtensionPolicy', targets: routes('Gateway', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'UDPRoute', 'TLSRoute') },
  { group: GATEWAY_API, kind: 'BackendTLSPolicy', targets: [
    { group: ENVOY_GATEWAY, kind: 'Backend' }, { group: '', kind: 'Service' }, { group: 'multicluster.x-k8s.io', kind: 'ServiceImport' },
  ] },
  { group: AI_GATEWAY, kind: 'BackendSecurityPolicy', targets: [AI_PROVIDER, { group: 'inference.networking.k8s.io', kind: 'InferencePool' }] },
  { group: AI_GATEWAY, kind: 'QuotaPolicy', targets: [AI_PROVIDER] },
];

/** One target of one policy. */
export interface PolicyTarget {
  readonly policyKind: PolicyKind;
  readonly policy: GraphNode;
  /** `spec.targetRefs[0]` */
  readonly path: string;
  readonly ref: Fields;
  readonly group: string;
  readonly kind: string;
  /** Undefined where it is missing or known only later. */
  readonly name: string | undefined;
}

/** All targets of all policies. */
export const policyTargets = perGraph(graph => POLICY_KINDS.flatMap(policyKind => (
  graph.ofKind(policyKind.group, policyKind.kind).flatMap(policy => targets(policy).map(({ ref, path }): PolicyTarget => ({
    policyKind,
    policy,
    path,
    ref,
    group: text(ref.group) ?? (ref.group === undefined ? groupMeant(policyKind, ref.kind) : ''),
    kind: text(ref.kind) ?? '',
    name: isToken(ref.name) ? undefined : text(ref.name),
  })))
)));

/** That the group is missing is told as that. */
function groupMeant({ targets: possible }: PolicyKind, kind: unknown): string {
  return possible.find(target => target.kind === kind)?.group ?? '';
}

/** A target that a policy names, or chooses by a label. */
export interface AppliedTarget extends Pick<PolicyTarget, 'policy' | 'path' | 'kind' | 'name'> {
  readonly policyKind: string;
  readonly namespace: string | undefined;
  readonly sectionName: string | undefined;
  readonly byLabel: boolean;
}

/** What the policies of a kind are on, named ones first. */
export const appliedTargets = perGraph((graph): readonly AppliedTarget[] => [
  ...policyTargets(graph).map(({ policyKind, policy, path, ref, kind, name }) => (
    { policyKind: policyKind.kind, policy, path, kind, name, namespace: namespaceOf(policy), sectionName: text(ref.sectionName), byLabel: false })),
  ...Links.of(graph).selected.map(({ policyKind, policy, path, targetKind, name, namespace }) => (
    { policyKind, policy, path, kind: targetKind, name, namespace, sectionName: undefined, byLabel: true })),
]);

/** The first of the targets that one selector chooses, of which there is something to say; all that are named. */
export function oncePerSelector(): (target: AppliedTarget) => boolean {
  const told = new Map<GraphNode, Set<string>>();
  return ({ byLabel, policy, path }) => {
    if (!byLabel) return true;
    const paths = told.get(policy) ?? new Set();
    if (paths.has(path)) return false;
    told.set(policy, paths.add(path));
    return true;
  };
}

/** Whether a target is of a kind the policy can be on. */
export function isPossible({ policyKind, group, kind }: PolicyTarget): boolean {
  return policyKind.targets.some(target => target.kind === kind && target.group === group);
}

/** HTTPRoutes that the controller makes for other kinds than AIGatewayRoute. */
const GENERATED = /^ai-eg-/;

/** A target that is known not to be where the policy looks for it. */
export interface MissingTarget {
  /** Whether there can be none of that name; another repository may have one otherwise. */
  readonly certain: boolean;
  /** One of that name in another namespace. */
  readonly other: GraphNode | undefined;
}

/** @param target of a kind that the policy can be on */
export function missingTarget(graph: Graph, { policy, group, kind, name }: Pick<PolicyTarget, 'policy' | 'group' | 'kind' | 'name'>): MissingTarget | undefined {
  if (name === undefined || name === '' || isToken(name) || GENERATED.test(name)) return undefined;
  const namespace = namespaceOf(policy);
  if (exists(graph, group, kind, namespace, name)) return undefined;
  const certain = namespace !== undefined && graph.completeNamespaces.has(namespace);
  const other = certain ? undefined : anywhere(graph, group, kind, namespace, name);
  return certain || other ? { certain, other } : undefined;
}

/** The controller makes an HTTPRoute of each AIGatewayRoute. */
function exists(graph: Graph, group: string, kind: string, namespace: string | undefined, name: string): boolean {
  return graph.find(group, kind, namespace, name) !== undefined
    || (isHttpRoute(group, kind) && graph.find(AI_GATEWAY, 'AIGatewayRoute', namespace, name) !== undefined);
}

function anywhere(graph: Graph, group: string, kind: string, namespace: string | undefined, name: string): GraphNode | undefined {
  return elsewhere(graph, group, kind, namespace, name)
    ?? (isHttpRoute(group, kind) ? elsewhere(graph, AI_GATEWAY, 'AIGatewayRoute', namespace, name) : undefined);
}

function isHttpRoute(group: string, kind: string): boolean {
  return group === GATEWAY_API && kind === 'HTTPRoute';
}

/** Selectors that choose none of the objects of their kind, in a namespace of which all are known. */
export const idleSelectors = perGraph((graph): readonly TargetSelector[] => {
  const { idle } = Links.of(graph);
  return idle.filter(({ namespace, targetKind, crossing }) => (
    !crossing && namespace !== undefined && graph.completeNamespaces.has(namespace) && (targetKind === 'Gateway' || targetKind === 'HTTPRoute')
  ));
});

/** A policy for a part of an AIGatewayRoute that is none of its rules. */
export interface SectionOfNoRule extends TargetedAttachment {
  readonly route: GraphNode;
  /** Of the rules that have one. */
  readonly names: readonly string[];
}

export const sectionsOfNoRule = perGraph((graph): readonly SectionOfNoRule[] => {
  const links = Links.of(graph);
  return links.sections.flatMap((section) => {
    const { targetKind, namespace, name, sectionName } = section;
    const route = targetKind === 'HTTPRoute' ? graph.find(AI_GATEWAY, 'AIGatewayRoute', namespace, name) : undefined;
    if (!route || isToken(sectionName)) return [];
    const names = links.routeOf(route)?.rules.flatMap(rule => rule.name ?? []) ?? [];
    return names.includes(sectionName!) ? [] : [{ ...section, route, names }];
  });
});

/** No object has this name. */
const ANY = '*';

/** Policies that rules on targets tell to be on nothing, by kind, namespace and name. */
const astray = perGraph((graph) => {
  const found = new Set<string>();
  const add = (policy: GraphNode) => found.add(keyOfObject(policy.manifest.kind, policy));
  const addMeant = (target: PolicyTarget) => {
    const { policyKind, policy, ref, name } = target;
    // Whatever the name of the policy, one with no kind, or a wrong one, says what it is for, and one without a name can be for anything.
    if (ref.name === undefined) found.add(keyOf(policyKind.kind, namespaceOf(policy), ANY));
    else if (ref.kind === undefined || !isPossible(target)) found.add(keyOf(policyKind.kind, namespaceOf(policy), name));
  };
  for (const target of policyTargets(graph)) {
    // One without kind or name is told to lack it, and is on nothing either.
    if (target.ref.kind === undefined || target.ref.name === undefined || !isPossible(target) || missingTarget(graph, target)) add(target.policy);
    addMeant(target);
  }
  for (const policy of [...graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy'), ...graph.ofKind(GATEWAY_API, 'BackendTLSPolicy')]) {
    if (targets(policy).length === 0) add(policy);
  }
  for (const { policy } of sectionsOfNoRule(graph)) add(policy);
  return found;
});

/** Policies that name an object and get its kind or group wrong, by kind, and namespace and name of the object. */
const mistaken = perGraph(graph => new Set(policyTargets(graph).filter(target => target.kind !== '' && !isPossible(target))
  .map(({ policyKind, policy, name }) => keyOf(policyKind.kind, namespaceOf(policy), name))));

function keyOf(policyKind: string, namespace: string | undefined, name: string | undefined): string {
  return `${policyKind}|${namespace ?? ''}|${name ?? ''}`;
}

function keyOfObject(policyKind: string, object: GraphNode): string {
  return keyOf(policyKind, namespaceOf(object), nameOf(object));
}

/**
 * Whether a policy was meant for an object, by its own name or by what it says, and misses it, which is told of the policy: that
 * the object has none is then the same mistake.
 */
export function isMissedBy(graph: Graph, policyKind: string, object: GraphNode): boolean {
  return astray(graph).has(keyOfObject(policyKind, object)) || astray(graph).has(keyOf(policyKind, namespaceOf(object), ANY));
}

/** Whether a policy names an object, and gets its kind or group wrong. */
export function isMistakenBy(graph: Graph, policyKind: string, object: GraphNode): boolean {
  return mistaken(graph).has(keyOfObject(policyKind, object));
}
