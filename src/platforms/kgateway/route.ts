import { backendObject, modelNeeded, RenderedBackend, renderBackend } from './backend';
import { headerFilters } from './headers';
import { KGATEWAY_GROUP, KGATEWAY_V1ALPHA1, LABEL } from './kinds';
import { backendProps } from './provider';
import { notExpressible } from './refusals';
import { Problem } from '../../findings/finding';
import { EntryIntent, ModelTargetIntent, ObjectName, ProviderRef, RouteIntent } from '../../intent';
import { FALLBACK_AFTER_FAILURE } from '../codes';
import { BesideProvider, RenderedObject, Rendering } from '../contract';
import { alternativesOf, Chain } from '../declared/alternatives';
import { BackendForm, formName, isPlain, unnamed } from '../declared/backend-form';
import { checkClientApis, ServedApis } from '../declared/client-apis';
import { soundEntry } from '../declared/entry-options';
import { entryProp, matchOption } from '../declared/entry-props';
import { entryTimes } from '../declared/failures';
import { gatewayDuration } from '../gateway-api/durations';
import { soundHeaderMatches } from '../gateway-api/header-matches';
import { EntryRule, headerConditions, pathParts, renderHttpRoutes } from '../gateway-api/http-route';

const MOST_LEVELS = 32;
const MOST_REFS = 16;

/** Everything is read as a chat completion. */
const SERVED: ServedApis = {
  'openai': ['chat-completions'], 'azure-openai': ['chat-completions'], 'anthropic': ['chat-completions'],
  'bedrock': ['chat-completions'], 'bedrock-anthropic': ['chat-completions'], 'vertex': ['chat-completions'],
};

/** HTTPRoutes by path, and Backends for what targets make of providers. */
export function renderRoute(intent: RouteIntent): Rendering {
  const work = new RouteWork(intent);
  const rules = intent.entries.map((entry, index) => work.rule(entry, index));
  const routes = renderHttpRoutes(intent, rules, LABEL);
  return { objects: [...work.objects, ...routes.objects], problems: [...work.problems, ...routes.problems], besideProviders: work.besideProviders };
}

/** What comes about while the entries of one route are rendered. */
class RouteWork {
  public readonly objects: RenderedObject[] = [];
  public readonly problems: Problem[] = [];
  public readonly besideProviders: BesideProvider[] = [];

  constructor(private readonly intent: RouteIntent) {}

  public rule(declared: EntryIntent, index: number): EntryRule {
    const several = this.intent.entries.length > 1 || this.intent.growing === true;
    const prop = entryProp(this.intent, declared, index);
    const { chains, problems } = alternativesOf(declared.target, prop('target'), LABEL);
    const sound = soundEntry(declared, chains.some(({ levels }) => levels.length > 1), prop);
    const matched = soundHeaderMatches(sound.entry, prop('headerMatches'), { platform: LABEL, own: 0 });
    const { entry } = matched;
    const targets = chains.flatMap(({ levels }) => levels.flat());
    const headers = headerFilters(targets, prop('target'));
    this.problems.push(
      ...problems, ...sound.problems, ...matched.problems, ...headers.problems,
      ...unexpressed(entry, prop),
      ...checkClientApis(SERVED, targets, chains.flatMap(({ levels }) => levels[0]), entry.apis, prop(entry.apis === undefined ? 'target' : 'apis')),
      ...this.crossings(targets, prop('target')),
    );
    if (chains.length > MOST_REFS) {
      this.problems.push(notExpressible(prop('target'), `has ${chains.length} members, while a rule of ${LABEL} has at most ${MOST_REFS}`, 'use fewer'));
    }
    const name = (chain: number) => [this.intent.name, ...(several ? [`rule-${index}`] : []), ...(chains.length > 1 ? [String(chain)] : [])].join('-');
    const { path = { type: 'PathPrefix', value: '/' }, filters } = pathParts(entry);
    const conditions = headerConditions(entry);
    return {
      matches: [{ path, ...(conditions.length > 0 ? { headers: conditions } : {}) }],
      ownHeaders: 0,
      filters: [...headers.filters.map(filter => ({ option: 'target', filter })), ...filters],
      backendRefs: chains.slice(0, MOST_REFS).map((chain, at) => this.backendRef(chain, prop('target'), name(at))),
      timeouts: { request: gatewayDuration(entryTimes(entry, 1).requestMs) },
      ordered: false,
      prop,
      matchProp: matchOption(entry.match),
    };
  }

  private backendRef(chain: Chain, prop: string, name: string): object {
    const place = chain.levels.length === 1 ? this.formOf(chain.levels[0][0], prop) : this.groups(chain, prop, name);
    return { group: KGATEWAY_GROUP, kind: 'Backend', name: place.name, ...(chain.weight === undefined ? {} : { weight: chain.weight }) };
  }

  /** The Backend of a provider, or one beside it for the model. Changes of headers are the rule's. */
  private formOf({ provider, model, body }: ModelTargetIntent, prop: string): ObjectName {
    const form: BackendForm = { model };
    const place = { name: provider.name, namespace: provider.namespace };
    this.checkForm(provider, model, body !== undefined, prop);
    if (provider.provider === undefined) return place;
    const rendered = renderBackend(provider.provider, place, model);
    if (rendered.modelMissing) this.problems.push(modelNeeded(provider.path, prop));
    if (isPlain(form)) return place;
    const late = unnamed(form, prop, LABEL);
    if (late.length > 0) {
      this.problems.push(...late);
      return place;
    }
    const name = formName(provider.name, form);
    if (rendered.llm !== undefined) {
      this.besideProviders.push({ provider, objects: [backendObject(rendered, { ...place, name }, `Backend-${name}`, backendProps(provider.provider))] });
    }
    return { ...place, name };
  }

