import { SERVED } from './client-apis';
import { aiGatewayVersion, GATEWAY_API, MODEL_HEADER } from './kinds';
import { mutationFields } from './mutations';
import { Feature, Release, since } from './releases';
import { flattenTarget, Levels } from './targets';
import { needsTrafficPolicy, timesOf, trafficPolicyManifest, trafficPolicySpec } from './traffic-policy';
import { Problem } from '../../findings/finding';
import { EntryIntent, RouteIntent } from '../../intent';
import { NOT_EXPRESSIBLE, NOT_IN_RELEASE, OPTION_WITHOUT_EFFECT } from '../codes';
import { RenderedObject, Rendering } from '../contract';
import { checkClientApis } from '../declared/client-apis';
import { soundEntry } from '../declared/entry-options';
import { EntryProp, entryProp, matchOption } from '../declared/entry-props';
import { checkModelNames } from '../declared/model-names';
import { gatewayDuration } from '../gateway-api/durations';

/** An entry with what its target means here. */
interface FlatEntry {
  readonly entry: EntryIntent;
  readonly levels: Levels;
  readonly prop: EntryProp;
}

/** One AIGatewayRoute, and the BackendTrafficPolicies that make its fallbacks fall over. */
export function renderRoute(intent: RouteIntent, release: Release): Rendering {
  const paths = intent.entries.flatMap((entry, index) => refusePath(entry, entryProp(intent, entry, index)('path'), release));
  if (paths.length > 0) return { objects: [], problems: paths };
  const problems: Problem[] = [];
  const several = intent.entries.length > 1 || intent.growing === true;
  const entries = intent.entries.map((entry, index): FlatEntry => {
    const prop = entryProp(intent, entry, index);
    const flat = flattenTarget(entry.target, prop('target'));
    const sound = soundEntry(entry, flat.levels.length > 1, prop);
    problems.push(...flat.problems, ...sound.problems);
    return { entry: sound.entry, levels: flat.levels, prop };
  });
  for (const flat of entries) problems.push(...checkEntry(flat, release));
  if (intent.hostnames !== undefined) problems.push(...lacking(release, 'hostnames', 'hostnames'));
  if (intent.hostnames?.length === 0) {
    problems.push({ definition: OPTION_WITHOUT_EFFECT, prop: 'hostnames', message: 'is an empty list, which stands for all hostnames', fix: 'list hostnames, or leave it out' });
  }
  const named = several && release.has('ruleNames');
  const policies = renderPolicies(intent, entries, named, problems);
  return {
    objects: [route(intent, entries, several, release), ...policies],
    problems,
  };
}

function refusePath({ match }: EntryIntent, prop: string, release: Release): Problem[] {
  if (match.kind !== 'path') return [];
  return [{
    definition: NOT_EXPRESSIBLE,
    prop,
    message: `routes by path, while ${release.label} routes by the model a request names`,
    value: match.path,
    fix: 'use addModel() or ModelRoute, or agentgateway with Platform.use()',
  }];
}

function route(intent: RouteIntent, entries: readonly FlatEntry[], several: boolean, release: Release): RenderedObject {
  const named = several && release.has('ruleNames');
  return {
    role: 'route',
    id: 'Resource',
    manifest: {
      apiVersion: aiGatewayVersion(release),
      kind: 'AIGatewayRoute',
      metadata: { name: intent.name, namespace: intent.namespace },
      spec: {
        parentRefs: intent.gateways.map(({ name, namespace }) => ({
          group: GATEWAY_API,
          kind: 'Gateway',
          name,
          ...otherNamespace(namespace, intent),
        })),
        ...(intent.hostnames === undefined || !release.has('hostnames') ? {} : { hostnames: [...intent.hostnames] }),
        rules: entries.map((flat, index) => rule(flat, named ? ruleName(index) : undefined, intent, release)),
      },
    },
    apisDeclared: entries.some(({ entry }) => entry.apis !== undefined)
      ? entries.flatMap(({ entry }, index) => (entry.apis === undefined ? [] : [`spec.rules[${index}]`]))
      : undefined,
    props: intent.growing ? { ...routeProps(entries, intent), 'spec.rules': 'patterns' } : routeProps(entries, intent),
  };
}

