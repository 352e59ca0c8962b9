import { CredentialIntent, EndpointIntent, ProviderApi, ProviderIntent } from '../../../src/intent';
import { EnvoyAIGatewayPlatform, EnvoyAIGatewayRelease } from '../../../src/platforms/envoy-ai-gateway';

const { V0_5, V0_6, V0_7, V1_0, V1_1 } = EnvoyAIGatewayRelease;
const ALL = [V0_5, V0_6, V0_7, V1_0, V1_1];
const ENDPOINT: EndpointIntent = { hostname: 'llm.example.com', port: 443, tls: {}, standard: false };
const AWS: CredentialIntent = { kind: 'aws', region: 'us-east-1', source: { kind: 'podIdentity' } };

function render(intent: Partial<ProviderIntent> = {}, release = V1_1) {
  const { objects, problems } = new EnvoyAIGatewayPlatform({ release }).provider(
    { api: 'openai', endpoint: ENDPOINT, credential: { kind: 'none' }, ...intent },
    { name: 'acme', namespace: 'ai' },
  );
  const manifest = (role: string) => objects.find(o => o.role === role)?.manifest as any;
  return {
    objects,
    problems,
    codes: problems.map(p => p.definition.code),
    backend: manifest('backend'),
    tlsPolicy: manifest('tlsPolicy'),
    serviceBackend: manifest('serviceBackend'),
    schema: manifest('serviceBackend').spec.schema,
  };
}

test('backend, TLS policy and AIServiceBackend, in the order in which they are applied', () => {
  const { objects, codes } = render();
  expect(objects.map(({ id, manifest }) => [id, manifest])).toEqual([
    ['Backend', {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'Backend',
      metadata: { name: 'acme', namespace: 'ai' },
      spec: { endpoints: [{ fqdn: { hostname: 'llm.example.com', port: 443 } }] },
    }],
    ['TlsPolicy', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'BackendTLSPolicy',
      metadata: { name: 'acme', namespace: 'ai' },
      spec: {
        targetRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'acme' }],
        validation: { hostname: 'llm.example.com', wellKnownCACertificates: 'System' },
      },
    }],
    ['Resource', {
      apiVersion: 'aigateway.envoyproxy.io/v1beta1',
      kind: 'AIServiceBackend',
      metadata: { name: 'acme', namespace: 'ai' },
      spec: {
        schema: { name: 'OpenAI' },
        backendRef: { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'acme' },
        headerMutation: { remove: ['api-key', 'authorization', 'cookie', 'x-api-key'] },
      },
    }],
  ]);
  expect(codes).toEqual([]);
});

test.each<[ProviderApi, Partial<ProviderIntent>, object]>([
  ['openai', {}, { name: 'OpenAI' }],
  ['openai', { pathPrefix: '/openai/v1' }, { name: 'OpenAI', prefix: '/openai/v1' }],
  ['openai', { pathPrefix: '' }, { name: 'OpenAI', prefix: '/' }],
  ['anthropic', {}, { name: 'Anthropic' }],
  ['bedrock', {}, { name: 'AWSBedrock' }],
  ['bedrock-anthropic', {}, { name: 'AWSAnthropic', version: 'bedrock-2023-05-31' }],
  ['azure-openai', { apiVersion: '2025-01-01-preview' }, { name: 'AzureOpenAI', version: '2025-01-01-preview' }],
  ['vertex', {}, { name: 'GCPVertexAI' }],
  ['vertex-anthropic', {}, { name: 'GCPAnthropic', version: 'vertex-2023-10-16' }],
  ['cohere', {}, { name: 'Cohere', version: 'v2' }],
])('the schema of %s with %j, on every release', (api, intent, schema) => {
  for (const release of ALL) {
    const rendered = render({ api, ...intent }, release);
    expect(rendered.schema).toEqual(schema);
    expect(rendered.codes).toEqual([]);
  }
});

test.each([
  [V0_5, '/api/v1', ['NOT_IN_RELEASE']],
  [V0_6, '/api/v1', ['NOT_IN_RELEASE']],
  [V0_6, '/v1/', []],
  [V0_6, '', ['NOT_IN_RELEASE']],
  [V0_7, '/api/v1', []],
  [V1_1, '/api/v1', []],
])('on %s the path prefix %j of Anthropic gives %j', (release, pathPrefix, codes) => {
  const { codes: found, problems } = render({ api: 'anthropic', pathPrefix }, release);
  expect(found).toEqual(codes);
  for (const problem of problems) expect(problem).toMatchObject({ prop: 'pathPrefix', message: expect.stringContaining('came with v0.7') });
});

describe('hosts requests to AWS are signed for', () => {
  const regional: EndpointIntent = { ...ENDPOINT, hostname: 'bedrock-runtime.us-east-1.amazonaws.com', standard: true };
  const fips: EndpointIntent = { ...ENDPOINT, hostname: 'bedrock-runtime-fips.us-east-1.amazonaws.com' };
  test.each([
    ['the regional host', V0_5, regional, []],
    ['the regional host on another port', V1_0, { ...regional, port: 8443, standard: false }, []],
    ['another host', V0_5, fips, ['NOT_IN_RELEASE']],
    ['another host', V1_0, fips, ['NOT_IN_RELEASE']],
    ['another host', V1_1, fips, []],
    ['a host known only later', V1_0, { ...fips, hostname: { produce: () => 'x' } as any }, []],
  ])('%s on %s', (_, release, endpoint, codes) => {
    for (const api of ['bedrock', 'bedrock-anthropic'] as const) {
      const { codes: found, problems } = render({ api, endpoint, credential: AWS, region: 'us-east-1' }, release);
      expect(found).toEqual(codes);
      for (const problem of problems) expect(problem).toMatchObject({ prop: 'endpoint', value: endpoint.hostname, fix: expect.stringContaining('v1.1') });
    }
  });
});

