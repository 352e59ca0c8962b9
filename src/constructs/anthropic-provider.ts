import { Construct } from 'constructs';
import { API_KEY, needProps } from './provider-shapes';
import { ApiKey } from './api-key';
import { ProviderBase, ProviderProps } from './provider';
import { EndpointProps, publicHost, specifiedEndpoint } from './provider-endpoint';

/** Properties of `AnthropicProvider`. */
export interface AnthropicProviderProps extends ProviderProps, EndpointProps {
  /** Key of the Anthropic workspace. */
  readonly apiKey: ApiKey;

  /**
   * Path before `/messages`. Needs Envoy AI Gateway v0.7.
   *
   * @default "/v1"
   */
  readonly pathPrefix?: string;
}

/**
 * Sends requests to Anthropic's own API.
 *
 * It serves clients that call `/anthropic/v1/messages`. For clients of OpenAI's API use Claude
 * on Bedrock or Vertex AI, or `OpenAICompatibleProvider` with `Vendor.ANTHROPIC`.
 *
 * @see https://docs.anthropic.com/en/api/messages
 */
export class AnthropicProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: AnthropicProviderProps) {
    const declared = needProps(scope, id, props, { apiKey: API_KEY });
    super(scope, id, declared, {
      api: 'anthropic',
      pathPrefix: declared.pathPrefix,
      ...specifiedEndpoint(declared, () => publicHost('api.anthropic.com')),
      credential: declared.apiKey._credential('x-api-key'),
    });
  }
}
