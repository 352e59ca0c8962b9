import { AIGateway, EnvVariable } from '../../../src';
import { keyShape } from '../../../src/findings/key-shapes';
import { all, but, inProgram, inYaml, PROVIDER } from '../manifests-of-an-app';

/** Texts of the forms, put together here so that no scanner takes this file for a leak. */
const RANDOM = 'Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8';
const LIVE = {
  openai: ['sk', 'proj', RANDOM].join('-'),
  lowerCase: ['sk', 'a1'.repeat(16)].join('-'),
  anthropic: ['sk', 'ant', 'api03', RANDOM].join('-'),
  aws: ['AKIA', '7'.repeat(16)].join(''),
  awsSession: ['ASIA', 'Z'.repeat(16)].join(''),
  google: ['AIza', 'a'.repeat(35)].join(''),
  groq: ['gsk', RANDOM].join('_'),
  bearer: ['Bearer', RANDOM].join(' '),
  pem: ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' '),
  age: ['AGE', 'SECRET', 'KEY', '1QQQQ'].join('-'),
  google_file: `{"type":"service_account",${['"private', 'key"'].join('_')}: "x"}`,
};
const HARMLESS = [
  'sk-learn-model-server-production', 'task-0123456789-of-the-queue', 'Bearer authentication is required', 'Bearer ${TOKEN}', 'Bearer {{ .token }}',
  'AKIA', 'disk-1', 'risk-assessment-service-2024', 'arn:aws:iam::123456789012:role/models', 'us.anthropic.claude-sonnet-4-20250514-v1:0', 'ENC[AES256_GCM,data:aaaa,type:str]',
];

test.each(Object.entries(LIVE))('%s looks like a live key', (_, text) => {
  expect(keyShape(`before ${text} after`)).toEqual(expect.stringMatching(/^an? /));
});

test.each(HARMLESS)('%j does not', text => {
  expect(keyShape(text)).toBeUndefined();
});

describe('KEY_IN_MANIFEST', () => {
  const deployment = (env: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: app, namespace: ai, annotations: { note: "hello" } }
spec: { template: { spec: { containers: [{ name: app, args: [--verbose], env: [${env}] }] } } }
`;

  test('is a key in an environment variable, an argument or an annotation, which is not shown', () => {
    const env = deployment(`{ name: KEY, value: "${LIVE.openai}" }`);
    const found = [
      ...inYaml(env),
      ...inYaml(but(deployment(''), ['--verbose', `--key=${LIVE.aws}`])),
      ...inYaml(but(deployment(''), ['hello', LIVE.groq])),
    ];
    expect(found).toEqual([
      expect.stringMatching(/^error KEY_IN_MANIFEST: 'spec\.template\.spec\.containers\[0\]\.env\[0\]\.value' looks like an API key; store it in a Secret/),
      expect.stringContaining('\'spec.template.spec.containers[0].args[0]\' looks like an AWS access key id'),
      expect.stringContaining('\'metadata.annotations.note\' looks like an API key'),
    ]);
    expect(found.join()).not.toContain(RANDOM);
    expect(inYaml(deployment('{ name: KEY, valueFrom: { secretKeyRef: { name: app, key: key } } }'))).toEqual([]);
  });

  test('is an environment variable that is named like a credential and has a value like one', () => {
    const variable = (name: string, value: string) => inYaml(deployment(`{ name: ${name}, value: "${value}" }`));
    expect(variable('AWS_SECRET_ACCESS_KEY', RANDOM)).toEqual([expect.stringMatching(/KEY_IN_MANIFEST: 'spec\.template\.spec\.containers\[0\]\.env\[0\]\.value' looks like the value of a credential/)]);
    expect(variable('OPENAI_API_KEY', '$(KEY_FROM_ELSEWHERE)')).toEqual([]);
    expect(variable('OPENAI_API_KEY', 'unused-by-this-server')).toEqual([]);
    expect(variable('AWS_WEB_IDENTITY_TOKEN_FILE', RANDOM)).toEqual([]);
  });

  test('is found in the settings of the sidecar', () => {
    const withValue = (value: string) => inProgram(chart => { new AIGateway(chart, 'gateway', { sidecar: { env: { KEY: EnvVariable.value(value) } } }); });
    expect(withValue(LIVE.anthropic)).toEqual([expect.stringMatching(/^error KEY_IN_MANIFEST: 'sidecar\.env' looks like an API key/)]);
    expect(withValue('debug')).toEqual([]);
  });

  test('is a credential header with a fixed value, whatever it looks like', () => {
    const keyless = PROVIDER.split('---').slice(0, 3).join('---');
    const setting = (value: string) => inYaml(but(keyless, ['{ remove: [authorization, x-api-key, api-key, cookie] }', `{ set: [{ name: X-Api-Key, value: "${value}" }], remove: [authorization, api-key, cookie] }`]));
    expect(setting('a-fixed-credential')).toEqual([expect.stringMatching(/^error KEY_IN_MANIFEST: 'spec\.headerMutation\.set\[0\]\.value' sets `x-api-key` to a value that everybody can read/)]);
    expect(setting('unused')).toEqual([]);
    expect(setting('${SUBSTITUTED_BY_FLUX}')).toEqual([]);
  });

  test('is the inline key of a tool server', () => {
    const tools = (key: string) => `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: MCPRoute
metadata: { name: tools, namespace: ai }
spec: { backendRefs: [{ name: github, securityPolicy: { apiKey: ${key} } }] }
`;
    const found = inYaml(tools('{ inline: hush-hush }'));
    expect(found).toEqual([expect.stringMatching(/KEY_IN_MANIFEST: 'spec\.backendRefs\[0\]\.securityPolicy\.apiKey\.inline' is a key that everybody can read; use `secretRef`/)]);
    expect(found.join()).not.toContain('hush');
    expect(inYaml(tools('{ secretRef: { name: github } }'))).toEqual([]);
  });

  test('is told once for a header that also looks like a key', () => {
    const keyless = PROVIDER.split('---').slice(0, 3).join('---');
    expect(inYaml(but(keyless, ['{ remove: [authorization, x-api-key, api-key, cookie] }', `{ set: [{ name: authorization, value: "${LIVE.bearer}" }], remove: [x-api-key, api-key, cookie] }`]))).toHaveLength(1);
  });

  test('leaves values of Secrets to the rule about them, and ciphertext alone', () => {
    const stored = `
apiVersion: v1
kind: Secret
metadata: { name: other, namespace: ai }
stringData: { value: "${LIVE.openai}" }
`;
    expect(inYaml(all(PROVIDER, stored))).toEqual([]);
  });
});