test('an address has a field of its own, and the name of the certificate as Host', () => {
  const tls = { serverName: 'llm.acme.example', caConfigMap: 'acme-ca' };
  for (const hostname of ['10.1.2.3', 'fd00::1:2', '::ffff:10.1.2.3']) {
    const { backend, tlsPolicy, codes } = render({ endpoint: { ...ENDPOINT, hostname, tls } });
    expect(backend.spec.endpoints).toEqual([{ ip: { address: hostname, port: 443 }, hostname: 'llm.acme.example' }]);
    expect(tlsPolicy.spec.validation).toEqual({
      hostname: 'llm.acme.example', caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'acme-ca' }],
    });
    expect(codes).toEqual([]);
  }
});

test('TLS to an address needs a name; plaintext does not', () => {
  const { problems } = render({ endpoint: { ...ENDPOINT, hostname: '10.1.2.3' } });
  expect(problems).toMatchObject([{ definition: { code: 'TLS_NAME_NEEDED' }, prop: 'hostname', value: '10.1.2.3' }]);
  expect(render({ endpoint: { ...ENDPOINT, hostname: '10.1.2.3', tls: undefined } }).codes).toEqual([]);
});

test.each(['llm.example.com:8443', 'https://llm.example.com', 'cafe:8443', '[::1]', ''])('%j is no address, and stays where names are checked', hostname => {
  expect(render({ endpoint: { ...ENDPOINT, hostname } }).backend.spec.endpoints).toEqual([{ fqdn: { hostname, port: 443 } }]);
});

test('plaintext has no TLS policy', () => {
  expect(render({ endpoint: { ...ENDPOINT, tls: undefined } }).tlsPolicy).toBeUndefined();
});

describe('headers', () => {
  const mutation = (intent: Partial<ProviderIntent>) => render(intent).serviceBackend.spec.headerMutation;

  test('a credential header the author sets is not removed as well', () => {
    expect(mutation({ headers: { set: [{ name: 'Authorization', value: 'Basic abc', prop: 'headers' }], remove: [] } })).toEqual({
      set: [{ name: 'Authorization', value: 'Basic abc' }],
      remove: ['api-key', 'cookie', 'x-api-key'],
    });
  });

  test('names the author removes twice, or that are removed anyway, stand once', () => {
    expect(mutation({ headers: { set: [], remove: ['X-A', 'x-a', 'API-Key'] } })).toEqual({ remove: ['x-a', 'API-Key', 'authorization', 'cookie', 'x-api-key'] });
  });

  test('what passes through by declaration stays, and says so to the checks', () => {
    const { serviceBackend } = render({ credential: { kind: 'passThrough', headers: ['Authorization'] } });
    expect(serviceBackend.spec.headerMutation).toEqual({ remove: ['api-key', 'cookie', 'x-api-key'] });
    expect(serviceBackend.metadata.annotations).toEqual({
      'cdk8s-ai-gateway/acknowledge-CALLER_CREDENTIALS_FORWARDED': 'the provider authenticates callers by their own Authorization',
    });
  });

  test('nothing is left to remove when all pass', () => {
    expect(mutation({ credential: { kind: 'passThrough', headers: ['authorization', 'x-api-key', 'api-key', 'cookie'] } })).toBeUndefined();
  });

  test('more removals than the gateway has room for are refused with the number that fits', () => {
    const remove = (count: number) => ({ headers: { set: [], remove: Array.from({ length: count }, (_, n) => `x-${n}`) } });
    expect(render(remove(12)).codes).toEqual([]);
    expect(render(remove(13)).problems).toMatchObject([{
      definition: { code: 'NOT_EXPRESSIBLE' },
      prop: 'headers.remove',
      message: expect.stringContaining('removes 13 headers, 17 with'),
      fix: expect.stringContaining('at most 12'),
    }]);
  });
});

test('findings about a version, a prefix or a header name the property that decides it', () => {
  const { objects } = render({
    api: 'azure-openai',
    apiVersion: '2025-01-01-preview',
    headers: { set: [{ name: 'OpenAI-Project', value: 'proj_abc', prop: 'project' }, { name: 'x-a', value: 'b' }], remove: [] },
    endpoint: { ...ENDPOINT, hostnameProp: 'resource', portProp: 'service' },
    props: { apiVersion: 'api' },
  });
  expect(objects.find(o => o.id === 'Resource')!.props).toMatchObject({
    'spec.schema.version': 'api',
    'spec.schema.prefix': 'pathPrefix',
    'spec.headerMutation.set[0]': 'project',
    'spec.headerMutation.set': 'headers.set',
  });
  expect(objects.find(o => o.id === 'Backend')!.props).toMatchObject({ 'spec.endpoints[0].fqdn': 'resource', 'spec.endpoints[0].fqdn.port': 'service' });
  expect(objects.find(o => o.id === 'TlsPolicy')!.props).toMatchObject({ 'spec.validation.hostname': 'resource' });
});

test('rendering leaves the intent as it is, and gives the same twice', () => {
  const intent: Partial<ProviderIntent> = { headers: { set: [{ name: 'x-a', value: 'b' }], remove: ['x-c'] }, body: { set: [], remove: ['user'] } };
  const before = structuredClone(intent);
  expect(render(intent).objects).toEqual(render(intent).objects);
  expect(intent).toEqual(before);
});
