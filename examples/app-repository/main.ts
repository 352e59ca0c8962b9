import { App, Chart } from 'cdk8s';
import { AIGateway, ExistingProvider, ProviderApi } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'search-models', { namespace: 'search', disableResourceNameHashes: true });

// The platform team's repository makes these. With the API given, routes are checked as if it were here.
const gateway = AIGateway.fromGatewayName(chart, 'platform', 'platform', { namespace: 'ai-platform' });
const openai = new ExistingProvider(chart, 'openai', { name: 'openai', namespace: 'ai-platform', api: ProviderApi.OPENAI });
const groq = new ExistingProvider(chart, 'groq', { name: 'groq', namespace: 'ai-platform', api: ProviderApi.OPENAI });

gateway.addModel('search-answers', groq.model('llama-3.3-70b-versatile').fallbackTo(openai.model('gpt-4o-mini')));
gateway.addModel('search-embeddings', openai.model('text-embedding-3-small'));

app.synth();
