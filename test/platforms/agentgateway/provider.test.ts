import { CredentialIntent, EndpointIntent, ProviderIntent } from '../../../src/intent';
import { AgentgatewayPlatform, AgentgatewayRelease } from '../../../src/platforms/agentgateway';

const { V1_0, V1_4 } = AgentgatewayRelease;
const PLACE = { name: 'p', namespace: 'ai' };
const stored = { kind: 'existing', name: 'key' } as const;
const KEY: CredentialIntent = { kind: 'apiKey', header: 'authorization', secret: stored };
const AWS: CredentialIntent = { kind: 'aws', region: 'eu-west-1', source: { kind: 'podIdentity' } };
const ADC: CredentialIntent = { kind: 'gcp', project: 'acme', region: 'us-east5', source: { kind: 'adc' } };

const at = (hostname: string, more: Partial<EndpointIntent> = {}): EndpointIntent => ({ hostname, port: 443, tls: {}, standard: false, ...more });
const home = (hostname: string) => at(hostname, { standard: true });

function render(intent: Partial<ProviderIntent>, release = V1_4) {
  const { objects, problems } = new AgentgatewayPlatform({ release }).provider({ api: 'openai', endpoint: home('api.openai.com'), credential: KEY, ...intent }, PLACE);
  const spec = objects.find(({ id }) => id === 'Resource')?.manifest.spec as any;
  return { objects, spec, provider: spec?.ai?.provider, policies: spec?.policies, codes: problems.map(p => p.definition.code), problems };
}

