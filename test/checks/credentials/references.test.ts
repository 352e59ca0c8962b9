import { AIGateway, ApiKey, Listener, OpenAIProvider, Platform, ProviderTls } from '../../../src';
import { findingsIn, findingsInYaml } from '../harness';

const object = (apiVersion: string, kind: string, spec: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x, namespace: ai }\nspec: ${spec}\n`;
const security = (type: string, block: string) => object('aigateway.envoyproxy.io/v1beta1', 'BackendSecurityPolicy',
  `{ targetRefs: [{ group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: x }], type: ${type}, ${block} }`);
const exchange = 'oidcExchangeToken: { oidc: { clientID: c, provider: { issuer: "https://i.example.com", tokenEndpoint: "https://i.example.com/t" }, clientSecret: { name: NAME, namespace: ai } }';
const backend = (tls: string) => object('gateway.envoyproxy.io/v1alpha1', 'Backend', `{ endpoints: [{ fqdn: { hostname: a.example.com, port: 443 } }], tls: { sni: a.example.com, ${tls} } }`);
const ofGateway = (kind: string, spec: string) => object('gateway.envoyproxy.io/v1alpha1', kind, `{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: x }], ${spec} }`);
const agentBackend = (policies: string, provider = '{ openai: {} }') => object('agentgateway.dev/v1alpha1', 'AgentgatewayBackend', `{ ai: { provider: ${provider} }, policies: { ${policies} } }`);
const agentTls = (tls: string) => agentBackend(`auth: { secretRef: { name: x } }, tls: { ${tls} }`, '{ openai: {}, host: llm.internal, port: 443 }');

const ENVOY = Platform.envoyAIGateway();
const AGENTGATEWAY = Platform.agentgateway();

/** Each row: the path of a reference, the kind it names, and a right manifest with NAME for the name. */
const REFERENCES: readonly (readonly [path: string, kind: string, yaml: string, platform: Platform])[] = [
  ['apiKey.secretRef', 'Secret', security('APIKey', 'apiKey: { secretRef: { name: NAME } }'), ENVOY],
  ['anthropicAPIKey.secretRef', 'Secret', security('AnthropicAPIKey', 'anthropicAPIKey: { secretRef: { name: NAME } }'), ENVOY],
  ['azureAPIKey.secretRef', 'Secret', security('AzureAPIKey', 'azureAPIKey: { secretRef: { name: NAME } }'), ENVOY],
  ['awsCredentials.credentialsFile.secretRef', 'Secret', security('AWSCredentials', 'awsCredentials: { region: us-east-1, credentialsFile: { secretRef: { name: NAME } } }'), ENVOY],
  ['azureCredentials.clientSecretRef', 'Secret', security('AzureCredentials', 'azureCredentials: { clientID: a, tenantID: b, clientSecretRef: { name: NAME } }'), ENVOY],
  ['gcpCredentials.credentialsFile.secretRef', 'Secret', security('GCPCredentials', 'gcpCredentials: { projectName: p, region: global, credentialsFile: { secretRef: { name: NAME } } }'), ENVOY],
  ['awsCredentials.oidcExchangeToken.oidc.clientSecret', 'Secret', security('AWSCredentials', `awsCredentials: { region: us-east-1, ${exchange}, awsRoleArn: "arn:aws:iam::123456789012:role/r" } }`), ENVOY],
  ['listeners[0].tls.certificateRefs[0]', 'Secret', object('gateway.networking.k8s.io/v1', 'Gateway',
    '{ gatewayClassName: eg, listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: NAME }] } }] }'), ENVOY],
  ['validation.caCertificateRefs[0]', 'ConfigMap', object('gateway.networking.k8s.io/v1', 'BackendTLSPolicy',
    '{ targetRefs: [{ group: gateway.envoyproxy.io, kind: Backend, name: x }], validation: { hostname: a.example.com, caCertificateRefs: [{ group: "", kind: ConfigMap, name: NAME }] } }'), ENVOY],
  ['tls.caCertificateRefs[0]', 'ConfigMap', backend('caCertificateRefs: [{ group: "", kind: ConfigMap, name: NAME }]'), ENVOY],
  ['tls.clientCertificateRef', 'Secret', backend('wellKnownCACertificates: System, clientCertificateRef: { name: NAME }'), ENVOY],
  ['backendTLS.clientCertificateRef', 'Secret', object('gateway.envoyproxy.io/v1alpha1', 'EnvoyProxy', '{ backendTLS: { clientCertificateRef: { name: NAME } } }'), ENVOY],
  ['tls.clientValidation.caCertificateRefs[0]', 'ConfigMap', ofGateway('ClientTrafficPolicy', 'connection: { bufferLimit: 50Mi }, tls: { clientValidation: { caCertificateRefs: [{ group: "", kind: ConfigMap, name: NAME }] } }'), ENVOY],
  ['apiKeyAuth.credentialRefs[0]', 'Secret', ofGateway('SecurityPolicy', 'apiKeyAuth: { credentialRefs: [{ name: NAME }], extractFrom: [{ headers: [x-caller] }] }'), ENVOY],
  ['basicAuth.users', 'Secret', ofGateway('SecurityPolicy', 'basicAuth: { users: { name: NAME } }'), ENVOY],
  ['policies.auth.secretRef', 'Secret', agentBackend('auth: { secretRef: { name: NAME } }'), AGENTGATEWAY],
  ['policies.auth.aws.secretRef', 'Secret', agentBackend('auth: { aws: { secretRef: { name: NAME } } }', '{ bedrock: { region: us-east-1 } }'), AGENTGATEWAY],
  ['policies.tls.caCertificateRefs[0]', 'ConfigMap', agentTls('caCertificateRefs: [{ name: NAME }]'), AGENTGATEWAY],
  ['policies.tls.mtlsCertificateRef[0]', 'Secret', agentTls('mtlsCertificateRef: [{ name: NAME }]'), AGENTGATEWAY],
  ['ai.llm.openai.authToken.secretRef', 'Secret', object('gateway.kgateway.dev/v1alpha1', 'Backend',
    '{ type: AI, ai: { llm: { openai: { authToken: { kind: SecretRef, secretRef: { name: NAME } } } } } }'), Platform.kgateway()],
];

describe.each(REFERENCES)('BAD_REFERENCE of spec.%s', (path, kind, yaml, platform) => {
  const told = (name: string, complete: string[] = []) => findingsInYaml(yaml.replace('NAME', JSON.stringify(name)), { platform, complete }).map(({ message }) => message);
  const fault = `'spec.${path}.name' is not a name a ${kind} can have`;

  test.each(['My Key', 'vault/openai', 'key_1', 'key.', '-key'])('%s', (name) => {
    expect(told(name)).toEqual([`${fault}, got ${JSON.stringify(name)}; use lower-case letters, digits and "-", as \`kubectl get\` shows it [BAD_REFERENCE]`]);
    // That nothing makes it is no second mistake.
    expect(told(name, ['ai']).filter(message => message.includes(path))).toHaveLength(1);
  });

  test('a name that is too long', () => {
    expect(told('a'.repeat(254))).toEqual([expect.stringMatching(/use at most 253 lower-case letters.*\[BAD_REFERENCE\]$/)]);
  });

  test('none', () => expect(told('')).toHaveLength(1));

  test('a password, which is not shown where a Secret is meant', () => {
    const [message] = told('Tr0ub4dor&3');
    expect(message.includes('Tr0ub')).toBe(kind === 'ConfigMap');
  });

  test.each(['key', 'team.openai-2', 'a'.repeat(253), '${Token[TOKEN.7]}'])('not %s', name => expect(told(name)).toEqual([]));

  test('a key in its place is not shown', () => {
    const key = 'Zq8Kd2mP0xVbT7yLw3Rf';
    expect(told(key)).toEqual([expect.stringContaining(fault)]);
    expect(told(key).join()).not.toContain(key);
  });
});

test('names of other kinds have forms of their own', () => {
  expect(findingsInYaml(REFERENCES.find(([path]) => path === 'validation.caCertificateRefs[0]')![2]
    .replace('group: "", kind: ConfigMap, name: NAME', 'group: certificates.k8s.io, kind: ClusterTrustBundle, name: "example.com:signer:v1"')).map(({ code }) => code)).not.toContain('BAD_REFERENCE');
});

test.each<[string, string, Parameters<typeof findingsIn>[0]]>([
  ['a listener', 'BAD_REFERENCE', chart => void new AIGateway(chart, 'gw', { listeners: [Listener.https('My_Cert')] })],
  ['an authority', 'BAD_REFERENCE', chart => void new OpenAIProvider(chart, 'p', { hostname: 'a.example.com', tls: ProviderTls.privateCa('My_CA'), apiKey: ApiKey.fromSecretName('k') })],
  ['a key', 'SECRET_NAME', chart => void new OpenAIProvider(chart, 'p', { apiKey: ApiKey.fromSecretName('My_Key') })],
])('of %s declared in a program is told once', (_, code, program) => {
  for (const platform of [ENVOY, AGENTGATEWAY]) expect(findingsIn(program, { platform }).map(found => found.code)).toEqual([code]);
});
