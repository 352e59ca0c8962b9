import type { ISecret } from 'cdk8s-plus-28';
import { ExternalSecretExtractOptions, ExternalSecretValueOptions } from './external-secret-options';
import { sealedSecretFile, SealedSecretFileOptions, sopsFile, SopsFileOptions } from './secret-file';
import { constructedSecret, existingSecret, ExistingSecretOptions, externalSecret, extractedValue, lateSecret } from './secret-source';
import { ApiKeyCredential, CredentialIntent, SecretSource } from '../intent';

/** What an API key is at a provider: a stored value, nothing, or what the caller sends. */
type Key =
  | { readonly kind: 'stored'; readonly source: SecretSource }
  | { readonly kind: 'none' }
  | { readonly kind: 'passThrough'; readonly headers: readonly string[] };

/**
 * The key a provider issued. Its value never passes through a program; it stands alone in a Secret, without
 * `Bearer `, under the data key the gateway reads: `apiKey` on Envoy AI Gateway.
 */
export class ApiKey {
  /** A key in a Secret of cdk8s-plus. */
  public static fromSecret(secret: ISecret, options: ExistingSecretOptions = {}): ApiKey {
    return ApiKey.stored(constructedSecret(secret, options));
  }

  /**
   * A key in a Secret that somebody else makes in the namespace of the provider.
   *
   * @param name name of the Secret
   */
  public static fromSecretName(name: string, options: ExistingSecretOptions = {}): ApiKey {
    return ApiKey.stored(existingSecret(name, options));
  }

  /** A key that External Secrets Operator fetches from a store. */
  public static fromExternalSecret(options: ExternalSecretValueOptions): ApiKey {
    return ApiKey.stored(externalSecret(options, { apiKey: options }));
  }

  /** A key that is one field of an entry of which External Secrets Operator fetches all fields. */
  public static fromExternalSecretExtract(options: ExternalSecretExtractOptions): ApiKey {
    return ApiKey.stored(extractedValue(options, 'apiKey'));
  }

  /**
   * A key in a Secret, or in a SopsSecret, that SOPS encrypted and that is in the repository.
   *
   * @param path relative to the working directory of the program, or absolute
   */
  public static fromSopsFile(path: string, options: SopsFileOptions = {}): ApiKey {
    return ApiKey.stored(sopsFile(path, options));
  }

  /**
   * A key in a SealedSecret that is in the repository.
   *
   * @param path relative to the working directory of the program, or absolute
   */
  public static fromSealedSecretFile(path: string, options: SealedSecretFileOptions = {}): ApiKey {
    return ApiKey.stored(sealedSecretFile(path, options));
  }

  /** No key: for servers that ask for none. What the caller sent is removed all the same. */
  public static none(): ApiKey {
    return new ApiKey({ kind: 'none' });
  }

  /**
   * The caller's own key: headers that are removed otherwise reach the provider.
   *
   * A token that is meant for the gateway, or for another provider, reaches it as well.
   *
   * @param headers names of the headers that pass; the one in which the provider expects its key when left out
   */
  public static passThrough(...headers: string[]): ApiKey {
    return new ApiKey({ kind: 'passThrough', headers });
  }

  /**
   * A key that another tool fills in when it makes the Secret.
   *
   * @internal
   */
  public static _late(apiKey: string): ApiKey {
    return ApiKey.stored(lateSecret({ apiKey }));
  }

  private static stored(source: SecretSource): ApiKey {
    return new ApiKey({ kind: 'stored', source });
  }

  private constructor(private readonly key: Key) {}

  /**
   * @param header header in which the provider expects its key
   * @param prop property of the provider that holds the key
   * @internal
   */
  public _credential(header: ApiKeyCredential['header'], prop = 'apiKey'): CredentialIntent {
    const { key } = this;
    switch (key.kind) {
      case 'none':
        return { kind: 'none', prop };
      case 'passThrough':
        return { kind: 'passThrough', headers: key.headers.length === 0 ? [header] : key.headers.map(lower), prop };
      case 'stored':
        return { kind: 'apiKey', header, secret: key.source, prop };
    }
  }
}

/** A name that is known only later stays as it is. */
function lower(name: string): string {
  return typeof name === 'string' ? name.toLowerCase() : name;
}
