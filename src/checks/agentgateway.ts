import { AGENTGATEWAY, GATEWAY_API, KGATEWAY } from './api-groups';
import { Graph, GraphNode } from './graph';
import { namespaceOf } from './links';
import { perGraph } from './per-graph';
import { at, Fields, fields, list, text } from './read';

export { AGENTGATEWAY, AGENTGATEWAY_MODEL_HEADER, KGATEWAY } from './api-groups';

/** A provider of an AgentgatewayBackend, alone or in a group. */
export interface AgentProvider {
  readonly node: GraphNode;
  /** `spec.ai.groups[0].providers[1]` */
  readonly path: string;
  readonly fields: Fields;
  readonly name: string | undefined;
  /** Its policies: its own, and those of the backend where it has none of that name. */
  policy(name: string): unknown;
}

export const agentProviders = perGraph((graph): readonly AgentProvider[] => graph.ofKind(AGENTGATEWAY, 'AgentgatewayBackend').flatMap(providersOf));

function providersOf(node: GraphNode): AgentProvider[] {
  const ai = fields(at(node.manifest, 'spec', 'ai'));
  const shared = fields(at(node.manifest, 'spec', 'policies'));
  const make = (value: unknown, path: string): AgentProvider => {
    const provider = fields(value);
    return { node, path, fields: provider, name: text(provider.name), policy: name => fields(provider.policies)[name] ?? shared[name] };
  };
  return [
    ...(ai.provider === undefined ? [] : [make(ai.provider, 'spec.ai.provider')]),
    ...list(ai.groups).flatMap((group, index) => list(fields(group).providers).map((value, member) => make(value, `spec.ai.groups[${index}].providers[${member}]`))),
  ];
}

/** A provider of either kind of backend, as far as both say the same. */
export type LlmProvider = Pick<AgentProvider, 'node' | 'path' | 'fields'>;

/** Providers of AgentgatewayBackends, and of kgateway's Backends. */
export const llmProviders = perGraph((graph): readonly LlmProvider[] => [...agentProviders(graph), ...kgatewayProviders(graph)]);

/** Providers of Backends of kgateway, alone or in a group. */
export const kgatewayProviders = perGraph((graph): readonly LlmProvider[] => graph.ofKind(KGATEWAY, 'Backend').flatMap(node => {
  const ai = fields(at(node.manifest, 'spec', 'ai'));
  return [
    ...(ai.llm === undefined ? [] : [{ node, path: 'spec.ai.llm', fields: fields(ai.llm) }]),
    ...list(ai.priorityGroups).flatMap((group, index) => list(fields(group).providers).map((value, member) => (
      { node, path: `spec.ai.priorityGroups[${index}].providers[${member}]`, fields: fields(value) }))),
  ];
}));

/** A field of the object that says which kind of provider one is. */
export interface KindField {
  readonly kind: string;
  /** `spec.ai.provider.openai.model` */
  readonly path: string;
  readonly value: unknown;
}

/** Fields of the object that says which kind of provider one is, such as `model` of `openai`. */
export function kindFields({ path, fields: provider }: LlmProvider, ...names: readonly string[]): KindField[] {
  return Object.entries(provider).flatMap(([kind, value]) => names.flatMap(name => {
    const found = at(value, name);
    return found === undefined ? [] : [{ kind, path: `${path}.${kind}.${name}`, value: found }];
  }));
}

/** Policies for the way to a provider or server, wherever they stand: credential, TLS, changes of requests. */
export interface PolicyBlock {
  readonly node: GraphNode;
  /** `spec.policies`, or `spec.backend` of an AgentgatewayPolicy. */
  readonly path: string;
  readonly fields: Fields;
}

