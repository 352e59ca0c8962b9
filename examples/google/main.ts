import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, ClientApi, GcpCredentials, GeminiProvider, StoredSecret, VertexAIProvider, VertexAnthropicProvider } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
const gateway = new AIGateway(chart, 'gateway');

// Google AI Studio: a key, nothing else.
const gemini = new GeminiProvider(chart, 'gemini', { apiKey: ApiKey.fromSecretName('gemini-api-key') });
gateway.addModel('gemini-2.5-flash-lite', gemini.model());

// Vertex AI from a cluster outside of Google Cloud: a token of its identity provider is exchanged.
const vertex = new VertexAIProvider(chart, 'vertex', {
  project: 'acme-prod-1234',
  location: 'europe-west4',
  credentials: GcpCredentials.workloadIdentityFederation({
    projectNumber: '123456789012',
    pool: 'clusters',
    provider: 'acme',
    impersonate: 'ai-gateway@acme-prod-1234.iam.gserviceaccount.com',
    token: {
      issuer: 'https://login.acme.example/realms/platform',
      clientId: 'ai-gateway',
      clientSecret: StoredSecret.fromSecretName('ai-gateway-oidc-client'),
    },
  }),
});
gateway.addModel('gemini-2.5-flash', vertex.model());
gateway.addModel('embeddings', vertex.model('text-embedding-005'), { apis: [ClientApi.EMBEDDINGS] });

// Claude on Vertex AI from a cluster in Google Cloud: the gateway's pods are the service account.
const claude = new VertexAnthropicProvider(chart, 'claude', {
  project: 'acme-prod-1234',
  location: 'us-east5',
  credentials: GcpCredentials.adc({ serviceAccount: 'ai-gateway@acme-prod-1234.iam.gserviceaccount.com' }),
});
gateway.addModel('claude-sonnet-4', claude.model('claude-sonnet-4@20250514'));

app.synth();
