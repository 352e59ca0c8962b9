import { Construct } from 'constructs';
import { API_KEY, needProps } from './provider-shapes';
import { ApiKey } from './api-key';
import { ProviderBase, ProviderProps } from './provider';
import { EndpointProps, fixedHost, specifiedEndpoint } from './provider-endpoint';

/** Properties of `GeminiProvider`. */
export interface GeminiProviderProps extends ProviderProps, EndpointProps {
  /** Key made in Google AI Studio. */
  readonly apiKey: ApiKey;
}

/**
 * Sends requests to the Gemini API of Google AI Studio, by its OpenAI-compatible endpoint.
 *
 * For Gemini in a Google Cloud project use `VertexAIProvider`.
 *
 * @see https://ai.google.dev/gemini-api/docs/openai
 */
export class GeminiProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: GeminiProviderProps) {
    const declared = needProps(scope, id, props, { apiKey: API_KEY });
    super(scope, id, declared, {
      // OpenAI's dialect, whose public endpoint is another one.
      api: 'openai',
      pathPrefix: '/v1beta/openai',
      ...specifiedEndpoint(declared, () => fixedHost('generativelanguage.googleapis.com', 'hostname')),
      credential: declared.apiKey._credential('authorization'),
    });
  }
}
