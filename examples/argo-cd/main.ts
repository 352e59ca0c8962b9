import * as path from 'path';
import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, ArgoCD, ClusterSetup, OpenAICompatibleProvider, OpenAIProvider, SecretStore, Vendor } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
ArgoCD.useSyncWaves(app);

const store = SecretStore.cluster('aws-secrets-manager');
const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromExternalSecret({ store, key: 'llm/openai', property: 'apiKey' }) });
const mistral = new OpenAICompatibleProvider(chart, 'mistral', {
  vendor: Vendor.MISTRAL,
  apiKey: ApiKey.fromExternalSecret({ store, key: 'llm/mistral', property: 'apiKey' }),
});

const gateway = new AIGateway(chart, 'gateway');
gateway.addModel('assistant', openai.model('gpt-4o').fallbackTo(mistral.model('mistral-large-latest')));

// Argo CD renders charts without access to the cluster: cert-manager issues the webhook's certificate.
new ClusterSetup({ certManager: true }).write(path.join(app.outdir, 'cluster'));

app.synth();
