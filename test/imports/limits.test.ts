import type { AIGatewayRoute, BackendSecurityPolicy } from '../../imports/aigateway.envoyproxy.io';
import type { Backend, BackendTrafficPolicy } from '../../imports/gateway.envoyproxy.io';
import type { BackendTLSPolicy } from '../../imports/gateway.networking.k8s.io';
import { limits } from '../../imports/limits';
import type { Schema, VersionSchema } from '../../imports/schema';
import { sources } from '../../scripts/imports/sources';
import { Platform } from '../../src';

function versionOf(kind: string, release: string, version: string): VersionSchema {
  const found = limits.kinds[kind]?.releases[release]?.[version];
  if (found === undefined) {
    throw new Error(`no limits of ${kind} ${release} ${version}`);
  }
  return found;
}

/** The schema at a path such as `spec.rules[].name`. */
function schemaAt(kind: string, release: string, version: string, path: string): Schema {
  const steps = path.split(/\.|(?=\[\])/);
  const index = steps.reduce<number | undefined>((at, step) => {
    const node = limits.nodes[at ?? -1];
    return step === '[]' ? node?.i : node?.p?.[step];
  }, versionOf(kind, release, version).root);
  const schema = limits.nodes[index ?? -1];
  if (schema === undefined) {
    throw new Error(`no ${path} in ${kind} ${release} ${version}`);
  }
  return schema;
}

const ROUTE = 'aigateway.envoyproxy.io/AIGatewayRoute';
const SECURITY = 'aigateway.envoyproxy.io/BackendSecurityPolicy';
const TRAFFIC = 'gateway.envoyproxy.io/BackendTrafficPolicy';
const HTTP_ROUTE = 'gateway.networking.k8s.io/HTTPRoute';
const TLS = 'gateway.networking.k8s.io/BackendTLSPolicy';

test.each<[string, string, string, string, Schema]>([
  [ROUTE, 'v0.5.0', 'v1alpha1', 'spec.rules', { maxItems: 128 }],
  [ROUTE, 'v0.6.0', 'v1beta1', 'spec.rules', { maxItems: 128 }],
  [ROUTE, 'v0.7.0', 'v1beta1', 'spec.rules', { maxItems: 15 }],
  [ROUTE, 'v1.1.0', 'v1beta1', 'spec.rules', { maxItems: 15 }],
  [ROUTE, 'v1.1.0', 'v1beta1', 'spec.hostnames', { maxItems: 16 }],
  [ROUTE, 'v1.1.0', 'v1beta1', 'spec.rules[].backendRefs[].headerMutation.set', { maxItems: 16, k: ['name'] }],
  [ROUTE, 'v1.1.0', 'v1beta1', 'spec.rules[].backendRefs[].headerMutation.remove', { s: true }],
  [ROUTE, 'v1.1.0', 'v1beta1', 'spec.rules[].backendRefs[].weight', { t: 'integer', d: 1, minimum: 0 }],
  [SECURITY, 'v1.0.0', 'v1beta1', 'spec', { maxProperties: 3, r: ['type'] }],
  [SECURITY, 'v1.1.0', 'v1alpha1', 'spec', { maxProperties: 3 }],
  [SECURITY, 'v1.1.0', 'v1beta1', 'spec', { maxProperties: 4 }],
  ['gateway.envoyproxy.io/Backend', 'v1.6.0', 'v1alpha1', 'spec.endpoints', { maxItems: 64 }],
  ['gateway.envoyproxy.io/Backend', 'v1.8.1', 'v1alpha1', 'spec.endpoints', { maxItems: 256 }],
  [TRAFFIC, 'v1.6.0', 'v1alpha1', 'spec.rateLimit.global.rules', { maxItems: 128 }],
  [TRAFFIC, 'v1.8.1', 'v1alpha1', 'spec.rateLimit.global.rules', { maxItems: 256 }],
  [TRAFFIC, 'v1.8.1', 'v1alpha1', 'spec.connection.bufferLimit', { o: true }],
  ['gateway.envoyproxy.io/SecurityPolicy', 'v1.7.0', 'v1alpha1', 'spec.jwt.providers', { maxItems: 4 }],
  ['gateway.envoyproxy.io/SecurityPolicy', 'v1.8.1', 'v1alpha1', 'spec.jwt.providers', { maxItems: 16 }],
  [HTTP_ROUTE, 'v1.5.1/standard', 'v1', 'spec.rules', { maxItems: 16 }],
  [HTTP_ROUTE, 'v1.6.1/experimental', 'v1', 'spec.rules[].matches', { maxItems: 64 }],
  [HTTP_ROUTE, 'v1.4.0/standard', 'v1', 'spec.rules[].backendRefs[].weight', { minimum: 0, maximum: 1_000_000 }],
  [TLS, 'v1.5.1/standard', 'v1', 'spec.validation.caCertificateRefs', { maxItems: 8 }],
  ['gateway.networking.k8s.io/ReferenceGrant', 'v1.5.1/standard', 'v1beta1', 'spec.from', { minItems: 1, maxItems: 16 }],
  ['bitnami.com/SealedSecret', 'v0.36.6', 'v1alpha1', 'spec.encryptedData', { t: 'object', u: true }],
])('%s of %s, %s, limits %s', (kind, release, version, path, expected) => {
  expect(schemaAt(kind, release, version, path)).toMatchObject(expected);
});

