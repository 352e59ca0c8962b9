import * as pulumi from '@pulumi/pulumi';
import { AIGateway, AwsCredentials, BedrockProvider } from 'pulumi-ai-gateway';

/** A role of a cloud, which is named after the gateway that is to have it. */
class Role extends pulumi.CustomResource {
  declare public readonly arn: pulumi.Output<string>;

  constructor(name: string, gateway: pulumi.Output<string>) {
    super('cloud:iam:Role', name, { arn: pulumi.interpolate`arn:aws:iam::111122223333:role/${gateway}` });
  }
}

const gateway = new AIGateway('gateway', { namespace: 'ai' }, { transforms: [async ({ props, opts }) => ({ props, opts })] });
const role = new Role('bedrock', gateway.gatewayName);
const bedrock = new BedrockProvider('bedrock', { namespace: 'ai', region: 'us-east-1', credentials: AwsCredentials.irsa(role.arn) });
gateway.addModel('nova', bedrock.model('us.amazon.nova-pro-v1:0'));
