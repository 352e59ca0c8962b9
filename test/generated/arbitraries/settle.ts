import { expressible } from './expressible';
import { RawTarget } from './parts';
import { RawPolicyPoint, settledPolicyPoint } from './policy-points';
import { TOKENS } from './products';
import { RELEASES, Slot } from './slots';
import { goTogether, goTogetherOn, isAddress, modelOf } from './together';
import { usual } from './usual';
import {
  ChartDescription, CredentialDescription, EntryDescription, GatewayDescription, PolicyPointDescription, Program, ProviderDescription,
  RawDescription, ReleaseName, RouteDescription, SecretDescription, TargetDescription,
} from '../program';

/** Parts of a program that know nothing of each other. */
export interface RawProgram {
  readonly charts: readonly { readonly namespace: string; readonly labels?: { readonly [name: string]: string }; readonly plainNames: boolean }[];
  /** There is one chart, and the deployment chooses its namespace. */
  readonly withoutNamespace: boolean;
  readonly platform: Pick<Program['platform'], 'on'>;
  readonly providers: readonly (Omit<ProviderDescription, 'kind' | 'credential' | 'id'> & {
    readonly credential: Omit<CredentialDescription, 'kind'>;
    readonly idStyle: number;
  })[];
  readonly gateways: readonly Omit<GatewayDescription, 'id'>[];
  readonly routes: readonly RawRoute[];
  readonly raws: readonly Omit<RawDescription, 'id'>[];
  readonly policyPoint?: RawPolicyPoint;
  readonly rest: Pick<Program, 'late' | 'acknowledged' | 'strict' | 'syncWave' | 'complete' | 'setup' | 'patches'>;
}

export interface RawRoute {
  readonly by: RouteDescription['by'];
  readonly chart: number;
  readonly gateways: readonly number[];
  readonly hostnames?: readonly string[];
  readonly name?: string;
  readonly entries: readonly (Omit<EntryDescription, 'match' | 'target'> & {
    readonly kind: 'exact' | 'pattern' | 'any';
    readonly path: { readonly whole: boolean; readonly rewrite?: EntryDescription['rewrite'] };
    readonly models: readonly string[];
    readonly target: RawTarget;
  })[];
}

const ID_STYLES: readonly ((n: number) => string)[] = [n => `p${n}`, n => `p${n}`, n => `p${n}`, n => `Provider ${n}`, n => `p_${n}.`, n => `模型-${n}`, n => `${'long'.repeat(30)}${n}`];
const idOf = (style: number, n: number) => ID_STYLES[style % ID_STYLES.length](n);
const ROLE = 'arn:aws:iam::111122223333:role/bedrock';

/** Makes parts fit each other, so that most programs are good ones. */
export function settle(raw: RawProgram, slot: Slot): Program {
  return new Settling(raw, slot).program();
}

class Settling {
  private readonly names = new Set<string>();
  private readonly models = new Set<string>();
  private readonly charts: readonly ChartDescription[];
  private readonly providers: readonly ProviderDescription[];
  private readonly gateways: readonly GatewayDescription[];
  private readonly closed = new Set<number>();
  private readonly namedRules: boolean;
  private paths = 0;
  private patterns = 0;

  constructor(private readonly raw: RawProgram, private readonly slot: Slot) {
    this.charts = this.chartsOf(raw);
    this.namedRules = this.atLeast('v1.1');
    const providers = raw.providers.map((provider, n) => this.provider(provider, n));
    const irsa = providers.some(({ credential }) => credential.kind === 'awsIrsa');
    this.providers = irsa ? providers.map(withOneRole) : providers;
    this.gateways = raw.gateways.map((gateway, n) => this.gateway(gateway, n));
  }

  public program(): Program {
    const { raw, slot } = this;
    const routes = raw.routes.map((route, n) => this.route(route, n)).filter(({ entries }) => entries.length > 0);
    return expressible(usual({
      platform: { ...slot.cluster, ...raw.platform },
      charts: this.charts,
      providers: this.providers,
      gateways: this.gateways,
      // What comes after a catch-all is never reached.
      routes: [...routes.filter(route => !catchesAll(route)), ...routes.filter(catchesAll)],
      raws: this.raws(),
      policyPoints: this.policyPoints(),
      ...raw.rest,
    }, slot.spoilt));
  }

  private chartsOf({ charts, withoutNamespace, providers }: RawProgram): ChartDescription[] {
    const { cluster: { gateway, release }, providers: choices } = this.slot;
    // Long names are cut, and differ by their hashes alone.
    const long = providers.some(({ idStyle }) => idOf(idStyle, 0).length > 60);
    const made = charts.map(({ namespace, plainNames, ...chart }, n): ChartDescription => ({ id: `c${n}`, namespace, plainNames: plainNames && !long, ...chart }));
    if (withoutNamespace && !choices.some(({ credential }) => TOKENS.includes(credential.kind))) return [{ ...made[0], namespace: undefined }];
    // Across namespaces only the newest agentgateway finds a provider, and kgateway none.
    return gateway === undefined || release === 'v1.4' ? made : made.slice(0, 1);
  }

