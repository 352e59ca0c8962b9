import { goodManifests, Manifest, object } from './good-manifests';
import { AiGatewayRelease, CrdJudge, CrdTarget, describeWithCrds, JudgeOptions } from './judge';

/** A manifest that the cluster refuses, and a part of each reason, in order. */
type Bad = readonly [title: string, manifest: unknown, ...fragments: string[]];

const V1_1: CrdTarget = { aiGateway: 'v1.1.0' };
const AI = 'aigateway.envoyproxy.io/v1beta1';
const ENVOY = 'gateway.envoyproxy.io/v1alpha1';
const GATEWAY_API = 'gateway.networking.k8s.io';

/** The good manifest of that title, with another content. */
function changed(title: string, change: (spec: any, manifest: any) => void, release: AiGatewayRelease = 'v1.1.0'): Manifest {
  const found = goodManifests(release).find(good => good.title === title);
  if (!found) throw new Error(`no good manifest with the title ${title}`);
  const copy = structuredClone(found.manifest) as any;
  change(copy.spec, copy);
  return copy;
}

function route(...list: object[]): Manifest {
  return object(AI, 'AIGatewayRoute', 'route', { rules: list });
}

function rules(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    matches: [{ headers: [{ name: 'x-ai-eg-model', value: `model-${index}` }] }], backendRefs: [{ name: 'openai' }],
  }));
}

function named(name: string): (spec: unknown, manifest: any) => void {
  return (_, manifest) => { manifest.metadata.name = name; };
}

const badAiKinds: Bad[] = [
  ['16 rules', route(...rules(16)), 'spec.rules: must have at most 15 items, got 16'],
  ['no rules', object(AI, 'AIGatewayRoute', 'route', {}), 'spec.rules: required value'],
  ['a parent that is no Gateway', changed('AIGatewayRoute', (spec) => { spec.parentRefs[0].kind = 'Service'; }),
    'spec.parentRefs: only Gateway is supported'],
  ['a backend longer than its request', route({ backendRefs: [{ name: 'openai' }], timeouts: { request: '10s', backendRequest: '1m' } }),
    'spec.rules[0].timeouts: backendRequest timeout cannot be longer than request timeout'],
  ['a duration with a fraction', route({ backendRefs: [{ name: 'openai' }], timeouts: { request: '1.5s' } }),
    "spec.rules[0].timeouts.request: must match '^([0-9]{1,5}(h|m|s|ms)){1,4}$', got \"1.5s\""],
  ['a reserved rule name', route({ name: 'route-not-found', backendRefs: [{ name: 'openai' }] }),
    'spec.rules[0]: rule name route-not-found is reserved'],
  ['two rules of one name', route({ name: 'chat' }, { name: 'chat' }), 'spec.rules: rule name must be unique'],
  ['a kind without its group', route({ backendRefs: [{ name: 'pool', kind: 'InferencePool' }] }),
    'spec.rules[0]: cannot mix InferencePool and AIServiceBackend', 'spec.rules[0].backendRefs[0]: group and kind must be specified together'],
  ['a header name with a space', route({ matches: [{ headers: [{ name: 'x model', value: 'a' }] }] }),
    'spec.rules[0].matches[0].headers[0].name: must match'],
  ['two headers of one name', route({ matches: [{ headers: [{ name: 'a', value: '1' }, { name: 'a', value: '2' }] }] }),
    'spec.rules[0].matches[0].headers[1]: duplicate value ["a"]'],
  ['a match by path', route({ matches: [{ path: { value: '/' } }] }), 'unknown field "spec.rules[0].matches[0].path"'],
  ['a negative weight', route({ backendRefs: [{ name: 'openai', weight: -1 }] }),
    'spec.rules[0].backendRefs[0].weight: must be greater than or equal to 0, got -1'],
  ['a weight that is text', route({ backendRefs: [{ name: 'openai', weight: '1' }] }),
    'spec.rules[0].backendRefs[0].weight: must be of type integer, got string'],
  ['a creation time that is no time', route({ modelsCreatedAt: '2025-02-30T00:00:00Z' }),
    'spec.rules[0].modelsCreatedAt: must be of format date-time'],
  ['a header removed twice', changed('AIServiceBackend', (spec) => { spec.headerMutation.remove = ['a', 'a']; }),
    'spec.headerMutation.remove[1]: duplicate value "a"'],
  ['a Service as backend', changed('AIServiceBackend', (spec) => { spec.backendRef = { name: 'vllm', port: 8000 }; }),
    'spec.backendRef: BackendRef must be a Backend resource'],
  ['an unknown schema', changed('AIServiceBackend', (spec) => { spec.schema.name = 'Groq'; }),
    'spec.schema.name: unsupported value "Groq", supported values: "OpenAI"'],
  ['timeouts on a backend', changed('AIServiceBackend', (spec) => { spec.timeouts = {}; }), 'unknown field "spec.timeouts"'],
  ['a costs key twice', changed('AIGatewayRoute', (spec) => { spec.llmRequestCosts = Array(37).fill({ metadataKey: 'a', type: 'TotalToken' }); }),
    'spec.llmRequestCosts: must have at most 36 items, got 37'],
];

