import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import {
  AIGateway, ApiKey, AwsCredentials, BedrockProvider, Checks, EnvoyAIGatewayRelease, ExtProcImage, GcpCredentials, HandOverOptions, IAIGateway,
  OpenAIProvider, Platform, Policy, PolicyPoint, PolicyPointProps, TenantIdentity, VertexAIProvider,
} from '../../src';
import { CrdJudge, describeWithCrds } from '../judges/crd/judge';

const OPEN = 'version: 1\ntenants: { "*": { models: { allow: ["*"] } } }\n';
const REDACTING = `${OPEN}rules: [{ id: mail, builtin: email, action: redact }]\n`;
const BY_HEADER = `${OPEN}tenant: { header: x-tenant-id }\n`;
const BY_CLAIM = `${OPEN}tenant: { claim: { provider: idp, path: [org] } }\n`;
const WITH_KEYS = `
version: 1
tenant: { header: x-tenant-id }
credentials: { openai: { type: APIKey, header: x-aigw-openai } }
tenants: { acme: { models: { allow: ["*"] }, credentials: { openai: acme-openai } } }
`;

type Options = Omit<PolicyPointProps, 'gateway' | 'policy'>;

interface World {
  readonly app: App;
  readonly chart: Chart;
  readonly gateway: AIGateway;
  readonly openai: OpenAIProvider;
  readonly bedrock: BedrockProvider;
}

function world(release = EnvoyAIGatewayRelease.V1_1): World {
  const app = Testing.app();
  Platform.use(app, Platform.envoyAIGateway({ release }));
  const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
  const bedrock = new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials: AwsCredentials.fromSecretName('aws') });
  const gateway = new AIGateway(chart, 'gateway');
  gateway.addModel('gpt-4o', openai.model().fallbackTo(bedrock.model('claude')));
  return { app, chart, gateway, openai, bedrock };
}

function point({ chart, gateway }: { chart: Chart; gateway: IAIGateway }, text: string, options: Options = {}): PolicyPoint {
  return new PolicyPoint(chart, 'policy', { gateway, policy: Policy.fromText(text), ...options });
}

function manifestsOf({ chart }: World): any[] {
  return Testing.synth(chart);
}

function only(manifests: any[], kind: string, name?: string): any {
  const found = manifests.filter(m => m.kind === kind && (name === undefined || m.metadata.name === name));
  expect(found.map(m => m.metadata.name)).toHaveLength(1);
  return found[0];
}

const jwt = TenantIdentity.token({ issuer: 'https://idp', jwksUri: 'https://idp/keys', provider: 'idp', claim: 'org' });

