import { ApiObject, JsonPatch } from 'cdk8s';
import { AIGateway, ApiKey, EnvoyAIGatewayRelease, JsonValue, OpenAIProvider, Platform } from '../../../src';
import { findingsIn, findingsInYaml } from '../harness';

const PROVIDER = `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIServiceBackend
metadata: { name: openai, namespace: ai }
spec:
  schema: { name: OpenAI }
  backendRef: { group: gateway.envoyproxy.io, kind: Backend, name: openai }
  headerMutation: { remove: [authorization, x-api-key, api-key, cookie] }
`;

/** Findings of the rules on manifests alone. */
function ofManifests(findings: readonly { code: string; path: string; message: string }[]) {
  return findings.filter(f => ['UNKNOWN_FIELD', 'MISSING_FIELD', 'INVALID_VALUE', 'INVALID_NAME', 'DUPLICATE_OBJECT'].includes(f.code));
}

const inYaml = (text: string, platform?: Platform) => ofManifests(findingsInYaml(text, { platform }));
const inProgram: typeof findingsIn = (program, options) => ofManifests(findingsIn(program, options)) as any;

test('a manifest that fits its kind has no finding', () => {
  expect(inYaml(PROVIDER)).toEqual([]);
});

describe('UNKNOWN_FIELD', () => {
  test('names the field that was meant', () => {
    const policy = `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: BackendSecurityPolicy
metadata: { name: azure, namespace: ai }
spec:
  type: AzureAPIKey
  azureApiKey: { secretRef: { name: azure } }
  targetRefs: [{ group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: azure }]
`;
    expect(inYaml(policy)).toMatchObject([{ code: 'UNKNOWN_FIELD', message: expect.stringMatching(/^'spec\.azureApiKey' is not a field; write "azureAPIKey" \[/) }]);
    expect(inYaml(policy.replace('azureApiKey', 'azureAPIKey'))).toEqual([]);
  });

  test('depends on the release the manifest is for', () => {
    const route = `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIGatewayRoute
metadata: { name: chat, namespace: ai }
spec:
  parentRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gateway }]
  rules: [{ name: first, backendRefs: [{ name: openai }] }]
`;
    const on = (release: EnvoyAIGatewayRelease) => inYaml(route, Platform.envoyAIGateway({ release })).map(f => f.code);
    expect(on(EnvoyAIGatewayRelease.V1_0)).toEqual(['UNKNOWN_FIELD']);
    expect(on(EnvoyAIGatewayRelease.V1_1)).toEqual([]);
  });

  test('is found in what a patch makes of our own objects', () => {
    const findings = inProgram(chart => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
      ApiObject.of(openai).addJsonPatch(JsonPatch.add('/spec/host', 'api.openai.com'));
    });
    expect(findings).toMatchObject([{ path: 'test/openai/Resource', message: expect.stringContaining('\'spec.host\' is not a field') }]);
  });
});

test('MISSING_FIELD names the field; one with a default may be missing', () => {
  const findings = inYaml(PROVIDER.replace(/ {2}backendRef.*\n/, ''));
  expect(findings).toMatchObject([{ code: 'MISSING_FIELD', message: expect.stringContaining('\'spec.backendRef\' is missing') }]);
});

