import { isToken } from '../../../../findings/token';
import { GraphNode } from '../../../graph';
import { AI_GATEWAY, ENVOY_GATEWAY, GATEWAY_API, targets } from '../../../links';
import { perGraph } from '../../../per-graph';
import { Fields, text } from '../../../read';

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
    group: text(ref.group) ?? '',
    kind: text(ref.kind) ?? '',
    name: isToken(ref.name) ? undefined : text(ref.name),
  })))
)));

/** Whether a target is of a kind the policy can be on. */
export function isPossible({ policyKind, group, kind }: PolicyTarget): boolean {
  return policyKind.targets.some(target => target.kind === kind && target.group === group);
}
