import { GATEWAY_API, GATEWAY_API_V1 } from './kinds';
import { Problem } from '../../findings/finding';
import { EntryIntent, RouteIntent } from '../../intent';
import { NOT_EXPRESSIBLE, OPTION_WITHOUT_EFFECT } from '../codes';
import { RenderedObject } from '../contract';

/** What an entry of a route becomes. */
export interface EntryRule {
  readonly matches: readonly object[];
  /** How many conditions on headers each match has before those of the entry's author. */
  readonly ownHeaders: number;
  readonly filters: readonly EntryFilter[];
  readonly backendRefs: readonly object[];
  readonly timeouts?: object;
  /** True where the rule can match what a later one is for, so that their order counts. */
  readonly ordered: boolean;
  /** Property path of the entry's options. */
  readonly prop: (name: string) => string;
  /** Option that says what the entry matches. */
  readonly matchProp: string;
}

/** A filter of a rule, and the option that decides it. */
export interface EntryFilter {
  readonly option: string;
  readonly filter: object;
}

/** Where a rule came to stand: policies name it by these. */
export interface RuleSection {
  readonly route: string;
  readonly rule: string;
}

export interface RenderedHttpRoutes {
  readonly objects: readonly RenderedObject[];
  /** For each entry the sections it became. */
  readonly sections: readonly (readonly RuleSection[])[];
  readonly problems: readonly Problem[];
}

const MOST_RULES = 16;
const MOST_MATCHES_OF_RULE = 64;
const MOST_MATCHES = 128;

interface Part {
  readonly entry: number;
  readonly name: string;
  readonly rule: EntryRule;
  readonly matches: readonly object[];
}

/**
 * The HTTPRoutes of a route: one, or more where the rules do not fit. Between HTTPRoutes no order can be relied on, so
 * rules whose order counts stay in one.
 *
 * @param orderedRules how many rules of one HTTPRoute the platform tries in their order
 */
export function renderHttpRoutes(intent: RouteIntent, rules: readonly EntryRule[], platform: string, orderedRules = MOST_RULES): RenderedHttpRoutes {
  const problems = hostnameProblems(intent);
  const parts = rules.flatMap(partsOf);
  if (rules.some(({ ordered }) => ordered) && parts.length > orderedRules) {
    problems.push({
      definition: NOT_EXPRESSIBLE,
      prop: 'entries',
      message: `has ${parts.length} entries of which some are patterns, while ${platform} tries at most ${orderedRules} in their order`,
      fix: 'write fewer patterns, such as "gpt-.*|o[0-9].*", or give exact names routes of their own',
    });
  }
  const routes = packed(parts);
  const sections: RuleSection[][] = rules.map(() => []);
  const objects = routes.map((route, index): RenderedObject => {
    const name = index === 0 ? intent.name : `${intent.name}-${index + 1}`;
    for (const { entry, name: rule } of route) sections[entry].push({ route: name, rule });
    return { role: 'route', id: index === 0 ? 'Resource' : `Route-${index + 1}`, manifest: manifest(intent, name, route), props: propsOf(route) };
  });
  return { objects, sections, problems };
}

function partsOf(rule: EntryRule, entry: number): Part[] {
  const chunks: (readonly object[])[] = [];
  for (let at = 0; at < rule.matches.length; at += MOST_MATCHES_OF_RULE) chunks.push(rule.matches.slice(at, at + MOST_MATCHES_OF_RULE));
  return (chunks.length === 0 ? [[]] : chunks).map((matches, index) => ({ entry, rule, matches, name: index === 0 ? `rule-${entry}` : `rule-${entry}-${index}` }));
}

function packed(parts: readonly Part[]): Part[][] {
  const routes: Part[][] = [[]];
  for (const part of parts) {
    const last = routes[routes.length - 1];
    const matches = last.reduce((sum, other) => sum + other.matches.length, part.matches.length);
    if (last.length === MOST_RULES || (last.length > 0 && matches > MOST_MATCHES)) {
      routes.push([part]);
    } else {
      last.push(part);
    }
  }
  return routes;
}