test.each<[string, Partial<ProviderIntent>, object]>([
  ['OpenAI', {}, { openai: {} }],
  ['OpenAI in the EU', { endpoint: at('eu.api.openai.com') }, { openai: {}, host: 'eu.api.openai.com', port: 443, pathPrefix: '/v1' }],
  ['Groq', { endpoint: at('api.groq.com'), pathPrefix: '/openai/v1' }, { openai: {}, host: 'api.groq.com', port: 443, pathPrefix: '/openai/v1' }],
  ['a prefix without slashes around it', { endpoint: at('llm.example'), pathPrefix: 'a/' }, { openai: {}, host: 'llm.example', port: 443, pathPrefix: '/a' }],
  ['no prefix at all', { endpoint: at('llm.example'), pathPrefix: '/' }, { openai: {}, host: 'llm.example', port: 443, pathPrefix: '/' }],
  ['Gemini', { endpoint: at('generativelanguage.googleapis.com'), pathPrefix: '/v1beta/openai' }, { gemini: {} }],
  ['Gemini on another port', { endpoint: at('generativelanguage.googleapis.com', { port: 8443 }), pathPrefix: '/v1beta/openai' },
    { openai: {}, host: 'generativelanguage.googleapis.com', port: 8443, pathPrefix: '/v1beta/openai' }],
  ['Anthropic', { api: 'anthropic', endpoint: home('api.anthropic.com') }, { anthropic: {} }],
  ['Anthropic with a prefix', { api: 'anthropic', endpoint: home('api.anthropic.com'), pathPrefix: '/x' }, { anthropic: {}, host: 'api.anthropic.com', port: 443, pathPrefix: '/x' }],
  ['Bedrock', { api: 'bedrock', region: 'eu-west-1', credential: AWS, endpoint: home('bedrock-runtime.eu-west-1.amazonaws.com') }, { bedrock: { region: 'eu-west-1' } }],
  ['Bedrock with FIPS', { api: 'bedrock', region: 'us-east-1', credential: AWS, endpoint: at('bedrock-runtime-fips.us-east-1.amazonaws.com') },
    { bedrock: { region: 'us-east-1' }, host: 'bedrock-runtime-fips.us-east-1.amazonaws.com', port: 443, pathPrefix: '/' }],
  ['Claude on Bedrock', { api: 'bedrock-anthropic', region: 'eu-west-1', credential: AWS, endpoint: home('bedrock-runtime.eu-west-1.amazonaws.com') }, { bedrock: { region: 'eu-west-1' } }],
  ['Azure', { resource: 'acme', pathPrefix: '/openai/v1', endpoint: at('acme.openai.azure.com') }, { azure: { resourceName: 'acme', resourceType: 'OpenAI' } }],
  ['Azure Foundry', { resource: 'acme', pathPrefix: '/openai/v1', endpoint: at('acme.services.ai.azure.com') },
    { openai: {}, host: 'acme.services.ai.azure.com', port: 443, pathPrefix: '/openai/v1' }],
  ['Azure by deployments', { api: 'azure-openai', resource: 'acme', apiVersion: '2025-01-01', endpoint: home('acme.openai.azure.com') },
    { azure: { resourceName: 'acme', resourceType: 'OpenAI', apiVersion: '2025-01-01' } }],
  ['Vertex AI', { api: 'vertex', region: 'us-east5', credential: ADC, endpoint: home('us-east5-aiplatform.googleapis.com') }, { vertexai: { projectId: 'acme', region: 'us-east5' } }],
  ['Claude on Vertex AI', { api: 'vertex-anthropic', region: 'us-east5', credential: ADC, endpoint: home('us-east5-aiplatform.googleapis.com') }, { vertexai: { projectId: 'acme', region: 'us-east5' } }],
  ['a server in the cluster', { endpoint: at('vllm.models.svc.cluster.local', { port: 8000, tls: undefined }), credential: { kind: 'none' } },
    { openai: {}, host: 'vllm.models.svc.cluster.local', port: 8000, pathPrefix: '/v1' }],
  ['Claude on Vertex AI in a multi-region', { api: 'vertex-anthropic', region: 'eu', credential: ADC, endpoint: at('aiplatform.eu.rep.googleapis.com') },
    { vertexai: { projectId: 'acme', region: 'eu' }, host: 'aiplatform.eu.rep.googleapis.com', port: 443, pathPrefix: '/' }],
  ['Cohere', { api: 'cohere', endpoint: home('api.cohere.com') }, { custom: { formats: [{ type: 'Rerank', path: '/v2/rerank' }] }, host: 'api.cohere.com', port: 443 }],
])('%s', (_, intent, provider) => {
  const rendered = render(intent);
  expect(rendered.provider).toEqual(provider);
  expect(rendered.codes).toEqual([]);
  // A host of one's own is spoken to in plaintext unless the backend says otherwise.
  expect(rendered.policies.tls).toEqual('host' in provider && intent.endpoint?.tls !== undefined ? {} : undefined);
});

test.each<[string, Partial<ProviderIntent>, object | undefined, string[]]>([
  ['a vendor has one path for all', { endpoint: at('api.groq.com'), pathPrefix: '/openai/v1' }, { openai: {}, host: 'api.groq.com', port: 443, path: '/openai/v1/chat/completions' }, []],
  ['Anthropic elsewhere as well', { api: 'anthropic', endpoint: at('claude.example') }, { anthropic: {}, host: 'claude.example', port: 443, path: '/v1/messages' }, []],
  ['Azure is called otherwise', { resource: 'acme', pathPrefix: '/openai/v1', endpoint: at('acme.openai.azure.com') }, { azureopenai: { endpoint: 'acme.openai.azure.com' } }, []],
  ['Bedrock elsewhere cannot be signed', { api: 'bedrock', credential: AWS, endpoint: at('bedrock.example') }, undefined, ['NOT_IN_RELEASE']],
  ['Cohere does not exist', { api: 'cohere', endpoint: home('api.cohere.com') }, undefined, ['NOT_IN_RELEASE']],
  ['deployments of Azure do not exist', { api: 'azure-openai', apiVersion: 'x', endpoint: home('acme.openai.azure.com') }, undefined, ['NOT_IN_RELEASE']],
])('on v1.0 %s', (_, intent, provider, codes) => {
  const rendered = render(intent, V1_0);
  expect(rendered.provider).toEqual(provider);
  expect(rendered.codes).toEqual(codes);
});

