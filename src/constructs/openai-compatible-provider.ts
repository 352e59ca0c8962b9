import { Construct } from 'constructs';
import { API_KEY, needProps, VENDOR } from './provider-shapes';
import { ApiKey } from './api-key';
import { ProviderBase, ProviderProps } from './provider';
import { EndpointProps, fixedHost, specifiedEndpoint } from './provider-endpoint';
import { Vendor } from './vendor';

/** Properties of `OpenAICompatibleProvider`. */
export interface OpenAICompatibleProviderProps extends ProviderProps, EndpointProps {
  /** Whose API it is. */
  readonly vendor: Vendor;

  /** Key the vendor issued. */
  readonly apiKey: ApiKey;

  /**
   * Path before `/chat/completions`; `/` for none.
   *
   * @default - the vendor's
   */
  readonly pathPrefix?: string;
}

/** Sends requests to a vendor whose API follows OpenAI's, such as Groq or Mistral. */
export class OpenAICompatibleProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: OpenAICompatibleProviderProps) {
    const declared = needProps(scope, id, props, { vendor: VENDOR, apiKey: API_KEY });
    const { vendor } = declared;
    super(scope, id, declared, {
      api: 'openai',
      pathPrefix: declared.pathPrefix ?? vendor.pathPrefix,
      ...specifiedEndpoint(declared, () => fixedHost(vendor.hostname, 'vendor')),
      credential: declared.apiKey._credential('authorization'),
      props: { pathPrefix: declared.pathPrefix === undefined ? 'vendor' : 'pathPrefix' },
    });
  }
}
