import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, AwsCredentials, BedrockProvider, OpenAIProvider } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });

const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSealedSecretFile('secrets/openai-api-key.yaml') });
const bedrock = new BedrockProvider(chart, 'bedrock', {
  region: 'us-east-1',
  credentials: AwsCredentials.fromSealedSecretFile('secrets/bedrock-credentials.yaml'),
});

const gateway = new AIGateway(chart, 'gateway');
gateway.addModel('assistant', openai.model('gpt-4o').fallbackTo(bedrock.model('us.amazon.nova-pro-v1:0')));

app.synth();
