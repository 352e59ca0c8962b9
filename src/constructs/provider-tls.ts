import { given, need, TEXT_OR_LATER } from './misuse';
import { TlsIntent } from '../intent';

/** Name check of a TLS connection to a provider. */
export interface ProviderTlsOptions {
  /**
   * Name in the provider's certificate, also sent as SNI.
   *
   * @default - the hostname
   */
  readonly serverName?: string;
}

/** How the connection to a provider is protected. */
export class ProviderTls {
  /** TLS with the public certificate authorities of the proxy's image. */
  public static publicCa(options: ProviderTlsOptions = {}): ProviderTls {
    return new ProviderTls({ serverName: given(options).serverName });
  }

  /**
   * TLS with a certificate authority of your own.
   *
   * @param configMapName ConfigMap beside the provider with the CA certificate under the key `ca.crt`
   */
  public static privateCa(configMapName: string, options: ProviderTlsOptions = {}): ProviderTls {
    // Without it, it would be the public ones.
    need('ProviderTls.privateCa()', 'configMapName', configMapName, TEXT_OR_LATER);
    return new ProviderTls({ serverName: given(options).serverName, caConfigMap: configMapName });
  }

  /** No TLS: prompts, answers and credentials are readable on the network between proxy and provider. */
  public static plaintext(): ProviderTls {
    return new ProviderTls(undefined);
  }

  /** @internal */
  public readonly _intent: TlsIntent | undefined;

  private constructor(intent: TlsIntent | undefined) {
    this._intent = intent;
  }
}