test.each<[string, CredentialIntent, object | undefined, string[]]>([
  ['a key', KEY, { secretRef: { name: 'key' } }, ['api-key', 'cookie', 'x-api-key']],
  ['a key under a name of its own', { ...KEY, secret: { ...stored, key: 'openai' } }, { secretRef: { name: 'key', key: 'openai' } }, ['api-key', 'cookie', 'x-api-key']],
  ['a key of Azure', { ...KEY, header: 'api-key' }, { secretRef: { name: 'key' }, location: { header: { name: 'api-key' } } }, ['authorization', 'cookie', 'x-api-key']],
  ['a key of Anthropic, which the gateway moves later', { ...KEY, header: 'x-api-key' }, { secretRef: { name: 'key' } }, ['api-key', 'cookie', 'x-api-key']],
  ['none', { kind: 'none' }, undefined, ['api-key', 'authorization', 'cookie', 'x-api-key']],
  ['the caller\'s own', { kind: 'passThrough', headers: ['authorization'] }, { passthrough: {} }, ['api-key', 'cookie', 'x-api-key']],
  ['the caller\'s own in another header', { kind: 'passThrough', headers: ['x-api-key'] }, undefined, ['api-key', 'authorization', 'cookie']],
  ['an identity of AWS', AWS, { aws: {} }, ['api-key', 'authorization', 'cookie', 'x-api-key']],
  ['an access key', { kind: 'aws', region: 'eu-west-1', source: { kind: 'file', secret: stored } }, { aws: { secretRef: { name: 'key' } } }, ['api-key', 'authorization', 'cookie', 'x-api-key']],
  ['an identity of AWS that assumes a role', { ...AWS, source: { kind: 'podIdentity', assumeRole: 'arn:aws:iam::444455556666:role/r' } }, { aws: { assumeRole: { roleArn: 'arn:aws:iam::444455556666:role/r' } } },
    ['api-key', 'authorization', 'cookie', 'x-api-key']],
  ['an identity of Azure', { kind: 'azureWorkloadIdentity', clientId: 'c' }, { azure: { workloadIdentity: {} } }, ['api-key', 'cookie', 'x-api-key']],
  ['an Azure application', { kind: 'azure', clientId: 'c', tenantId: 't', source: { kind: 'clientSecret', secret: stored } }, { azure: { secretRef: { name: 'key' } } }, ['api-key', 'cookie', 'x-api-key']],
  ['an identity of Google', ADC, { gcp: {} }, ['api-key', 'cookie', 'x-api-key']],
  ['a service account', { kind: 'gcp', project: 'acme', region: 'r', source: { kind: 'serviceAccountFile', secret: stored } }, { gcp: { secretRef: { name: 'key' } } }, ['api-key', 'cookie', 'x-api-key']],
])('the credential %s, and which of the caller\'s headers are removed beside it', (_, credential, auth, remove) => {
  const { policies, codes } = render({ credential });
  expect(policies.auth).toEqual(auth);
  expect(policies.transformation.request.remove).toEqual(remove);
  expect(codes).toEqual([]);
});

test('requests to a host of one\'s own are signed for the region', () => {
  const { policies } = render({ api: 'bedrock', region: 'eu-west-1', credential: AWS, endpoint: at('bedrock.example') });
  expect(policies.auth).toEqual({ aws: { region: 'eu-west-1' } });
});

test('v1.0 has no form for an identity of AWS and uses it where nothing is said', () => {
  const { policies, codes } = render({ api: 'bedrock', credential: AWS, endpoint: home('bedrock-runtime.eu-west-1.amazonaws.com') }, V1_0);
  expect(policies.auth).toBeUndefined();
  expect(codes).toEqual([]);
});

