import {
  BodyDescription, CredentialDescription, EntryDescription, FailoverDescription, GatewayDescription, HeadersDescription, Program, ProviderDescription,
  ProviderKind, RawDescription, RouteDescription, TargetDescription,
} from '../program';

/** Takes out of a program what its gateway cannot do, so that most programs are good ones. What is spoilt later stays. */
export function expressible(program: Program): Program {
  const { gateway, release } = program.platform;
  if (gateway === undefined) return { ...program, providers: program.providers.map(({ transparent: _, ...provider }) => provider) };
  const limits: Limits = { byPath: gateway === 'kgateway', late: gateway === 'agentgateway' && release !== 'v1.0' };
  const providers = program.providers.map(provider => providerOn(provider, limits));
  return {
    ...program,
    providers,
    gateways: program.gateways.map(described => gatewayOn(described, limits)),
    routes: program.routes.map(route => routeOn(route, limits, providers)).filter(({ entries }) => entries.length > 0),
    raws: program.raws.filter(isKnown),
    setup: program.setup && {},
    // Of kgateway's kinds no schema is known that could find what a patch breaks.
    patches: limits.byPath ? program.patches?.filter(({ change }) => change === 'label') : program.patches,
    // The model is part of a name.
    late: false,
  };
}

interface Limits {
  /** Whether models are found by paths alone. */
  readonly byPath: boolean;
  /** Whether it has what came with agentgateway v1.4. */
  readonly late: boolean;
}

/** Providers of which every release takes another address. */
const ANYWHERE: ReadonlySet<ProviderKind> = new Set(['openai', 'compatible', 'inCluster']);

function providerOn(provider: ProviderDescription, { byPath, late }: Limits): ProviderDescription {
  // A key is sent with what is read.
  const transparent = provider.kind === 'inCluster' && provider.transparent && (!byPath || provider.credential.kind === 'passThrough') ? true : undefined;
  const address = late || (!byPath && ANYWHERE.has(provider.kind));
  return {
    ...provider,
    headers: byPath ? undefined : headersOn(provider.headers),
    credential: byPath ? credentialByPath(provider.credential) : provider.credential,
    admits: late ? provider.admits : [],
    transparent,
    // Models of others go by the names that clients call, and an older release knows no Cohere.
    api: provider.api === 'openai' || (late && provider.api === 'cohere') ? provider.api : undefined,
    body: byPath || transparent ? undefined : bodyOn(provider.body),
    tls: address ? provider.tls : undefined,
    port: address || provider.kind === 'inCluster' ? provider.port : undefined,
    hostname: late ? provider.hostname : undefined,
    pathPrefix: late ? provider.pathPrefix : undefined,
    endpoint: late ? provider.endpoint : undefined,
    location: late ? provider.location : 'us-central1',
  };
}

/** What passes through is one header. */
function credentialByPath(credential: CredentialDescription): CredentialDescription {
  return { ...credential, headers: ['authorization'] };
}

/** What one object may change of headers, the gateway's own changes included, is what two may on Envoy AI Gateway. */
function headersOn(headers: HeadersDescription | undefined): HeadersDescription | undefined {
  return headers && { set: headers.set.slice(0, 6), remove: headers.remove.slice(0, 5) };
}

/** Fields are set, and neither reached inside of others nor removed. */
function bodyOn(body: BodyDescription | undefined): BodyDescription | undefined {
  return body && { set: body.set.filter(({ value }) => !/null|\d{16}|e400/.test(value)), setPaths: [], remove: [], removePaths: [] };
}

function gatewayOn({ proxy, sidecar: _, ...gateway }: GatewayDescription, { byPath }: Limits): GatewayDescription {
  return {
    ...gateway,
    ...(byPath ? { maxBodyKib: undefined, http2WindowKib: undefined, modelRouting: undefined } : {}),
    proxy: proxy && { ...proxy, serviceAccountName: undefined },
  };
}

function routeOn(route: RouteDescription, limits: Limits, providers: readonly ProviderDescription[]): RouteDescription {
  // Where some are patterns, older ones order no more.
  const entries = limits.late || limits.byPath ? route.entries : route.entries.slice(0, 10);
  return { ...route, entries: entries.map(entry => entryOn(entry, limits, providers)) };
}

function entryOn(entry: EntryDescription, { byPath }: Limits, providers: readonly ProviderDescription[]): EntryDescription {
  const { ownedBy: _, createdAt: __, streamIdleMs: ___, failover, headerMatches, ...rest } = entry;
  const target = targetOn(entry.target, byPath, providers, false);
  return {
    ...rest,
    headerMatches: entry.match.kind === 'pattern' || entry.match.kind === 'any' ? undefined : headerMatches?.slice(0, 14),
    retries: byPath ? undefined : rest.retries,
    failover: byPath || (entry.target.kind === 'fallback' && target.kind !== 'fallback') ? undefined : failoverOn(failover),
    target,
  };
}

function failoverOn(failover: FailoverDescription | undefined): FailoverDescription | undefined {
  if (!failover) return undefined;
  const { connectMs: _, failFast: __, attemptsPerLevel, consecutiveErrors, statusCodes, ...rest } = failover;
  const codes = statusCodes?.filter(code => code >= 400);
  return {
    ...rest,
    ...(codes && codes.length > 0 ? { statusCodes: codes } : {}),
    // One number for both.
    ...(attemptsPerLevel === undefined ? { consecutiveErrors: consecutiveErrors && Math.min(consecutiveErrors, 80) } : { attemptsPerLevel }),
  };
}

/** @param fallback whether it is a later level, whose members have equal weights */
function targetOn(target: TargetDescription, byPath: boolean, providers: readonly ProviderDescription[], fallback: boolean): TargetDescription {
  switch (target.kind) {
    case 'model': return modelOn(target, byPath, providers[target.provider % providers.length]);
    case 'split': return {
      kind: 'split', members: target.members.map(({ to, weight }) => ({ to: targetOn(to, byPath, providers, fallback), weight: fallback ? 1 : weight })),
    };
    case 'fallback': {
      const levels = target.levels.map((level, index) => targetOn(level, byPath, providers, fallback || index > 0))
        .filter(level => isMade(level, providers));
      return levels.length > 1 ? { kind: 'fallback', levels } : levels[0] ?? targetOn(target.levels[0], byPath, providers, fallback);
    }
  }
}

/** A fallback needs to know its providers. */
function isMade(target: TargetDescription, providers: readonly ProviderDescription[]): boolean {
  switch (target.kind) {
    case 'model': return providers[target.provider % providers.length].kind !== 'existing';
    case 'split': return target.members.every(({ to }) => isMade(to, providers));
    case 'fallback': return target.levels.every(level => isMade(level, providers));
  }
}

type ModelTarget = Extract<TargetDescription, { kind: 'model' }>;

function modelOn({ model, headers, body, ...target }: ModelTarget, byPath: boolean, { kind, transparent }: ProviderDescription): ModelTarget {
  // What others made, and what is not read, is taken as it is.
  if (kind === 'existing' || transparent) return target;
  return { ...target, model: byPath ? model ?? 'a-model' : model, headers: byPath ? undefined : headersOn(headers), body: byPath ? undefined : bodyOn(body) };
}

function isKnown({ form }: RawDescription): boolean {
  return form === 'configMap' || form === 'certificate' || form === 'healthRoute';
}
