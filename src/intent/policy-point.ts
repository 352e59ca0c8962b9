import { ResourcesIntent } from './gateway';
import { ObjectName } from './manifest';

/** How the gateway asks the policy server. */
export type PolicyFrontIntent = 'ext_proc' | 'ext_authz';

/** Who says which tenant a request is of. */
export type TenantIdentityIntent =
  /** A proxy in front of the gateway, which sets the header and lets nobody else. */
  | { readonly kind: 'trustedHeader' }
  | {
    readonly kind: 'jwt';
    readonly provider: string;
    readonly issuer: string;
    readonly jwksUri: string;
    readonly audiences?: readonly string[];
    /** Claim that is copied into the tenant's header; unset where the policy reads the claim itself. */
    readonly claim?: string;
  }
  | {
    readonly kind: 'apiKeys';
    /** Secrets beside the gateway: each data key is a tenant, its value the tenant's key. */
    readonly secrets: readonly string[];
    /** Header the key is sent in. */
    readonly header: string;
  };

/** What a gateway does for its policy point. */
export interface GuardIntent {
  readonly front: PolicyFrontIntent;
  /** The largest body the policy lets through, in bytes. */
  readonly maxBodyBytes: number;
  /** Header that the gateway itself fills with the tenant, so that no client may send it. */
  readonly ownedHeader?: string;
  /** Headers that carry tenants' keys from the policy server to the gateway. */
  readonly credentialHeaders: readonly string[];
}

export interface PolicyPointIntent extends ObjectName {
  /** Name of the gateway, in the same namespace. */
  readonly gateway: string;
  readonly front: PolicyFrontIntent;
  readonly maxBodyBytes: number;
  /** The policy as its author wrote it. */
  readonly policyText: string;
  /** Changes with the policy. */
  readonly policyHash: string;
  readonly tenantHeader?: string;
  readonly identity?: TenantIdentityIntent;
  /** Headers that carry tenants' keys from the policy server to the gateway. */
  readonly credentialHeaders: readonly string[];
  /** Secrets with tenants' keys, by the folder the policy names. */
  readonly keySecrets: readonly { readonly folder: string; readonly secret: string }[];
  readonly image: { readonly reference: string; readonly pullSecrets?: readonly string[] };
  readonly replicas?: number;
  readonly autoscaling?: { readonly min: number; readonly max: number; readonly cpuPercent: number };
  readonly resources?: ResourcesIntent;
  readonly audit?: 'all' | 'denied' | 'none';
  /** Namespace of the gateway's proxies; false leaves the server open to the whole cluster. */
  readonly proxyNamespace?: string | false;
}
