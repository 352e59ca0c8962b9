import { Lazy } from 'cdk8s';
import { apiKey, chartOf, endpointOf, findings, manifestsBelow } from './provider-fixture';
import { ApiKey, JsonValue, OpenAIProvider, OpenAIProviderProps, ProviderTls } from '../../src';

const EVERY_PROP: Required<OpenAIProviderProps> = {
  apiKey,
  name: 'openai',
  hostname: OpenAIProvider.EU_HOSTNAME,
  port: 8443,
  tls: ProviderTls.publicCa({ serverName: 'openai.acme.example' }),
  organization: 'org-abc',
  project: 'proj_abc',
  headers: { set: { 'x-team': 'search' }, remove: ['x-forwarded-for'] },
  body: { set: { store: JsonValue.boolean(false) } },
};

test('every property has its place', () => {
  const manifests = manifestsBelow(new OpenAIProvider(chartOf(), 'openai', EVERY_PROP));
  expect(manifests.Backend.spec).toEqual({ endpoints: [{ fqdn: { hostname: 'eu.api.openai.com', port: 8443 } }] });
  expect(manifests.BackendTLSPolicy.spec.validation).toEqual({ hostname: 'openai.acme.example', wellKnownCACertificates: 'System' });
  expect(manifests.AIServiceBackend.spec).toEqual({
    schema: { name: 'OpenAI' },
    backendRef: { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'openai' },
    headerMutation: {
      set: [
        { name: 'OpenAI-Organization', value: 'org-abc' },
        { name: 'OpenAI-Project', value: 'proj_abc' },
        { name: 'x-team', value: 'search' },
      ],
      remove: ['x-forwarded-for', 'api-key', 'authorization', 'cookie', 'x-api-key'],
    },
    bodyMutation: { set: [{ path: 'store', value: 'false' }] },
  });
  expect(manifests.BackendSecurityPolicy.spec).toMatchObject({ type: 'APIKey', apiKey: { secretRef: { name: 'provider-key' } } });
});

test('without more than a key it is OpenAI\'s public endpoint', () => {
  expect(endpointOf(new OpenAIProvider(chartOf(), 'openai', { apiKey }))).toEqual({ hostname: 'api.openai.com', port: 443 });
});

test('a header of the author\'s own wins over the one the provider would set', () => {
  const provider = new OpenAIProvider(chartOf(), 'openai', { apiKey, organization: 'org-abc', headers: { set: { 'openai-organization': 'org-own' } } });
  expect(manifestsBelow(provider).AIServiceBackend.spec.headerMutation.set).toEqual([{ name: 'openai-organization', value: 'org-own' }]);
});

test('the caller\'s own key passes where the author says so, and nothing else does', () => {
  const { AIServiceBackend, BackendSecurityPolicy } = manifestsBelow(new OpenAIProvider(chartOf(), 'openai', { apiKey: ApiKey.passThrough() }));
  expect(BackendSecurityPolicy).toBeUndefined();
  expect(AIServiceBackend.spec.headerMutation.remove).toEqual(['api-key', 'cookie', 'x-api-key']);
  expect(AIServiceBackend.metadata.annotations).toEqual({
    'cdk8s-ai-gateway/acknowledge-CALLER_CREDENTIALS_FORWARDED': 'the provider authenticates callers by their own authorization',
  });
});

test('a hostname known only at synthesis is used in the Backend and in the TLS policy', () => {
  const provider = new OpenAIProvider(chartOf(), 'openai', { apiKey, hostname: Lazy.any({ produce: () => 'late.example.com' }) });
  expect(endpointOf(provider).hostname).toBe('late.example.com');
  expect(manifestsBelow(provider).BackendTLSPolicy.spec.validation.hostname).toBe('late.example.com');
});

test('TLS to an address wants the name in the certificate', () => {
  const provider = new OpenAIProvider(chartOf(), 'openai', { apiKey, hostname: '10.1.2.3' });
  expect(findings(provider, 'TLS_NAME_NEEDED')).toEqual([
    'test/openai: \'hostname\' is an IP address, for which TLS has no name to check the certificate against, got "10.1.2.3"; ' +
    'give the name in the certificate, such as ProviderTls.privateCa("…", { serverName: "llm.example.com" }), or use a DNS name [TLS_NAME_NEEDED]',
  ]);
  const named = new OpenAIProvider(chartOf(), 'openai', { apiKey, hostname: '10.1.2.3', tls: ProviderTls.publicCa({ serverName: 'llm.acme.example' }) });
  expect(findings(named, 'TLS_NAME_NEEDED')).toEqual([]);
});

test('routes of another repository are let in by name, each namespace once', () => {
  const provider = new OpenAIProvider(chartOf(), 'openai', { apiKey, name: 'openai' });
  provider.allowRoutesFrom('apps', 'web', 'apps', 'ai');
  expect(provider.node.findAll().filter(c => c.node.id.startsWith('Grant-')).map(c => c.node.id)).toEqual(['Grant-apps', 'Grant-web']);
});
