import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, ExistingProvider, OpenAICompatibleProvider, ProviderApi, Vendor } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'adopted', { namespace: 'ai' });

// What was applied by hand stays what it is: nothing is made for these two.
const gateway = AIGateway.fromGatewayName(chart, 'gateway', 'envoy-ai-gateway');
const azure = new ExistingProvider(chart, 'azure', { name: 'azure-gpt', api: ProviderApi.AZURE_OPENAI });

// A provider that moves into the program: its Secret stays, and so does its name.
const mistral = new OpenAICompatibleProvider(chart, 'mistral', {
  name: 'mistral',
  vendor: Vendor.MISTRAL,
  apiKey: ApiKey.fromSecretName('mistral-credentials'),
});

// A route of the same name replaces the one that lives: the gateway never loses the model.
gateway.addModel('mistral-small-latest', mistral.model(), { name: 'mistral-small' });
gateway.addModel('assistant', azure.model('gpt-4o-prod').fallbackTo(mistral.model('mistral-large-latest')));

app.synth();
