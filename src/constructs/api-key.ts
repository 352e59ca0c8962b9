import { SecretSource } from '../intent';

/** The key a provider issued. Its value never passes through a program. */
export class ApiKey {
  /**
   * A key in a Secret that exists in the namespace of the provider, under the data key the gateway reads.
   *
   * @param name name of the Secret
   */
  public static fromSecretName(name: string): ApiKey {
    return new ApiKey({ kind: 'existing', name });
  }

  /** @internal */
  public readonly _source: SecretSource;

  private constructor(source: SecretSource) {
    this._source = source;
  }
}
