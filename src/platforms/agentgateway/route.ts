import { backendObject, RenderedBackend, renderBackend } from './backend';
import { servedApis } from './client-apis';
import { AGENTGATEWAY_GROUP, AGENTGATEWAY_V1ALPHA1, EXACT_HEADER, EXACT_VALUE, MODEL_HEADER } from './kinds';
import { checkFixedPath } from './llm';
import { backendProps } from './provider';
import { lacking, notExpressible } from './refusals';
import { Release } from './releases';
import { attemptsOf, checkFailures, healthPolicy, retryPolicy, ruleTimeouts } from './traffic';
import { Problem } from '../../findings/finding';
import { EntryIntent, ModelTargetIntent, ObjectName, ProviderRef, RouteIntent } from '../../intent';
import { BesideProvider, RenderedObject, Rendering } from '../contract';
import { alternativesOf, Chain } from '../declared/alternatives';
import { BackendForm, formName, isPlain, LONGEST_NAME, unnamed } from '../declared/backend-form';
import { checkClientApis } from '../declared/client-apis';
import { soundEntry } from '../declared/entry-options';
import { entryProp, matchOption } from '../declared/entry-props';
import { checkModelNames } from '../declared/model-names';
import { httpRouteGrant } from '../gateway-api/grant';
import { soundHeaderMatches } from '../gateway-api/header-matches';
import { EntryRule, headerConditions, otherNamespace, pathParts, renderHttpRoutes, RuleSection, wholly } from '../gateway-api/http-route';

const PLATFORM = 'agentgateway';
const MOST_LEVELS = 8;
const MOST_MEMBERS = 16;
const MOST_REFS = 16;
/** Conditions on headers that stand for the model. */
const OWN_HEADERS = { exact: 2, pattern: 1, any: 1, path: 0 } as const;

/** HTTPRoutes, backends for what targets make of providers, and the policies that retry. */
export function renderRoute(intent: RouteIntent, release: Release): Rendering {
  const work = new RouteWork(intent, release);
  const entries = intent.entries.map((entry, index) => work.entry(entry, index));
  const routes = renderHttpRoutes(intent, entries.map(({ rule }) => rule), PLATFORM, release.facts.orderedRules);
  const alone = intent.entries.length === 1 && intent.growing !== true && routes.sections[0].length === 1;
  const retried = entries.map((result, index) => ({ ...result, sections: routes.sections[index] }))
    .filter(({ entry, chains }) => attemptsOf(entry, chains) > 1);
  const policies = retried.flatMap(({ entry, chains, sections }) => sections.map((section): RenderedObject => {
    const name = alone ? intent.name : `${section.route}-${section.rule}`;
    const { manifest, props } = retryPolicy({ name, namespace: intent.namespace }, section, entry, chains);
    return { role: 'trafficPolicy', id: alone ? 'TrafficPolicy' : `TrafficPolicy-${idOf(section, intent)}`, manifest, props };
  }));
  return {
    objects: [...work.objects, ...routes.objects, ...policies],
    problems: [...work.problems, ...routes.problems],
    besideProviders: work.besideProviders,
  };
}

function idOf({ route, rule }: RuleSection, { name }: RouteIntent): string {
  return route === name ? rule : `${route.slice(name.length + 1)}-${rule}`;
}

interface EntryResult {
  readonly entry: EntryIntent;
  readonly chains: readonly Chain[];
  readonly rule: EntryRule;
}

/** What comes about while the entries of one route are rendered. */
class RouteWork {
  public readonly objects: RenderedObject[] = [];
  public readonly problems: Problem[] = [];
  public readonly besideProviders: BesideProvider[] = [];
  private readonly several: boolean;

  constructor(private readonly intent: RouteIntent, private readonly release: Release) {
    this.several = intent.entries.length > 1 || intent.growing === true;
  }

