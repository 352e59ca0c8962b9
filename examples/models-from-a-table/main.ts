import * as fs from 'fs';
import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, IProvider, OpenAICompatibleProvider, OpenAIProvider, Vendor } from 'cdk8s-ai-gateway';

/** A row of models.json. */
interface Row {
  readonly model: string;
  readonly provider: string;
  readonly as?: string;
  readonly fallback?: { readonly provider: string; readonly as: string };
}

const VENDORS: { readonly [id: string]: Vendor } = {
  deepinfra: Vendor.DEEPINFRA,
  deepseek: Vendor.DEEPSEEK,
  groq: Vendor.GROQ,
  mistral: Vendor.MISTRAL,
  sambanova: Vendor.SAMBANOVA,
  together: Vendor.TOGETHER,
  xai: Vendor.XAI,
};

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });

const providers = new Map<string, IProvider>(Object.entries(VENDORS).map(([id, vendor]) => [
  id,
  new OpenAICompatibleProvider(chart, id, { vendor, apiKey: ApiKey.fromSecretName(`${id}-api-key`) }),
]));
providers.set('openai', new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai-api-key') }));

function provider(id: string): IProvider {
  const found = providers.get(id);
  if (!found) throw new Error(`models.json names the provider ${id}, which does not exist; use one of ${[...providers.keys()].join(', ')}`);
  return found;
}

const gateway = new AIGateway(chart, 'gateway');
const rows: Row[] = JSON.parse(fs.readFileSync('models.json', 'utf8'));
for (const { model, provider: id, as, fallback } of rows) {
  const target = provider(id).model(as);
  gateway.addModel(model, fallback ? target.fallbackTo(provider(fallback.provider).model(fallback.as)) : target);
}

app.synth();
