import type { ISecret } from 'cdk8s-plus-28';
import { ExternalSecretOptions, ExternalSecretValueOptions, RemoteSecret } from './external-secret-options';
import { allow, given, need, OBJECT } from './misuse';
import { OidcToken, oidcTokenIntent } from './oidc-token';
import { sealedSecretFile, SealedSecretFileOptions, sopsFile, SopsFileOptions } from './secret-file';
import { constructedSecret, existingSecret, ExistingSecretOptions, externalSecret, extractedSecret, lateSecret, needStored } from './secret-source';
import { AwsCredential, CredentialIntent, LateSecret, SecretSource } from '../intent';

/** An access key whose parts are values of their own in a secret store. */
export interface AwsExternalSecretOptions extends ExternalSecretOptions {
  /** Id of the access key. */
  readonly accessKeyId: RemoteSecret;

  /** Secret part of the access key. */
  readonly secretAccessKey: RemoteSecret;

  /**
   * Session token of a temporary access key.
   *
   * @default - none
   */
  readonly sessionToken?: RemoteSecret;
}

/** An access key whose parts are fields of one entry in a secret store. */
export interface AwsExternalSecretExtractOptions extends ExternalSecretOptions {
  /** Name or path of the entry in the store, such as `llm/bedrock`. */
  readonly key: string;

  /**
   * Version of the entry.
   *
   * @default - the newest
   */
  readonly version?: string;

  /** Name of the field with the id of the access key. */
  readonly accessKeyIdProperty: string;

  /** Name of the field with the secret part of the access key. */
  readonly secretAccessKeyProperty: string;

  /**
   * Name of the field with the session token. The entry may lack it.
   *
   * @default - no session token
   */
  readonly sessionTokenProperty?: string;
}

/** What an identity of pods does before it signs. */
export interface AwsIdentityOptions {
  /**
   * ARN of a role that the identity assumes, such as one of another account. Only on agentgateway, from v1.4 on.
   *
   * @default - requests are signed with the identity itself
   */
  readonly assumeRole?: string;
}

/** A role that is assumed with the token of an OpenID Connect provider. */
export interface AwsOidcOptions {
  /** ARN of the role, such as `arn:aws:iam::111122223333:role/bedrock`. Its trust policy admits the token. */
  readonly roleArn: string;

  /** The token. */
  readonly token: OidcToken;
}

/**
 * How requests to AWS are signed.
 *
 * A stored access key stands in a Secret as a shared credentials file with one section, `[default]`, under the data
 * key the gateway reads: `credentials` on Envoy AI Gateway.
 */
export class AwsCredentials {
  /**
   * The EKS Pod Identity of the gateway's pods. Nothing is stored.
   *
   * The association on the side of AWS names the gateway's service account: it has the name of the gateway
   * and is in the namespace in which the gateway's pods run.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
   */
  public static podIdentity(options: AwsIdentityOptions = {}): AwsCredentials {
    const { assumeRole } = identityOptions('AwsCredentials.podIdentity()', options);
    return new AwsCredentials({ kind: 'podIdentity', assumeRole });
  }

  /**
   * A role of the gateway's service account, which a gateway of this program gets by itself. Nothing is stored.
   *
   * @param roleArn ARN of the role, whose trust policy admits the service account
   * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
   */
  public static irsa(roleArn: string, options: AwsIdentityOptions = {}): AwsCredentials {
    const { assumeRole } = identityOptions('AwsCredentials.irsa()', options);
    return new AwsCredentials({ kind: 'irsa', roleArn, assumeRole });
  }

  /** A credentials file in a Secret of cdk8s-plus. */
  public static fromSecret(secret: ISecret, options: ExistingSecretOptions = {}): AwsCredentials {
    return AwsCredentials.file(constructedSecret(secret, options));
  }

  /**
   * A credentials file in a Secret that somebody else makes in the namespace of the provider.
   *
   * @param name name of the Secret
   */
  public static fromSecretName(name: string, options: ExistingSecretOptions = {}): AwsCredentials {
    return AwsCredentials.file(existingSecret(name, options));
  }

  /** An access key whose parts External Secrets Operator fetches from a store and joins to a credentials file. */
  public static fromExternalSecret(options: AwsExternalSecretOptions): AwsCredentials {
    const { accessKeyId, secretAccessKey, sessionToken } = needStored(options);
    return AwsCredentials.file(externalSecret(options, {
      awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey, awsSessionToken: sessionToken,
    }));
  }

  /** An access key that is one entry of a store, whose fields External Secrets Operator joins to a credentials file. */
  public static fromExternalSecretExtract(options: AwsExternalSecretExtractOptions): AwsCredentials {
    const { accessKeyIdProperty, secretAccessKeyProperty, sessionTokenProperty } = needStored(options);
    return AwsCredentials.file(extractedSecret(
      options,
      { awsAccessKeyId: accessKeyIdProperty, awsSecretAccessKey: secretAccessKeyProperty, awsSessionToken: sessionTokenProperty },
      ['awsSessionToken'],
    ));
  }

  /** A whole credentials file that External Secrets Operator fetches from a store as one value. */
  public static fromExternalSecretFile(options: ExternalSecretValueOptions): AwsCredentials {
    return AwsCredentials.file(externalSecret(options, { awsCredentialsFile: options }));
  }

  /**
   * A credentials file in a Secret, or in a SopsSecret, that SOPS encrypted and that is in the repository.
   *
   * @param path relative to the working directory of the program, or absolute
   */
  public static fromSopsFile(path: string, options: SopsFileOptions = {}): AwsCredentials {
    return AwsCredentials.file(sopsFile(path, options));
  }

  /**
   * A credentials file in a SealedSecret that is in the repository.
   *
   * @param path relative to the working directory of the program, or absolute
   */
  public static fromSealedSecretFile(path: string, options: SealedSecretFileOptions = {}): AwsCredentials {
    return AwsCredentials.file(sealedSecretFile(path, options));
  }

  /** A role that the gateway's controller assumes with a token of an OpenID Connect provider, again and again. */
  public static oidc(options: AwsOidcOptions): AwsCredentials {
    need('AwsCredentials.oidc()', 'options', options, OBJECT);
    return new AwsCredentials({ kind: 'oidc', roleArn: options.roleArn, token: oidcTokenIntent(options.token) });
  }

  /**
   * A credentials file, or the parts of one, that another tool fills in when it makes the Secret.
   *
   * @internal
   */
  public static _late(values: LateSecret['values']): AwsCredentials {
    return AwsCredentials.file(lateSecret(values));
  }

  private static file(secret: SecretSource): AwsCredentials {
    return new AwsCredentials({ kind: 'file', secret });
  }

  private constructor(private readonly source: AwsCredential['source']) {}

  /** @internal */
  public _intent(region: string): CredentialIntent {
    return { kind: 'aws', region, source: this.source, prop: 'credentials' };
  }
}

function identityOptions(where: string, options: AwsIdentityOptions): AwsIdentityOptions {
  allow(where, 'options', options, OBJECT);
  return given(options);
}
