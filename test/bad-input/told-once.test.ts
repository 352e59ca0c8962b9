import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Lazy } from 'cdk8s';
import { findingsOf, Program, wrong } from './program';
import {
  AIGateway, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockEndpoint, BedrockProvider,
  EnvoyAIGatewayRelease, GcpCredentials, OpenAICompatibleProvider, OpenAIProvider, Platform, SecretStore, StoredSecret, Traffic, Vendor,
  VertexAIProvider,
} from '../../src';
import { codes, findingsIn, findingsInYaml } from '../checks/harness';
import { all, GATEWAY, inYaml, PROVIDER, ROUTE } from '../checks/manifests-of-an-app';

const mistakes: readonly (readonly [string, (program: Program) => void, readonly RegExp[]])[] = [
  ['a region in capitals', ({ chart }) => new BedrockProvider(chart, 'p', { region: 'US-EAST-1', credentials: AwsCredentials.podIdentity() }), [/^c\/p: 'region' .*got "US-EAST-1".*\[BAD_REGION\]$/]],
  ['an empty region', ({ chart }) => new BedrockProvider(chart, 'p', { region: '', credentials: AwsCredentials.podIdentity() }), [/^c\/p: 'region' .*got "".*\[BAD_REGION\]$/]],
  ['a URL as hostname', ({ chart }) => new OpenAICompatibleProvider(chart, 'p', { vendor: Vendor.of({ hostname: 'https://a.example' }), apiKey: ApiKey.fromSecretName('k') }), [/\[BAD_HOSTNAME\]$/]],
  ['a second catch-all', ({ gateway, openai }) => {
    gateway.addCatchAll(openai.model('a'));
    gateway.addCatchAll(openai.model('b'));
  }, [/^c\/gw\/Patterns: 'addCatchAll\(\)' is never reached, because it was declared before and the first takes its models.*; remove one of the two \[PATTERN_UNREACHABLE\]$/]],
  ['a pattern behind the catch-all', ({ gateway, openai }) => {
    gateway.addCatchAll(openai.model('a'));
    gateway.addPattern('b.*', openai.model('b'));
  }, [/^c\/gw\/Patterns: 'addPattern\("b\.\*"\)' is never reached, because "\.\+" at addCatchAll\(\) takes its models first.*move the catch-all to the end \[PATTERN_UNREACHABLE\]$/]],
  ['a split without members', ({ gateway }) => gateway.addModel('m', Traffic.split([])), [/^c\/gw\/m: 'target' .*\[EMPTY_SPLIT\]$/]],
  ['a name that is no deployment', ({ chart, gateway }) => {
    const azure = new AzureOpenAIProvider(chart, 'azure', { resource: 'acme', api: AzureOpenAIApi.deployments('2025-01-01'), credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName('k')) });
    gateway.addModel('a b', azure.model());
  }, [/^c\/gw\/a b: 'target' .*\[MODEL_NAME_NEEDED\]$/]],
  ['the name of a route that is too long for everything', ({ gateway, openai }) => gateway.addModel('m', openai.model('a').fallbackTo(openai.model('b')), { name: 'a'.repeat(300) }), [
    /^c\/gw\/m: 'name' has 300 characters, 222 are allowed, .*\[ROUTE_NAME_TOO_LONG\]$/,
  ]],
  ['a Secret without name', ({ chart }) => new OpenAIProvider(chart, 'p', { apiKey: ApiKey.fromSecretName('') }), [/^c\/p: 'apiKey' names no Secret, got "".*\[SECRET_NAME\]$/]],
  ['a key where the name of a Secret belongs', ({ chart }) => new OpenAIProvider(chart, 'p', { apiKey: ApiKey.fromSecretName(`sk-${'aB3'.repeat(12)}`) }), [
    /^c\/p: 'apiKey' looks like an API key; .*\[KEY_IN_MANIFEST\]$/,
  ]],
  ['a key under a name nobody would guess', ({ chart }) => new OpenAIProvider(chart, 'p', { apiKey: ApiKey.fromSecretName('k', { keys: ['zzz'] }) }), [
    /^c\/p: 'apiKey' needs the data key "apiKey", which Secret k does not have, got \["zzz"\]; store it under "apiKey" \[SECRET_KEY_MISSING\]$/,
  ]],
  ['a property that is known only later', ({ chart }) => new OpenAIProvider(chart, 'p', {
    apiKey: ApiKey.fromExternalSecretExtract({ store: SecretStore.cluster('vault'), key: 'k', property: Lazy.any({ produce: () => 'p' }) }),
  }), [/^c\/p: 'apiKey' picks a field whose name is no text yet; .*\[PROPERTY_NAME_NEEDED\]$/]],
  ['half of an AWS key', ({ chart }) => new BedrockProvider(chart, 'p', {
    region: 'us-east-1', credentials: AwsCredentials.fromExternalSecret({ store: SecretStore.cluster('vault'), accessKeyId: { key: 'id' }, secretAccessKey: wrong(undefined) }),
  }), [/^c\/p: 'credentials\.secretAccessKey' has no remote value, .*\[EXTERNAL_SECRET_FIELD_MISSING\]$/]],
  ['a remote value without key', ({ chart }) => new OpenAIProvider(chart, 'p', { apiKey: ApiKey.fromExternalSecret(wrong({ store: SecretStore.cluster('vault') })) }), [
    /^c\/p: 'apiKey\.key' is empty; .*\[EXTERNAL_SECRET_REFERENCE_EMPTY\]$/,
  ]],
  ['the same target more often than there is room', ({ gateway, openai }) => gateway.addModel('m', Traffic.split(Array.from({ length: 17 }, () => ({ to: openai.model('a'), weight: 1 })))), [
    /^c\/gw\/m: 'target' has 17 targets, 16 are allowed; remove some, first the 16 that are the same as others \[TOO_MANY_TARGETS\]$/,
  ]],
  ['far too many patterns with fallbacks', ({ gateway, openai }) => {
    for (let n = 0; n < 70; n++) gateway.addPattern(`m${n}-.*`, openai.model('a').fallbackTo(openai.model('b')));
  }, [/^c\/gw\/Patterns: 'patterns' has 70 items, 15 are allowed; .*\[INVALID_VALUE\]$/]],
];