  private atLeast(release: ReleaseName): boolean {
    const { gateway, release: own } = this.slot.cluster;
    return gateway !== undefined || RELEASES.indexOf(own as ReleaseName) >= RELEASES.indexOf(release);
  }

  private provider(raw: RawProgram['providers'][number], n: number): ProviderDescription {
    const { idStyle, ...parts } = raw;
    const { kind, credential: choice } = this.slot.providers[n];
    // The name of a grant is that of the provider and more.
    const wanted = kind === 'existing' ? `existing-${n}` : this.charts.length > 1 || raw.admits.length > 0 ? raw.name?.slice(-180).replace(/^[.-]+/, '') : raw.name;
    // A Secret that is made for a provider has its name.
    const name = this.unique(wanted);
    const secret = (given: SecretDescription) => this.secret(choice.form === undefined ? given : { ...given, form: choice.form });
    const credential: CredentialDescription = {
      ...raw.credential,
      kind: choice.kind,
      secret: secret(raw.credential.secret),
      oidc: { ...raw.credential.oidc, secret: this.secret(raw.credential.oidc.secret) },
      principal: principalOf(choice.kind),
    };
    return fitting({
      ...parts,
      id: idOf(idStyle, n),
      kind,
      credential,
      name,
      pathPrefix: kind === 'anthropic' && !this.atLeast('v0.7') ? undefined : parts.pathPrefix,
      endpoint: kind.startsWith('bedrock') && !this.atLeast('v1.1') ? undefined : parts.endpoint,
    }, this.charts[this.chartOf(raw)].namespace);
  }

  /** Two sources of one Secret would contradict each other. */
  private secret(secret: SecretDescription): SecretDescription {
    const { store } = secret;
    return {
      ...secret,
      name: this.unique(secret.name),
      store: { ...store, targetName: this.unique(store.targetName) },
    };
  }

  private gateway(raw: Omit<GatewayDescription, 'id'>, n: number): GatewayDescription {
    const listeners = raw.listeners?.map((listener, index) => ({
      ...listener, name: `l${index}`, port: index === 0 ? undefined : 8000 + index, certificate: this.unique(listener.certificate),
    }));
    const named = raw.routeNamespaces;
    const own = this.charts[raw.chart % this.charts.length].namespace;
    const routeNamespaces = named && { ...named, names: own === undefined ? named.names : [...named.names, own] };
    return { ...raw, routeNamespaces, id: `g${n}`, name: this.unique(raw.existing ? `existing-${n}` : raw.name, 'gateway'), listeners };
  }

  private route(wanted: RawRoute, n: number): RouteDescription {
    const raw = { ...wanted, by: this.wayOf(wanted) };
    const first = raw.gateways[0] % this.gateways.length;
    const own = raw.by === 'route' || raw.by === 'pathRoute';
    const chart = own ? raw.chart % this.charts.length : this.chartOf(this.gateways[first]);
    const open = raw.gateways.map(index => index % this.gateways.length).filter(index => this.admits(this.gateways[index], chart));
    const gateways = own && open.length > 0 ? open : [first];
    const home = open.length > 0 || !own ? chart : this.chartOf(this.gateways[first]);
    const several = raw.by === 'pattern' || (raw.by === 'route' && raw.entries.length > 1);
    const hostnames = this.atLeast('v0.7') && raw.by !== 'pattern' && gateways.every(index => !this.gateways[index].listeners?.some(l => l.hostname))
      ? raw.hostnames : undefined;
    // One call makes one model.
    const declared = raw.by === 'path' ? raw.entries.slice(0, 1) : raw.by === 'model' ? raw.entries.slice(0, 1).map(entry => ({ ...entry, models: entry.models.slice(0, 1) })) : raw.entries;
    return {
      id: `r${n}`,
      by: raw.by,
      chart: home,
      gateways,
      hostnames,
      name: raw.by === 'pattern' ? undefined : this.unique(raw.name, 'route'),
      entries: declared.flatMap((entry, index) => this.entry(entry, raw.by, several, first, index === declared.length - 1) ?? []),
    };
  }

  /** How the product can route. Some paths are kept where there are none, and refused. */
  private wayOf({ by, chart }: RawRoute): RouteDescription['by'] {
    const { gateway } = this.slot.cluster;
    const kept = this.slot.spoilt && by === 'path' && chart === 2;
    if (gateway === 'kgateway') return by === 'model' || by === 'path' ? 'path' : 'pathRoute';
    if (gateway !== undefined || kept) return by;
    return by === 'path' ? 'model' : by === 'pathRoute' ? 'route' : by;
  }

