import { ApiKey } from './api-key';
import { declared } from './credential-declaration';
import { API_KEY, need, OBJECT, STORED_SECRET } from './misuse';
import { OidcToken, oidcTokenIntent, oidcTokenProblems } from './oidc-token';
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
    return new AzureCredentials(() => declared(PROP, { kind: 'azure', clientId, tenantId, source: { kind: 'clientSecret', secret } }, [secret]));
  }

  /** An application's token, which the gateway's controller gets with a token of another OpenID Connect provider. */
  public static oidc(options: AzureOidcOptions): AzureCredentials {
    need('AzureCredentials.oidc()', 'options', options, OBJECT);
    const { clientId, tenantId } = options;
    const token = oidcTokenIntent(options.token);
    return new AzureCredentials(() => declared(
      PROP,
      { kind: 'azure', clientId, tenantId, source: { kind: 'oidc', token } },
      [token.clientSecret],
      oidcTokenProblems(options.token),
    ));
  }

  private constructor(private readonly credential: () => CredentialIntent) {}

  /** @internal */
  public _intent(): CredentialIntent {
    return this.credential();
  }
}

const PROP = 'credentials';