/** Every block of such policies: of backends, their providers and MCP targets, of models, and of AgentgatewayPolicies. */
export const policyBlocks = perGraph((graph): readonly PolicyBlock[] => {
  const blockOf = (node: GraphNode, holder: unknown, name: string, path: string): PolicyBlock[] => {
    const block = at(holder, name);
    return block === undefined ? [] : [{ node, path: `${path}.${name}`, fields: fields(block) }];
  };
  const ofSpec = (kind: string, name: string) => graph.ofKind(AGENTGATEWAY, kind).flatMap(node => blockOf(node, node.manifest.spec, name, 'spec'));
  return [
    ...ofSpec('AgentgatewayBackend', 'policies'),
    ...ofSpec('AgentgatewayPolicy', 'backend'),
    ...ofSpec('AgentgatewayModel', 'policies'),
    ...agentProviders(graph).flatMap(({ node, path, fields: provider }) => blockOf(node, provider, 'policies', path)),
    ...graph.ofKind(AGENTGATEWAY, 'AgentgatewayBackend').flatMap(node => list(at(node.manifest, 'spec', 'mcp', 'targets'))
      .flatMap((target, index) => blockOf(node, at(target, 'static'), 'policies', `spec.mcp.targets[${index}].static`))),
  ];
});

/** One target of an AgentgatewayPolicy. */
export interface AgentTarget {
  readonly policy: GraphNode;
  /** `spec.targetRefs[0]` */
  readonly path: string;
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly sectionName: string | undefined;
  readonly spec: Fields;
}

export const agentTargets = perGraph((graph): readonly AgentTarget[] => graph.ofKind(AGENTGATEWAY, 'AgentgatewayPolicy').flatMap(policy =>
  list(at(policy.manifest, 'spec', 'targetRefs')).map((value, index) => {
    const ref = fields(value);
    return {
      policy,
      path: `spec.targetRefs[${index}]`,
      kind: text(ref.kind) ?? '',
      group: text(ref.group) ?? '',
      name: text(ref.name) ?? '',
      namespace: namespaceOf(policy),
      sectionName: text(ref.sectionName),
      spec: fields(policy.manifest.spec),
    };
  })));

const targetsByObject = perGraph((graph) => {
  const targets = new Map<string, AgentTarget[]>();
  for (const target of agentTargets(graph)) {
    const key = keyOf(target.kind, target.namespace, target.name);
    const others = targets.get(key);
    if (others) others.push(target); else targets.set(key, [target]);
  }
  return targets;
});

/** Kinds an AgentgatewayPolicy can be for, with their group. */
export const POLICY_TARGETS: { readonly [kind: string]: string } = {
  Gateway: GATEWAY_API, ListenerSet: GATEWAY_API, HTTPRoute: GATEWAY_API, GRPCRoute: GATEWAY_API, Service: '', AgentgatewayBackend: AGENTGATEWAY,
  InferencePool: 'inference.networking.k8s.io',
};

/** Whether a target is of a kind that policies can be for. */
export function isOfPolicies({ kind, group }: AgentTarget): boolean {
  return Object.hasOwn(POLICY_TARGETS, kind) && POLICY_TARGETS[kind] === group;
}

/** Policies on an object, whatever their section. */
export function agentPoliciesOn(graph: Graph, kind: string, namespace: string | undefined, name: string): readonly AgentTarget[] {
  return targetsByObject(graph).get(keyOf(kind, namespace, name)) ?? [];
}

/** Whether policies that choose targets by label are there, which may be on anything. */
export const hasSelectingPolicies = perGraph(graph => graph.ofKind(AGENTGATEWAY, 'AgentgatewayPolicy').some(({ manifest }) => list(at(manifest, 'spec', 'targetSelectors')).length > 0));

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** Whether a policy of this name is on a provider's backend from elsewhere, or may be. */
export function hasPolicyFromElsewhere(graph: Graph, { node }: AgentProvider, policy: string): boolean {
  const name = text(at(node.manifest, 'metadata', 'name')) ?? '';
  return hasSelectingPolicies(graph)
    || agentPoliciesOn(graph, 'AgentgatewayBackend', namespaceOf(node), name).some(({ spec }) => fields(spec.backend)[policy] !== undefined);
}

/** Rules of an HTTPRoute. */
export function httpRules(node: GraphNode): readonly Fields[] {
  return list(at(node.manifest, 'spec', 'rules')).map(fields);
}

/** The Gateways a route names, as `namespace/name`. */
export function parentGateways(node: GraphNode): readonly { readonly namespace: string | undefined; readonly name: string }[] {
  return list(at(node.manifest, 'spec', 'parentRefs')).map(fields)
    .filter(({ kind = 'Gateway' }) => kind === 'Gateway')
    .map(ref => ({ namespace: text(ref.namespace) ?? namespaceOf(node), name: text(ref.name) ?? '' }));
}
