import { ApiKey } from './api-key';
import { ENTRA_CLIENT_ID } from './credential-codes';
import { declared, fits } from './credential-declaration';
import { API_KEY, need, OBJECT, STORED_SECRET } from './misuse';
import { OidcToken, oidcTokenIntent, oidcTokenProblems } from './oidc-token';
import { StoredSecret } from './stored-secret';
import { Problem } from '../findings/finding';
import { CredentialIntent } from '../intent';
import { isUnresolved } from '../synthesis/unresolved';

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
    return new AzureCredentials(() => declared(PROP, { kind: 'azure', clientId, tenantId, source: { kind: 'clientSecret', secret } }, [secret], missingIds(options)));
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
      [...missingIds(options), ...oidcTokenProblems(options.token)],
    ));
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
    return new AzureCredentials(() => declared(PROP, { kind: 'azureWorkloadIdentity', clientId }, [], checkClientId(clientId)));
  }

  private constructor(private readonly credential: () => CredentialIntent) {}

  /** @internal */
  public _intent(): CredentialIntent {
    return this.credential();
  }
}

const PROP = 'credentials';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Not more is asked of them: a directory can be named by its domain. */
function missingIds({ clientId, tenantId }: AzureApplicationOptions): Problem[] {
  return Object.entries({ clientId, tenantId }).filter(([, id]) => !isUnresolved(id) && (typeof id !== 'string' || id === '')).map(([name, id]) => (
    { definition: ENTRA_CLIENT_ID, message: `have no \`${name}\``, value: id ?? null, fix: 'use the id that Microsoft Entra shows' }));
}

function checkClientId(clientId: string): Problem[] {
  if (clientId !== undefined && fits(clientId, UUID)) return [];
  return [{
    definition: ENTRA_CLIENT_ID,
    message: 'name an identity with something that is no client id',
    value: clientId ?? null,
    fix: 'use the id that Microsoft Entra shows, such as "11111111-2222-3333-4444-555555555555"',
  }];
}