  public entry(declared: EntryIntent, index: number): EntryResult {
    const prop = entryProp(this.intent, declared, index);
    const { chains, problems } = alternativesOf(declared.target, prop('target'), PLATFORM);
    const sound = soundEntry(declared, chains.some(({ levels }) => levels.length > 1), prop);
    const ownHeaders = OWN_HEADERS[sound.entry.match.kind];
    const matched = soundHeaderMatches(sound.entry, prop('headerMatches'), { platform: PLATFORM, own: ownHeaders, reserved: [MODEL_HEADER, EXACT_HEADER] });
    const { entry } = matched;
    const targets = chains.flatMap(({ levels }) => levels.flat());
    this.problems.push(
      ...problems, ...sound.problems, ...matched.problems,
      ...checkFailures(entry, chains, prop, this.release),
      ...checkClientApis(servedApis(this.release), targets, chains.flatMap(({ levels }) => levels[0]), entry.apis, prop(entry.apis === undefined ? 'target' : 'apis')),
      ...targets.flatMap(({ provider }) => (provider.provider ? checkFixedPath(provider.provider, entry.apis, prop('apis'), this.release) : [])),
      ...checkModelNames(entry, targets, prop('target')),
      ...unexpressed(entry, prop),
      ...this.crossings(targets, prop('target')),
    );
    if (chains.length > MOST_REFS) {
      this.problems.push(notExpressible(prop('target'), `has ${chains.length} members, while a rule of agentgateway has at most ${MOST_REFS}`, 'use fewer'));
    }
    const refs = chains.slice(0, MOST_REFS).map((chain, at) => this.backendRef(chain, entry, prop('target'), this.backendName(index, chains.length > 1 ? at : undefined)));
    const { path, filters } = pathParts(entry);
    return {
      entry,
      chains,
      rule: {
        matches: matches(entry, path),
        ownHeaders,
        filters,
        backendRefs: refs,
        timeouts: ruleTimeouts(entry, chains),
        ordered: entry.match.kind === 'pattern' || entry.match.kind === 'any',
        prop,
        matchProp: matchOption(entry.match),
      },
    };
  }

  /** Name of a backend with the levels of a chain. */
  private backendName(entry: number, chain: number | undefined): string {
    return [this.intent.name, ...(this.several ? [`rule-${entry}`] : []), ...(chain === undefined ? [] : [String(chain)])].join('-');
  }

  private backendRef(chain: Chain, entry: EntryIntent, prop: string, name: string): object {
    const place = chain.levels.length === 1 ? this.formOf(chain.levels[0][0], prop) : this.groups(chain, entry, prop, name);
    return {
      group: AGENTGATEWAY_GROUP,
      kind: 'AgentgatewayBackend',
      name: place.name,
      ...otherNamespace(place.namespace, this.intent.namespace),
      ...(chain.weight === undefined ? {} : { weight: chain.weight }),
    };
  }

  /** The backend of a provider, or one beside it with what the target changes. */
  private formOf({ provider, ...target }: ModelTargetIntent, prop: string): ObjectName {
    const form: BackendForm = { model: target.model, headers: target.headers, body: target.body };
    const place = { name: provider.name, namespace: provider.namespace };
    if (isPlain(form)) return place;
    if (provider.provider === undefined) {
      this.problems.push(unknownProvider(provider, prop, 'changes requests to'));
      return place;
    }
    const late = unnamed(form, prop, PLATFORM);
    if (late.length > 0) {
      this.problems.push(...late);
      return place;
    }
    const name = formName(provider.name, form);
    const rendered = renderBackend(provider.provider, place, form, this.release, prop);
    this.problems.push(...rendered.formProblems);
    if (rendered.llm !== undefined) this.beside(provider, [backendObject(rendered, { ...place, name }, `Backend-${name}`, backendProps(provider.provider, form))]);
    return { ...place, name };
  }

  /** One backend with all levels of a chain, in the namespace in which its providers' Secrets are. */
  private groups(chain: Chain, entry: EntryIntent, prop: string, name: string): ObjectName {
    const members = chain.levels.flat();
    const place = { name, namespace: members[0].provider.namespace };
    const elsewhere = members.find(({ provider }) => provider.namespace !== place.namespace);
    if (elsewhere) {
      this.problems.push(notExpressible(
        prop, `falls back from ${members[0].provider.path} to ${elsewhere.provider.path} in another namespace, while agentgateway reads all Secrets of a fallback in one`,
        'put the providers into one namespace'));
    }
    if (chain.levels.length > MOST_LEVELS || chain.levels.some(level => level.length > MOST_MEMBERS)) {
      this.problems.push(notExpressible(prop, `has more than ${MOST_LEVELS} levels of ${MOST_MEMBERS} providers, the most of agentgateway`, 'use fewer'));
    }
    const names = new Set<string>();
    const refused = new Set<string>();
    const groups = chain.levels.slice(0, MOST_LEVELS)
      .map(level => ({ providers: level.slice(0, MOST_MEMBERS).flatMap(target => this.member(target, prop, names, refused)) }))
      .filter(({ providers }) => providers.length > 0);
    // What keeps a level from being written was told.
    if (groups.length === 0) return place;
    const backend: RenderedObject = {
      role: 'backend',
      id: `Backend-${name}`,
      manifest: {
        apiVersion: AGENTGATEWAY_V1ALPHA1, kind: 'AgentgatewayBackend', metadata: place, spec: { ai: { groups }, policies: healthPolicy(entry, chain) },
      },
      props: {
        'metadata.name': 'name', 'spec.ai': prop, 'spec.policies.health.unhealthyCondition': 'failover.statusCodes',
        'spec.policies.health.eviction.duration': 'failover.ejectionTime', 'spec.policies.health.eviction.consecutiveFailures': 'failover.consecutiveErrors',
      },
      credentialRefused: refused.size > 0,
    };
    if (place.namespace === this.intent.namespace) this.objects.push(backend); else this.beside(members[0].provider, [backend]);
    return place;
  }

