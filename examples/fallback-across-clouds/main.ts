import { App, Chart, Duration } from 'cdk8s';
import {
  AIGateway, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockAnthropicProvider, ClientApi, GcpCredentials, OpenAIProvider,
  Traffic, VertexAnthropicProvider,
} from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
const gateway = new AIGateway(chart, 'gateway');

// GPT-4o: two Azure regions share the load, OpenAI itself is behind them.
const azure = (resource: string) => new AzureOpenAIProvider(chart, resource, {
  resource, credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName(`${resource}-key`)),
});
const sweden = azure('acme-sweden');
const france = azure('acme-france');
const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai-api-key') });
gateway.addModel('gpt-4o', Traffic.split([
  { to: sweden.model('gpt-4o'), weight: 50 },
  { to: france.model('gpt-4o'), weight: 50 },
]).fallbackTo(openai.model()));

// Claude: the same model on two clouds, then another model rather than none.
const bedrock = new BedrockAnthropicProvider(chart, 'bedrock', {
  region: 'us-east-1', credentials: AwsCredentials.fromSecretName('bedrock-credentials'),
});
const vertex = new VertexAnthropicProvider(chart, 'vertex', {
  project: 'acme-prod-1234', location: 'us-east5', credentials: GcpCredentials.fromSecretName('vertex-service-account'),
});
gateway.addModel(
  'claude-sonnet-4',
  bedrock.model('us.anthropic.claude-sonnet-4-20250514-v1:0')
    .fallbackTo(vertex.model('claude-sonnet-4@20250514'))
    .fallbackTo(openai.model('gpt-4o')),
  {
    apis: [ClientApi.CHAT_COMPLETIONS],
    // An answer slower than this is given up and paid twice: above the slowest sane one.
    failover: { perTryTimeout: Duration.minutes(3), statusCodes: [408, 429, 500, 502, 503, 504, 529] },
    timeout: Duration.minutes(10),
  },
);

// One vendor, cheaper when the quota is used up.
gateway.addModel('summaries', openai.model('gpt-4.1').fallbackTo(openai.model('gpt-4.1-mini')));

app.synth();
