import * as path from 'path';
import { App, Chart } from 'cdk8s';
import {
  AIGateway, AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider, Checks,
  ClusterSetup, GcpCredentials, GeminiProvider, InClusterProvider, InClusterService, ModelServer, OpenAIProvider, PathRewrite, Platform,
  SecretStore, VertexAIProvider,
} from 'cdk8s-ai-gateway';

const app = new App();
const platform = Platform.kgateway();
Platform.use(app, platform);
const chart = new Chart(app, 'ai', { namespace: 'ai-system', disableResourceNameHashes: true });

// One entry of the store for each provider; the field is named after the variable it used to be.
const store = SecretStore.cluster('onepassword');
const key = (entry: string, property: string) => ApiKey.fromExternalSecretExtract({ store, key: entry, property });

const openai = new OpenAIProvider(chart, 'openai', { apiKey: key('openai-credentials', 'OPENAI_API_KEY') });
const anthropic = new AnthropicProvider(chart, 'anthropic', { apiKey: key('anthropic-credentials', 'ANTHROPIC_API_KEY') });
const gemini = new GeminiProvider(chart, 'gemini', { apiKey: key('google-ai-credentials', 'GOOGLE_AI_API_KEY') });
const bedrock = new BedrockProvider(chart, 'bedrock', {
  region: 'us-east-1',
  credentials: AwsCredentials.fromExternalSecretExtract({
    store,
    key: 'aws-bedrock-credentials',
    accessKeyIdProperty: 'AWS_ACCESS_KEY_ID',
    secretAccessKeyProperty: 'AWS_SECRET_ACCESS_KEY',
    sessionTokenProperty: 'AWS_SESSION_TOKEN',
  }),
});
const azure = new AzureOpenAIProvider(chart, 'azure', {
  resource: 'your-resource',
  api: AzureOpenAIApi.deployments('2024-10-21'),
  credentials: AzureCredentials.fromApiKey(key('azure-openai-credentials', 'AZURE_OPENAI_API_KEY')),
});
const vertex = new VertexAIProvider(chart, 'vertex', {
  project: 'your-gcp-project-id',
  location: 'us-central1',
  // Renewed by something else, every hour.
  credentials: GcpCredentials.fromAccessToken(ApiKey.fromSecretName('vertex-ai-token')),
});

// LiteLLM both ways: requests that the gateway reads, and requests that go through as they are.
const service = InClusterService.fromServiceName('litellm', { namespace: 'ai' });
const litellm = new InClusterProvider(chart, 'litellm', { server: ModelServer.LITELLM, service, apiKey: key('litellm-credentials', 'LITELLM_KEY') });
const litellmProxy = new InClusterProvider(chart, 'litellm-proxy', {
  server: ModelServer.LITELLM, service, transparent: true, apiKey: ApiKey.passThrough(),
});

const gateway = new AIGateway(chart, 'gateway', { name: 'agentgateway' });
gateway.addPath('/openai', openai.model('gpt-4o'), { rewrite: PathRewrite.full('/v1/chat/completions') });
gateway.addPath('/anthropic', anthropic.model());
gateway.addPath('/gemini', gemini.model('gemini-2.5-flash-lite'));
gateway.addPath('/bedrock', bedrock.model('us.anthropic.claude-sonnet-4-20250514-v1:0'));
gateway.addPath('/azure', azure.model('gpt-4o-deployment'));
gateway.addPath('/vertex', vertex.model('gemini-2.5-flash'));
gateway.addPath('/litellm', litellm.model());
gateway.addPath('/v1', litellmProxy.model());

const failover = gateway.addPath('/chat', openai.model('gpt-4o').fallbackTo(anthropic.model('claude-sonnet-4-5')).fallbackTo(openai.model('gpt-4o-mini')));
Checks.acknowledge(failover, 'FALLBACK_AFTER_FAILURE', 'clients repeat failed requests');

new ClusterSetup({ platform }).write(path.join(app.outdir, 'cluster'));
app.synth();