const badPolicies: Bad[] = [
  ['azureApiKey for azureAPIKey', changed('BackendSecurityPolicy AzureAPIKey', (spec) => {
    spec.azureApiKey = spec.azureAPIKey;
    delete spec.azureAPIKey;
  }), 'unknown field "spec.azureApiKey"', 'spec: When type is AzureAPIKey'],
  ['two credentials', changed('BackendSecurityPolicy APIKey', (spec) => { spec.awsCredentials = { region: 'us-east-1' }; }),
    'spec: When type is APIKey'],
  ['a key in the reference', changed('BackendSecurityPolicy APIKey', (spec) => { spec.apiKey.secretRef.key = 'apiKey'; }),
    'unknown field "spec.apiKey.secretRef.key"'],
  ['a target of another kind', changed('BackendSecurityPolicy APIKey', (spec) => { spec.targetRefs[0].kind = 'Backend'; }),
    'spec.targetRefs: targetRefs must reference AIServiceBackend or InferencePool resources'],
  ['both Azure sources', changed('BackendSecurityPolicy AzureCredentials', (spec) => { delete spec.azureCredentials.clientSecretRef; }),
    'spec.azureCredentials: Exactly one of clientSecretRef or oidcExchangeToken must be specified'],
  ['an empty region', changed('BackendSecurityPolicy AWSCredentials, chain', (spec) => { spec.awsCredentials.region = ''; }),
    'spec.awsCredentials.region: must be at least 1 chars long, got 0'],
  ['both ids of a client', changed('BackendSecurityPolicy AWSCredentials, token', (spec) => {
    spec.awsCredentials.oidcExchangeToken.oidc.clientIDRef = { name: 'client' };
  }), 'only one of clientID or clientIDRef must be set'],
  ['a namespace of 64 characters', changed('BackendSecurityPolicy APIKey', (spec) => { spec.apiKey.secretRef.namespace = 'n'.repeat(64); }),
    'spec.apiKey.secretRef.namespace: must be at most 63 chars long, got 64'],
];