test('a Secret that lacks what agentgateway reads is told with the key', () => {
  const problemOf = (credential: CredentialIntent) => render({ credential }).problems.map(p => `${p.definition.code}: ${p.message}; ${p.fix}`);
  expect(problemOf({ ...KEY, secret: { ...stored, keys: ['apiKey'] } })).toEqual([
    'SECRET_KEY_MISSING: needs the data key "Authorization", which Secret key does not have; rename "apiKey" to "Authorization"',
  ]);
  expect(problemOf({ kind: 'aws', region: 'r', source: { kind: 'file', secret: { ...stored, keys: ['credentials'] } } }).map(p => p.split(',')[0])).toEqual([
    'SECRET_KEY_MISSING: needs the data key "accessKey"', 'SECRET_KEY_MISSING: needs the data key "secretKey"',
  ]);
  expect(problemOf({ ...KEY, secret: { ...stored, key: 'openai', keys: ['openai'] } })).toEqual([]);
  // One Secret for two platforms.
  expect(problemOf({ ...KEY, secret: { ...stored, keys: ['apiKey', 'Authorization'] } })).toEqual([]);
});

test.each<[string, CredentialIntent, string]>([
  ['a role', { ...AWS, source: { kind: 'irsa', roleArn: 'r', assumeRole: 'arn:aws:iam::444455556666:role/r' } }, 'assume a role, which agentgateway v1.0 cannot do'],
  ['an identity of Azure', { kind: 'azureWorkloadIdentity', clientId: 'c' }, 'are a Workload ID of Microsoft Entra, which agentgateway v1.0 cannot do'],
  ['a service account', { kind: 'gcp', project: 'acme', region: 'r', source: { kind: 'serviceAccountFile', secret: stored } }, 'are the key of a service account, which agentgateway v1.0 cannot do'],
  ['a key of Azure', { ...KEY, header: 'api-key' }, 'is sent in the header `api-key`, which agentgateway v1.0 cannot do'],
  ['a key under a name of its own', { ...KEY, secret: { ...stored, key: 'openai' } }, 'comes from a data key of its own, which agentgateway v1.0 cannot do'],
])('v1.0 lacks %s', (_, credential, message) => {
  const { problems } = render({ api: 'azure-openai', credential, endpoint: home('acme.openai.azure.com') }, V1_0);
  expect(problems.map(p => p.message)).toContain(message);
  expect(problems.every(p => p.definition.code === 'NOT_IN_RELEASE' && p.fix === 'target agentgateway v1.4 with Platform.use()')).toBe(true);
});

test('a Secret is beside the provider', () => {
  const elsewhere = render({ credential: { ...KEY, secret: { ...stored, namespace: 'vaults' } } });
  expect(elsewhere.problems.map(p => `${p.definition.code} ${p.message}`)).toEqual([expect.stringMatching(/^SECRET_IN_OTHER_NAMESPACE is in namespace vaults .*only in that of the provider, namespace ai$/)]);
  expect(render({ credential: { ...KEY, secret: { ...stored, namespace: 'ai' } } }).codes).toEqual([]);
});

test('an ExternalSecret brings the keys of the credential', () => {
  const external = { kind: 'external', store: { kind: 'ClusterSecretStore', name: 'vault' } } as const;
  const dataOf = (credential: CredentialIntent) => {
    const { objects, codes } = render({ credential });
    expect(codes).toEqual([]);
    const { data = [], target } = objects.find(({ manifest }) => manifest.kind === 'ExternalSecret')!.manifest.spec as any;
    return Object.keys(target.template?.data ?? Object.fromEntries(data.map((entry: any) => [entry.secretKey, true])));
  };
  expect(dataOf({ ...KEY, secret: { ...external, data: { apiKey: { key: 'k' } } } })).toEqual(['Authorization']);
  expect(dataOf({ kind: 'aws', region: 'r', source: { kind: 'file', secret: { ...external, data: { awsAccessKeyId: { key: 'i' }, awsSecretAccessKey: { key: 's' }, awsSessionToken: { key: 't' } } } } }))
    .toEqual(['accessKey', 'secretKey', 'sessionToken']);
  expect(dataOf({ kind: 'azure', clientId: 'c', tenantId: 't', source: { kind: 'clientSecret', secret: { ...external, data: { clientSecret: { key: 's' } } } } }).sort()).toEqual(['clientID', 'clientSecret', 'tenantID']);
  expect(dataOf({ kind: 'gcp', project: 'acme', region: 'r', source: { kind: 'serviceAccountFile', secret: { ...external, data: { serviceAccountJson: { key: 's' } } } } })).toEqual(['credentials.json']);
});

