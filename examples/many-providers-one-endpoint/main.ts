import { App, Chart, Duration } from 'cdk8s';
import {
  AIGateway, AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockProvider, ClientApi, CohereProvider,
  GcpCredentials, GeminiProvider, InClusterProvider, InClusterService, Listener, ModelServer, OpenAICompatibleProvider, OpenAIProvider,
  Traffic, Vendor, VertexAIProvider,
} from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });

const key = (provider: string) => ApiKey.fromSecretName(`${provider}-api-key`);
const openai = new OpenAIProvider(chart, 'openai', { apiKey: key('openai') });
const anthropic = new AnthropicProvider(chart, 'anthropic', { apiKey: key('anthropic') });
const azure = new AzureOpenAIProvider(chart, 'azure', { resource: 'acme-sweden', credentials: AzureCredentials.fromApiKey(key('azure')) });
const bedrock = new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials: AwsCredentials.podIdentity() });
const gemini = new GeminiProvider(chart, 'gemini', { apiKey: key('gemini') });
const vertex = new VertexAIProvider(chart, 'vertex', {
  project: 'acme-prod-1234', location: 'us-central1', credentials: GcpCredentials.fromSecretName('vertex-service-account'),
});
const cohere = new CohereProvider(chart, 'cohere', { apiKey: key('cohere') });
const groq = new OpenAICompatibleProvider(chart, 'groq', { vendor: Vendor.GROQ, apiKey: key('groq') });
const mistral = new OpenAICompatibleProvider(chart, 'mistral', { vendor: Vendor.MISTRAL, apiKey: key('mistral') });
const vllm = new InClusterProvider(chart, 'vllm', {
  server: ModelServer.VLLM, service: InClusterService.fromServiceName('llama', { namespace: 'inference' }),
});

const gateway = new AIGateway(chart, 'gateway', { listeners: [Listener.https('ai-tls', { hostname: 'ai.acme.example' })] });

gateway.addModel('gpt-4o', openai.model());
gateway.addModel('gpt-4o-eu', azure.model('gpt-4o-datazone-eu'));
gateway.addModel('claude-sonnet-4-5', anthropic.model(), { apis: [ClientApi.MESSAGES] });
gateway.addModel('nova-pro', bedrock.model('us.amazon.nova-pro-v1:0'));
gateway.addModel('gemini-2.5-flash', gemini.model());
gateway.addModel('gemini-2.5-pro', vertex.model());
gateway.addModel('rerank', cohere.model('rerank-v3.5'), { apis: [ClientApi.RERANK] });
gateway.addModel('llama', vllm.model('meta-llama/Llama-3.3-70B-Instruct'));

// A name for a purpose instead of a vendor: a trial of one in ten requests.
gateway.addModel('chat-fast', Traffic.split([
  { to: groq.model('llama-3.1-8b-instant'), weight: 90 },
  { to: mistral.model('ministral-8b-latest'), weight: 10 },
]));
// Models that think take longer than the default of five minutes.
gateway.addModel('o3', openai.model(), { timeout: Duration.minutes(20) });
// Models that come out tomorrow.
gateway.addPattern('gpt-.*', openai.model());
gateway.addPattern('mistral-.*', mistral.model());

app.synth();
