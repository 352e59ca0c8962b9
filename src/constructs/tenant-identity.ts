import { given, LIST, need, OBJECT } from './misuse';
import { TenantIdentityIntent } from '../intent';

/** Tokens by which a gateway knows its tenants. */
export interface TenantTokenOptions {
  /** Issuer, as it stands in the token. */
  readonly issuer: string;

  /** Where the issuer's keys are, `https://…`. */
  readonly jwksUri: string;

  /**
   * Audiences, one of which the token must have.
   *
   * @default - any
   */
  readonly audiences?: string[];

  /**
   * Claim that names the tenant, such as `org_id`, which the gateway copies into the header the policy reads.
   * Left out where the policy reads the claim itself.
   *
   * @default - none
   */
  readonly claim?: string;

  /**
   * Name of the provider in the gateway's metadata, which `tenant.claim.provider` of the policy repeats.
   *
   * @default 'tenants'
   */
  readonly provider?: string;
}

/** How tenants' API keys are sent. */
export interface TenantApiKeyOptions {
  /**
   * Header that has the key, bare.
   *
   * @default 'x-api-key'
   */
  readonly header?: string;
}

/** Who says which tenant a request is of. */
export class TenantIdentity {
  /** The gateway verifies a token and takes the tenant from its claims. */
  public static token(options: TenantTokenOptions): TenantIdentity {
    need('TenantIdentity.token()', 'options', options, OBJECT);
    const { issuer, jwksUri, audiences, claim, provider } = options;
    return new TenantIdentity({
      kind: 'jwt', issuer, jwksUri, audiences: audiences ?? undefined, claim: claim ?? undefined, provider: provider ?? 'tenants',
    });
  }

  /**
   * The gateway knows tenants by API keys of its own.
   *
   * @param secretNames Secrets beside the gateway; each data key is a tenant, its value the tenant's key
   */
  public static apiKeys(secretNames: string[], options: TenantApiKeyOptions = {}): TenantIdentity {
    need('TenantIdentity.apiKeys()', 'secretNames', secretNames, LIST);
    return new TenantIdentity({ kind: 'apiKeys', secrets: secretNames, header: given(options).header ?? 'x-api-key' });
  }

  /**
   * A proxy in front of the gateway sets the header. Nobody else may reach the gateway, and the proxy must remove what
   * clients send under that name: the gateway believes it.
   */
  public static trustedHeader(): TenantIdentity {
    return new TenantIdentity({ kind: 'trustedHeader' });
  }

  private constructor(
    /** @internal */
    public readonly _intent: TenantIdentityIntent,
  ) {}
}