test.each(mistakes)('%s is told once', (_, write, expected) => {
  const found = findingsOf(write);
  expect(found).toEqual(expected.map(form => expect.stringMatching(form)));
});

test('a namespace of a chart is told of the chart', () => {
  const found = findingsOf(({ chart, gateway, openai }) => {
    gateway.addModel('m', openai.model('a').fallbackTo(openai.model('b')));
    new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap' });
  }, { namespace: 'Bad_NS' });
  expect(found).toEqual([expect.stringMatching(/^c: 'namespace' has a form that is not allowed, got "Bad_NS"; .*\[INVALID_NAME\]$/)]);
  const raw = findingsIn(chart => void new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'Bad_NS' } }));
  expect(raw).toMatchObject([{ path: 'test/raw', message: expect.stringMatching(/^'metadata\.namespace' has a form/) }]);
});

test('labels of a chart are told of the chart, those of an object of the object', () => {
  const found = findingsOf(({ chart }) => {
    new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { labels: { team: 'not ok' } } });
  }, { namespace: 'ai', labels: { 'a b': 'x', 'team': 'a b', 'number': wrong(5) } });
  expect(found).toEqual([
    expect.stringMatching(/^c: 'labels' has a key of a form that is not allowed, got "a b"; .*\[INVALID_NAME\]$/),
    'c: \'labels.number\' must be a string, got 5; write it in quotes [INVALID_NAME]',
    expect.stringMatching(/^c: 'labels\.team' has a form that is not allowed, got "a b"; .*\[INVALID_NAME\]$/),
    expect.stringMatching(/^c\/raw: 'metadata\.labels\.team' has a form that is not allowed, got "not ok"; .*\[INVALID_NAME\]$/),
  ]);
});

test('a file that is not meant is not told to be encrypted', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'told-once-')), 'map.yaml');
  writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: ai }\ndata: { apiKey: text }\n');
  expect(findingsOf(({ chart }) => new OpenAIProvider(chart, 'p', { apiKey: ApiKey.fromSopsFile(file) }))).toEqual([
    expect.stringMatching(/^c\/p: 'apiKey' cannot be used: .*map\.yaml holds v1\/ConfigMap; .*\[SECRET_FILE_KIND_UNSUPPORTED\]$/),
  ]);
});

test('a credential that a release lacks is no block with nothing in it as well', () => {
  const found = findingsIn(chart => void new VertexAIProvider(chart, 'p', { project: 'acme-prod', location: 'us-central1', credentials: GcpCredentials.adc() }), {
    platform: Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V0_5 }),
  });
  expect(found.map(f => f.message)).toEqual([expect.stringMatching(/^'credentials' are Application Default Credentials, .*\[NOT_IN_RELEASE\]$/)]);
});

