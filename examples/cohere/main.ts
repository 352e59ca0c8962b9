import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, ClientApi, CohereProvider, OpenAICompatibleProvider, Vendor } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
const gateway = new AIGateway(chart, 'gateway');
const apiKey = ApiKey.fromSecretName('cohere-api-key');

const rerank = new CohereProvider(chart, 'cohere-rerank', { apiKey });
gateway.addModel('rerank-v3.5', rerank.model(), { apis: [ClientApi.RERANK] });

const chat = new OpenAICompatibleProvider(chart, 'cohere-chat', { vendor: Vendor.COHERE, apiKey });
gateway.addModel('command-r-plus', chat.model(), { apis: [ClientApi.CHAT_COMPLETIONS] });
gateway.addModel('embed-v4.0', chat.model(), { apis: [ClientApi.EMBEDDINGS] });

app.synth();
