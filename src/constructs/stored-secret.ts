import type { ISecret } from 'cdk8s-plus-28';
import { ExternalSecretExtractOptions, ExternalSecretValueOptions } from './external-secret-options';
import { sealedSecretFile, SealedSecretFileOptions, sopsFile, SopsFileOptions } from './secret-file';
import { constructedSecret, existingSecret, ExistingSecretOptions, externalSecret, extractedValue, lateSecret } from './secret-source';
import { SecretField, SecretSource } from '../intent';

/**
 * One stored value that is part of a credential, such as a client secret. It stands alone in a Secret under the
 * data key the gateway reads: `client-secret` on Envoy AI Gateway.
 */
export class StoredSecret {
  /** A value in a Secret of cdk8s-plus. */
  public static fromSecret(secret: ISecret, options: ExistingSecretOptions = {}): StoredSecret {
    return new StoredSecret(() => constructedSecret(secret, options));
  }

  /**
   * A value in a Secret that somebody else makes in the namespace of the provider.
   *
   * @param name name of the Secret
   */
  public static fromSecretName(name: string, options: ExistingSecretOptions = {}): StoredSecret {
    return new StoredSecret(() => existingSecret(name, options));
  }

  /** A value that External Secrets Operator fetches from a store. */
  public static fromExternalSecret(options: ExternalSecretValueOptions): StoredSecret {
    return new StoredSecret(field => externalSecret(options, { [field]: options }));
  }

  /** A value that is one field of an entry of which External Secrets Operator fetches all fields. */
  public static fromExternalSecretExtract(options: ExternalSecretExtractOptions): StoredSecret {
    return new StoredSecret(field => extractedValue(options, field));
  }

  /**
   * A value in a Secret, or in a SopsSecret, that SOPS encrypted and that is in the repository.
   *
   * @param path relative to the working directory of the program, or absolute
   */
  public static fromSopsFile(path: string, options: SopsFileOptions = {}): StoredSecret {
    const file = sopsFile(path, options);
    return new StoredSecret(() => file);
  }

  /**
   * A value in a SealedSecret that is in the repository.
   *
   * @param path relative to the working directory of the program, or absolute
   */
  public static fromSealedSecretFile(path: string, options: SealedSecretFileOptions = {}): StoredSecret {
    const file = sealedSecretFile(path, options);
    return new StoredSecret(() => file);
  }

  /**
   * A value that another tool fills in when it makes the Secret.
   *
   * @internal
   */
  public static _late(value: string): StoredSecret {
    return new StoredSecret(field => lateSecret({ [field]: value }));
  }

  /** Where the value comes from, once it is known what the value is. */
  private readonly sourceOf: (field: SecretField) => SecretSource;

  private constructor(sourceOf: (field: SecretField) => SecretSource) {
    this.sourceOf = sourceOf;
  }

  /** @internal */
  public _source(field: SecretField): SecretSource {
    return this.sourceOf(field);
  }
}