test('a credential that a platform refuses is not missing as well', () => {
  const refused = (platform: Platform) => findingsIn((chart) => {
    const gateway = new AIGateway(chart, 'gw');
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('k') });
    const token = { issuer: 'https://idp.example.com', clientId: 'c', clientSecret: StoredSecret.fromSecretName('s') };
    const bedrock = new BedrockProvider(chart, 'bedrock', {
      region: 'us-east-1', endpoint: BedrockEndpoint.privateLink('vpce-0a1b2c3d4e5f67890-a1b2c3d4'),
      credentials: AwsCredentials.oidc({ token, roleArn: 'arn:aws:iam::123456789012:role/r' }),
    });
    const vertex = new VertexAIProvider(chart, 'vertex', { project: 'acme-prod', location: 'us-central1', credentials: GcpCredentials.fromAccessToken(ApiKey.fromSecretName('t')) });
    gateway.addModel('a', openai.model('a').fallbackTo(platform === agentgateway ? bedrock.model('us.amazon.nova-pro-v1:0') : vertex.model('gemini-2.5-flash')));
  }, { platform }).map(f => f.message.replace(/.*\[/, '['));
  const agentgateway = Platform.agentgateway();
  expect(refused(agentgateway)).toEqual(['[NOT_EXPRESSIBLE]']);
  expect(refused(Platform.envoyAIGateway())).toEqual(['[NOT_EXPRESSIBLE]']);
  expect(findingsOf(({ chart, gateway, openai }) => {
    const azure = new AzureOpenAIProvider(chart, 'azure', { resource: 'acme', credentials: AzureCredentials.workloadIdentity('11111111-2222-3333-4444-555555555555') });
    gateway.addModel('a', azure.model('d').fallbackTo(openai.model('a')));
  })).toEqual([expect.stringMatching(/^c\/azure: 'credentials' are a Workload ID .*\[NOT_EXPRESSIBLE\]$/)]);
});

test.each<[string, (program: Program) => void, string]>([
  ['the name of a gateway, from which other names come', ({ chart }) => new AIGateway(chart, 'g', { name: '' }), "c/g: 'name' has a form that is not allowed, got \"\""],
  ['a region that is none', ({ chart }) => new BedrockProvider(chart, 'p', { region: wrong(null), credentials: AwsCredentials.podIdentity() }), "c/p: 'region' is part of the hostname and must be text, got null"],
  ['a region that is a map', ({ chart }) => new BedrockProvider(chart, 'p', { region: wrong({}), credentials: AwsCredentials.podIdentity() }), "c/p: 'region' is part of the hostname and must be text, got {}"],
  ['a Secret with a name that is too long', ({ chart }) => new OpenAIProvider(chart, 'p', { apiKey: ApiKey.fromSecretName('a'.repeat(254)) }), "c/p: 'apiKey' names a Secret with something that is no Kubernetes name"],
  ['a Secret with a name that is a map', ({ chart }) => new OpenAIProvider(chart, 'p', { apiKey: ApiKey.fromSecretName(wrong({})) }), "c/p: 'apiKey' names a Secret with something that is no Kubernetes name"],
  ['an impersonated account that is no address', ({ chart }) => new VertexAIProvider(chart, 'p', {
    project: 'acme-prod', location: 'us-central1', credentials: GcpCredentials.workloadIdentityFederation({
      projectNumber: '1', pool: 'p', provider: 'p', impersonate: 'gateway', token: { issuer: 'https://idp.example.com', clientId: 'c', clientSecret: StoredSecret.fromSecretName('s') },
    }),
  }), "c/p: 'credentials' names a Google service account with something that is no email address"],
  ['a loopback address', ({ chart }) => new OpenAIProvider(chart, 'p', { hostname: '::1', apiKey: ApiKey.fromSecretName('k') }), "c/p: 'hostname' is the proxy's own pod"],
  ['a port that nothing listens on', ({ chart }) => new OpenAIProvider(chart, 'p', { port: 0, apiKey: ApiKey.fromSecretName('k') }), "c/p: 'port' is no port that anything listens on, got 0"],
])('%s is told once', (_, write, start) => {
  expect(findingsOf(write)).toEqual([expect.stringContaining(start)]);
});