function manifest(intent: RouteIntent, name: string, parts: readonly Part[]) {
  return {
    apiVersion: GATEWAY_API_V1,
    kind: 'HTTPRoute',
    metadata: { name, namespace: intent.namespace },
    spec: {
      parentRefs: intent.gateways.map(gateway => ({
        group: GATEWAY_API, kind: 'Gateway', name: gateway.name, ...otherNamespace(gateway.namespace, intent.namespace),
      })),
      ...(intent.hostnames === undefined ? {} : { hostnames: [...intent.hostnames] }),
      rules: parts.map(({ rule, matches, name: ruleName }) => ({
        name: ruleName,
        matches,
        ...(rule.filters.length > 0 ? { filters: rule.filters.map(({ filter }) => filter) } : {}),
        backendRefs: rule.backendRefs,
        ...(rule.timeouts === undefined ? {} : { timeouts: rule.timeouts }),
      })),
    },
  };
}

function propsOf(parts: readonly Part[]): { readonly [path: string]: string } {
  const props: { [path: string]: string } = { 'metadata.name': 'name', 'spec.hostnames': 'hostnames', 'spec.parentRefs': 'gateways', 'spec.rules': 'entries' };
  parts.forEach(({ rule, matches }, index) => {
    const at = `spec.rules[${index}]`;
    props[`${at}.matches`] = rule.prop(rule.matchProp);
    matches.forEach((match, number) => {
      const { length } = (match as { headers?: readonly object[] }).headers ?? [];
      for (let header = rule.ownHeaders; header < length; header++) props[`${at}.matches[${number}].headers[${header}]`] = rule.prop('headerMatches');
    });
    rule.filters.forEach(({ option }, number) => props[`${at}.filters[${number}]`] = rule.prop(option));
    props[`${at}.backendRefs`] = rule.prop('target');
    props[`${at}.timeouts.request`] = rule.prop('timeout');
    props[`${at}.timeouts.backendRequest`] = rule.prop('failover.perTryTimeout');
  });
  return props;
}

function hostnameProblems({ hostnames }: RouteIntent): Problem[] {
  if (hostnames?.length !== 0) return [];
  return [{ definition: OPTION_WITHOUT_EFFECT, prop: 'hostnames', message: 'is an empty list, which stands for all hostnames', fix: 'list hostnames, or leave it out' }];
}

/** Conditions on headers beside what an entry matches. */
export function headerConditions({ headerMatches }: EntryIntent): object[] {
  return headerMatches.map(({ name, value, regex }) => ({ type: regex ? 'RegularExpression' : 'Exact', name, value: regex ? wholly(value) : value }));
}

/** Expressions stand for whole values; without the anchors the first alternative that fits a part would count. */
export function wholly(pattern: string): string {
  return typeof pattern === 'string' && pattern !== '' ? `^(?:${pattern})$` : pattern;
}

/** What an entry by path matches, and its rewrite. */
export function pathParts({ match, rewrite }: EntryIntent): { path?: object; filters: EntryFilter[] } {
  if (match.kind !== 'path') return { filters: [] };
  return {
    path: { type: match.type === 'exact' ? 'Exact' : 'PathPrefix', value: match.path },
    filters: rewrite === undefined ? [] : [{
      option: 'rewrite',
      filter: {
        type: 'URLRewrite',
        urlRewrite: {
          path: rewrite.kind === 'full'
            ? { type: 'ReplaceFullPath', replaceFullPath: rewrite.path }
            : { type: 'ReplacePrefixMatch', replacePrefixMatch: rewrite.path },
        },
      },
    }],
  };
}

export function otherNamespace(namespace: string | undefined, own: string | undefined): { namespace?: string } {
  return namespace === undefined || namespace === own ? {} : { namespace };
}
