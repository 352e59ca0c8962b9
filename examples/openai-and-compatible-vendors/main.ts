import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, OpenAICompatibleProvider, OpenAIProvider, Vendor } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
const gateway = new AIGateway(chart, 'gateway');

const openai = new OpenAIProvider(chart, 'openai', {
  apiKey: ApiKey.fromSecretName('openai-api-key'),
  organization: 'org-acme',
  project: 'proj_assistant',
});
gateway.addModel('gpt-4o', openai.model());
gateway.addModel('text-embedding-3-small', openai.model());

const european = new OpenAIProvider(chart, 'openai-eu', {
  apiKey: ApiKey.fromSecretName('openai-eu-api-key'),
  hostname: OpenAIProvider.EU_HOSTNAME,
});
gateway.addModel('gpt-4o-eu', european.model('gpt-4o'));

// Clients use the vendor's own model names here, so model() needs none.
function addVendor(id: string, vendor: Vendor, ...models: string[]): void {
  const provider = new OpenAICompatibleProvider(chart, id, { vendor, apiKey: ApiKey.fromSecretName(`${id}-api-key`) });
  for (const model of models) gateway.addModel(model, provider.model());
}
addVendor('groq', Vendor.GROQ, 'llama-3.1-8b-instant', 'llama-3.3-70b-versatile');
addVendor('mistral', Vendor.MISTRAL, 'mistral-small-latest');
addVendor('deepseek', Vendor.DEEPSEEK, 'deepseek-chat');
addVendor('xai', Vendor.XAI, 'grok-3');
// A vendor that has no row of its own: its host, and what its documentation shows before /chat/completions.
addVendor('openrouter', Vendor.of({ hostname: 'openrouter.ai', pathPrefix: '/api/v1' }), 'qwen/qwen-2.5-72b-instruct');

app.synth();
