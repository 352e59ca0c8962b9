import { Construct } from 'constructs';
import { API_KEY, needProps } from './provider-shapes';
import { ApiKey } from './api-key';
import { ProviderBase, ProviderProps } from './provider';
import { EndpointProps, publicHost, specifiedEndpoint } from './provider-endpoint';

/** Properties of `CohereProvider`. */
export interface CohereProviderProps extends ProviderProps, EndpointProps {
  /** Key Cohere issued. */
  readonly apiKey: ApiKey;
}

/**
 * Sends rerank requests to Cohere: clients call `/cohere/v2/rerank`.
 *
 * For chat and embeddings use `OpenAICompatibleProvider` with `Vendor.COHERE`.
 *
 * @see https://docs.cohere.com/reference/rerank
 */
export class CohereProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: CohereProviderProps) {
    const declared = needProps(scope, id, props, { apiKey: API_KEY });
    super(scope, id, declared, {
      api: 'cohere',
      ...specifiedEndpoint(declared, () => publicHost('api.cohere.com')),
      credential: declared.apiKey._credential('authorization'),
    });
  }
}