  private groups(chain: Chain, prop: string, name: string): ObjectName {
    const place = { name, namespace: this.intent.namespace };
    if (chain.levels.length > MOST_LEVELS || chain.levels.some(level => level.length > MOST_LEVELS)) {
      this.problems.push(notExpressible(prop, `has more than ${MOST_LEVELS} levels of ${MOST_LEVELS} providers, the most of ${LABEL}`, 'use fewer'));
    }
    this.problems.push({
      definition: FALLBACK_AFTER_FAILURE,
      prop,
      message: `has a fallback, which ${LABEL} takes only after a provider has asked for a pause with Retry-After: errors and broken connections reach clients`,
      fix: 'use agentgateway with Platform.use(), or acknowledge this',
    });
    const priorityGroups = chain.levels.slice(0, MOST_LEVELS).map(level => {
      const names = new Map<string, number>();
      return { providers: level.slice(0, MOST_LEVELS).flatMap(target => this.member(target, prop, names)) };
    }).filter(({ providers }) => providers.length > 0);
    // What keeps a level from being written was told.
    if (priorityGroups.length === 0) return place;
    this.objects.push({
      role: 'backend',
      id: `Backend-${name}`,
      manifest: { apiVersion: KGATEWAY_V1ALPHA1, kind: 'Backend', metadata: place, spec: { type: 'AI', ai: { priorityGroups } } },
      props: { 'metadata.name': 'name', 'spec.ai': prop },
    });
    return place;
  }

  private member({ provider, model, body }: ModelTargetIntent, prop: string, names: Map<string, number>): object[] {
    this.checkForm(provider, model, body !== undefined, prop);
    if (provider.provider === undefined) {
      this.problems.push(unknownProvider(provider, prop, 'has a fallback with'));
      return [];
    }
    const rendered: RenderedBackend = renderBackend(provider.provider, provider, model);
    if (rendered.modelMissing) this.problems.push(modelNeeded(provider.path, prop));
    if (rendered.static !== undefined) {
      this.problems.push(notExpressible(prop, `has a fallback with ${provider.path}, which is transparent: ${LABEL} cannot tell its failures`, 'use providers whose requests are read'));
    }
    if (rendered.llm === undefined) return [];
    const count = (names.get(provider.name) ?? 0) + 1;
    names.set(provider.name, count);
    return [{ name: count === 1 ? provider.name : `${provider.name}-${count}`, ...rendered.llm }];
  }

  private checkForm(provider: ProviderRef, model: string | undefined, body: boolean, prop: string): void {
    if (body) this.problems.push(notExpressible(prop, `changes bodies of requests, which ${LABEL} cannot do`, 'leave the change out'));
    if (model === undefined) return;
    if (provider.provider === undefined) this.problems.push(unknownProvider(provider, prop, 'gives another model name to'));
    if (provider.provider?.api === 'http') {
      this.problems.push(notExpressible(prop, `gives a model name to a transparent provider, whose requests ${LABEL} does not read`, 'leave the name out, or `transparent`', model));
    }
  }

  private crossings(targets: readonly ModelTargetIntent[], prop: string): Problem[] {
    const other = targets.find(({ provider }) => provider.namespace !== this.intent.namespace);
    if (!other) return [];
    return [notExpressible(prop, `uses ${other.provider.path} of another namespace, which ${LABEL} is not known to allow`, 'put the route and its providers into one namespace')];
  }
}

const WITHOUT_COUNTERPART = {
  retries: 'repeats requests', streamIdleTimeoutMs: 'limits the silence of a stream', ownedBy: 'is for a list of models', createdAt: 'is for a list of models',
} as const;
const FAILOVER = {
  statusCodes: 'statusCodes', perTryTimeoutMs: 'perTryTimeout', connectTimeoutMs: 'connectTimeout', attemptsPerLevel: 'attemptsPerLevel',
  consecutiveErrors: 'consecutiveErrors', ejectionTimeMs: 'ejectionTime', failFastWhenAllEjected: 'failFast',
} as const;

function unexpressed(entry: EntryIntent, prop: (name: string) => string): Problem[] {
  const problems: Problem[] = [];
  if (entry.match.kind === 'exact' || entry.match.kind === 'pattern') {
    problems.push(notExpressible(
      prop(matchOption(entry.match)), `is a model in the body of requests, by which ${LABEL} cannot route`,
      'route by path with addPath() or PathRoute, or use agentgateway with Platform.use()', entry.match.kind === 'exact' ? entry.match.models : entry.match.pattern));
  }
  for (const [option, what] of Object.entries(WITHOUT_COUNTERPART)) {
    const value = entry[option as keyof typeof WITHOUT_COUNTERPART];
    if (value !== undefined && value !== 0) problems.push(notExpressible(prop(option.replace(/Ms$/, '')), `${what}, which ${LABEL} cannot do`, 'leave it out', value));
  }
  for (const [option, name] of Object.entries(FAILOVER)) {
    const value = entry.failover?.[option as keyof typeof FAILOVER];
    if (value !== undefined && value !== false) {
      problems.push(notExpressible(prop(`failover.${name}`), `says how a fallback decides, for which ${LABEL} has no settings`, 'leave it out', value));
    }
  }
  return problems;
}

function unknownProvider(provider: ProviderRef, prop: string, what: string): Problem {
  return notExpressible(
    prop, `${what} ${provider.path}, of which nothing but its name is known here, while ${LABEL} needs a Backend of its own for that`,
    'declare the provider in this program, or refer to a Backend that has the change already');
}