test.each([
  ['api.openai.com, port', 'https://api.openai.com, port', "BAD_HOSTNAME: 'spec.endpoints[0].fqdn.hostname' is a URL"],
  ['api.openai.com, port', 'vllm, port', "BAD_HOSTNAME: 'spec.endpoints[0].fqdn.hostname' is a name of one label"],
  ['port: 443', 'port: 0', "BAD_HOSTNAME: 'spec.endpoints[0].fqdn.port' is no port that anything listens on, got 0; use 1 to 65535"],
])('of an address in raw YAML, %s as %s is told once', (from, to, message) => {
  expect(inYaml(PROVIDER.replace(from, to))).toEqual([expect.stringContaining(message)]);
});

test('a policy that gets the group of its Backend wrong leaves no plaintext to be told', () => {
  const wrongGroup = PROVIDER.replace('group: gateway.envoyproxy.io, kind: Backend, name: openai }]', 'group: gateway.networking.k8s.io, kind: Backend, name: openai }]');
  const service = PROVIDER.replace('group: gateway.envoyproxy.io, kind: Backend, name: openai }]', 'group: gateway.envoyproxy.io, kind: Service, name: openai }]');
  expect([wrongGroup, service].map(yaml => inYaml(yaml))).toEqual([[expect.stringContaining('POLICY_TARGET_KIND')], [expect.stringContaining('POLICY_TARGET_KIND')]]);
});

test.each([
  ['BackendTLSPolicy', 'kind: Backend, name: openai }]', 'kind: Backend, name: opnai }]', ['POLICY_TARGET_MISSING']],
  ['BackendSecurityPolicy', 'kind: AIServiceBackend, name: openai }]', 'kind: AIServiceBackend, name: opnai }]', ['POLICY_TARGET_MISSING']],
  ['BackendSecurityPolicy', '  targetRefs: [{ group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: openai }]\n', '', ['POLICY_WITHOUT_TARGET']],
  ['ClientTrafficPolicy', 'kind: Gateway, name: public }]\n  connection', 'kind: Gateway, name: pblic }]\n  connection', ['POLICY_TARGET_MISSING']],
  ['BackendTrafficPolicy', 'kind: HTTPRoute, name: chat }', 'kind: HTTPRoute, name: chta }', ['POLICY_TARGET_MISSING']],
  ['BackendTrafficPolicy', 'kind: HTTPRoute, name: chat }', 'kind: HTTPRoute, name: chat, sectionName: other }', ['POLICY_RULE_UNKNOWN']],
])('a %s that misses its target is told of the policy alone: %s', (_, from, to, expected) => {
  const second = PROVIDER.replace(/openai, namespace/g, 'second, namespace').replace(/name: openai }\]/g, 'name: second }]')
    .replace('kind: Backend, name: openai }', 'kind: Backend, name: second }').replace('secretRef: { name: openai }', 'secretRef: { name: openai-key }');
  const retries = `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata: { name: chat, namespace: ai }
spec:
  mergeType: StrategicMerge
  targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat }]
  retry: { numRetries: 1, numAttemptsPerPriority: 1, perRetry: { timeout: 100s }, retryOn: { triggers: [connect-failure, refused-stream, reset, retriable-status-codes], httpStatusCodes: [429, 500, 502, 503, 504] } }
  timeout: { tcp: { connectTimeout: 5s } }
`;
  const key = '\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: NAME, namespace: ai }\nspec: { encryptedData: { apiKey: AgBy } }\n';
  const route = ROUTE.replace('[{ name: openai }]', '[{ name: openai, priority: 0 }, { name: second, priority: 1 }]');
  const right = all(GATEWAY, PROVIDER, second, route, retries, key.replace('NAME', 'openai'), key.replace('NAME', 'openai-key'));
  const told = (yaml: string) => codes(findingsInYaml(yaml, { complete: ['ai'] }));
  expect(told(right)).toEqual([]);
  expect(right.includes(from)).toBe(true);
  expect(told(right.replace(from, to))).toEqual(expected);
});

