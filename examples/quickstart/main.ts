import * as path from 'path';
import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, ClusterSetup, OpenAICompatibleProvider, OpenAIProvider, Vendor } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });

const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai-api-key') });
const groq = new OpenAICompatibleProvider(chart, 'groq', {
  vendor: Vendor.GROQ,
  apiKey: ApiKey.fromSecretName('groq-api-key'),
});

const gateway = new AIGateway(chart, 'gateway');
gateway.addModel('gpt-4o', openai.model());
gateway.addModel('fast', groq.model('llama-3.1-8b-instant').fallbackTo(openai.model('gpt-4o-mini')));

// What the cluster needs once, beside the manifests and not among them.
new ClusterSetup().write(path.join(app.outdir, 'cluster'));

app.synth();