const badEnvoyGatewayKinds: Bad[] = [
  ['a name beside an address', changed('Backend', (spec) => { spec.endpoints.push({ ip: { address: '10.0.0.7', port: 8000 } }); }),
    'spec.endpoints: fqdn addresses cannot be mixed with other address types'],
  ['a name and an address in one endpoint', changed('Backend', (spec) => { spec.endpoints[0].ip = { address: '10.0.0.7', port: 8000 }; }),
    'spec.endpoints[0]: only one of fqdn, ip or unix'],
  ['port 70000', changed('Backend', (spec) => { spec.endpoints[0].fqdn.port = 70000; }),
    'spec.endpoints[0].fqdn.port: must be less than or equal to 65535, got 70000'],
  ['no port', changed('Backend', (spec) => { delete spec.endpoints[0].fqdn.port; }), 'spec.endpoints[0].fqdn.port: required value'],
  ['a host with capitals', changed('Backend', (spec) => { spec.endpoints[0].fqdn.hostname = 'API.openai.com'; }),
    'spec.endpoints[0].fqdn.hostname: must match'],
  ['no check and a certificate', changed('Backend', (spec) => { spec.tls = { insecureSkipVerify: true, wellKnownCACertificates: 'System' }; }),
    'spec.tls: must not contain either CACertificateRefs or WellKnownCACertificates'],
  ['a newest version below the oldest', changed('Backend', (spec) => {
    spec.tls = { wellKnownCACertificates: 'System', minVersion: '1.3', maxVersion: '1.2' };
  }), 'spec.tls: minVersion must be smaller'],
  ['a target of another kind', changed('BackendTrafficPolicy', (spec) => { spec.targetRefs[0].kind = 'AIGatewayRoute'; }),
    'spec: this policy can only have a targetRefs[*].kind of Gateway/HTTPRoute'],
  ['no target', changed('BackendTrafficPolicy', (spec) => { delete spec.targetRefs; delete spec.mergeType; }), 'spec: either targetRef'],
  ['a status code of 700', changed('BackendTrafficPolicy', (spec) => { spec.retry.retryOn.httpStatusCodes = [700]; }),
    'spec.retry.retryOn.httpStatusCodes[0]: must be less than'],
  ['an unknown retry trigger', changed('BackendTrafficPolicy', (spec) => { spec.retry.retryOn.triggers = ['429']; }),
    'spec.retry.retryOn.triggers[0]: unsupported value "429"'],
  ['a local response cost', changed('BackendTrafficPolicy with a token budget', (spec) => {
    spec.rateLimit = { type: 'Local', local: { rules: spec.rateLimit.global.rules } };
  }), 'spec.rateLimit.local.rules: response cost is not supported for Local Rate Limits'],
  ['a budget without a number', changed('BackendTrafficPolicy with a token budget', (spec) => {
    delete spec.rateLimit.global.rules[0].limit.requests;
  }), 'spec.rateLimit.global.rules[0].limit.requests: required value'],
  ['a client policy on a route', changed('ClientTrafficPolicy', (spec) => { spec.targetRefs[0].kind = 'HTTPRoute'; }),
    'spec: this policy can only have a targetRefs[*].kind of Gateway'],
  ['a buffer of words', changed('ClientTrafficPolicy', (spec) => { spec.connection.bufferLimit = 'fifty'; }),
    'spec.connection.bufferLimit: must match', 'spec.connection.bufferLimit: must match'],
  ['a deployment beside a daemon set', changed('EnvoyProxy', (spec) => { spec.provider.kubernetes.envoyDaemonSet = {}; }),
    'spec.provider.kubernetes: only one of envoyDeployment or envoyDaemonSet can be specified'],
  ['replicas that are text', changed('EnvoyProxy', (spec) => { spec.provider.kubernetes.envoyDeployment.replicas = '2'; }),
    'spec.provider.kubernetes.envoyDeployment.replicas: must be of type integer, got string'],
];