  private entry(raw: RawRoute['entries'][number], by: RawRoute['by'], several: boolean, gateway: number, last: boolean): EntryDescription | undefined {
    const { kind: wanted, models, target: rawTarget, path, ...options } = raw;
    if (by === 'path' || by === 'pathRoute') return this.pathEntry(raw);
    const kind = by === 'model' ? 'exact' : by === 'pattern' && wanted === 'exact' ? 'pattern' : wanted;
    if (kind === 'any' && (!last || by !== 'pattern' || this.closed.has(gateway))) return undefined;
    if (kind === 'any') this.closed.add(gateway);
    // All of a gateway are in one object, or tried in their order.
    if (kind === 'pattern' && this.patterns++ > 9) return undefined;
    const texts = models.map(model => this.model(model)).slice(0, kind === 'exact' ? 64 : 1);
    const levels = this.levels(rawTarget, models[0]);
    // Rules with policies of their own need names.
    const kept = several && !this.namedRules ? levels.slice(0, 1) : levels;
    return fittingOptions({
      ...options,
      streamIdleMs: this.namedRules ? options.streamIdleMs : undefined,
      retries: several && !this.namedRules ? undefined : options.retries,
      match: { kind, texts: kind === 'pattern' ? texts.map(text => `p${this.models.size}-${text.replace(/[^a-z0-9]/g, '')}.*`) : texts },
      target: this.target(kept, rawTarget),
    }, kept.length);
  }

  private pathEntry({ kind: _, models, target: rawTarget, path, ...options }: RawRoute['entries'][number]): EntryDescription {
    const levels = this.levels(rawTarget, models[0]);
    // No path that clients of models call.
    const text = `/p${this.paths++}/${models[0].replace(/[^\w-]/g, '')}`;
    return fittingOptions({
      ...options,
      match: { kind: path.whole ? 'wholePath' : 'path', texts: [text] },
      rewrite: path.whole && path.rewrite?.kind === 'prefix' ? undefined : path.rewrite,
      target: this.target(levels, rawTarget),
    }, levels.length);
  }

  /** Fallbacks inside of a split are for other gateways than Envoy AI Gateway. */
  private target(levels: readonly (readonly Member[])[], { nested, crossed }: RawTarget): TargetDescription {
    return targetOf(levels, nested, crossed && this.slot.cluster.gateway !== undefined);
  }

  private levels(raw: RawTarget, model: string): Member[][] {
    const taken = new Set<string>();
    const users: ProviderDescription[] = [];
    const levels = raw.levels.map((level, _, { length }) => level.flatMap(({ provider: at, named, weight, changes }): Member[] => {
      const index = at % this.providers.length;
      const provider = this.providers[index];
      const fits = (other: ProviderDescription) => goTogether(other, provider)
        && goTogetherOn(this.slot.cluster.gateway, other, provider, length === 1 || this.chartOf(other) === this.chartOf(provider));
      if (!users.every(fits)) return [];
      const id = modelOf(provider, named, model, taken.size, this.slot.cluster.gateway);
      const key = `${index} ${id}`;
      if (taken.has(key)) return [];
      taken.add(key);
      users.push(provider);
      return [{ to: { kind: 'model', provider: index, model: id, ...changes }, weight }];
    })).filter(level => level.length > 0);
    let left = 16;
    return levels.map(level => level.slice(0, Math.max(0, left -= level.length) + level.length)).filter(level => level.length > 0);
  }

  private raws(): RawDescription[] {
    const limited = new Set<string>();
    return this.raw.raws.flatMap((raw, n): RawDescription[] => {
      const gateway = raw.gateway % this.gateways.length;
      if (raw.form === 'gatewayRateLimit' || raw.form === 'healthRoute') {
        const once = `${raw.form} ${gateway}`;
        if (limited.has(once)) return [];
        limited.add(once);
      }
      const chart = raw.form === 'configMap' || raw.form === 'certificate' ? raw.chart : this.chartOf(this.gateways[gateway]);
      // None of the names that constructs are given.
      return [{ ...raw, id: `raw${n}`, gateway, chart, name: `raw${n}.${raw.name}`.slice(0, 222).replace(/[.-]+$/, '') }];
    });
  }

  /** One policy server, in front of a gateway that is ours. Some are where there are none, and refused. */
  private policyPoints(): PolicyPointDescription[] {
    const { policyPoint: raw } = this.raw;
    const { gateway: other, release, envoyGateway } = this.slot.cluster;
    const gateway = this.gateways.findIndex(({ existing }) => !existing);
    const has = other === undefined && !(release === 'v0.5' && envoyGateway === undefined);
    if (!raw || gateway < 0 || !(has || this.slot.spoilt)) return [];
    return [settledPolicyPoint(raw, gateway, this.providers, this.atLeast('v1.1'))];
  }

