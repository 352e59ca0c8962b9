import * as fc from 'fast-check';
import { address, anyText, dnsLabel, dnsSubdomain, headerName, headerValue, hostname, json, modelName } from './texts';
import { VENDORS } from '../interpret';
import {
  BodyDescription, CredentialDescription, EntryDescription, FailoverDescription, GatewayDescription, HeadersDescription, OidcDescription,
  ProviderDescription, ResourcesDescription, SecretDescription, StoreDescription, TargetDescription, TlsDescription,
} from '../program';
import { ProxyLogLevel, ProxyServiceType } from '../../../src';

/** Parts of programs, each good by itself. `settle` makes them fit each other. */

/** Left out mostly, since most properties are. */
export function seldom<T>(arbitrary: fc.Arbitrary<T>, oneIn = 4): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

const seconds = (...values: number[]) => fc.constantFrom(...values.map(value => value * 1000));

const store: fc.Arbitrary<StoreDescription> = fc.record({
  form: fc.constantFrom('cluster', 'namespaced'),
  name: dnsSubdomain(253),
  refreshSeconds: seldom(fc.constantFrom(1, 60, 3600, 90_061)),
  refreshPolicy: seldom(fc.constantFrom('Periodic', 'OnChange', 'CreatedOnce'), 8),
  targetName: seldom(dnsSubdomain(253)),
  creationPolicy: seldom(fc.constantFrom('Owner', 'Orphan', 'Merge', 'CreateOrMerge'), 8),
  deletionPolicy: seldom(fc.constantFrom('Retain'), 8),
});