describe('the front', () => {
  test.each([
    ['a policy that only refuses', OPEN, {}, 'ext_authz'],
    ['a policy that redacts', REDACTING, {}, 'ext_proc'],
    ['a policy that reads a claim', BY_CLAIM, { tenants: jwt }, 'ext_proc'],
  ])('%s', (_name, text, options, front) => {
    expect(point(world(), text, options).front).toBe(front);
  });

  test('ext_authz: asked by the security policy, after the gateway has found out who asks', () => {
    const w = world();
    point(w, BY_HEADER, { tenants: TenantIdentity.apiKeys(['tenant-keys']) });
    const manifests = manifestsOf(w);
    expect(only(manifests, 'SecurityPolicy').spec).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'ai-gateway' }],
      apiKeyAuth: {
        credentialRefs: [{ group: '', kind: 'Secret', name: 'tenant-keys' }],
        extractFrom: [{ headers: ['x-api-key'] }],
        forwardClientIDHeader: 'x-tenant-id',
        sanitize: true,
      },
      extAuth: {
        failOpen: false,
        timeout: '2s',
        headersToExtAuth: ['content-encoding', 'content-type', 'x-ai-eg-internal-req-id', 'x-ai-eg-model', 'x-guard-ok', 'x-request-id', 'x-tenant-id'],
        bodyToExtAuth: { maxRequestBytes: 10 * 1024 * 1024 + 1 },
        http: {
          backendRefs: [{ name: 'ai-policy', port: 9002 }],
          backendSettings: { circuitBreaker: { maxConnections: 65536, maxPendingRequests: 65536, maxParallelRequests: 65536 } },
          path: '/check',
        },
      },
    });
    expect(only(manifests, 'EnvoyProxy').spec.filterOrder).toEqual([
      { name: 'envoy.filters.http.ext_authz', after: 'envoy.filters.http.api_key_auth' },
      { name: 'envoy.filters.http.ext_authz', after: 'envoy.filters.http.jwt_authn' },
    ]);
    expect(only(manifests, 'Gateway').spec.infrastructure.parametersRef.name).toBe('ai-gateway');
    expect(manifests.filter(m => m.kind === 'EnvoyExtensionPolicy')).toEqual([]);
    expect(only(manifests, 'ClientTrafficPolicy').spec.headers.earlyRequestHeaders).toEqual({
      remove: ['x-tenant-id'],
      removeOnMatch: ['x-aigw-', 'x-ai-eg-', 'x-guard-'].map(value => ({ type: 'Prefix', value })),
    });
  });

  test('ext_proc: before the AI filter, closed, with the mark', () => {
    const w = world();
    point(w, REDACTING);
    const manifests = manifestsOf(w);
    expect(only(manifests, 'EnvoyExtensionPolicy').spec.extProc).toEqual([{
      backendRefs: [{ name: 'ai-policy', port: 9002 }],
      backendSettings: {
        circuitBreaker: { maxConnections: 65536, maxPendingRequests: 65536, maxParallelRequests: 65536, maxRequestsPerConnection: 800 },
      },
      failOpen: false,
      messageTimeout: '2s',
      processingMode: { request: { body: 'Buffered' } },
      metadata: { writableNamespaces: ['ai-policy.audit'] },
    }]);
    expect(only(manifests, 'SecurityPolicy').spec.authorization).toEqual({
      defaultAction: 'Deny', rules: [{ action: 'Allow', principal: { headers: [{ name: 'x-guard-ok', values: ['1'] }] } }],
    });
    expect(only(manifests, 'EnvoyProxy').spec.filterOrder).toEqual([{ name: 'envoy.filters.http.ext_proc', before: 'envoy.filters.http.buffer' }]);
    expect(only(manifests, 'BackendTrafficPolicy', 'ai-gateway').spec.requestBuffer).toEqual({ limit: '50Mi' });
    // The route's own policy must leave the buffer in force.
    expect(manifests.filter(m => m.kind === 'BackendTrafficPolicy' && m.spec.targetRefs[0].kind === 'HTTPRoute').map(m => m.spec.mergeType)).toEqual(['StrategicMerge']);
    expect(manifests.filter(m => m.kind === 'AIServiceBackend').every(m => m.spec.headerMutation.remove.includes('x-guard-ok'))).toBe(true);
  });

  test('a token\'s claim goes where the policy reads it', () => {
    const w = world();
    point(w, BY_HEADER, { tenants: jwt });
    expect(only(manifestsOf(w), 'SecurityPolicy').spec.jwt).toEqual({
      providers: [{ name: 'idp', issuer: 'https://idp', remoteJWKS: { uri: 'https://idp/keys' }, claimToHeaders: [{ claim: 'org', header: 'x-tenant-id' }] }],
    });
  });

  test('a proxy in front may send its header', () => {
    const w = world();
    point(w, BY_HEADER, { tenants: TenantIdentity.trustedHeader() });
    expect(only(manifestsOf(w), 'ClientTrafficPolicy').spec.headers.earlyRequestHeaders.remove).toBeUndefined();
  });
});

