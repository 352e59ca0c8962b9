import * as pulumi from '@pulumi/pulumi';
import { AIGateway, AwsCredentials, BedrockAnthropicProvider, BedrockProvider, Chart, ClientApi } from 'pulumi-ai-gateway';

// The stack that owns the cluster makes the role, whose trust policy admits the gateway's service account.
const cluster = new pulumi.StackReference('acme/cluster/production');
const roleArn = cluster.requireOutput('bedrockRoleArn') as pulumi.Output<string>;
const region = 'eu-central-1';

const parent = new Chart('eu', { namespace: 'ai' });
const credentials = AwsCredentials.irsa(roleArn);
const bedrock = new BedrockProvider('bedrock', { region, credentials }, { parent });
const claude = new BedrockAnthropicProvider('claude', { region, credentials }, { parent });

// Its pods get the role by themselves: the gateway learns of it from the providers its models use.
const gateway = new AIGateway('gateway', {}, { parent });
gateway.addModel('nova', bedrock.model('eu.amazon.nova-pro-v1:0'));
gateway.addModel('embeddings', bedrock.model('amazon.titan-embed-text-v2:0'), { apis: [ClientApi.EMBEDDINGS] });
gateway.addModel('claude-sonnet-4', claude.model('eu.anthropic.claude-sonnet-4-20250514-v1:0'));
