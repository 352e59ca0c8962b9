import { derivedHost, fixedHost, KnownHost } from './provider-endpoint';

/** Which of Amazon Bedrock's endpoints requests go to. All but the regional one need Envoy AI Gateway v1.1. */
export class BedrockEndpoint {
  /** `bedrock-runtime.<region>.amazonaws.com`; also what PrivateLink with private DNS answers to. */
  public static regional(): BedrockEndpoint {
    return new BedrockEndpoint(region => derivedHost({ region }, r => `bedrock-runtime.${r}.amazonaws.com`, true));
  }

  /** FIPS 140 validated cryptography, in regions of the USA and Canada: `bedrock-runtime-fips.<region>.amazonaws.com`. */
  public static fips(): BedrockEndpoint {
    return new BedrockEndpoint(region => derivedHost({ region }, r => `bedrock-runtime-fips.${r}.amazonaws.com`));
  }

  /** IPv4 and IPv6: `bedrock-runtime.<region>.api.aws`. */
  public static dualStack(): BedrockEndpoint {
    return new BedrockEndpoint(region => derivedHost({ region }, r => `bedrock-runtime.${r}.api.aws`));
  }

  /**
   * An interface endpoint in a VPC, without private DNS: `<endpoint>.bedrock-runtime.<region>.vpce.amazonaws.com`.
   *
   * @param vpceId first label of the endpoint's DNS name, such as `vpce-0a1b2c3d4e5f67890-a1b2c3d4`
   */
  public static privateLink(vpceId: string): BedrockEndpoint {
    return new BedrockEndpoint(region => derivedHost({ endpoint: vpceId, region }, (id, r) => `${id}.bedrock-runtime.${r}.vpce.amazonaws.com`));
  }

  /** Any other host that takes requests signed for Bedrock, such as a proxy of your own. */
  public static custom(hostname: string): BedrockEndpoint {
    return new BedrockEndpoint(() => fixedHost(hostname, 'endpoint'));
  }

  /** @internal */
  public readonly _host: (region: string) => KnownHost;

  private constructor(host: (region: string) => KnownHost) {
    this._host = region => ({ ...host(region), chosenBy: 'endpoint' });
  }
}