describe('the server', () => {
  test('runs as nobody, reads one folder and reaches nothing', () => {
    const w = world();
    point(w, OPEN);
    const manifests = manifestsOf(w);
    const { spec } = only(manifests, 'Deployment').spec.template;
    expect(spec).toMatchObject({
      serviceAccountName: 'ai-policy', automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(spec.containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(spec.containers[0].image).toMatch(/@sha256:[0-9a-f]{64}$/);
    expect(only(manifests, 'ConfigMap').data).toEqual({ 'policy.yaml': OPEN });
    expect(only(manifests, 'NetworkPolicy').spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'], egress: [] });
    expect(only(manifests, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
    const { matchLabels } = only(manifests, 'Deployment').spec.selector;
    expect(only(manifests, 'Service').spec.selector).toEqual(matchLabels);
  });

  test('its pods change with the policy and the image alone', () => {
    const template = (text: string) => {
      const w = world();
      point(w, text);
      return JSON.stringify(only(manifestsOf(w), 'Deployment').spec.template);
    };
    expect(template(OPEN)).toBe(template(OPEN));
    expect(template(`${OPEN}# changed\n`)).not.toBe(template(OPEN));
  });

  test('every property reaches the manifests', () => {
    const w = world();
    const digest = `sha256:${'a'.repeat(64)}`;
    const made = point(w, OPEN, {
      name: 'guard', image: ExtProcImage.bundled({ repository: 'mirror.example.com/policy-server', pullSecrets: ['pull'] }),
      autoscaling: { minReplicas: 2, maxReplicas: 5 }, resources: { cpuRequest: '1' }, networkPolicy: false,
    });
    const manifests = manifestsOf(w);
    const deployment = only(manifests, 'Deployment', 'guard').spec;
    expect(deployment.replicas).toBeUndefined();
    expect(deployment.template.spec.imagePullSecrets).toEqual([{ name: 'pull' }]);
    expect(deployment.template.spec.containers[0].image).toMatch(/^mirror\.example\.com\/policy-server@sha256:/);
    expect(deployment.template.spec.containers[0].resources).toEqual({ requests: { cpu: '1' } });
    expect(only(manifests, 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 2, maxReplicas: 5, metrics: [{ resource: { target: { averageUtilization: 70 } } }] });
    expect(manifests.filter(m => m.kind === 'NetworkPolicy')).toEqual([]);
    expect(made.deployment?.name).toBe('guard');
    expect(ExtProcImage.fromRegistry(`r/p@${digest}`)._problems).toEqual([]);
  });
});

test.each([
  ['one image', [{ digest: `sha256:${'b'.repeat(64)}` }], true],
  ['two', [{ digest: `sha256:${'b'.repeat(64)}` }, { digest: `sha256:${'c'.repeat(64)}` }], false],
  ['none', [], false],
  ['one without digest', [{}], false],
])('a folder with %s', (_name, manifests, right) => {
  const folder = mkdtempSync(join(tmpdir(), 'layout-'));
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  const image = ExtProcImage.fromOciLayout(folder, 'registry.example.com/policy', { pullSecrets: ['pull'] });
  rmSync(folder, { recursive: true });
  expect(image._problems.map(({ definition }) => definition.code)).toEqual(right ? [] : ['IMAGE_LAYOUT']);
  if (right) expect(image._intent).toEqual({ reference: `registry.example.com/policy@sha256:${'b'.repeat(64)}`, pullSecrets: ['pull'] });
});

describe('tenants\' keys', () => {
  function withKeys(options: HandOverOptions = {}): any[] {
    const w = world();
    const made = point(w, WITH_KEYS, { tenants: TenantIdentity.trustedHeader(), tenantKeys: { 'acme-openai': 'acme-openai-key' } });
    made.handOver('openai', w.openai, options);
    expect(Checks.findings(w.app).filter(f => f.severity === 'error')).toEqual([]);
    return manifestsOf(w);
  }

  test('go to their provider and to no other', () => {
    const manifests = withKeys();
    expect(only(manifests, 'SecurityPolicy').spec.extAuth.http.headersToBackend).toEqual(['x-aigw-openai']);
    expect(only(manifests, 'BackendSecurityPolicy', 'ai-openai').spec.credentialOverride).toEqual({
      fromRequestHeaders: { header: 'x-aigw-openai', fallbackToConfigured: false },
    });
    expect(only(manifests, 'BackendSecurityPolicy', 'ai-bedrock').spec.credentialOverride).toBeUndefined();
    expect(only(manifests, 'AIServiceBackend', 'ai-bedrock').spec.headerMutation.remove).toContain('x-aigw-openai');
    const { spec } = only(manifests, 'Deployment').spec.template;
    expect(spec.volumes).toContainEqual({ name: 'keys-0', secret: { secretName: 'acme-openai-key', defaultMode: 0o440 } });
    expect(spec.containers[0].volumeMounts).toContainEqual({ name: 'keys-0', mountPath: '/etc/policy-server/keys/acme-openai', readOnly: true });
  });

  test('the shared key serves others only when that is said', () => {
    const { fromRequestHeaders } = only(withKeys({ sharedKeyForOthers: true }), 'BackendSecurityPolicy', 'ai-openai').spec.credentialOverride;
    expect(fromRequestHeaders.fallbackToConfigured).toBe(true);
  });

  test('a provider that comes to the gateway later is told as well', () => {
    const w = world();
    point(w, WITH_KEYS, { tenants: TenantIdentity.trustedHeader(), tenantKeys: { 'acme-openai': 'k' } }).handOver('openai', w.openai);
    const late = new OpenAIProvider(w.chart, 'late', { apiKey: ApiKey.fromSecretName('late') });
    w.gateway.addModel('late', late.model());
    expect(only(manifestsOf(w), 'AIServiceBackend', 'ai-late').spec.headerMutation.remove).toContain('x-aigw-openai');
  });
});

/** A policy that an editor saved in another encoding. */
function latin1(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'policy-point-')), 'latin-1.yaml');
  writeFileSync(file, Buffer.from(`${OPEN}rules: [{ id: a, pattern: caf\u00e9, action: block }]\n`, 'latin1'));
  return file;
}

describe('what is refused', () => {
  const header = { tenants: TenantIdentity.trustedHeader() };
  const table: readonly (readonly [name: string, program: (w: World) => unknown, code: string, words: RegExp])[] = [
    ['a file that is not there', w => new PolicyPoint(w.chart, 'policy', { gateway: w.gateway, policy: Policy.fromFile('none.yaml') }), 'POLICY_INVALID', /cannot be read, got "none\.yaml"/],
    ['no YAML', w => point(w, 'a: ['), 'POLICY_INVALID', /is no YAML/],
    ['a pattern that RE2 does not take', w => point(w, `${OPEN}rules: [{ id: a, pattern: "a(?=b)", action: block }]`), 'POLICY_INVALID', /rules\[0\]\.pattern is no pattern of RE2/],
    ['a redaction in front of ext_authz', w => point(w, REDACTING, { front: 'ext_authz' as never }), 'POLICY_INVALID', /rules\[0\]\.action cannot change a prompt/],
    ['a policy that no ConfigMap holds', w => point(w, `${OPEN}# ${'x'.repeat(1_000_000)}`), 'POLICY_INVALID', /ConfigMap/],
    ['a gateway of somebody else', w => point({ chart: w.chart, gateway: AIGateway.fromGatewayName(w.chart, 'other', 'other') }, OPEN), 'POLICY_POINT_GATEWAY', /only referred to/],
    ['a gateway in another namespace', w => point({ chart: new Chart(w.app, 'b', { namespace: 'b' }), gateway: w.gateway }, OPEN), 'POLICY_POINT_GATEWAY', /namespace "ai"/],
    ['two for one gateway', w => [point(w, OPEN), new PolicyPoint(w.chart, 'second', { gateway: w.gateway, policy: Policy.fromText(OPEN) })], 'POLICY_POINT_GATEWAY', /guarded already/],
    ['a header that anybody can send', w => point(w, BY_HEADER), 'POLICY_TENANT', /which any client could send/],
    ['a claim of another provider', w => point(w, BY_CLAIM, { tenants: TenantIdentity.token({ issuer: 'i', jwksUri: 'https://i' }) }), 'POLICY_TENANT', /provider "idp"/],
    ['a token without the claim', w => point(w, BY_HEADER, { tenants: TenantIdentity.token({ issuer: 'i', jwksUri: 'https://i' }) }), 'POLICY_TENANT', /says no claim/],
    ['tenants that the policy does not read', w => point(w, OPEN, header), 'POLICY_TENANT', /no `tenant` that reads them/],
    ['a tenant\'s key without Secret', w => point(w, WITH_KEYS, header).handOver('openai', w.openai), 'POLICY_KEYS', /got "acme-openai"/],
    ['a Secret for nobody', w => point(w, OPEN, { tenantKeys: { x: 'y' } }), 'POLICY_KEYS', /does not name, got "x"/],
    ['a slot that nobody takes', w => point(w, WITH_KEYS, { ...header, tenantKeys: { 'acme-openai': 'k' } }), 'POLICY_SLOT', /no provider takes, got "openai"/],
    ['a slot that is none', w => point(w, OPEN).handOver('openai', w.openai), 'POLICY_SLOT', /none of that name/],
    ['a slot of another type', w => point(w, WITH_KEYS, { ...header, tenantKeys: { 'acme-openai': 'k' } }).handOver('openai', w.bedrock), 'POLICY_SLOT', /type AWSCredentials/],
    ['a folder without image', w => point(w, OPEN, { image: ExtProcImage.fromOciLayout('none', 'r/p') }), 'IMAGE_LAYOUT', /is no OCI image layout with one image, got "none"/],
    ['pods in parts', w => point(w, OPEN, { replicas: 1.5 }), 'OUT_OF_RANGE', /^'replicas' is not a whole number from 0 to 1000, got 1\.5/],
    ['a number of pods in quotes', w => point(w, OPEN, { replicas: '2' as never }), 'OUT_OF_RANGE', /^'replicas' .* got "2"/],
    ['fewer pods than none', w => point(w, OPEN, { autoscaling: { minReplicas: -1, maxReplicas: 2 } }), 'OUT_OF_RANGE', /^'autoscaling\.minReplicas' is not a whole number from 1/],
    ['fewer pods at most than at least', w => point(w, OPEN, { autoscaling: { minReplicas: 5, maxReplicas: 2 } }), 'OUT_OF_RANGE', /^'autoscaling\.maxReplicas' is less than minReplicas, 5, got 2/],
    ['no CPU to aim at', w => point(w, OPEN, { autoscaling: { minReplicas: 2, maxReplicas: 3, targetCpuPercent: 0 } }), 'OUT_OF_RANGE', /^'autoscaling\.targetCpuPercent' /],
    ['pods that are counted twice', w => point(w, OPEN, { replicas: 7, autoscaling: { minReplicas: 2, maxReplicas: 3 } }), 'OPTION_WITHOUT_EFFECT', /^'replicas' has no effect beside autoscaling, got 7/],
    ['memory in words', w => point(w, OPEN, { resources: { memoryLimit: 'lots' } }), 'OUT_OF_RANGE', /^'resources' has a memoryLimit that is no quantity/],
    ['memory for no prompt', w => point(w, OPEN, { resources: { memoryLimit: '10Mi' } }), 'OUT_OF_RANGE', /^'resources' has a memoryLimit in which no body of 10 MiB fits.*lower `limits\.maxBodyBytes` of the policy/],
    ['more CPU than the limit', w => point(w, OPEN, { resources: { cpuRequest: '2', cpuLimit: '500m' } }), 'OUT_OF_RANGE', /^'resources' has a cpuRequest above its cpuLimit, 500m, got "2"/],
    ['a namespace of proxies that cannot be', w => point(w, OPEN, { proxyNamespace: 'Not A NS' }), 'BAD_REFERENCE', /^'proxyNamespace' is not a name a namespace can have/],
    ['proxies that nothing asks for', w => point(w, OPEN, { networkPolicy: false, proxyNamespace: 'x' }), 'OPTION_WITHOUT_EFFECT', /^'proxyNamespace' has no effect without the NetworkPolicy/],
    ['a tenant\'s key without a name', w => point(w, WITH_KEYS, { ...header, tenantKeys: { 'acme-openai': '' } }).handOver('openai', w.openai), 'BAD_REFERENCE', /^'tenantKeys' is not a name a Secret can have, got ""/],
    ['a tenant\'s key itself', w => point(w, WITH_KEYS, { ...header, tenantKeys: { 'acme-openai': `sk-${'aB3'.repeat(12)}` } }).handOver('openai', w.openai), 'KEY_IN_MANIFEST', /^'tenantKeys' looks like an API key/],
    ['API keys without a Secret', w => point(w, BY_HEADER, { tenants: TenantIdentity.apiKeys([]) }), 'POLICY_TENANT', /^'tenants' names no Secret with keys/],
    ['API keys in no header', w => point(w, BY_HEADER, { tenants: TenantIdentity.apiKeys(['s'], { header: 'x api key' }) }), 'POLICY_TENANT', /reads keys from what is no header, got "x api key"/],
    ['API keys where the tenant comes', w => point(w, BY_HEADER, { tenants: TenantIdentity.apiKeys(['s'], { header: 'X-Tenant-ID' }) }), 'POLICY_TENANT', /into which the gateway writes the tenant/],
    ['keys at no URL', w => point(w, BY_HEADER, { tenants: TenantIdentity.token({ issuer: 'i', jwksUri: 'keys', claim: 'org' }) }), 'POLICY_TENANT', /at what is no URL, got "keys"/],
    ['a token of nobody', w => point(w, BY_HEADER, { tenants: TenantIdentity.token({ issuer: '', jwksUri: 'https://i/keys', claim: 'org' }) }), 'POLICY_TENANT', /has no issuer, got ""/],
    ['a token for nobody', w => point(w, BY_HEADER, { tenants: TenantIdentity.token({ issuer: 'i', jwksUri: 'https://i/keys', claim: 'org', audiences: [] }) }), 'OPTION_WITHOUT_EFFECT', /tokens for anybody are taken/],
    ['a provider of tokens without a name', w => point(w, BY_HEADER, { tenants: TenantIdentity.token({ issuer: 'i', jwksUri: 'https://i/keys', claim: 'org', provider: '' }) }), 'POLICY_TENANT', /has a provider without name, got ""/],
    ['an image without a name', w => point(w, OPEN, { image: ExtProcImage.fromRegistry('') }), 'BAD_REFERENCE', /^'image' is not a name an image can have, got ""/],
    ['a mirror with a digest of its own', w => point(w, OPEN, { image: ExtProcImage.bundled({ repository: `r/p@sha256:${'a'.repeat(64)}` }) }), 'BAD_REFERENCE', /^'image' is not a name an image can have/],
    ['an image in capitals', w => point(w, OPEN, { image: ExtProcImage.fromRegistry(`r.example/Policy@sha256:${'a'.repeat(64)}`) }), 'BAD_REFERENCE', /^'image' is not a name/],
    ['a registry\'s credentials without a name', w => point(w, OPEN, { image: ExtProcImage.bundled({ pullSecrets: [''] }) }), 'BAD_REFERENCE', /^'image' is not a name a Secret can have/],
    ['a name in umlauts', w => point(w, OPEN, { name: 'pölicy' }), 'INVALID_NAME', /^'name' has a form that is not allowed/],
    ['a file in another encoding', w => new PolicyPoint(w.chart, 'policy', { gateway: w.gateway, policy: Policy.fromFile(latin1()) }), 'POLICY_INVALID', /^'policy' is not UTF-8 text, got ".*latin-1\.yaml"; save it as UTF-8/],
    ['an image by its tag', w => point(w, OPEN, { image: ExtProcImage.fromRegistry('r/p:v1') }), 'IMAGE_NOT_PINNED', /got "r\/p:v1"/],
  ];

  test.each(table)('%s, once', (_name, program, code, words) => {
    const w = world();
    program(w);
    const found = Checks.findings(w.app);
    expect(found.map(f => f.code)).toEqual([code]);
    expect(found[0].message).toMatch(words);
  });

  test.each([
    { image: ExtProcImage.bundled({ repository: 'localhost:5000/mirror/policy-server' }) },
    { image: ExtProcImage.fromRegistry(`Registry.example.com/a/b__c@sha256:${'a'.repeat(64)}`) },
    { image: ExtProcImage.fromRegistry(`r.example/a:v1@sha256:${'a'.repeat(64)}`) },
    { replicas: 0 },
    { autoscaling: { minReplicas: 1, maxReplicas: 1, targetCpuPercent: 300 } },
    { resources: { cpuRequest: '500m', cpuLimit: '1', memoryRequest: '1Gi', memoryLimit: '1024Mi' } },
  ])('%j is right', (props) => {
    const w = world();
    point(w, OPEN, props);
    expect(Checks.findings(w.app)).toEqual([]);
  });

  test.each([
    [EnvoyAIGatewayRelease.V0_5, /Envoy Gateway v1\.7/],
    [EnvoyAIGatewayRelease.V1_0, /tenants' keys.*came with v1\.1/],
  ])('what %s cannot do', (release, words) => {
    const w = world(release);
    point(w, WITH_KEYS, { ...header, tenantKeys: { 'acme-openai': 'k' } }).handOver('openai', w.openai);
    const errors = Checks.findings(w.app).filter(f => f.severity === 'error');
    expect(errors.map(f => f.message).join('\n')).toMatch(words);
    // Nothing else is told of what the release cannot do.
    expect(new Set(errors.map(f => f.code))).toEqual(new Set(['NOT_IN_RELEASE']));
  });

  test('a shared key that is none', () => {
    const w = world();
    const google = new VertexAIProvider(w.chart, 'vertex', { project: 'acme', location: 'global', credentials: GcpCredentials.adc() });
    const keys = WITH_KEYS.replace('APIKey', 'GCPCredentials');
    point(w, keys, { ...header, tenantKeys: { 'acme-openai': 'k' } }).handOver('openai', google, { sharedKeyForOthers: true });
    expect(Checks.findings(w.app).filter(f => f.severity === 'error').map(f => f.message)).toEqual([
      expect.stringMatching(/^'handOver\(\)\.sharedKeyForOthers' cannot be true without stored credentials to fall back to, got true; set it to false/),
    ]);
  });

  test('a platform without policy server says so', () => {
    const app = Testing.app();
    Platform.use(app, Platform._custom({ ...plainRenderer() }));
    const chart = new Chart(app, 'ai', { namespace: 'ai' });
    point({ chart, gateway: new AIGateway(chart, 'gateway') }, OPEN);
    expect(Checks.findings(app).map(f => f.code)).toContain('NOT_EXPRESSIBLE');
  });

  test.each([
    [{ policy: 'policy.yaml' }, /'policy' must be a Policy/],
    [{ gateway: 'gw' }, /'gateway' must be a gateway/],
    [{ front: 'grpc' }, /'front' must be a PolicyFront, got "grpc"/],
    [{ audit: 'everything' }, /'audit' must be a PolicyAudit, got "everything"/],
  ])('misuse is told at once: %j', (props, words) => {
    const { chart, gateway } = world();
    expect(() => new PolicyPoint(chart, 'p', { gateway, policy: Policy.fromText(OPEN), ...props } as never)).toThrow(words);
  });
});

function plainRenderer() {
  const nothing = () => ({ objects: [], problems: [] });
  return {
    target: { platform: 'plain', label: 'Plain', releases: {} }, applyOrder: [], provider: nothing, route: nothing, gateway: nothing, grant: nothing,
    clusterSetup: () => ({ files: [], commands: [] }),
  };
}

describeWithCrds('the API server', () => {
  const releases = [['v0.6.0', EnvoyAIGatewayRelease.V0_6], ['v0.7.0', EnvoyAIGatewayRelease.V0_7], ['v1.0.0', EnvoyAIGatewayRelease.V1_0], ['v1.1.0', EnvoyAIGatewayRelease.V1_1]] as const;
  const policies = (release: EnvoyAIGatewayRelease) => [
    OPEN, REDACTING, BY_HEADER, BY_CLAIM, ...(release === EnvoyAIGatewayRelease.V1_1 ? [WITH_KEYS] : []),
  ];
  test.each(releases.flatMap(([crds, release]) => policies(release).map(text => [crds, release, text] as const)))(
    '%s accepts what %s makes of %j', (crds, release, text) => {
      const w = world(release);
      const made = point(w, text, {
        ...(text.includes('tenant:') ? { tenants: jwt } : {}),
        ...(text === WITH_KEYS ? { tenantKeys: { 'acme-openai': 'k' } } : {}),
        autoscaling: { minReplicas: 2, maxReplicas: 4 },
      });
      if (text === WITH_KEYS) made.handOver('openai', w.openai);
      const manifests = manifestsOf(w);
      expect(CrdJudge.load({ aiGateway: crds }).judgeAll(manifests)).toEqual([]);
    });
});
