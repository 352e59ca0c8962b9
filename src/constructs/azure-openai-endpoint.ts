import { derivedHost, fixedHost, KnownHost } from './provider-endpoint';

/** Under which name an Azure resource is reached. */
export class AzureOpenAIEndpoint {
  /** `<resource>.openai.azure.com` */
  public static openAI(): AzureOpenAIEndpoint {
    return AzureOpenAIEndpoint.ofResource('openai.azure.com', true);
  }

  /** `<resource>.services.ai.azure.com`, of Azure AI Foundry. */
  public static foundry(): AzureOpenAIEndpoint {
    return AzureOpenAIEndpoint.ofResource('services.ai.azure.com');
  }

  /** `<resource>.cognitiveservices.azure.com` */
  public static cognitiveServices(): AzureOpenAIEndpoint {
    return AzureOpenAIEndpoint.ofResource('cognitiveservices.azure.com');
  }

  /**
   * Any other host, such as a custom domain, a proxy, or `<resource>.openai.azure.us`. Tokens of
   * `AzureCredentials` are made for the public cloud only; other clouds need an API key.
   */
  public static custom(hostname: string): AzureOpenAIEndpoint {
    return new AzureOpenAIEndpoint(() => fixedHost(hostname, 'endpoint'));
  }

  private static ofResource(domain: string, standard = false): AzureOpenAIEndpoint {
    return new AzureOpenAIEndpoint(resource => derivedHost({ resource }, name => `${name}.${domain}`, standard));
  }

  /** @internal */
  public readonly _host: (resource: string) => KnownHost;

  private constructor(host: (resource: string) => KnownHost) {
    this._host = resource => ({ ...host(resource), chosenBy: 'endpoint' });
  }
}
