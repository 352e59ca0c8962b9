import { allow, given, LIST, need, OBJECT, STORED_SECRET } from './misuse';
import { StoredSecret } from './stored-secret';
import { OidcTokenIntent } from '../intent';

/** How the gateway's controller gets a token of an OpenID Connect provider, which a cloud exchanges for its own. */
export interface OidcToken {
  /** URL of the OpenID Connect provider, such as `https://login.example.com/tenant`. */
  readonly issuer: string;

  /** Id of the client as which the controller asks for the token. */
  readonly clientId: string;

  /** Secret of that client. */
  readonly clientSecret: StoredSecret;

  /**
   * URL at which tokens are issued.
   *
   * @default - the one the issuer publishes
   */
  readonly tokenEndpoint?: string;

  /**
   * Scopes to ask for.
   *
   * @default - none
   */
  readonly scopes?: string[];

  /**
   * Audience to ask for. Envoy AI Gateway cannot ask for one: it is an error there.
   *
   * @default - the choice of the OpenID Connect provider
   */
  readonly audience?: string;

  /**
   * OAuth grant type to ask with. Envoy AI Gateway knows only the default: any is an error there.
   *
   * @default - client credentials
   */
  readonly grantType?: string;
}

export function oidcTokenIntent(token: OidcToken): OidcTokenIntent {
  need('oidc', 'token', token, OBJECT);
  need('oidc', 'token.clientSecret', token.clientSecret, STORED_SECRET);
  // Text would be taken apart into its characters.
  allow('oidc', 'token.scopes', token.scopes, LIST);
  const { issuer, clientId, clientSecret, tokenEndpoint, scopes, audience, grantType } = given(token);
  return { issuer, clientId, clientSecret: clientSecret._source('clientSecret'), tokenEndpoint, scopes, audience, grantType };
}
