import { Construct } from 'constructs';
import { API_KEY, needProps } from './provider-shapes';
import { ApiKey } from './api-key';
import { ProviderBase, ProviderProps } from './provider';
import { EndpointProps, publicHost, specifiedEndpoint } from './provider-endpoint';

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

/**
 * Sends requests to the OpenAI API.
 *
 * Projects with data residency in the EU need `hostname: OpenAIProvider.EU_HOSTNAME`.
 *
 * @see https://platform.openai.com/docs/api-reference
 */
export class OpenAIProvider extends ProviderBase {
  /** Endpoint for projects whose data stays in the EU; keys of other projects are refused there. */
  public static readonly EU_HOSTNAME = 'eu.api.openai.com';

  constructor(scope: Construct, id: string, props: OpenAIProviderProps) {
    const declared = needProps(scope, id, props, { apiKey: API_KEY });
    super(scope, id, declared, {
      api: 'openai',
      ...specifiedEndpoint(declared, () => publicHost('api.openai.com')),
      credential: declared.apiKey._credential('authorization'),
      ownHeaders: [
        { name: 'OpenAI-Organization', value: declared.organization, prop: 'organization' },
        { name: 'OpenAI-Project', value: declared.project, prop: 'project' },
      ],
    });
  }
}
