import * as path from 'path';
import { App, Chart, Duration } from 'cdk8s';
import { AIGateway, AnthropicProvider, ApiKey, AwsCredentials, BedrockProvider, OpenAIProvider, Platform, SecretStore, Traffic } from 'cdk8s-ai-gateway';

/** One line tells them apart. */
const PLATFORMS: { readonly [name: string]: Platform } = {
  'envoy-ai-gateway': Platform.envoyAIGateway(),
  'agentgateway': Platform.agentgateway(),
};

for (const [name, platform] of Object.entries(PLATFORMS)) {
  const app = new App({ outdir: path.join(process.env.CDK8S_OUTDIR ?? 'dist', name) });
  Platform.use(app, platform);
  const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });

  const store = SecretStore.cluster('vault');
  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromExternalSecret({ store, key: 'llm/openai', property: 'token' }) });
  const anthropic = new AnthropicProvider(chart, 'anthropic', { apiKey: ApiKey.fromExternalSecret({ store, key: 'llm/anthropic', property: 'token' }) });
  const bedrock = new BedrockProvider(chart, 'bedrock', {
    region: 'us-east-1',
    credentials: AwsCredentials.fromExternalSecret({
      store,
      accessKeyId: { key: 'llm/bedrock', property: 'access_key_id' },
      secretAccessKey: { key: 'llm/bedrock', property: 'secret_access_key' },
    }),
  });

  const gateway = new AIGateway(chart, 'gateway');
  gateway.addModel('assistant', bedrock.model('us.amazon.nova-pro-v1:0').fallbackTo(openai.model('gpt-4o')), { timeout: Duration.minutes(5) });
  gateway.addModel('cheap', Traffic.split([{ to: openai.model('gpt-4o-mini'), weight: 90 }, { to: openai.model('gpt-4.1-nano'), weight: 10 }]));
  gateway.addModel('claude-sonnet-4-5', anthropic.model());
  gateway.addPattern('gpt-.*', openai.model());

  app.synth();
}
