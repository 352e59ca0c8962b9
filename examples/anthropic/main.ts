import { App, Chart } from 'cdk8s';
import { AIGateway, AnthropicProvider, ApiKey, ClientApi, OpenAICompatibleProvider, Vendor } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
const gateway = new AIGateway(chart, 'gateway');
const apiKey = ApiKey.fromSecretName('anthropic-api-key');

// Clients of Anthropic's API, such as its SDKs with the base URL http://<gateway>/anthropic.
const anthropic = new AnthropicProvider(chart, 'anthropic', { apiKey });
gateway.addModel('claude-sonnet-4-5', anthropic.model(), { apis: [ClientApi.MESSAGES, ClientApi.COUNT_TOKENS] });

// Clients of OpenAI's API, by the endpoint Anthropic has for them.
const compatible = new OpenAICompatibleProvider(chart, 'anthropic-for-openai-clients', { vendor: Vendor.ANTHROPIC, apiKey });
gateway.addModel('claude', compatible.model('claude-sonnet-4-5'), { apis: [ClientApi.CHAT_COMPLETIONS] });

app.synth();