const secret: fc.Arbitrary<SecretDescription> = fc.record({
  form: fc.constantFrom('name', 'construct', 'external', 'extract', 'sops', 'sopsSecret', 'sealed'),
  name: dnsSubdomain(253),
  store,
  key: fc.constantFrom('llm/openai', 'secret/data/llm#key', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:llm', 'ü', ' a'),
  property: seldom(fc.constantFrom('credential', 'api-key', 'a.b', 'nested\\.key', '"', '{{', '模型'), 2),
  version: seldom(fc.constantFrom('3', 'AWSCURRENT', 'latest')),
  keys: fc.boolean(),
  embed: fc.boolean(),
});

const oidc: fc.Arbitrary<OidcDescription> = fc.record({
  issuer: fc.constantFrom('https://login.example.com/tenant', 'https://id.example', 'http://dex.auth.svc:5556/dex'),
  clientId: fc.constantFrom('gateway', '0oa1b2c3', 'a b'),
  secret,
  tokenEndpoint: seldom(fc.constantFrom('https://login.example.com/token')),
  scopes: seldom(fc.array(fc.constantFrom('openid', 'api://x/.default', 'a:b'), { maxLength: 3 })),
  audience: seldom(fc.constantFrom('sts.amazonaws.com', 'api://AzureADTokenExchange'), 16),
  grantType: seldom(fc.constantFrom('client_credentials'), 16),
});

export const credentialParts: fc.Arbitrary<Omit<CredentialDescription, 'kind'>> = fc.record({
  secret,
  oidc,
  headers: fc.constantFrom<string[]>([], [], ['authorization'], ['X-API-Key', 'cookie']),
  session: fc.boolean(),
});

export const headersDescription: fc.Arbitrary<HeadersDescription> = fc.record({
  set: fc.uniqueArray(fc.record({ name: headerName, value: headerValue }), { maxLength: 16, selector: ({ name }) => name.toLowerCase(), size: 'max' }),
  remove: fc.uniqueArray(headerName.map(name => `x-gone-${name}`.slice(0, 256).toLowerCase()), { maxLength: 12, size: 'max' }),
});

const field = fc.tuple(fc.constantFrom('temperature', 'max_tokens', 'seed', 'user', 'a.b', 'x y', 'ключ', 'safe_prompt'), fc.nat(30)).map(([word, n]) => `${word}${n}`);
const path = fc.tuple(fc.constantFrom('metadata.team', 'extra.a.b', 'options.n'), fc.nat(30)).map(([word, n]) => `${word}${n}`);

export const bodyDescription: fc.Arbitrary<BodyDescription> = fc.record({
  set: fc.uniqueArray(fc.record({ name: field, value: json }), { maxLength: 8, selector: ({ name }) => name }),
  setPaths: fc.uniqueArray(fc.record({ name: path, value: json }), { maxLength: 8, selector: ({ name }) => name }),
  remove: fc.uniqueArray(field.map(name => `gone_${name}`), { maxLength: 8 }),
  removePaths: fc.uniqueArray(path.map(name => `gone.${name}`), { maxLength: 8 }),
});

const tls: fc.Arbitrary<TlsDescription> = fc.record({
  form: fc.constantFrom('public', 'private', 'plaintext'),
  configMap: dnsSubdomain(253),
  serverName: seldom(hostname),
});

/** Without `kind` and `credential`, which are chosen together. */
export const providerParts: fc.Arbitrary<Omit<ProviderDescription, 'kind' | 'credential' | 'id'>> = fc.record({
  chart: fc.nat(2),
  name: seldom(dnsSubdomain(253)),
  headers: seldom(headersDescription),
  body: seldom(bodyDescription),
  hostname: seldom(fc.oneof({ weight: 5, arbitrary: hostname }, { weight: 1, arbitrary: address })),
  port: seldom(fc.constantFrom(1, 443, 8080, 8443, 65_535)),
  tls: seldom(tls),
  pathPrefix: seldom(fc.constantFrom('/', '/v1', 'v1', '/openai/v1', '/a/b-c/v1.2/', '/~x')),
  organization: seldom(fc.oneof(headerValue, fc.constant('org-abc'))),
  project: seldom(fc.constantFrom('proj_abc', 'acme-prod-1234')),
  vendor: fc.option(fc.constantFrom(...VENDORS), { nil: undefined, freq: 5 }),
  region: fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1', 'ap-southeast-2'),
  endpoint: seldom(fc.record({ form: fc.constantFrom('fips', 'dualStack', 'privateLink', 'custom') })),
  resource: fc.constantFrom('acme-openai', 'a1', 'x'.repeat(63)),
  apiVersion: fc.constantFrom('2025-01-01-preview', '2024-10-21'),
  location: fc.constantFrom('us-central1', 'global', 'us', 'eu', 'europe-west4'),
  transparent: seldom(fc.constant(true), 8),
  server: seldom(fc.record({ form: fc.constantFrom('vllm', 'litellm', 'of'), port: fc.constantFrom(80, 8000, 65_535) })),
  service: fc.record({
    form: fc.constantFrom<'name' | 'construct'>('name', 'name', 'construct'),
    name: dnsLabel,
    namespace: seldom(fc.constantFrom('inference', 'a', 'n'.repeat(63))),
    domain: seldom(fc.constantFrom('cluster.local', 'k8s.acme.example')),
    port: fc.constantFrom(80, 8000),
  }),
  api: fc.constantFrom(undefined, 'openai', 'anthropic', 'bedrock', 'vertex', 'azure-openai', 'cohere'),
  admits: fc.uniqueArray(fc.constantFrom('apps', 'search', 'b'.repeat(63)), { maxLength: 2 }),
});

// No request is above a limit, and the largest body fits into any.
const cpuRequest = fc.constantFrom('250m', '500m', '0.5');
const cpuLimit = fc.constantFrom('500m', '0.5', '1', '2');
const memoryRequest = fc.constantFrom('512Mi', '1Gi', '1e9', '128974848');
const memoryLimit = fc.constantFrom('2Gi', '1536Mi', '15e8', '2147483648');
const resources: fc.Arbitrary<ResourcesDescription> = fc.record({
  cpuRequest: seldom(cpuRequest), cpuLimit: seldom(cpuLimit), memoryRequest: seldom(memoryRequest), memoryLimit: seldom(memoryLimit),
}, { requiredKeys: [] });

export const gatewayParts: fc.Arbitrary<Omit<GatewayDescription, 'id'>> = fc.record({
  chart: fc.nat(2),
  existing: fc.nat(5).map(n => n === 0),
  // It becomes a label.
  name: seldom(dnsSubdomain(63)),
  className: seldom(fc.constantFrom('eg', 'internal.eg')),
  listeners: seldom(fc.array(fc.record({
    protocol: fc.constantFrom<'http' | 'https'>('http', 'https'),
    hostname: seldom(fc.constantFrom('ai.example.com', '*.example.com', 'x.internal')),
    certificate: dnsSubdomain(253),
  }), { minLength: 1, maxLength: 6 })),
  routeNamespaces: seldom(fc.record({
    form: fc.constantFrom<'same' | 'all' | 'named'>('all', 'named'), names: fc.uniqueArray(dnsLabel, { minLength: 1, maxLength: 3 }),
  })),
  maxBodyKib: seldom(fc.constantFrom(64, 1024, 50 * 1024, 100_000, 1_048_576)),
  http2WindowKib: seldom(fc.constantFrom(64, 1024, 2_097_151)),
  proxy: seldom(fc.record({
    replicas: seldom(fc.constantFrom(1, 3, 100)),
    resources: seldom(resources),
    serviceType: seldom(fc.constantFrom(...Object.values(ProxyServiceType))),
    serviceAnnotations: seldom(fc.constant({ 'service.beta.kubernetes.io/aws-load-balancer-type': 'external', 'example.com/x': '' })),
    serviceAccountName: seldom(dnsSubdomain(253)),
    logLevel: seldom(fc.constantFrom(...Object.values(ProxyLogLevel))),
  }, { requiredKeys: [] })),
  sidecar: seldom(fc.tuple(seldom(fc.oneof(
    fc.record({ image: fc.constantFrom('registry.example/ai:v1', 'registry.example/ai@sha256:0123') }),
    fc.record({ imageRepository: fc.constantFrom('registry.example/ai', 'localhost:5000/mirror/ai') }),
  )), fc.record({
    resources: seldom(resources),
    env: seldom(fc.dictionary(fc.constantFrom('LOG_LEVEL', 'a', '_X', 'OTEL.x', 'HTTP-PROXY'), fc.record({
      value: seldom(anyText, 2), secret: seldom(dnsSubdomain(253)), key: seldom(fc.constantFrom('token', 'a.b')),
    }, { requiredKeys: [] }), { maxKeys: 4 })),
  }, { requiredKeys: [] })).map(([image, rest]) => ({ ...image, ...rest }))),
  modelRouting: seldom(fc.constant(true), 8),
});

const failover: fc.Arbitrary<FailoverDescription> = fc.record({
  statusCodes: seldom(fc.uniqueArray(fc.constantFrom(100, 429, 500, 502, 503, 504, 529, 599), { minLength: 1, maxLength: 6 })),
  perTryMs: seldom(seconds(1, 10, 120)),
  connectMs: seldom(seconds(0.1, 1, 3)),
  attemptsPerLevel: seldom(fc.constantFrom(1, 2, 5)),
  consecutiveErrors: seldom(fc.constantFrom(1, 3, 100)),
  ejectionMs: seldom(seconds(1, 30, 90.5)),
  failFast: seldom(fc.boolean()),
}, { requiredKeys: [] });

export const entryParts: fc.Arbitrary<Omit<EntryDescription, 'match' | 'target'>> = fc.record({
  headerMatches: seldom(fc.uniqueArray(fc.record({
    name: headerName, value: headerValue.map(value => value.replace(/ +/g, ' ')), pattern: fc.constant(false),
  }), { maxLength: 15, selector: ({ name }) => name.toLowerCase() })),
  timeoutMs: seldom(seconds(0, 300, 900, 86_400)),
  streamIdleMs: seldom(seconds(30, 60)),
  retries: seldom(fc.constantFrom(0, 1, 5)),
  failover: seldom(failover, 2),
  ownedBy: seldom(anyText),
  createdAt: seldom(fc.constantFrom(0, 1_735_689_600, 4_102_444_800)),
}, { requiredKeys: [] });

/** Levels of members, before names of models are given. */
export interface RawTarget {
  readonly levels: readonly (readonly { readonly provider: number; readonly named: boolean; readonly weight: number; readonly changes?: Pick<Extract<TargetDescription, { kind: 'model' }>, 'headers' | 'body'> }[])[];
  /** Members of the first level are put into a split of their own. */
  readonly nested: boolean;
  /** Each member of the first level has fallbacks of its own. */
  readonly crossed: boolean;
}

const member = fc.record({
  provider: fc.nat(7),
  named: fc.boolean(),
  weight: fc.constantFrom(1, 1, 9, 50, 90, 1000),
  changes: seldom(fc.record({ headers: headersDescription, body: bodyDescription }), 8),
});

export const rawTarget: fc.Arbitrary<RawTarget> = fc.record({
  levels: fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.array(member, { minLength: 1, maxLength: 1 }), { minLength: 1, maxLength: 3 }) },
    { weight: 2, arbitrary: fc.array(fc.array(member, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(fc.array(member, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 2 }) },
  ),
  nested: fc.nat(5).map(n => n === 0),
  crossed: fc.nat(5).map(n => n === 0),
});

export { modelName, dnsSubdomain };
