import { ApiObject, Duration, Include, Size, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { parseDocument } from 'yaml';
import { body, headers } from './providers';
import {
  AIGateway, ClientApi, EnvVariable, HeaderMatch, IAIGateway, IProvider, Listener, ModelMatch, ModelRoute, PathEntryOptions, PathMatch, PathRewrite,
  PathRoute, RouteEntryOptions, RouteNamespaces,
  SidecarOptions, Target, Traffic,
} from '../../../src';
import { EntryDescription, GatewayDescription, ListenerDescription, RawDescription, RouteDescription, TargetDescription } from '../program';

type Text = <T extends string | undefined>(text: T) => T;

export function gateway(described: GatewayDescription, scope: Construct, text: Text): IAIGateway {
  const { id, name, proxy } = described;
  if (described.existing) return AIGateway.fromGatewayName(scope, id, name ?? 'existing-gateway', { namespace: described.namespace });
  return new AIGateway(scope, id, {
    name,
    gatewayClassName: text(described.className),
    listeners: described.listeners?.map(listener),
    routeNamespaces: routeNamespaces(described),
    maxBodySize: size(described.maxBodyKib),
    http2Window: size(described.http2WindowKib),
    proxy: proxy && { ...proxy, serviceAnnotations: proxy.serviceAnnotations && { ...proxy.serviceAnnotations } },
    sidecar: sidecar(described),
    modelRouting: described.modelRouting,
  });
}

function listener({ protocol, certificate, ...options }: ListenerDescription): Listener {
  return protocol === 'http' ? Listener.http(options) : Listener.https(certificate, options);
}

function routeNamespaces({ routeNamespaces: described }: GatewayDescription): RouteNamespaces | undefined {
  switch (described?.form) {
    case undefined: return undefined;
    case 'same': return RouteNamespaces.same();
    case 'all': return RouteNamespaces.all();
    case 'named': return RouteNamespaces.named(...described.names);
  }
}

function sidecar({ sidecar: described }: GatewayDescription): SidecarOptions | undefined {
  if (!described) return undefined;
  const { env, ...rest } = described;
  return {
    ...rest,
    env: env && Object.fromEntries(Object.entries(env).map(([name, { value, secret, key }]) => [
      name, secret === undefined ? EnvVariable.value(value ?? '') : EnvVariable.fromSecret(secret, key ?? 'key'),
    ])),
  };
}

function size(kib: number | undefined): Size | undefined {
  return kib === undefined ? undefined : Size.kibibytes(Math.max(0, kib));
}

export function route(
  described: RouteDescription, scope: Construct, gateways: readonly IAIGateway[], providers: readonly IProvider[], text: Text,
): void {
  const { by, id, entries, name } = described;
  const made = (entry: EntryDescription) => target(entry.target, providers, text);
  const hostnames = described.hostnames && [...described.hostnames];
  const [first] = gateways;
  if (by === 'route') {
    void new ModelRoute(scope, id, {
      gateways: [...gateways],
      hostnames,
      name,
      entries: entries.map(entry => ({ match: modelMatch(entry), target: made(entry), ...handling(entry, text) })),
    });
  } else if (by === 'pathRoute') {
    void new PathRoute(scope, id, {
      gateways: [...gateways],
      hostnames,
      name,
      entries: entries.map(entry => ({ path: pathMatch(entry), target: made(entry), ...pathHandling(entry, text) })),
    });
  } else if (by === 'path') {
    for (const entry of entries) first.addPath(entry.match.texts[0] ?? '/', made(entry), { hostnames, name, ...pathHandling(entry, text) });
  } else if (by === 'model') {
    for (const entry of entries) {
      for (const model of entry.match.texts) first.addModel(model, made(entry), { hostnames, name, ...handling(entry, text) });
    }
  } else {
    for (const entry of entries) {
      if (entry.match.kind === 'any') first.addCatchAll(made(entry), handling(entry, text));
      else for (const pattern of entry.match.texts) first.addPattern(pattern, made(entry), handling(entry, text));
    }
  }
}

function modelMatch({ match: { kind, texts } }: EntryDescription): ModelMatch {
  switch (kind) {
    case 'exact': return ModelMatch.exact(...texts);
    case 'pattern': return ModelMatch.pattern(texts[0] ?? 'none');
    default: return ModelMatch.any();
  }
}

function pathMatch({ match: { kind, texts } }: EntryDescription): PathMatch {
  return kind === 'wholePath' ? PathMatch.exact(texts[0] ?? '/') : PathMatch.prefix(texts[0] ?? '/');
}

function pathHandling(entry: EntryDescription, text: Text): PathEntryOptions {
  const { rewrite } = entry;
  return {
    ...handling(entry, text),
    rewrite: rewrite && (rewrite.kind === 'full' ? PathRewrite.full(rewrite.text) : PathRewrite.prefix(rewrite.text)),
  };
}

function handling(entry: EntryDescription, text: Text): RouteEntryOptions {
  const { failover } = entry;
  return {
    headerMatches: entry.headerMatches?.map(({ name, value, pattern }) =>
      (pattern ? HeaderMatch.pattern(name, value) : HeaderMatch.exact(name, value))),
    timeout: millis(entry.timeoutMs),
    streamIdleTimeout: millis(entry.streamIdleMs),
    retries: entry.retries,
    failover: failover && {
      statusCodes: failover.statusCodes && [...failover.statusCodes],
      perTryTimeout: millis(failover.perTryMs),
      connectTimeout: millis(failover.connectMs),
      attemptsPerLevel: failover.attemptsPerLevel,
      consecutiveErrors: failover.consecutiveErrors,
      ejectionTime: millis(failover.ejectionMs),
      failFast: failover.failFast,
    },
    ownedBy: text(entry.ownedBy),
    createdAt: entry.createdAt === undefined ? undefined : new Date(entry.createdAt * 1000),
    apis: entry.apis as ClientApi[] | undefined,
  };
}

function target(described: TargetDescription, providers: readonly IProvider[], text: Text): Target {
  switch (described.kind) {
    case 'model':
      return providers[described.provider % providers.length].model(text(described.model), {
        headers: headers(described.headers), body: body(described.body),
      });
    case 'split':
      return Traffic.split(described.members.map(({ to, weight }) => ({ to: target(to, providers, text), weight })));
    case 'fallback':
      return described.levels.map(level => target(level, providers, text)).reduce((chain, next) => chain.fallbackTo(next));
  }
}

/** A `Duration` and a `Size` refuse negative amounts themselves. */
function millis(amount: number | undefined): Duration | undefined {
  return amount === undefined ? undefined : Duration.millis(Math.max(0, amount));
}

const AI = 'aigateway.envoyproxy.io';
const GATEWAY_API = 'gateway.networking.k8s.io';
const ENVOY_GATEWAY = 'gateway.envoyproxy.io';

/** Objects as people keep them beside ours. */
export function raw(
  { form, id, name, included }: RawDescription, scope: Construct, { gatewayName, namespace }: IAIGateway, aiVersion: string,
): void {
  const make = (manifest: object) => {
    if (included) include(scope, id, manifest);
    else void new ApiObject(scope, id, manifest as any);
  };
  const object = (apiVersion: string, kind: string, spec: object) => make({ apiVersion, kind, metadata: { name }, spec });
  const parent = { name: gatewayName, ...(namespace === undefined ? {} : { namespace }) };
  switch (form) {
    case 'configMap':
      make({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { 'ca.crt': 'text' } });
      return;
    case 'certificate':
      object('cert-manager.io/v1', 'Certificate', { secretName: name, dnsNames: ['ai.example.com'], issuerRef: { name: 'issuer' } });
      return;
    case 'healthRoute':
      object(`${GATEWAY_API}/v1`, 'HTTPRoute', {
        parentRefs: [parent],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/healthz' } }], backendRefs: [{ name: 'health', port: 80 }] }],
      });
      return;
    case 'gatewayRateLimit':
      object(`${ENVOY_GATEWAY}/v1alpha1`, 'BackendTrafficPolicy', {
        targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: gatewayName }],
        rateLimit: { type: 'Global', global: { rules: [{ limit: { requests: 1000, unit: 'Hour' } }] } },
      });
      return;
    case 'provider':
      object(`${AI}/${aiVersion}`, 'AIServiceBackend', {
        schema: { name: 'OpenAI' },
        backendRef: { group: ENVOY_GATEWAY, kind: 'Backend', name: 'kept-by-hand' },
        headerMutation: { remove: ['x-api-key', 'api-key', 'authorization', 'cookie'] },
      });
      return;
    case 'modelRoute':
      object(`${AI}/${aiVersion}`, 'AIGatewayRoute', {
        parentRefs: [{ group: GATEWAY_API, kind: 'Gateway', ...parent }],
        rules: [{
          matches: [{ headers: [{ type: 'Exact', name: 'x-ai-eg-model', value: `by-hand-${name}` }] }],
          backendRefs: [{ name: 'kept-by-hand' }],
          timeouts: { request: '300s' },
        }],
      });
  }
}

/** As from a file, of JSON, which is YAML too. cdk8s reads it like this, but in a process of its own. */
function include(scope: Construct, id: string, manifest: object): void {
  const { load } = Yaml;
  Yaml.load = () => [parseDocument(JSON.stringify(manifest), { version: '1.1' }).toJSON()];
  try {
    void new Include(scope, id, { url: 'manifest.yaml' });
  } finally {
    Yaml.load = load;
  }
}
