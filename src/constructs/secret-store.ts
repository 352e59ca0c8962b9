import { ExternalSecretSource } from '../intent';

/** A store of External Secrets Operator that exists in the cluster. */
export class SecretStore {
  /** A ClusterSecretStore. It must admit the namespace of the provider. */
  public static cluster(name: string): SecretStore {
    return new SecretStore({ kind: 'ClusterSecretStore', name });
  }

  /** A SecretStore in the namespace of the provider. */
  public static namespaced(name: string): SecretStore {
    return new SecretStore({ kind: 'SecretStore', name });
  }

  /** @internal */
  public readonly _ref: ExternalSecretSource['store'];

  private constructor(ref: ExternalSecretSource['store']) {
    this._ref = ref;
  }
}