const badGatewayApiKinds: Bad[] = [
  ['a class with a namespace', changed('GatewayClass', (_, manifest) => { manifest.metadata.namespace = 'ai'; }),
    'metadata.namespace: must be left out of a cluster-scoped object, got "ai"'],
  ['two listeners of one name', changed('Gateway', (spec) => { spec.listeners[1].name = 'http'; }),
    'spec.listeners[1]: duplicate value ["http"]', 'spec.listeners: Listener name must be unique within the Gateway'],
  ['TLS on HTTP', changed('Gateway', (spec) => { spec.listeners[0].tls = { certificateRefs: [{ name: 'cert' }] }; }),
    'spec.listeners: tls must not be specified for protocols'],
  ['listener port 0', changed('Gateway', (spec) => { spec.listeners[0].port = 0; }), 'spec.listeners[0].port: must be greater than or equal to 1'],
  ['a TLS policy without certificates', changed('BackendTLSPolicy', (spec) => { delete spec.validation.wellKnownCACertificates; }),
    'spec.validation: must specify either CACertificateRefs or WellKnownCACertificates'],
  ['a TLS policy with both certificates', changed('BackendTLSPolicy', (spec) => {
    spec.validation.caCertificateRefs = [{ group: '', kind: 'ConfigMap', name: 'ca' }];
  }), 'spec.validation: must not contain both CACertificateRefs and WellKnownCACertificates'],
  ['a TLS policy without a host', changed('BackendTLSPolicy', (spec) => { delete spec.validation.hostname; }),
    'spec.validation.hostname: required value'],
  ['a TLS policy twice on one target', changed('BackendTLSPolicy', (spec) => { spec.targetRefs.push(spec.targetRefs[0]); }),
    'spec.targetRefs: sectionName must be unique when targetRefs includes 2 or more references to the same target'],
  ['a path that goes up', changed('HTTPRoute', (spec) => { spec.rules[0].matches[0].path.value = '/a/../b'; }),
    "spec.rules[0].matches[0].path: must not contain '/../' when type one of ['Exact', 'PathPrefix']"],
  ['a backend Service without a port', changed('HTTPRoute', (spec) => { delete spec.rules[0].backendRefs[0].port; }),
    'spec.rules[0].backendRefs[0]: Must have port for Service reference'],
  ['a grant to nobody', changed('ReferenceGrant', (spec) => { spec.from = []; }), 'spec.from: must have at least 1 items, got 0'],
];

const badSecretKinds: Bad[] = [
  ['an ExternalSecret key with a slash', changed('ExternalSecret', (spec) => { spec.data[0].secretKey = 'a/b'; }), 'spec.data[0].secretKey: must match'],
  ['an unknown creation policy', changed('ExternalSecret', (spec) => { spec.target.creationPolicy = 'Always'; }),
    'spec.target.creationPolicy: unsupported value "Always"'],
  ['ExternalSecret v1beta1', changed('ExternalSecret', (_, manifest) => { manifest.apiVersion = 'external-secrets.io/v1beta1'; }),
    'apiVersion: ExternalSecret has no version external-secrets.io/v1beta1 that is served; served: v1'],
  ['a selector that the operator does not know', changed('SopsSecret', (_, manifest) => { manifest.sops.unencrypted_suffix = '_plain'; }),
    'unknown field "sops.unencrypted_suffix"'],
  ['no Secret at all', changed('SopsSecret', (spec) => { spec.secretTemplates = []; }), 'spec.secretTemplates: must have at least 1 items, got 0'],
  ['nothing sealed', changed('SealedSecret', (spec) => { delete spec.encryptedData; }), 'spec.encryptedData: required value'],
  ['data that is not encoded', changed('Secret', (_, manifest) => { manifest.data.apiKey = 'plain text'; }),
    'data.apiKey: must be of format byte'],
  ['a number in stringData', changed('Secret', (_, manifest) => { manifest.stringData.region = 1; }),
    'stringData.region: must be of type string, got number'],
  ['a data key with a slash', changed('Secret', (_, manifest) => { manifest.stringData['a/b'] = ''; }), 'stringData[a/b]: must have a key'],
  ['spec in a Secret', changed('Secret', (_, manifest) => { manifest.spec = {}; }), 'unknown field "spec"'],
  ['sops in a Secret', changed('Secret', (_, manifest) => { manifest.sops = {}; }), 'unknown field "sops"'],
  ['a TLS Secret without its parts', object('v1', 'Secret', 'tls', undefined, { type: 'kubernetes.io/tls' }),
    'data[tls.crt]: required value of type kubernetes.io/tls', 'data[tls.key]: required value'],
  ['one key twice in a ConfigMap', changed('ConfigMap', (_, manifest) => { manifest.data.blob = ''; }), 'binaryData[blob]: duplicate of a key in data'],
  ['a Secret of a megabyte', changed('Secret', (_, manifest) => { manifest.stringData.region = 'a'.repeat(1_048_577); }), 'data: must have at most 1048576 bytes'],
];