/** What the release lacks is told, and left out: a field it does not know would only be told again. */
function rule({ entry, levels }: FlatEntry, name: string | undefined, intent: RouteIntent, release: Release): object {
  const fallback = levels.length > 1;
  return {
    ...(name === undefined ? {} : { name }),
    matches: matches(entry),
    backendRefs: levels.flatMap((level, priority) => level.map(({ target, weight }) => ({
      name: target.provider.name,
      ...otherNamespace(target.provider.namespace, intent),
      ...(target.model === undefined ? {} : { modelNameOverride: target.model }),
      ...(weight === undefined ? {} : { weight }),
      ...(fallback ? { priority } : {}),
      ...mutationFields(target.headers, target.body),
    }))),
    // Always written: the gateway's own default of 60 s cuts long streams.
    timeouts: { request: gatewayDuration(timesOf(entry, levels).requestMs) },
    ...(entry.streamIdleTimeoutMs === undefined || !release.has('streamIdleTimeout') ? {} : { streamIdleTimeout: gatewayDuration(entry.streamIdleTimeoutMs) }),
    ...(entry.ownedBy === undefined ? {} : { modelsOwnedBy: entry.ownedBy }),
    ...(entry.createdAt === undefined ? {} : { modelsCreatedAt: entry.createdAt }),
  };
}

function matches(entry: EntryIntent): object[] {
  const others = entry.headerMatches.map(header => ({
    type: header.regex ? 'RegularExpression' : 'Exact', name: header.name, value: header.value,
  }));
  const on = (type: string, value: string) => ({ headers: [{ type, name: MODEL_HEADER, value }, ...others] });
  switch (entry.match.kind) {
    case 'exact':
      return entry.match.models.map(model => on('Exact', model));
    case 'pattern':
      return [on('RegularExpression', entry.match.pattern)];
    case 'path':
      return [];
    case 'any':
      // A rule without matches is shadowed by the not-found rule of any older route.
      return [on('RegularExpression', '.+')];
  }
}

function renderPolicies(intent: RouteIntent, entries: readonly FlatEntry[], named: boolean, problems: Problem[]): RenderedObject[] {
  const needing = entries.map((flat, index) => ({ ...flat, index })).filter(({ entry, levels }) => needsTrafficPolicy(entry, levels));
  if (needing.length === 0) return [];
  if (entries.length === 1 && !named) return [policy(intent, 'TrafficPolicy', intent.name, undefined, entries[0])];
  if (!named) {
    const specs = new Set(needing.map(({ entry, levels }) => JSON.stringify(trafficPolicySpec(entry, levels))));
    if (needing.length < entries.length || specs.size > 1) {
      problems.push({
        definition: NOT_EXPRESSIBLE,
        prop: 'entries',
        message: `need different retries in one route, for which rules of Envoy AI Gateway must have names; those came with ${since('ruleNames')}`,
        fix: `make a route for each entry, or target ${since('ruleNames')} with Platform.use()`,
      });
    }
    return [policy(intent, 'TrafficPolicy', intent.name, undefined, needing[0])];
  }
  return needing.map(flat =>
    policy(intent, `TrafficPolicy-${flat.index}`, `${intent.name}-${ruleName(flat.index)}`, ruleName(flat.index), flat));
}

function policy(intent: RouteIntent, id: string, name: string, section: string | undefined, { entry, levels, prop }: FlatEntry): RenderedObject {
  return {
    role: 'trafficPolicy',
    id,
    manifest: trafficPolicyManifest({ name, namespace: intent.namespace }, intent.name, section, trafficPolicySpec(entry, levels)),
    props: policyProps(prop),
  };
}

function checkEntry({ entry, levels, prop }: FlatEntry, release: Release): Problem[] {
  const targets = levels.flatMap(level => level.map(member => member.target));
  return [
    ...checkClientApis(SERVED, targets, (levels[0] ?? []).map(({ target }) => target), entry.apis, prop(entry.apis === undefined ? 'target' : 'apis')),
    ...checkModelNames(entry, targets, prop('target')),
    ...checkHeaderMatches(entry, prop('headerMatches')),
    ...(entry.streamIdleTimeoutMs === undefined ? [] : lacking(release, 'streamIdleTimeout', prop('streamIdleTimeout'))),
  ];
}