test('API schemas of providers grow with the releases', () => {
  const schemas = schemaAt('aigateway.envoyproxy.io/AIServiceBackend', 'v1.1.0', 'v1beta1', 'spec.schema.name').e;
  expect(schemas).toEqual(expect.arrayContaining(['OpenAI', 'AWSBedrock', 'AWSAnthropic', 'Cohere']));
  const costs = (release: string, version: string) => schemaAt(ROUTE, release, version, 'spec.llmRequestCosts[].type').e;
  expect(costs('v0.5.0', 'v1alpha1')).not.toContain('ReasoningToken');
  expect(costs('v0.6.0', 'v1beta1')).toContain('ReasoningToken');
});

test('a field is there from the release that introduced it', () => {
  expect(schemaAt(ROUTE, 'v1.0.0', 'v1beta1', 'spec.rules[]').p).not.toHaveProperty('streamIdleTimeout');
  expect(schemaAt(ROUTE, 'v1.1.0', 'v1beta1', 'spec.rules[]').p).toHaveProperty('streamIdleTimeout');
  expect(schemaAt(SECURITY, 'v1.1.0', 'v1alpha1', 'spec').p).not.toHaveProperty('credentialOverride');
});

test('releases that changed nothing share their schema', () => {
  expect(versionOf(ROUTE, 'v1.0.0', 'v1beta1').root).toBe(versionOf(ROUTE, 'v0.7.0', 'v1beta1').root);
});

test('versions carry how the API server treats them', () => {
  expect(versionOf(ROUTE, 'v0.5.0', 'v1alpha1')).toMatchObject({ served: true, storage: true, deprecated: false });
  expect(versionOf(ROUTE, 'v0.6.0', 'v1alpha1')).toMatchObject({ served: true, storage: false, deprecated: true });
  expect(versionOf(TLS, 'v1.5.1/standard', 'v1alpha3')).toMatchObject({ served: false, deprecated: true });
  expect(versionOf(TLS, 'v1.5.1/experimental', 'v1alpha3')).toMatchObject({ served: true, deprecated: true });
  expect(versionOf('external-secrets.io/ExternalSecret', 'v2.9.0', 'v1beta1').served).toBe(false);
  expect(limits.kinds[ROUTE]?.releases['v0.5.0']).not.toHaveProperty('v1beta1');
});

test('kinds carry their scope and the project they come from', () => {
  expect(limits.kinds['gateway.networking.k8s.io/GatewayClass']).toMatchObject({ scope: 'Cluster', product: 'gateway-api' });
  expect(limits.kinds[SECURITY]).toMatchObject({ scope: 'Namespaced', product: 'envoy-ai-gateway' });
});

test('every schema refers only to schemas before it, so none is endless', () => {
  limits.nodes.forEach((node, index) => {
    const { p = {}, a, i, all = [], any = [], one = [], not } = node;
    const references = [...Object.values(p), a, i, ...all, ...any, ...one, not].filter((reference) => reference !== undefined);
    expect(references.filter((reference) => !(reference >= 0 && reference < index))).toEqual([]);
  });
});