  private member({ provider, ...target }: ModelTargetIntent, prop: string, names: Set<string>, refused: Set<string>): object[] {
    if (provider.provider === undefined) {
      this.problems.push(unknownProvider(provider, prop, 'has a fallback with'));
      return [];
    }
    const form: BackendForm = { model: target.model, headers: target.headers, body: target.body };
    const rendered: RenderedBackend = renderBackend(provider.provider, provider, form, this.release, prop);
    this.problems.push(...rendered.formProblems);
    if (rendered.static !== undefined) {
      this.problems.push(notExpressible(prop, `has a fallback with ${provider.path}, which is transparent: agentgateway cannot tell its failures`, 'use providers whose requests are read'));
    }
    if (rendered.llm === undefined) return [];
    if (rendered.credentialRefused) refused.add(provider.name);
    const name = freeName(provider.name, names);
    names.add(name);
    return [{ name, ...rendered.llm, policies: rendered.policies }];
  }

  private beside(provider: ProviderRef, objects: readonly RenderedObject[]): void {
    const { namespace } = this.intent;
    const grants = provider.namespace === namespace || namespace === undefined ? [] : objects.map(({ manifest }) => httpRouteGrant(
      { name: `${manifest.metadata.name}-from-${namespace}`, namespace: provider.namespace },
      `Grant-${namespace}-${manifest.metadata.name}`,
      namespace,
      { group: AGENTGATEWAY_GROUP, kind: 'AgentgatewayBackend', name: manifest.metadata.name },
    ));
    this.besideProviders.push({ provider, objects: [...objects, ...grants] });
  }

  private crossings(targets: readonly ModelTargetIntent[], prop: string): Problem[] {
    const other = targets.find(({ provider }) => provider.namespace !== this.intent.namespace);
    return other ? lacking(this.release, 'crossNamespace', prop, `uses ${other.provider.path} of another namespace`) : [];
  }
}

function matches(entry: EntryIntent, path: object | undefined): object[] {
  const others = headerConditions(entry);
  const on = (type: string, value: string, exact: boolean) => ({
    headers: [{ type, name: MODEL_HEADER, value }, ...(exact ? [{ type: 'Exact', name: EXACT_HEADER, value: EXACT_VALUE }] : []), ...others],
  });
  switch (entry.match.kind) {
    case 'exact': return entry.match.models.map(model => on('Exact', model, true));
    case 'pattern': return [on('RegularExpression', wholly(entry.match.pattern), false)];
    case 'any': return [on('RegularExpression', '^.+$', false)];
    case 'path': return [{ path, ...(others.length > 0 ? { headers: others } : {}) }];
  }
}

/** A provider is in a backend once for each of its models. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) {
    const end = `-${count}`;
    name = `${wanted.slice(0, LONGEST_NAME - end.length).replace(/[-.]+$/, '')}${end}`;
  }
  return name;
}

function unexpressed(entry: EntryIntent, prop: (name: string) => string): Problem[] {
  const problems: Problem[] = [];
  if (entry.streamIdleTimeoutMs !== undefined) {
    problems.push(notExpressible(prop('streamIdleTimeout'), 'limits the silence of a stream, which agentgateway cannot do', 'use `timeout`', `${entry.streamIdleTimeoutMs} ms`));
  }
  for (const name of ['ownedBy', 'createdAt'] as const) {
    if (entry[name] === undefined) continue;
    problems.push(notExpressible(prop(name), 'is for the list of models, which agentgateway does not make of routes', 'leave it out', entry[name]));
  }
  if ((entry.match.kind === 'pattern' || entry.match.kind === 'any') && entry.headerMatches.length > 0) {
    problems.push(notExpressible(
      prop('headerMatches'), 'are conditions beside a pattern, with which agentgateway would prefer it to an exact name', 'put the conditions on entries with exact names'));
  }
  return problems;
}

function unknownProvider(provider: ProviderRef, prop: string, what: string): Problem {
  return notExpressible(
    prop, `${what} ${provider.path}, of which nothing but its name is known here, while agentgateway makes a backend of its own for that`,
    'declare the provider in this program, or refer to a backend that has the change already');
}
