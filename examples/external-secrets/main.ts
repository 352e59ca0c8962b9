import { App, Chart, Duration } from 'cdk8s';
import {
  AIGateway, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockProvider, GcpCredentials, OpenAICompatibleProvider,
  OpenAIProvider, SecretStore, StoredSecret, Vendor, VertexAIProvider,
} from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
const store = SecretStore.cluster('corp-vault');

// One field of an entry.
const openai = new OpenAIProvider(chart, 'openai', {
  apiKey: ApiKey.fromExternalSecret({ store, key: 'llm/openai', property: 'token' }),
});

// All fields of an entry are fetched and one of them is used: its name may hold dots and dashes.
const groq = new OpenAICompatibleProvider(chart, 'groq', {
  vendor: Vendor.GROQ,
  apiKey: ApiKey.fromExternalSecretExtract({ store, key: 'llm/groq', property: 'api-key', refreshInterval: Duration.minutes(15) }),
});

// Two fields become the credentials file the gateway reads.
const bedrock = new BedrockProvider(chart, 'bedrock', {
  region: 'us-east-1',
  credentials: AwsCredentials.fromExternalSecret({
    store,
    accessKeyId: { key: 'llm/bedrock', property: 'access_key_id' },
    secretAccessKey: { key: 'llm/bedrock', property: 'secret_access_key' },
  }),
});

// The JSON file Google issued is the whole entry.
const vertex = new VertexAIProvider(chart, 'vertex', {
  project: 'acme-prod-1234',
  location: 'us-central1',
  credentials: GcpCredentials.fromExternalSecret({ store, key: 'llm/vertex-service-account' }),
});

// A store of the namespace's own.
const azure = new AzureOpenAIProvider(chart, 'azure', {
  resource: 'acme-sweden',
  credentials: AzureCredentials.clientSecret({
    clientId: '3f1c2d4e-0000-4000-8000-000000000001',
    tenantId: '3f1c2d4e-0000-4000-8000-000000000002',
    secret: StoredSecret.fromExternalSecret({ store: SecretStore.namespaced('key-vault'), key: 'ai-gateway-entra-app' }),
  }),
});

const gateway = new AIGateway(chart, 'gateway');
gateway.addModel('gpt-4o', openai.model());
gateway.addModel('gpt-4o-eu', azure.model('gpt-4o'));
gateway.addModel('llama-3.1-8b-instant', groq.model());
gateway.addModel('nova-pro', bedrock.model('us.amazon.nova-pro-v1:0'));
gateway.addModel('gemini-2.5-flash', vertex.model());

app.synth();