const badMetadata: Bad[] = [
  ['a name with capitals', changed('AIGatewayRoute', named('GPT-4o')), 'metadata.name: must be a DNS subdomain of at most 253 characters, got "GPT-4o"'],
  ['a name of 254 characters', changed('AIGatewayRoute', named('a'.repeat(254))), 'metadata.name: must be a DNS subdomain'],
  ['a Namespace with a dot', changed('Namespace', named('a.b')), 'metadata.name: must be a DNS label of at most 63 characters, got "a.b"'],
  ['a Service that starts with a digit', changed('Service', named('4o')), 'metadata.name: must be a DNS label of at most 63 characters that starts with a letter'],
  ['no name', changed('Backend', (_, manifest) => { delete manifest.metadata.name; }), 'metadata.name: required value'],
  ['no metadata', changed('Backend', (_, manifest) => { delete manifest.metadata; }), 'metadata: required value'],
  ['a namespace with a dot', changed('Backend', (_, manifest) => { manifest.metadata.namespace = 'a.b'; }), 'metadata.namespace: must be a DNS label'],
  ['a label that is a number', changed('Backend', (_, manifest) => { manifest.metadata.labels = { a: 1 }; }),
    'metadata.labels[a]: must be of type string, got number'],
  ['a label value with a slash', changed('Backend', (_, manifest) => { manifest.metadata.labels = { a: 'x/y' }; }),
    'metadata.labels[a]: must be a label value'],
  ['a label key with two slashes', changed('Backend', (_, manifest) => { manifest.metadata.labels = { 'a/b/c': '' }; }),
    'metadata.labels[a/b/c]: must have a qualified name'],
  ['a long annotation', changed('Backend', (_, manifest) => { manifest.metadata.annotations = { a: 'a'.repeat(262_144) }; }),
    'metadata.annotations: must have at most 262144 bytes, got 262145'],
  ['an unknown field', changed('Backend', (_, manifest) => { manifest.metadata.label = {}; }), 'unknown field "metadata.label"'],
  ['no kind', { apiVersion: 'v1', metadata: { name: 'a' } }, 'kind: required value'],
  ['no manifest', 'kind: Secret', 'a manifest must be an object, got "kind: Secret"'],
];

const badVersions: Bad[] = [
  ['v1alpha1 beside v1beta1', changed('AIServiceBackend', () => {}, 'v0.5.0'), 'apiVersion: aigateway.envoyproxy.io/v1alpha1 is deprecated'],
  ['a version that never was', changed('AIServiceBackend', (_, manifest) => { manifest.apiVersion = 'aigateway.envoyproxy.io/v1'; }),
    'apiVersion: AIServiceBackend has no version aigateway.envoyproxy.io/v1; served:'],
  ['a kind that never was', { ...object(AI, 'AIGateway', 'a', {}) }, 'no CRD for kind AIGateway in group "aigateway.envoyproxy.io"'],
  ['a core kind that never was', object('v1', 'Secrets', 'a', undefined), 'no CRD for kind Secrets in group ""'],
  ['an old API of a core kind', object('extensions/v1beta1', 'Deployment', 'a', {}), 'no CRD for kind Deployment in group "extensions"'],
];

function expectComplaints(complaints: readonly string[], fragments: readonly string[]): void {
  expect(complaints).toEqual(fragments.map(fragment => expect.stringContaining(fragment)));
}

describeWithCrds('bad manifests', () => {
  describe.each([
    ['of Envoy AI Gateway', badAiKinds],
    ['with credentials', badPolicies],
    ['of Envoy Gateway', badEnvoyGatewayKinds],
    ['of Gateway API', badGatewayApiKinds],
    ['with secrets', badSecretKinds],
    ['in their metadata', badMetadata],
    ['in their versions', badVersions],
  ])('%s', (_, table) => {
    test.each(table.map(([title, manifest, ...fragments]) => ({ title, manifest, fragments })))('$title', ({ manifest, fragments }) => {
      expectComplaints(CrdJudge.load(V1_1).judge(manifest), fragments);
    });
  });
});

