import { apiKey, chartOf, endpointOf, findings, manifestsBelow } from './provider-fixture';
import { AIGateway, AzureCredentials, AzureOpenAIApi, AzureOpenAIEndpoint, AzureOpenAIProvider, AzureOpenAIProviderProps } from '../../src';

const REQUIRED = { resource: 'acme', credentials: AzureCredentials.fromApiKey(apiKey) };

function azure(props: Partial<AzureOpenAIProviderProps> = {}) {
  return new AzureOpenAIProvider(chartOf(), 'azure', { ...REQUIRED, ...props });
}

test.each([
  ['the resource', undefined, 'acme.openai.azure.com'],
  ['the resource by name', AzureOpenAIEndpoint.openAI(), 'acme.openai.azure.com'],
  ['Foundry', AzureOpenAIEndpoint.foundry(), 'acme.services.ai.azure.com'],
  ['Cognitive Services', AzureOpenAIEndpoint.cognitiveServices(), 'acme.cognitiveservices.azure.com'],
  ['another host', AzureOpenAIEndpoint.custom('acme.openai.azure.us'), 'acme.openai.azure.us'],
])('%s', (_, endpoint, hostname) => {
  expect(endpointOf(azure({ endpoint }))).toEqual({ hostname, port: 443 });
});

test('the API without versions is OpenAI\'s, with Azure\'s key', () => {
  const { AIServiceBackend, BackendSecurityPolicy } = manifestsBelow(azure());
  expect(AIServiceBackend.spec.schema).toEqual({ name: 'OpenAI', prefix: '/openai/v1' });
  expect(BackendSecurityPolicy.spec).toMatchObject({ type: 'AzureAPIKey', azureAPIKey: { secretRef: { name: 'provider-key' } } });
});

test('the API with deployments carries its version', () => {
  expect(manifestsBelow(azure({ api: AzureOpenAIApi.deployments('2025-01-01-preview') })).AIServiceBackend.spec.schema)
    .toEqual({ name: 'AzureOpenAI', version: '2025-01-01-preview' });
});

test('a name that is no deployment is refused where it becomes part of the path', () => {
  const serve = (api: AzureOpenAIApi) => {
    const provider = azure({ api });
    new AIGateway(provider.node.scope as any, 'gateway').addModel('openai/gpt-4o', provider.model());
    return findings(provider, 'MODEL_NAME_NEEDED');
  };
  expect(serve(AzureOpenAIApi.deployments('2025-01-01-preview'))).toHaveLength(1);
  expect(serve(AzureOpenAIApi.v1())).toEqual([]);
});
