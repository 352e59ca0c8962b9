import * as path from 'path';
import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, ClusterSetup, Listener, OpenAICompatibleProvider, OpenAIProvider, RouteNamespaces, Vendor } from 'cdk8s-ai-gateway';

const TEAMS = ['checkout', 'search'];

const app = new App();
const chart = new Chart(app, 'ai-platform', { namespace: 'ai-platform' });

// The names are what the teams' repositories refer to, so they are given and not derived.
new AIGateway(chart, 'gateway', {
  name: 'platform',
  listeners: [Listener.https('platform-tls', { hostname: 'ai.acme.example' })],
  routeNamespaces: RouteNamespaces.named(...TEAMS),
  proxy: { replicas: 3 },
});

const openai = new OpenAIProvider(chart, 'openai', { name: 'openai', apiKey: ApiKey.fromSecretName('openai-api-key') });
openai.allowRoutesFrom(...TEAMS);
const groq = new OpenAICompatibleProvider(chart, 'groq', { name: 'groq', vendor: Vendor.GROQ, apiKey: ApiKey.fromSecretName('groq-api-key') });
groq.allowRoutesFrom('search');

new ClusterSetup().write(path.join(app.outdir, 'cluster'));

app.synth();
