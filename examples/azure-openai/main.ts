import { App, Chart } from 'cdk8s';
import {
  AIGateway, ApiKey, AzureCredentials, AzureOpenAIApi, AzureOpenAIEndpoint, AzureOpenAIProvider, ClientApi, StoredSecret,
} from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
const gateway = new AIGateway(chart, 'gateway');

// The API without versions, with a key of the resource.
const sweden = new AzureOpenAIProvider(chart, 'sweden', {
  resource: 'acme-sweden',
  credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName('acme-sweden-key')),
});
// Clients say gpt-4o; the deployment is called something else.
gateway.addModel('gpt-4o', sweden.model('gpt-4o-datazone-eu'));

// The API with the deployment in the path, as an application of Entra ID. No key exists that could leak.
const france = new AzureOpenAIProvider(chart, 'france', {
  resource: 'acme-france',
  api: AzureOpenAIApi.deployments('2025-01-01-preview'),
  credentials: AzureCredentials.clientSecret({
    clientId: '3f1c2d4e-0000-4000-8000-000000000001',
    tenantId: '3f1c2d4e-0000-4000-8000-000000000002',
    secret: StoredSecret.fromSecretName('ai-gateway-entra-app'),
  }),
});
gateway.addModel('embeddings', france.model('text-embedding-3-large'), { apis: [ClientApi.EMBEDDINGS] });
gateway.addModel('gpt-4o-mini', france.model('gpt-4o-mini').fallbackTo(sweden.model('gpt-4o-mini')));

// Models of Azure AI Foundry, with a token of another identity provider that Entra ID trusts.
const foundry = new AzureOpenAIProvider(chart, 'foundry', {
  resource: 'acme-foundry',
  endpoint: AzureOpenAIEndpoint.foundry(),
  credentials: AzureCredentials.oidc({
    clientId: '3f1c2d4e-0000-4000-8000-000000000003',
    tenantId: '3f1c2d4e-0000-4000-8000-000000000002',
    token: {
      issuer: 'https://login.acme.example/realms/platform',
      clientId: 'ai-gateway',
      clientSecret: StoredSecret.fromSecretName('ai-gateway-oidc-client'),
      // For this client the issuer makes tokens whose audience is Azure's, api://AzureADTokenExchange.
      scopes: ['azure-token-exchange'],
    },
  }),
});
gateway.addModel('phi-4', foundry.model('Phi-4'));

app.synth();
