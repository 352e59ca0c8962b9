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
    const { vendor } = needProps(scope, id, props, { vendor: VENDOR, apiKey: API_KEY });
    const { endpoint, problems } = specifiedEndpoint(props, () => fixedHost(vendor.hostname, 'vendor'));
    const pathPrefix = props.pathPrefix ?? vendor.pathPrefix;
    const prefixProp = props.pathPrefix === undefined ? 'vendor' : 'pathPrefix';
    super(scope, id, props, {
      api: 'openai',
      pathPrefix,
      endpoint,
      credential: props.apiKey._credential('authorization'),
      props: { pathPrefix: prefixProp },
      problems,
    });
  }
}
