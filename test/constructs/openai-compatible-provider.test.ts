import { Lazy } from 'cdk8s';
import { apiKey, chartOf, endpointOf, findings, manifestsBelow } from './provider-fixture';
import { AnthropicProvider, CohereProvider, GeminiProvider, OpenAICompatibleProvider, OpenAICompatibleProviderProps, Vendor } from '../../src';

function provider(props: Partial<OpenAICompatibleProviderProps> = {}) {
  return new OpenAICompatibleProvider(chartOf(), 'vendor', { vendor: Vendor.GROQ, apiKey, ...props });
}

const schemaOf = (of: OpenAICompatibleProvider) => manifestsBelow(of).AIServiceBackend.spec.schema;

test.each([
  ['ANTHROPIC', 'api.anthropic.com', undefined],
  ['COHERE', 'api.cohere.com', '/compatibility/v1'],
  ['DEEPINFRA', 'api.deepinfra.com', '/v1/openai'],
  ['DEEPSEEK', 'api.deepseek.com', undefined],
  ['GROQ', 'api.groq.com', '/openai/v1'],
  ['HUNYUAN', 'api.hunyuan.cloud.tencent.com', undefined],
  ['MISTRAL', 'api.mistral.ai', undefined],
  ['SAMBANOVA', 'api.sambanova.ai', undefined],
  ['TARS', 'api.router.tetrate.ai', undefined],
  ['TENCENT_LKEAP', 'api.lkeap.cloud.tencent.com', undefined],
  ['TOGETHER', 'api.together.xyz', undefined],
  ['XAI', 'api.x.ai', undefined],
] as const)('%s is %s with prefix %s', (name, hostname, prefix) => {
  const vendor = provider({ vendor: Vendor[name] });
  expect(endpointOf(vendor)).toEqual({ hostname, port: 443 });
  expect(schemaOf(vendor)).toEqual(prefix === undefined ? { name: 'OpenAI' } : { name: 'OpenAI', prefix });
  expect(findings(vendor, 'BAD_PATH_PREFIX')).toEqual([]);
});

test('a vendor nobody listed is an address and a prefix', () => {
  const vendor = provider({ vendor: Vendor.of({ hostname: 'llm.acme.example', pathPrefix: '/api/v1' }) });
  expect(endpointOf(vendor).hostname).toBe('llm.acme.example');
  expect(schemaOf(vendor)).toEqual({ name: 'OpenAI', prefix: '/api/v1' });
});

test('address and prefix of a vendor can be replaced', () => {
  const vendor = provider({ hostname: 'groq.acme.example', pathPrefix: '/' });
  expect(endpointOf(vendor).hostname).toBe('groq.acme.example');
  expect(schemaOf(vendor)).toEqual({ name: 'OpenAI', prefix: '/' });
});

test.each(['', '/', 'v1', '/v1', '/v1/', '/v1beta/openai', '/a~b/c.d', '${Token[TOKEN.1]}', Lazy.any({ produce: () => '/v2' })])('%j is a path prefix', pathPrefix => {
  expect(findings(provider({ pathPrefix }), 'BAD_PATH_PREFIX')).toEqual([]);
});

test.each(['https://api.groq.com/v1', '/v1?a=b', '/v 1', '//', '/v1/chat/completions', '/v1/messages/', 42 as any])('%j is no path prefix', pathPrefix => {
  const [finding] = findings(provider({ pathPrefix }), 'BAD_PATH_PREFIX');
  expect(finding).toContain(`test/vendor: 'pathPrefix' is not a path that operations can be appended to, got ${JSON.stringify(pathPrefix)}`);
});

test('a bad prefix of a vendor is told of the vendor', () => {
  const vendor = Vendor.of({ hostname: 'llm.acme.example', pathPrefix: '/v1/chat/completions' });
  expect(findings(provider({ vendor }), 'BAD_PATH_PREFIX')[0]).toContain("'vendor' is not a path");
});

test('Gemini, Cohere and Anthropic speak what their own APIs do', () => {
  const chart = chartOf();
  const of = (made: GeminiProvider | CohereProvider | AnthropicProvider) =>
    [endpointOf(made).hostname, manifestsBelow(made).AIServiceBackend.spec.schema];
  expect(of(new GeminiProvider(chart, 'gemini', { apiKey }))).toEqual(['generativelanguage.googleapis.com', { name: 'OpenAI', prefix: '/v1beta/openai' }]);
  expect(of(new CohereProvider(chart, 'cohere', { apiKey }))).toEqual(['api.cohere.com', { name: 'Cohere', version: 'v2' }]);
  expect(of(new AnthropicProvider(chart, 'anthropic', { apiKey }))).toEqual(['api.anthropic.com', { name: 'Anthropic' }]);
});