  private admits(gateway: GatewayDescription, chart: number): boolean {
    return gateway.existing || gateway.routeNamespaces?.form === 'all' || this.chartOf(gateway) === chart;
  }

  private chartOf({ chart }: { readonly chart: number }): number {
    return chart % this.charts.length;
  }

  private model(wanted: string): string {
    const model = this.models.has(wanted) ? `${wanted}-${this.models.size}` : wanted;
    this.models.add(model);
    return model;
  }

  /** A Secret of one name in two namespaces looks like a mistake, and on other gateways routes make what providers make, too. */
  private unique<T extends string | undefined>(name: T, what = 'provider'): T {
    if (name === undefined) return name;
    const key = (text: string) => (this.slot.cluster.gateway === undefined ? `${what} ${text}` : text);
    const free = this.names.has(key(name)) ? `n${this.names.size}-${name}`.slice(0, Math.max(name.length, 63)).replace(/[-.]+$/, '') : name;
    this.names.add(key(free));
    return free as T;
  }
}

interface Member {
  readonly to: TargetDescription;
  readonly weight: number;
}

function targetOf(levels: readonly (readonly Member[])[], nested: boolean, crossed: boolean): TargetDescription {
  if (crossed && levels.length > 1 && levels[0].length > 1) {
    const rest = levels.slice(1).map(level => level[0].to);
    return { kind: 'split', members: levels[0].map(({ to, weight }) => ({ to: { kind: 'fallback', levels: [to, ...rest] }, weight })) };
  }
  const made = levels.map((level, index): TargetDescription => {
    if (level.length === 1) return level[0].to;
    if (index > 0 || !nested || level.length < 3) return { kind: 'split', members: level };
    const [first, ...others] = level;
    return { kind: 'split', members: [first, { to: { kind: 'split', members: others.map(member => ({ ...member, weight: 1 })) }, weight: 10 }] };
  });
  return made.length === 1 ? made[0] : { kind: 'fallback', levels: made };
}

function withOneRole(provider: ProviderDescription): ProviderDescription {
  if (!provider.credential.kind.startsWith('aws')) return provider;
  return { ...provider, credential: { ...provider.credential, kind: 'awsIrsa', principal: ROLE } };
}

function principalOf(kind: CredentialDescription['kind']): string | undefined {
  switch (kind) {
    case 'awsIrsa':
    case 'awsOidc': return ROLE;
    case 'azureSecret': return '11111111-2222-3333-4444-555555555555';
    case 'azureOidc': return '66666666-7777-8888-9999-000000000000';
    case 'gcpAdc':
    case 'gcpFederation': return 'gateway@acme-prod-1234.iam.gserviceaccount.com';
    default: return undefined;
  }
}

/** Properties of one provider that fit each other. */
function fitting(provider: ProviderDescription, namespace: string | undefined): ProviderDescription {
  const { kind, hostname, tls, port, service } = provider;
  const withHost = ['openai', 'anthropic', 'gemini', 'cohere', 'compatible'].includes(kind);
  const name = withHost ? hostname : undefined;
  const plain = tls?.form === 'plaintext' || (kind === 'inCluster' && tls === undefined);
  return {
    ...provider,
    hostname: name,
    // Not beside its provider where that has no namespace.
    service: service && namespace === undefined ? { ...service, namespace: 'inference' } : service,
    project: kind.startsWith('vertex') ? provider.project?.replace('_', '-') ?? 'acme-prod-1234' : provider.project,
    // A certificate is checked against a name.
    tls: tls && tls.form !== 'plaintext' && isAddress(name) ? { ...tls, serverName: 'llm.example.com' } : tls ?? (isAddress(name) ? { form: 'private', configMap: 'ca', serverName: 'llm.example.com' } : undefined),
    port: plain && port === 443 ? 8080 : port,
  };
}

function fittingOptions(entry: EntryDescription, levels: number): EntryDescription {
  const { failover = {}, retries, streamIdleMs, timeoutMs, ...rest } = entry;
  const { statusCodes, perTryMs, connectMs } = failover;
  const attempts = levels > 1 ? levels * (failover.attemptsPerLevel ?? 1) : 1 + (retries ?? 0);
  const repeated = levels > 1 ? failover : (retries ?? 0) > 0 ? { statusCodes, perTryMs, connectMs } : undefined;
  const tooShort = timeoutMs !== undefined && timeoutMs > 0 && perTryMs !== undefined && attempts * perTryMs > timeoutMs;
  return {
    ...rest,
    timeoutMs: tooShort ? undefined : timeoutMs,
    retries: levels > 1 ? undefined : retries,
    failover: repeated,
    streamIdleMs,
  };
}

function catchesAll({ entries }: RouteDescription): boolean {
  return entries.some(({ match }) => match.kind === 'any');
}
