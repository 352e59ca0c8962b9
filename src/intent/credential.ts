import { SecretSource } from './secret';

/** How requests to a provider are authenticated. */
export type CredentialIntent =
  | NoCredential
  | PassThroughCredential
  | ApiKeyCredential
  | AwsCredential
  | AzureCredential
  | AzureWorkloadIdentityCredential
  | GcpCredential;

/** What every credential carries for messages. */
export interface DeclaredCredential {
  /** Property of the construct that holds it. */
  readonly prop?: string;
}

export interface NoCredential extends DeclaredCredential {
  readonly kind: 'none';
}

/** The caller's own credential headers reach the provider. */
export interface PassThroughCredential extends DeclaredCredential {
  readonly kind: 'passThrough';
  /** Lower-case names of the headers that pass. */
  readonly headers: readonly string[];
}

export interface ApiKeyCredential extends DeclaredCredential {
  readonly kind: 'apiKey';
  /** The header in which the provider wants the key. */
  readonly header: 'authorization' | 'x-api-key' | 'api-key';
  readonly secret: SecretSource;
}

/** A token of an OpenID Connect provider that a cloud exchanges for its own. */
export interface OidcTokenIntent {
  readonly issuer: string;
  readonly tokenEndpoint?: string;
  readonly clientId: string;
  readonly clientSecret: SecretSource;
  readonly scopes?: readonly string[];
  readonly audience?: string;
  readonly grantType?: string;
}

export interface AwsCredential extends DeclaredCredential {
  readonly kind: 'aws';
  readonly region: string;
  readonly source:
    | { readonly kind: 'podIdentity'; readonly assumeRole?: string }
    | { readonly kind: 'irsa'; readonly roleArn: string; readonly assumeRole?: string }
    | { readonly kind: 'file'; readonly secret: SecretSource }
    | { readonly kind: 'oidc'; readonly roleArn: string; readonly token: OidcTokenIntent };
}

export interface AzureCredential extends DeclaredCredential {
  readonly kind: 'azure';
  readonly clientId: string;
  readonly tenantId: string;
  readonly source:
    | { readonly kind: 'clientSecret'; readonly secret: SecretSource }
    | { readonly kind: 'oidc'; readonly token: OidcTokenIntent };
}

/** The Entra identity of the proxy's pods. */
export interface AzureWorkloadIdentityCredential extends DeclaredCredential {
  readonly kind: 'azureWorkloadIdentity';
  readonly clientId: string;
}

export interface GcpCredential extends DeclaredCredential {
  readonly kind: 'gcp';
  readonly project: string;
  readonly region: string;
  readonly source:
    | { readonly kind: 'adc'; readonly serviceAccount?: string }
    | { readonly kind: 'serviceAccountFile'; readonly secret: SecretSource }
    | {
      readonly kind: 'workloadIdentityFederation';
      readonly projectNumber: string;
      readonly pool: string;
      readonly provider: string;
      readonly impersonate?: string;
      readonly token: OidcTokenIntent;
    };
}

/**
 * An identity that the proxy's pods must have because a provider authenticates
 * with it, or must not have (`aws-access-key`: on some platforms a role of
 * the pods takes the place of the stored key). It flows from providers over routes to the gateway.
 */
export interface WorkloadIdentity {
  readonly kind: 'aws-pod-identity' | 'aws-irsa' | 'aws-access-key' | 'azure-workload-identity' | 'gcp-adc';
  /** Role ARN (IRSA), client id (Entra) or Google service account (ADC). */
  readonly principal?: string;
  /** Path of the provider construct that needs it, for messages. */
  readonly provider: string;
}
