import { CredentialIntent, WorkloadIdentity } from './credential';
import { ObjectName } from './manifest';

/** The API a provider speaks. */
export type ProviderApi =
  | 'openai'
  | 'anthropic'
  | 'bedrock'
  | 'bedrock-anthropic'
  | 'azure-openai'
  | 'vertex'
  | 'vertex-anthropic'
  | 'cohere'
  /** None that a gateway reads: requests and answers go through as they are. */
  | 'http';

/** Where a provider is reached. */
export interface EndpointIntent {
  /** DNS name, or an IP address. */
  readonly hostname: string;
  readonly port: number;
  /** Unset means plaintext, which the author asked for. */
  readonly tls?: TlsIntent;
  /** True where it is the public endpoint that the provider's API, region and resource imply. */
  readonly standard: boolean;
  /** Property of the construct that decides the hostname, for messages. */
  readonly hostnameProp?: string;
  /** Property of the construct because of which it is not the standard one, for messages; unset means `hostnameProp`. */
  readonly chosenBy?: string;
  /** Property of the construct that decides the port, for messages. */
  readonly portProp?: string;
}

export interface TlsIntent {
  /** Name in the certificate and in SNI; unset means the hostname. */
  readonly serverName?: string;
  /** ConfigMap with the CA under `ca.crt`; unset means public CAs. */
  readonly caConfigMap?: string;
}

export interface HeaderMutationIntent {
  /** `prop` is the property that decides the value, for messages, where it is not the mutation itself. */
  readonly set: readonly { readonly name: string; readonly value: string; readonly prop?: string }[];
  readonly remove: readonly string[];
}

export interface BodyMutationIntent {
  /** `value` is JSON text; `path` is escaped already. */
  readonly set: readonly { readonly path: string; readonly value: string }[];
  readonly remove: readonly string[];
}

/** What a policy point in front means for a provider. */
export interface ProviderGuard {
  /** Headers with tenants' keys, for whichever provider they are. */
  readonly credentialHeaders: readonly string[];
  /** The keys that are for this provider. */
  readonly tenantKey?: TenantKeyIntent;
}

export interface TenantKeyIntent {
  readonly slot: string;
  readonly type: string;
  readonly header: string;
  /** Whether tenants without a key of their own are served with the provider's. */
  readonly sharedKeyForOthers: boolean;
}

export interface ProviderIntent {
  readonly api: ProviderApi;
  /** api-version of Azure, `anthropic_version`, or the version in Cohere's path. */
  readonly apiVersion?: string;
  /** Path prefix of OpenAI-like and Anthropic-like APIs. */
  readonly pathPrefix?: string;
  readonly endpoint: EndpointIntent;
  readonly credential: CredentialIntent;
  readonly headers?: HeaderMutationIntent;
  readonly body?: BodyMutationIntent;
  /** Project of Google Cloud. */
  readonly project?: string;
  /** Region, where the provider has one. */
  readonly region?: string;
  /** Resource name of Azure. */
  readonly resource?: string;
  /** Set where a gateway in front has a policy point. */
  readonly guarded?: ProviderGuard;
  /** Properties of the construct that decide a value, for messages, where they are not called as here. */
  readonly props?: { readonly apiVersion?: string; readonly pathPrefix?: string };
}

/** A provider as routes see it. */
export interface ProviderRef extends ObjectName {
  /** Construct path, for messages. */
  readonly path: string;
  /** Unknown where the provider is only referred to. */
  readonly provider?: ProviderIntent;
  /** Known of a provider that is only referred to, when the author said so. */
  readonly api?: ProviderApi;
  /** Identity the proxy's pods must have for it. */
  readonly identity?: WorkloadIdentity;
}