test('a certificate authority and a name of one\'s own', () => {
  const { policies } = render({ endpoint: at('llm.internal', { tls: { caConfigMap: 'ca', serverName: 'llm.example' } }) });
  expect(policies.tls).toEqual({ sni: 'llm.example', caCertificateRefs: [{ name: 'ca' }] });
  expect(render({ endpoint: at('vllm.ai.svc', { tls: undefined, port: 8000 }) }).policies.tls).toBeUndefined();
});

test('values of headers are text inside of expressions', () => {
  const { policies } = render({ headers: { set: [{ name: 'x-a', value: 'say "hi" \\ now' }, { name: 'Authorization', value: 'mine' }], remove: ['x-b'] } });
  expect(policies.transformation.request).toEqual({
    set: [{ name: 'x-a', value: '"say \\"hi\\" \\\\ now"' }, { name: 'Authorization', value: '"mine"' }],
    remove: ['x-b', 'api-key', 'cookie', 'x-api-key'],
  });
  expect(render({ headers: { set: [{ name: 'x-a', value: {} as string }], remove: [] } }).codes).toEqual(['NOT_EXPRESSIBLE']);
});

test('fields of the body are replaced by real JSON; what is inside of fields cannot be', () => {
  const body = { set: [{ path: 'user', value: '"gw"' }, { path: 'a\\.b', value: '{"c":[1]}' }], remove: [] };
  expect(render({ body }).policies.ai.overrides).toEqual([{ field: 'user', value: 'gw' }, { field: 'a.b', value: { c: [1] } }]);
  expect(render({ body: { set: [{ path: 'a.b', value: '1' }], remove: ['c'] } }).problems.map(p => p.message)).toEqual([
    'removes fields of the body, which agentgateway cannot do', 'sets a field inside of another one, while agentgateway sets whole fields',
  ]);
});

test.each([
  ['null', 'a value with null'],
  ['{"a":[1,null]}', 'a value with null'],
  ['[12345678901234567890]', 'a value with the number 12345678901234567890'],
  ['-1e400', 'a value with the number -1e400'],
])('a field of the body cannot become %s, which a manifest would change', (value, what) => {
  expect(render({ body: { set: [{ path: 'user', value }], remove: [] } }).problems.map(p => p.message)).toEqual([
    `sets the field "user" to ${what}, which manifests for agentgateway cannot hold`,
  ]);
  expect(render({ body: { set: [{ path: 'user', value: JSON.stringify(value) }, { path: 'n', value: '[-0.5e10,9007199254740991]' }], remove: [] } }).codes).toEqual([]);
});

test('requests that go through unread have neither model API nor body', () => {
  const { spec, codes } = render({ api: 'http', endpoint: at('litellm.ai.svc', { port: 4000, tls: undefined }), credential: { kind: 'none' } });
  expect(spec).toEqual({
    static: { host: 'litellm.ai.svc', port: 4000 },
    policies: { transformation: { request: { remove: ['api-key', 'authorization', 'cookie', 'x-api-key'] } } },
  });
  expect(codes).toEqual([]);
  expect(render({ api: 'http', body: { set: [], remove: ['a'] } }).codes).toEqual(['NOT_EXPRESSIBLE']);
});