describe('INVALID_VALUE', () => {
  test.each<[string, number, string]>([
    ['negative', -1, '\'port\''],
    ['too large', 65536, '\'port\''],
    ['no integer', 1.5, '\'port\''],
  ])('a port that is %s names the property of the provider', (_, port, prop) => {
    const findings = inProgram(chart => void new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai'), port }));
    expect(findings).toMatchObject([{ code: 'INVALID_VALUE', path: 'test/openai', message: expect.stringContaining(prop) }]);
  });

  test('an enum lists its values', () => {
    expect(inYaml(PROVIDER.replace('name: OpenAI', 'name: openai'))).toMatchObject([
      { code: 'INVALID_VALUE', message: expect.stringMatching(/'spec\.schema\.name' is not one of the values there are, got "openai"; use one of "OpenAI", /) },
    ]);
  });

  test('the sixteenth pattern of a gateway is refused, as the API server would', () => {
    const findings = inProgram(chart => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
      const gateway = new AIGateway(chart, 'gateway');
      for (let n = 0; n < 16; n++) gateway.addPattern(`m${n}-.*`, openai.model());
    });
    expect(findings).toMatchObject([{ path: 'test/gateway/Patterns', message: expect.stringContaining('\'patterns\' has 16 items, 15 are allowed') }]);
  });

  test('the seventeenth field of a mutation is refused', () => {
    const set = Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`f${n}`, JsonValue.number(n)]));
    const findings = inProgram(chart => void new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai'), body: { set } }));
    expect(findings).toMatchObject([{ path: 'test/openai', message: expect.stringContaining('\'body\' has 17 items, 16 are allowed') }]);
  });

  test('two items with the same key', () => {
    const text = PROVIDER.replace('headerMutation: {', 'headerMutation: { set: [{ name: a, value: x }, { name: a, value: y }],');
    expect(inYaml(text)).toMatchObject([{ code: 'INVALID_VALUE', message: expect.stringContaining('has the same name as another item') }]);
  });

  test('tokens of other tools are neither accepted nor refused', () => {
    expect(inYaml(PROVIDER.replace('name: OpenAI', 'name: "${Token[TOKEN.7]}"'))).toEqual([]);
  });
});

describe('INVALID_NAME', () => {
  test('a Service begins with a letter, since its name is one of a host', () => {
    const service = (name: string) => inYaml(`apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ai }\nspec: { ports: [{ port: 80 }] }\n`);
    expect(service('4chan')).toMatchObject([{ code: 'INVALID_NAME', message: expect.stringMatching(/^'metadata\.name' has a form .* let it begin with a letter/) }]);
    expect(service('chan4')).toEqual([]);
  });

  test.each<[string, string]>([
    ['UPPER', 'has a form that is not allowed'],
    ['under_score', 'has a form that is not allowed'],
    ['-dash', 'has a form that is not allowed'],
    ['', 'has a form that is not allowed'],
    ['x'.repeat(254), 'has 254 characters, 253 are allowed'],
  ])('a provider cannot be called %j', (name, message) => {
    const findings = inProgram(chart => void new OpenAIProvider(chart, 'openai', { name, apiKey: ApiKey.fromSecretName('openai') }));
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings.filter(f => f.code === 'INVALID_NAME')) {
      expect(finding).toMatchObject({ path: 'test/openai', message: expect.stringMatching(new RegExp(`^'name' ${message}`)) });
    }
  });

  test('a namespace is a DNS label', () => {
    expect(inYaml(PROVIDER.replace('namespace: ai', 'namespace: Team.AI'))).toMatchObject([{ code: 'INVALID_NAME', message: expect.stringContaining('metadata.namespace') }]);
  });

  test('labels and annotations have forms of their own', () => {
    const text = PROVIDER.replace('namespace: ai', 'namespace: ai, labels: { "a b": x, ok: "not ok!" }, annotations: { "/x": y }');
    expect(inYaml(text).map(f => f.code)).toEqual(['INVALID_NAME', 'INVALID_NAME', 'INVALID_NAME']);
    const wave = PROVIDER.replace('namespace: ai', 'namespace: ai, annotations: { argocd.argoproj.io/sync-wave: 5 }');
    expect(inYaml(wave)).toMatchObject([{ code: 'INVALID_NAME', message: expect.stringMatching(/^'metadata\.annotations\.argocd\.argoproj\.io\/sync-wave' must be a string, got 5; write it in quotes/) }]);
    expect(inYaml(wave.replace('5 }', '"5" }'))).toEqual([]);
  });
});

test.each([
  ['a list', '[]'],
  ['a number', '7'],
  ['a deep wrong type', '{ schema: 3, backendRef: [], headerMutation: { set: {} } }'],
])('a spec that is %s is a finding, not a crash', (_, spec) => {
  const text = `apiVersion: aigateway.envoyproxy.io/v1beta1\nkind: AIServiceBackend\nmetadata: { name: x, namespace: ai }\nspec: ${spec}\n`;
  expect(inYaml(text).length).toBeGreaterThan(0);
});
