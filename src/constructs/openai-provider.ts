import { Construct } from 'constructs';
import { ApiKey } from './api-key';
import { endpointIntent, EndpointProps, ProviderBase, ProviderProps } from './provider';

/** Properties of `OpenAIProvider`. */
export interface OpenAIProviderProps extends ProviderProps, EndpointProps {
  /** Key of the OpenAI project. */
  readonly apiKey: ApiKey;

  /**
   * Organization that is billed, such as `org-abc`.
   *
   * @default - the key's default organization
   */
  readonly organization?: string;

  /**
   * Project that is billed, such as `proj_abc`.
   *
   * @default - the key's project
   */
  readonly project?: string;
}

/** Sends requests to the OpenAI API. */
export class OpenAIProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: OpenAIProviderProps) {
    super(scope, id, props, {
      api: 'openai',
      endpoint: endpointIntent(props, 'api.openai.com'),
      credential: { kind: 'apiKey', header: 'authorization', secret: props.apiKey._source },
      ownHeaders: { 'OpenAI-Organization': props.organization, 'OpenAI-Project': props.project },
    });
  }
}
