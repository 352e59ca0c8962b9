import type { ISecret } from 'cdk8s-plus-28';
import type { ApiKey } from './api-key';
import { ExternalSecretValueOptions } from './external-secret-options';
import { API_KEY, given, need, OBJECT } from './misuse';
import { OidcToken, oidcTokenIntent } from './oidc-token';
import { sealedSecretFile, SealedSecretFileOptions, sopsFile, SopsFileOptions } from './secret-file';
import { constructedSecret, existingSecret, ExistingSecretOptions, externalSecret, lateSecret } from './secret-source';
import { CredentialIntent, GcpCredential, SecretSource } from '../intent';

/** Whose credentials the gateway's pods find by themselves. */
export interface GcpAdcOptions {
  /**
   * Email address of the Google service account that the gateway's pods act as (Workload Identity Federation for GKE).
   *
   * @default - what the pods have already
   */
  readonly serviceAccount?: string;
}

/** A token of an OpenID Connect provider that Google exchanges for one of its own. */
export interface GcpWorkloadIdentityFederationOptions {
  /** Number of the Google Cloud project with the identity pool, such as `123456789012`; Google takes no id here. */
  readonly projectNumber: string;

  /** Id of the workload identity pool. */
  readonly pool: string;

  /** Id of the pool's provider that admits the token. */
  readonly provider: string;

  /**
   * Email address of the Google service account to act as; on Envoy AI Gateway one of the provider's project.
   *
   * @default - the federated identity itself
   */
  readonly impersonate?: string;

  /** The token. */
  readonly token: OidcToken;
}

/**
 * How requests to Google Cloud are authenticated.
 *
 * A stored service account key stands in a Secret as the JSON file Google issued, under the data key the gateway
 * reads: `service_account.json` on Envoy AI Gateway.
 */
export class GcpCredentials {
  /**
   * Application Default Credentials of the gateway's pods. Nothing is stored. Needs Envoy AI Gateway v0.6.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
   */
  public static adc(options: GcpAdcOptions = {}): GcpCredentials {
    const { serviceAccount } = given(options);
    return new GcpCredentials({ kind: 'adc', serviceAccount });
  }

  /** A service account key in a Secret of cdk8s-plus. */
  public static fromSecret(secret: ISecret, options: ExistingSecretOptions = {}): GcpCredentials {
    return GcpCredentials.file(constructedSecret(secret, options));
  }

  /**
   * A service account key in a Secret that somebody else makes in the namespace of the provider.
   *
   * @param name name of the Secret
   */
  public static fromSecretName(name: string, options: ExistingSecretOptions = {}): GcpCredentials {
    return GcpCredentials.file(existingSecret(name, options));
  }

  /** A service account key that External Secrets Operator fetches from a store as one value: the whole JSON file. */
  public static fromExternalSecret(options: ExternalSecretValueOptions): GcpCredentials {
    return GcpCredentials.file(externalSecret(options, { serviceAccountJson: options }));
  }

  /**
   * A service account key in a Secret, or in a SopsSecret, that SOPS encrypted and that is in the repository.
   *
   * @param path relative to the working directory of the program, or absolute
   */
  public static fromSopsFile(path: string, options: SopsFileOptions = {}): GcpCredentials {
    return GcpCredentials.file(sopsFile(path, options));
  }

  /**
   * A service account key in a SealedSecret that is in the repository.
   *
   * @param path relative to the working directory of the program, or absolute
   */
  public static fromSealedSecretFile(path: string, options: SealedSecretFileOptions = {}): GcpCredentials {
    return GcpCredentials.file(sealedSecretFile(path, options));
  }

  /**
   * A token of an OpenID Connect provider that the gateway's controller exchanges for one of Google.
   *
   * @see https://cloud.google.com/iam/docs/workload-identity-federation
   */
  public static workloadIdentityFederation(options: GcpWorkloadIdentityFederationOptions): GcpCredentials {
    need('GcpCredentials.workloadIdentityFederation()', 'options', options, OBJECT);
    const { projectNumber, pool, provider, impersonate } = given(options);
    return new GcpCredentials({
      kind: 'workloadIdentityFederation', projectNumber, pool, provider, impersonate, token: oidcTokenIntent(options.token),
    });
  }

  /**
   * An access token in a Secret, which something else has to renew: Google's tokens are valid for an hour. The only way on
   * kgateway; Envoy AI Gateway has none.
   */
  public static fromAccessToken(token: ApiKey): GcpCredentials {
    need('GcpCredentials.fromAccessToken()', 'token', token, API_KEY);
    return new GcpCredentials(token._credential('authorization', 'credentials'));
  }

  /**
   * A service account key that another tool fills in when it makes the Secret.
   *
   * @internal
   */
  public static _late(serviceAccountJson: string): GcpCredentials {
    return GcpCredentials.file(lateSecret({ serviceAccountJson }));
  }

  private static file(secret: SecretSource): GcpCredentials {
    return new GcpCredentials({ kind: 'serviceAccountFile', secret });
  }

  private constructor(private readonly source: GcpCredential['source'] | CredentialIntent) {}

  /** @internal */
  public _intent(project: string, region: string): CredentialIntent {
    const { source } = this;
    if (isCredential(source)) return source;
    return { kind: 'gcp', project, region, source, prop: 'credentials' };
  }
}

function isCredential(source: GcpCredential['source'] | CredentialIntent): source is CredentialIntent {
  return source.kind === 'apiKey' || source.kind === 'none' || source.kind === 'passThrough';
}
