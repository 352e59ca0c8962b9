import * as pulumi from '@pulumi/pulumi';
import { AIGateway, ApiKey, AwsCredentials, BedrockProvider, OpenAIProvider, resourceOf } from 'pulumi-ai-gateway';

/** Stands for a role of a cloud, whose ARN is unknown until it exists. */
class Role extends pulumi.CustomResource {
  declare public readonly arn: pulumi.Output<string>;

  constructor(name: string, arn: string) {
    // At preview the engine echoes no output that is not an input, so the ARN is unknown then.
    super('cloud:iam:Role', name, pulumi.runtime.isDryRun() ? { arn: undefined } : { arn });
  }
}

const config = new pulumi.Config();
const role = new Role('bedrock', config.get('role') ?? 'arn:aws:iam::111122223333:role/bedrock');

const openai = new OpenAIProvider('openai', { namespace: 'ai', apiKey: ApiKey.fromSecretOutput(config.requireSecret('openai')) });
const bedrock = new BedrockProvider('bedrock', { namespace: 'ai', region: 'us-east-1', credentials: AwsCredentials.irsa(role.arn) });
const gateway = new AIGateway('gateway', { namespace: 'ai' }, {
  protect: true,
  transforms: [async ({ props, opts }) => ({ props: { ...props, metadata: { ...props.metadata, labels: { transformed: 'yes' } } }, opts })],
});
gateway.addModel('claude', bedrock.model('us.amazon.nova-pro-v1:0').fallbackTo(openai.model('gpt-4o')));

export const gatewayName = gateway.gatewayName;
export const routes = resourceOf(gateway).status;
