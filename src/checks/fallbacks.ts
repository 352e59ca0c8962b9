import { Graph } from './graph';
import { Links, RouteRule } from './links';
import { number } from './read';
import { settingOf, Traffic, trafficsOf } from './traffic';

/** A rule with more than one level, and what decides about it on one of its gateways. */
export interface Fallback {
  readonly rule: RouteRule;
  readonly traffic: Traffic;
}

const cache = new WeakMap<Graph, readonly Fallback[]>();

/** Every fallback of a graph; found once for all rules that ask. */
export function fallbacksOf(graph: Graph): readonly Fallback[] {
  let fallbacks = cache.get(graph);
  if (!fallbacks) {
    const links = Links.of(graph);
    cache.set(graph, fallbacks = links.sharedRules.flatMap((rule): Fallback[] => {
      if (rule.levels < 2 || rule.refs.some(ref => ref.pool)) return [];
      return trafficsOf(rule, links).map(traffic => ({ rule, traffic }));
    }));
  }
  return fallbacks;
}

/** Attempts on one level before the next; undefined where no request leaves its level. */
export function attemptsPerLevel(traffic: Traffic): number | undefined {
  const attempts = number(settingOf(traffic, 'retry', 'numAttemptsPerPriority')?.value) ?? 0;
  return attempts >= 1 ? attempts : undefined;
}

const DEFAULT_RETRIES = 2;

/** Retries after the first attempt. */
export function retriesOf(traffic: Traffic): number {
  return number(settingOf(traffic, 'retry', 'numRetries')?.value) ?? DEFAULT_RETRIES;
}

/** `spec.rules[0] of apps/chat`: a rule, in a message about another object. */
export function describeRule({ route, path }: RouteRule): string {
  return `${path} of ${route.node.path}`;
}
