import { GraphNode } from './graph';
import { Attachment, Links, Route, RouteParent, RouteRule } from './links';
import { at, text } from './read';

/** A value of a policy, and the policy it stands in. */
export interface Setting {
  readonly value: unknown;
  readonly policy: GraphNode;
}

/** The BackendTrafficPolicies that decide about one rule on one of its gateways. */
export interface Traffic {
  /** The nearest first. */
  readonly policies: readonly GraphNode[];
  /** The Gateway of the route, where it is in the graph. */
  readonly gateway: GraphNode | undefined;
  /** True where a policy that chooses by label, which is not followed here, may decide as well. */
  readonly uncertain: boolean;
}

const KIND = 'BackendTrafficPolicy';

/**
 * What decides about a rule, for each Gateway of its route. A policy on the rule
 * replaces one on the route, and either replaces the Gateway's unless it merges.
 */
export function trafficsOf(rule: RouteRule, links: Links): readonly Traffic[] {
  const { route } = rule;
  const own = nearest(rule);
  const parents = route.parents.length === 0 ? [undefined] : route.parents;
  return parents.map(parent => trafficOn(parent, route, own, links));
}

function trafficOn(parent: RouteParent | undefined, route: Route, own: GraphNode | undefined, links: Links): Traffic {
  const gateway = parent?.gateway;
  if (own && text(at(own.manifest, 'spec', 'mergeType')) === undefined) return { policies: [own], gateway, uncertain: false };
  const theirs = parent ? onGateway(parent, links) : [];
  return {
    policies: own ? [own, ...theirs] : theirs,
    gateway,
    uncertain: links.maybeSelected(KIND, 'HTTPRoute', route.node) || (gateway !== undefined && links.maybeSelected(KIND, 'Gateway', gateway)),
  };
}

/** What holds for a rule at a path below `spec`. */
export function settingOf(traffic: Traffic, ...path: readonly string[]): Setting | undefined {
  for (const policy of traffic.policies) {
    const value = at(policy.manifest, 'spec', ...path);
    if (value !== undefined && value !== null) return { value, policy };
  }
  return undefined;
}

function nearest({ route: { trafficPolicies }, name }: RouteRule): GraphNode | undefined {
  if (trafficPolicies.length === 0) return undefined;
  const [only] = trafficPolicies;
  if (trafficPolicies.length === 1) return only.sectionName === undefined || only.sectionName === name ? only.policy : undefined;
  return (name === undefined ? undefined : winner(trafficPolicies.filter(a => a.sectionName === name)))
    ?? winner(trafficPolicies.filter(a => a.sectionName === undefined));
}

function onGateway({ name, namespace, sectionName }: RouteParent, links: Links): readonly GraphNode[] {
  if (name === undefined) return [];
  const attachments = links.attachmentsOn(KIND, 'Gateway', namespace, name);
  if (attachments.length === 0) return [];
  const listener = winner(attachments.filter(a => a.sectionName !== undefined && (sectionName === undefined || a.sectionName === sectionName)));
  const whole = winner(attachments.filter(a => a.sectionName === undefined));
  return [...(listener ? [listener] : []), ...(whole ? [whole] : [])];
}

/** Of two policies on one target the older wins, or the first by name where they are created together. */
function winner(attachments: readonly Attachment[]): GraphNode | undefined {
  let first: GraphNode | undefined;
  for (const { policy } of attachments) {
    if (!first || nameOf(policy) < nameOf(first)) first = policy;
  }
  return first;
}

function nameOf(node: GraphNode): string {
  return text(at(node.manifest, 'metadata', 'name')) ?? '';
}