describeWithCrds('what depends on the target', () => {
  function complaints(target: CrdTarget, manifest: unknown, options?: JudgeOptions): string[] {
    return CrdJudge.load(target).judge(manifest, options);
  }

  test('v1alpha1 is deprecated from v0.6 on', () => {
    const old = changed('AIServiceBackend', () => {}, 'v0.5.0');
    expect(complaints({ aiGateway: 'v0.5.0' }, old)).toEqual([]);
    expectComplaints(complaints({ aiGateway: 'v0.6.0' }, old), ['apiVersion: aigateway.envoyproxy.io/v1alpha1 is deprecated']);
  });

  test('v1beta1 is unknown in v0.5', () => {
    expectComplaints(complaints({ aiGateway: 'v0.5.0' }, route(...rules(1))), [
      'apiVersion: AIGatewayRoute has no version aigateway.envoyproxy.io/v1beta1; served: v1alpha1',
    ]);
  });

  test('16 rules fit until v0.6', () => {
    expect(complaints({ aiGateway: 'v0.6.0' }, route(...rules(16)))).toEqual([]);
    expectComplaints(complaints({ aiGateway: 'v0.7.0' }, route(...rules(16))), ['must have at most 15 items']);
  });

  test('an old TLS policy is served by one channel only, and deprecated there', () => {
    const old = changed('BackendTLSPolicy', (_, manifest) => { manifest.apiVersion = `${GATEWAY_API}/v1alpha3`; });
    expectComplaints(complaints({ ...V1_1, channel: 'standard' }, old), ['no version gateway.networking.k8s.io/v1alpha3 that is served']);
    expectComplaints(complaints({ ...V1_1, channel: 'experimental' }, old), ['apiVersion: The v1alpha3 version of BackendTLSPolicy has been deprecated']);
  });

  test('more than 64 endpoints need Envoy Gateway v1.7', () => {
    const many = object(ENVOY, 'Backend', 'many', {
      endpoints: Array.from({ length: 65 }, (_, index) => ({ fqdn: { hostname: `host-${index}.example.org`, port: 443 } })),
    });
    expectComplaints(complaints({ aiGateway: 'v0.5.0' }, many), ['spec.endpoints: must have at most 64 items, got 65']);
    expect(complaints({ aiGateway: 'v0.6.0' }, many)).toEqual([]);
  });

  test('a policy of a Gateway cannot merge, says Envoy Gateway v1.9', () => {
    const merged = changed('BackendTrafficPolicy', (spec) => { spec.targetRefs[0].kind = 'Gateway'; });
    expect(complaints(V1_1, merged)).toEqual([]);
    expectComplaints(complaints({ ...V1_1, envoyGateway: 'v1.9.0' }, merged), ['spec: mergeType can only be used']);
  });

  test('no credential was an error of agentgateway until v1.3', () => {
    const backend = object('agentgateway.dev/v1alpha1', 'AgentgatewayBackend', 'a', { ai: { provider: { openai: {} } }, policies: { auth: {} } });
    expectComplaints(complaints({ ...V1_1, agentgateway: 'v1.0.0' }, backend), ['spec.policies.auth: exactly one of the fields']);
  });

  test('a Secret as sops writes it', () => {
    const encrypted = changed('Secret', (_, manifest) => {
      manifest.data.apiKey = 'ENC[AES256_GCM,data:,iv:,tag:,type:str]';
      manifest.sops = { mac: 'ENC[]', version: '3.11.0' };
    });
    expect(complaints(V1_1, encrypted, { encrypted: true })).toEqual([]);
    expectComplaints(complaints(V1_1, encrypted), ['unknown field "sops"', 'data.apiKey: must be of format byte']);
  });

  test('a complaint of many manifests names the one it is about', () => {
    expect(CrdJudge.load(V1_1).judgeAll([route(...rules(1)), route(...rules(16))])).toEqual([
      'AIGatewayRoute route: spec.rules: must have at most 15 items, got 16',
    ]);
  });
});
