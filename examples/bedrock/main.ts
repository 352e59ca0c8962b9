import { App, Chart } from 'cdk8s';
import { AIGateway, AwsCredentials, BedrockAnthropicProvider, BedrockProvider, ClientApi } from 'cdk8s-ai-gateway';

const app = new App();

/** A gateway with models of Bedrock; each cluster has its own way to be somebody at AWS. */
function addCluster(name: string, region: string, credentials: AwsCredentials): void {
  const chart = new Chart(app, name, { namespace: 'ai', disableResourceNameHashes: true });
  const gateway = new AIGateway(chart, 'gateway', { name: `${name}-gateway` });

  const bedrock = new BedrockProvider(chart, 'bedrock', { region, credentials });
  gateway.addModel('nova', bedrock.model(`${region.slice(0, 2)}.amazon.nova-pro-v1:0`));
  gateway.addModel('embeddings', bedrock.model('amazon.titan-embed-text-v2:0'), { apis: [ClientApi.EMBEDDINGS] });

  // Claude in Anthropic's own format: what Converse has no field for arrives, such as extended thinking.
  const claude = new BedrockAnthropicProvider(chart, 'claude', { region, credentials });
  gateway.addModel('claude-sonnet-4', claude.model(`${region.slice(0, 2)}.anthropic.claude-sonnet-4-20250514-v1:0`));
}

addCluster('us', 'us-east-1', AwsCredentials.podIdentity());
addCluster('eu', 'eu-central-1', AwsCredentials.irsa('arn:aws:iam::111122223333:role/ai-gateway-bedrock'));

app.synth();
