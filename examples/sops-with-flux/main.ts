import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, OpenAICompatibleProvider, OpenAIProvider, Vendor } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });

// A Secret that Flux decrypts on its way into the cluster.
const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSopsFile('secrets/openai.sops.yaml') });

// One SopsSecret from which its operator makes two Secrets. The file is read twice and written once.
const vendors = 'secrets/vendors.sops.yaml';
const groq = new OpenAICompatibleProvider(chart, 'groq', {
  vendor: Vendor.GROQ,
  apiKey: ApiKey.fromSopsFile(vendors, { secretName: 'groq-api-key' }),
});
const mistral = new OpenAICompatibleProvider(chart, 'mistral', {
  vendor: Vendor.MISTRAL,
  apiKey: ApiKey.fromSopsFile(vendors, { secretName: 'mistral-api-key' }),
});

const gateway = new AIGateway(chart, 'gateway');
gateway.addModel('gpt-4o', openai.model());
gateway.addModel('fast', groq.model('llama-3.1-8b-instant').fallbackTo(mistral.model('ministral-8b-latest')));

app.synth();
