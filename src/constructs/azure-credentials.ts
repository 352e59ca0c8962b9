import { ApiKey } from './api-key';
import { API_KEY, need, OBJECT, STORED_SECRET } from './misuse';
import { OidcToken, oidcTokenIntent } from './oidc-token';
import { StoredSecret } from './stored-secret';
import { CredentialIntent } from '../intent';

/** An application that is registered in Microsoft Entra ID. */
export interface AzureApplicationOptions {
  /** Id of the application, also called client id. */
  readonly clientId: string;

  /** Id of the directory the application is registered in, also called tenant id. */
  readonly tenantId: string;
}

/** An application that authenticates with a client secret. */
export interface AzureClientSecretOptions extends AzureApplicationOptions {
  /** The client secret. */
  readonly secret: StoredSecret;
}

/** An application that authenticates with the token of an OpenID Connect provider. */
export interface AzureOidcOptions extends AzureApplicationOptions {
  /** The token, which a federated credential of the application admits. */
  readonly token: OidcToken;
}

/** How requests to Azure are authenticated. */
export class AzureCredentials {
  /** A key of the Azure resource. */
  public static fromApiKey(apiKey: ApiKey): AzureCredentials {
    need('AzureCredentials.fromApiKey()', 'apiKey', apiKey, API_KEY);
    return new AzureCredentials(() => apiKey._credential('api-key', PROP));
  }

  /** An application's token, which the gateway's controller gets with a client secret. */
  public static clientSecret(options: AzureClientSecretOptions): AzureCredentials {
    need('AzureCredentials.clientSecret()', 'options', options, OBJECT);
    need('AzureCredentials.clientSecret()', 'secret', options.secret, STORED_SECRET);
    const { clientId, tenantId } = options;
    const secret = options.secret._source('clientSecret');
    return new AzureCredentials(() => ({ kind: 'azure', clientId, tenantId, source: { kind: 'clientSecret', secret }, prop: PROP }));
  }

  /** An application's token, which the gateway's controller gets with a token of another OpenID Connect provider. */
  public static oidc(options: AzureOidcOptions): AzureCredentials {
    need('AzureCredentials.oidc()', 'options', options, OBJECT);
    const { clientId, tenantId } = options;
    const token = oidcTokenIntent(options.token);
    return new AzureCredentials(() => ({ kind: 'azure', clientId, tenantId, source: { kind: 'oidc', token }, prop: PROP }));
  }

  /**
   * The Microsoft Entra Workload ID of the gateway's pods, which a gateway of this program gets by itself. Nothing is stored.
   * Only on agentgateway, from v1.4 on.
   *
   * The identity has a federated credential for the gateway's service account, which has the name of the gateway, and the cluster
   * runs the webhook of Workload ID.
   *
   * @param clientId id of the application or user-assigned managed identity, a UUID
   * @see https://azure.github.io/azure-workload-identity/docs/
   */
  public static workloadIdentity(clientId: string): AzureCredentials {
    return new AzureCredentials(() => ({ kind: 'azureWorkloadIdentity', clientId, prop: PROP }));
  }

  private constructor(private readonly credential: () => CredentialIntent) {}

  /** @internal */
  public _intent(): CredentialIntent {
    return this.credential();
  }
}

const PROP = 'credentials';
