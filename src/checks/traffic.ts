import { GraphNode } from './graph';
import { Attachment, Links, RouteParent, RouteRule } from './links';
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
}

const KIND = 'BackendTrafficPolicy';

/**
 * What decides about a rule, for each Gateway of its route for which that is known: not where policies may choose it by label,
 * nor where one does that is not alone. A policy on the rule replaces one on the route, and either replaces the Gateway's
 * unless it merges.
 */
export function trafficsOf(rule: RouteRule, links: Links): readonly Traffic[] {
  const { route } = rule;
  const own = nearest(rule);
  if (own === UNKNOWN || (own === undefined && links.maybeSelected(KIND, route.node))) return NONE;
  const known: Traffic[] = [];
  for (const parent of route.parents.length === 0 ? NO_PARENTS : route.parents) {
    const traffic = trafficOn(parent, own, links);
    if (traffic) known.push(traffic);
  }
  return known;
}

const UNKNOWN = Symbol('unknown');
const NONE: readonly never[] = [];
const NO_PARENTS = [undefined];

function trafficOn(parent: RouteParent | undefined, own: GraphNode | undefined, links: Links): Traffic | undefined {
  const gateway = parent?.gateway;
  if (own && text(at(own.manifest, 'spec', 'mergeType')) === undefined) return { policies: [own], gateway };
  if (gateway && links.maybeSelected(KIND, gateway)) return undefined;
  const theirs = parent ? onGateway(parent, links) : NONE;
  if (theirs === UNKNOWN) return undefined;
  return { policies: own ? [own, ...theirs] : theirs, gateway };
}

/** What holds for a rule at a path below `spec`. */
export function settingOf(traffic: Traffic, ...path: readonly string[]): Setting | undefined {
  for (const policy of traffic.policies) {
    const value = at(policy.manifest, 'spec', ...path);
    if (value !== undefined && value !== null) return { value, policy };
  }
  return undefined;
}

function nearest({ route: { trafficPolicies }, name }: RouteRule): GraphNode | typeof UNKNOWN | undefined {
  if (trafficPolicies.length === 0) return undefined;
  const [only] = trafficPolicies;
  if (trafficPolicies.length === 1) return only.sectionName === undefined || only.sectionName === name ? only.policy : undefined;
  return (name === undefined ? undefined : winner(trafficPolicies.filter(a => a.sectionName === name)))
    ?? winner(trafficPolicies.filter(a => a.sectionName === undefined));
}

function onGateway({ name, namespace, sectionName }: RouteParent, links: Links): readonly GraphNode[] | typeof UNKNOWN {
  if (name === undefined) return NONE;
  const attachments = links.attachmentsOn(KIND, 'Gateway', namespace, name);
  if (attachments.length === 0) return NONE;
  const listener = winner(attachments.filter(a => a.sectionName !== undefined && (sectionName === undefined || a.sectionName === sectionName)));
  const whole = winner(attachments.filter(a => a.sectionName === undefined));
  if (listener === UNKNOWN || whole === UNKNOWN) return UNKNOWN;
  return [...(listener ? [listener] : []), ...(whole ? [whole] : [])];
}

/**
 * Of two policies on one target the older wins, or the first by name where they are created together. One that chooses by
 * label is there for many targets, and was there before most.
 */
function winner(attachments: readonly Attachment[]): GraphNode | typeof UNKNOWN | undefined {
  if (attachments.length > 1 && attachments.some(({ byLabel }) => byLabel)) return UNKNOWN;
  let first: GraphNode | undefined;
  for (const { policy } of attachments) {
    if (!first || nameOf(policy) < nameOf(first)) first = policy;
  }
  return first;
}

function nameOf(node: GraphNode): string {
  return text(at(node.manifest, 'metadata', 'name')) ?? '';
}
