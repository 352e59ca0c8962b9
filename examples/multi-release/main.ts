import * as path from 'path';
import { App, Chart } from 'cdk8s';
import { AIGateway, ApiKey, ClusterSetup, EnvoyAIGatewayRelease, OpenAICompatibleProvider, OpenAIProvider, Platform, Vendor } from 'cdk8s-ai-gateway';

/** Production upgrades after staging. */
const CLUSTERS: { readonly [name: string]: Platform } = {
  staging: Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V1_1 }),
  production: Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V0_5 }),
};

for (const [name, platform] of Object.entries(CLUSTERS)) {
  // An app per cluster: each has a folder of its own, and its own gateway and namespace called `ai`.
  const app = new App({ outdir: path.join(process.env.CDK8S_OUTDIR ?? 'dist', name) });
  Platform.use(app, platform);
  const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });

  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai-api-key') });
  const mistral = new OpenAICompatibleProvider(chart, 'mistral', { vendor: Vendor.MISTRAL, apiKey: ApiKey.fromSecretName('mistral-api-key') });
  const gateway = new AIGateway(chart, 'gateway');
  gateway.addModel('assistant', openai.model('gpt-4o').fallbackTo(mistral.model('mistral-large-latest')));

  new ClusterSetup({ platform }).write(path.join(app.outdir, 'cluster'));
  app.synth();
}