/** Names of headers have no case, and later conditions on one of them are not read. */
function checkHeaderMatches({ headerMatches }: EntryIntent, prop: string): Problem[] {
  const seen = new Set<string>();
  return headerMatches.filter(({ name }) => typeof name === 'string' && seen.size === seen.add(name.toLowerCase()).size).map(({ name }) => ({
    definition: NOT_EXPRESSIBLE,
    prop,
    message: 'has two conditions on one header, of which the gateway reads the first',
    value: name,
    fix: `write one, such as HeaderMatch.pattern("${name.toLowerCase()}", "a|b")`,
  }));
}

function lacking(release: Release, feature: Feature, prop: string): Problem[] {
  if (release.has(feature)) return [];
  return [{
    definition: NOT_IN_RELEASE,
    prop,
    message: `does not exist in ${release.label}; it came with ${since(feature)}`,
    fix: `leave it out, or target ${since(feature)} with Platform.use()`,
  }];
}

/** Rules are named by position: a name from the model would not fit the syntax of names. */
function ruleName(index: number): string {
  return `rule-${index}`;
}

function otherNamespace(namespace: string | undefined, intent: RouteIntent): { namespace?: string } {
  return namespace === undefined || namespace === intent.namespace ? {} : { namespace };
}

function policyProps(prop: EntryProp): { readonly [path: string]: string } {
  return prop('retries') === 'retries' ? SINGLE_POLICY_PROPS : { ...TARGET_PROPS, ...Object.fromEntries(Object.entries(POLICY_PROPS).map(([path, name]) => [path, prop(name)])) };
}

const ROUTE_PROPS: { readonly [path: string]: string } = {
  'spec.hostnames': 'hostnames',
  'spec.parentRefs': 'gateways',
  'spec.rules': 'entries',
};

const POLICY_PROPS: { readonly [path: string]: string } = {
  'spec.retry.numRetries': 'retries',
  'spec.retry.perRetry.timeout': 'failover.perTryTimeout',
  'spec.retry.retryOn.httpStatusCodes': 'failover.statusCodes',
  'spec.timeout.tcp.connectTimeout': 'failover.connectTimeout',
  'spec.healthCheck.passive.consecutive5XxErrors': 'failover.consecutiveErrors',
  'spec.healthCheck.passive.baseEjectionTime': 'failover.ejectionTime',
};

/** The policy names the HTTPRoute that has the name of the route. */
const TARGET_PROPS = { 'spec.targetRefs[0].name': 'name' };

const SINGLE_POLICY_PROPS = { ...TARGET_PROPS, ...POLICY_PROPS };

/** Routes with one entry share their tables: a program can have thousands. */
const SINGLE_PROPS = {
  called: { exact: singleProps('model', name => name), pattern: singleProps('pattern', name => name) },
  listed: singleProps('match', name => `entries[0].${name}`),
};

function singleProps(match: string, prop: EntryProp): { readonly [path: string]: string } {
  return { ...ROUTE_PROPS, ...entryProps(0, prop, match) };
}

function routeProps(entries: readonly FlatEntry[], { listed, growing }: RouteIntent): { readonly [path: string]: string } {
  if (entries.length === 1 && !growing && entries[0].entry.headerMatches.length === 0) {
    return listed ? SINGLE_PROPS.listed : SINGLE_PROPS.called[entries[0].entry.match.kind === 'pattern' ? 'pattern' : 'exact'];
  }
  return entries.reduce((props, { entry, prop }, index) =>
    Object.assign(props, entryProps(index, prop, matchOption(entry.match)), headerProps(index, entry, prop)), { ...ROUTE_PROPS });
}

/** The first header of a match is the model; the others are conditions of their own. */
function headerProps(index: number, { match, headerMatches }: EntryIntent, prop: EntryProp): { [path: string]: string } {
  if (headerMatches.length === 0) return {};
  const count = match.kind === 'exact' ? match.models.length : 1;
  return Object.fromEntries(Array.from({ length: count }, (_, at) => headerMatches.map((__, header) =>
    [`spec.rules[${index}].matches[${at}].headers[${header + 1}]`, prop('headerMatches')])).flat());
}

function entryProps(index: number, prop: EntryProp, match: string): { [path: string]: string } {
  const at = `spec.rules[${index}]`;
  return {
    [`${at}.matches`]: prop(match),
    [`${at}.backendRefs`]: prop('target'),
    [`${at}.timeouts`]: prop('timeout'),
    [`${at}.streamIdleTimeout`]: prop('streamIdleTimeout'),
    [`${at}.modelsOwnedBy`]: prop('ownedBy'),
    [`${at}.modelsCreatedAt`]: prop('createdAt'),
  };
}
