import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, JsonValue, OpenAICompatibleProvider, OpenAIProvider, Vendor } from 'cdk8s-ai-gateway';

const app = new App();
const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });

// Every request to the provider: who pays, and no tracing headers of ours in somebody else's logs.
const openai = new OpenAIProvider(chart, 'openai', {
  apiKey: ApiKey.fromSecretName('openai-api-key'),
  headers: { set: { 'x-cost-center': 'platform' }, remove: ['traceparent', 'tracestate', 'x-request-id'] },
  body: { set: { store: JsonValue.boolean(false) } },
});
const openrouter = new OpenAICompatibleProvider(chart, 'openrouter', {
  vendor: Vendor.of({ hostname: 'openrouter.ai', pathPrefix: '/api/v1' }),
  apiKey: ApiKey.fromSecretName('openrouter-api-key'),
  headers: { set: { 'HTTP-Referer': 'https://assistant.acme.example', 'X-Title': 'Acme Assistant' } },
});

const gateway = new AIGateway(chart, 'gateway');
gateway.addModel('gpt-4o', openai.model());

// One model only; where both set the same field, this wins over the provider's.
gateway.addModel('extract', openai.model('gpt-4o', {
  headers: { set: { 'x-cost-center': 'document-pipeline' } },
  body: {
    set: { temperature: JsonValue.number(0), response_format: JsonValue.json('{"type": "json_object"}') },
    setPaths: { 'metadata.application': JsonValue.text('extract') },
    remove: ['logit_bias'],
  },
}));
gateway.addModel('qwen', openrouter.model('qwen/qwen-2.5-72b-instruct', {
  body: { setPaths: { 'provider.data_collection': JsonValue.text('deny') } },
}));

app.synth();