test('every pattern can be compiled here', () => {
  const patterns = limits.nodes.flatMap(({ x }) => x ?? []);
  expect(patterns.length).toBeGreaterThan(0);
  patterns.forEach((pattern) => expect(() => new RegExp(pattern, 'u')).not.toThrow());
});

describe('an object that compiles against the types', () => {
  const metadata = { name: 'acme', namespace: 'ai' };
  const route: AIGatewayRoute = {
    apiVersion: 'aigateway.envoyproxy.io/v1beta1',
    kind: 'AIGatewayRoute',
    metadata,
    spec: {
      parentRefs: [{ name: 'gateway', kind: 'Gateway', group: 'gateway.networking.k8s.io' }],
      rules: [{
        matches: [{ headers: [{ type: 'Exact', name: 'x-ai-eg-model', value: 'small' }] }],
        backendRefs: [{ name: 'acme', modelNameOverride: 'large', priority: 1, headerMutation: { remove: ['authorization'] } }],
      }],
      llmRequestCosts: [{ metadataKey: 'tokens', type: 'TotalToken' }],
    },
  };
  const security: BackendSecurityPolicy = {
    apiVersion: 'aigateway.envoyproxy.io/v1beta1',
    kind: 'BackendSecurityPolicy',
    metadata,
    spec: {
      type: 'APIKey',
      apiKey: { secretRef: { name: 'acme' } },
      targetRefs: [{ group: 'aigateway.envoyproxy.io', kind: 'AIServiceBackend', name: 'acme' }],
    },
  };
  const backend: Backend = {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'Backend',
    metadata,
    spec: { endpoints: [{ fqdn: { hostname: 'llm.acme.example', port: 443 } }] },
  };
  const traffic: BackendTrafficPolicy = {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'BackendTrafficPolicy',
    metadata,
    spec: {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'acme' }],
      mergeType: 'StrategicMerge',
      retry: { numRetries: 2, retryOn: { triggers: ['connect-failure'], httpStatusCodes: [429] } },
      connection: { bufferLimit: '50Mi' },
    },
  };
  const tls: BackendTLSPolicy = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata,
    spec: {
      targetRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'acme' }],
      validation: { hostname: 'llm.acme.example', wellKnownCACertificates: 'System' },
    },
  };

  // @ts-expect-error -- a misspelled field does not compile
  const misspelled: Backend['spec'] = { endpoint: [] };

  test.each([
    [route, 'v1.1.0'],
    [security, 'v1.1.0'],
    [backend, 'v1.8.1'],
    [traffic, 'v1.8.1'],
    [tls, 'v1.5.1/standard'],
  ])('has only fields and enum values that the limits know ($kind)', (object, release) => {
    const [group = '', version = ''] = object.apiVersion.split('/');
    expect(strangers(object, versionOf(`${group}/${object.kind}`, release, version).root, object.kind)).toEqual([]);
  });

  test('and a misspelled one is found', () => {
    const { root } = versionOf('gateway.envoyproxy.io/Backend', 'v1.8.1', 'v1alpha1');
    expect(strangers({ ...backend, spec: misspelled }, root, 'Backend')).toEqual(['Backend.spec.endpoint']);
  });
});

/** Paths of the fields and values that a schema does not know. */
function strangers(value: unknown, index: number | undefined, path: string): string[] {
  const schema = limits.nodes[index ?? -1];
  if (schema === undefined || (schema.e !== undefined && !schema.e.includes(value as string))) {
    return [path];
  }
  if (schema.u) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, n) => strangers(item, schema.i, `${path}[${n}]`));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([field, below]) => strangers(below, schema.p?.[field] ?? schema.a, `${path}.${field}`));
  }
  return [];
}

test('the limits that are loaded first are those of the platform that is the default', () => {
  const { releases } = Platform.envoyAIGateway()._renderer.target;
  const usual = sources.flatMap(source => (source.usual === undefined ? [] : [[source.product, source.usual]]));
  expect(Object.fromEntries(usual)).toEqual(Object.fromEntries(Object.entries(releases).map(([product, release]) => [product, release.split('/')[0]])));
});