test.each([
  ['kind: Gateway, ', '', "'spec.targetRefs[0].kind' is missing"],
  ['group: gateway.networking.k8s.io, kind: Gateway, name: public }]\n  connection', 'kind: Gateway, name: public }]\n  connection', "'spec.targetRefs[0].group' is missing"],
  ['kind: Gateway, name: public }]\n  connection', 'kind: Gateway }]\n  connection', "'spec.targetRefs[0].name' is missing"],
  ['group: gateway.envoyproxy.io, kind: Backend, name: openai }]', 'kind: Backend, name: openai }]', "'spec.targetRefs[0].group' is missing"],
  ['group: gateway.envoyproxy.io, kind: Backend, name: openai }]', 'group: gateway.envoyproxy.io, name: openai }]', "'spec.targetRefs[0].kind' is missing"],
  ['group: gateway.envoyproxy.io, kind: Backend, name: openai }]', 'group: gateway.envoyproxy.io, kind: Backend }]', "'spec.targetRefs[0].name' is missing"],
  ['  targetRefs: [{ group: gateway.envoyproxy.io, kind: Backend, name: openai }]\n', '', "'spec.targetRefs' is missing"],
  ['group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: openai }]', 'kind: AIServiceBackend, name: openai }]', "'spec.targetRefs[0].group' is missing"],
])('a target of a policy with %j as %j is told to lack that alone', (from, to, message) => {
  const policies = GATEWAY.slice(GATEWAY.indexOf('---') + 3);
  const right = all(GATEWAY.slice(0, GATEWAY.indexOf('---')), policies, PROVIDER, ROUTE);
  const lacking = from === 'kind: Gateway, ' ? right.replace(policies, policies.replace(from, to)) : right.replace(from, to);
  expect(lacking).not.toBe(right);
  expect(findingsInYaml(lacking).map(found => found.message)).toEqual([expect.stringContaining(message)]);
});

test('a route without rules is told once', () => {
  const route = ROUTE.slice(0, ROUTE.indexOf('  rules:'));
  expect(codes(findingsInYaml(all(GATEWAY, PROVIDER, route)))).toEqual(['EMPTY_RULE']);
});

test('no user of a URL is shown, whichever rule tells of it', () => {
  for (const hostname of ['https://me:hush@llm.example.com', 'me:hush@llm.example.com']) {
    const found = findingsOf(({ chart }) => new OpenAIProvider(chart, 'p', { hostname, apiKey: ApiKey.fromSecretName('k') }));
    expect(found).toHaveLength(1);
    expect(found.join()).toContain('…@llm.example.com');
    expect(found.join()).not.toContain('hush');
  }
});

test('a size in a form of its own is told in the narrowest words', () => {
  expect(findingsInYaml(`
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ClientTrafficPolicy
metadata: { name: public, namespace: ai }
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }], connection: { bufferLimit: 50MB } }
`).map(f => f.message)).toEqual([expect.stringMatching(/^'spec\.connection\.bufferLimit' .*got "50MB"; use a size above 0, such as "512Ki" or "50Mi" \[INVALID_VALUE\]$/)]);
});

test('what a release lacks is no unknown field as well', () => {
  const found = findingsIn((chart) => {
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('k') });
    new AIGateway(chart, 'gw').addModel('m', openai.model('a'), { hostnames: ['ai.example.com'] });
  }, { platform: Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V0_5 }) });
  expect(found.map(f => f.message)).toEqual([expect.stringMatching(/^'hostnames' .*\[NOT_IN_RELEASE\]$/)]);
});

test('too many of something is told beside what is wrong with one of them', () => {
  expect(findingsOf(({ gateway, openai }) => {
    for (let n = 0; n < 130; n++) gateway.addPattern(`m${n}-.*`, openai.model('x'));
  }).map(text => text.replace(/.*\[/, '['))).toEqual(['[INVALID_VALUE]', '[TOO_MANY_MATCHES]']);
});

test('an acknowledged finding silences nothing', () => {
  const backend = (annotations: object) => findingsInYaml(JSON.stringify({
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'Backend',
    metadata: { name: 'openai', namespace: 'ai', annotations },
    spec: { endpoints: [{ fqdn: { hostname: 'a.B.example', port: 80 } }] },
  }));
  expect(codes(backend({}))).toEqual(['BAD_HOSTNAME']);
  expect(codes(backend({ 'cdk8s-ai-gateway/acknowledge-BAD_HOSTNAME': 'a test' }))).toEqual(['INVALID_VALUE']);
});

test('two mistakes of one value are both told where neither explains the other', () => {
  const found = findingsInYaml(`
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: Backend
metadata: { name: openai, namespace: ai }
spec:
  endpoints: [{ fqdn: { hostname: 'https://api.openai.com', port: 70000 } }]
`);
  expect(found.map(f => f.message)).toEqual([
    expect.stringMatching(/^'spec\.endpoints\[0\]\.fqdn\.hostname' is a URL.*\[BAD_HOSTNAME\]$/),
    expect.stringMatching(/^'spec\.endpoints\[0\]\.fqdn\.port' .*\[INVALID_VALUE\]$/),
  ]);
});
