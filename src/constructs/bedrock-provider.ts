import { Construct } from 'constructs';
import { AWS_CREDENTIALS, ENDPOINT, needProps } from './provider-shapes';
import { AwsCredentials } from './aws-credentials';
import { BedrockEndpoint } from './bedrock-endpoint';
import { ProviderBase, ProviderProps, ProviderSpec } from './provider';
import { ConnectionProps, specifiedEndpoint } from './provider-endpoint';

/** Properties of `BedrockProvider` and `BedrockAnthropicProvider`. */
export interface BedrockProviderProps extends ProviderProps, ConnectionProps {
  /** AWS region whose models are used, such as `us-east-1`. */
  readonly region: string;

  /**
   * How requests are signed. The identity needs `bedrock:InvokeModel` and `bedrock:InvokeModelWithResponseStream`.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/security-iam.html
   */
  readonly credentials: AwsCredentials;

  /**
   * Which of Bedrock's endpoints requests go to.
   *
   * @default BedrockEndpoint.regional()
   */
  readonly endpoint?: BedrockEndpoint;
}

/**
 * Sends requests to Amazon Bedrock, by its Converse API; embeddings by Titan models only.
 *
 * Models are named by id or by inference profile: `model('us.amazon.nova-pro-v1:0')`.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference.html
 */
export class BedrockProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: BedrockProviderProps) {
    const declared = needProps(scope, id, props, { credentials: AWS_CREDENTIALS }, { endpoint: ENDPOINT });
    super(scope, id, declared, { api: 'bedrock', ...bedrockSpec(declared) });
  }
}

/**
 * Sends requests to Claude on Amazon Bedrock in Anthropic's own format, which keeps what Converse has no field for.
 *
 * Models are named by id or by inference profile: `model('us.anthropic.claude-sonnet-4-20250514-v1:0')`.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
 */
export class BedrockAnthropicProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: BedrockProviderProps) {
    const declared = needProps(scope, id, props, { credentials: AWS_CREDENTIALS }, { endpoint: ENDPOINT });
    super(scope, id, declared, { api: 'bedrock-anthropic', ...bedrockSpec(declared) });
  }
}

function bedrockSpec({ region, credentials, port, tls, endpoint = BedrockEndpoint.regional() }: BedrockProviderProps): Omit<ProviderSpec, 'api'> {
  return {
    ...specifiedEndpoint({ port, tls }, () => endpoint._host(region)),
    credential: credentials._intent(region),
    region,
  };
}
