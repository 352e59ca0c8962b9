import { Construct } from 'constructs';
import { AZURE_CREDENTIALS, ENDPOINT, needProps } from './provider-shapes';
import { AzureCredentials } from './azure-credentials';
import { AzureOpenAIEndpoint } from './azure-openai-endpoint';
import { need, Shape, TEXT_OR_LATER } from './misuse';
import { ProviderBase, ProviderProps } from './provider';
import { ConnectionProps, specifiedEndpoint } from './provider-endpoint';
import { ProviderApi } from '../intent';

/** Which of Azure OpenAI's APIs is used. In both a model is called by the name of its deployment. */
export class AzureOpenAIApi {
  /** The API without versions: paths and requests are those of OpenAI, below `/openai/v1`. */
  public static v1(): AzureOpenAIApi {
    return new AzureOpenAIApi('openai', '/openai/v1', undefined);
  }

  /**
   * The API with the deployment in the path and a version in the query. Names of deployments consist of
   * letters, digits, `.`, `_` and `-` there.
   *
   * @param apiVersion value of `api-version`, such as `2025-01-01-preview`
   * @see https://learn.microsoft.com/en-us/azure/ai-foundry/openai/api-version-lifecycle
   */
  public static deployments(apiVersion: string): AzureOpenAIApi {
    need('AzureOpenAIApi.deployments()', 'apiVersion', apiVersion, TEXT_OR_LATER);
    return new AzureOpenAIApi('azure-openai', undefined, apiVersion);
  }

  /** @internal */
  public readonly _api: ProviderApi;

  /** @internal */
  public readonly _pathPrefix: string | undefined;

  /** @internal */
  public readonly _apiVersion: string | undefined;

  private constructor(api: ProviderApi, pathPrefix: string | undefined, apiVersion: string | undefined) {
    this._api = api;
    this._pathPrefix = pathPrefix;
    this._apiVersion = apiVersion;
  }
}

const API: Shape = { wanted: 'an AzureOpenAIApi, such as AzureOpenAIApi.v1()', fits: value => typeof value?._api === 'string' };

/** Properties of `AzureOpenAIProvider`. */
export interface AzureOpenAIProviderProps extends ProviderProps, ConnectionProps {
  /** Name of the Azure resource, such as `acme-openai`: the first part of its hostname. */
  readonly resource: string;

  /**
   * How requests are authenticated. An identity needs the role `Cognitive Services OpenAI User`.
   *
   * @see https://learn.microsoft.com/en-us/azure/ai-foundry/openai/how-to/role-based-access-control
   */
  readonly credentials: AzureCredentials;

  /**
   * Which of the resource's APIs is used.
   *
   * @default AzureOpenAIApi.v1()
   */
  readonly api?: AzureOpenAIApi;

  /**
   * Under which name the resource is reached.
   *
   * @default AzureOpenAIEndpoint.openAI()
   */
  readonly endpoint?: AzureOpenAIEndpoint;
}

/**
 * Sends requests to Azure OpenAI, or to the OpenAI-compatible models of Azure AI Foundry.
 *
 * Models are named by deployment: `model('my-gpt-4o')`.
 *
 * @see https://learn.microsoft.com/en-us/azure/ai-foundry/openai/api-version-lifecycle
 */
export class AzureOpenAIProvider extends ProviderBase {
  constructor(scope: Construct, id: string, props: AzureOpenAIProviderProps) {
    const declared = needProps(scope, id, props, { credentials: AZURE_CREDENTIALS }, { api: API, endpoint: ENDPOINT });
    const { resource, credentials, port, tls, api = AzureOpenAIApi.v1(), endpoint = AzureOpenAIEndpoint.openAI() } = declared;
    const specified = specifiedEndpoint({ port, tls }, () => endpoint._host(resource));
    super(scope, id, declared, {
      api: api._api,
      apiVersion: api._apiVersion,
      pathPrefix: api._pathPrefix,
      // OpenAI's API implies OpenAI's endpoint, not that of a resource.
      endpoint: { ...specified.endpoint, standard: specified.endpoint.standard && api._api === 'azure-openai' },
      problems: specified.problems,
      credential: credentials._intent(),
      resource,
      props: { apiVersion: 'api', pathPrefix: 'api' },
    });
  }
}
