import { IConstruct } from 'constructs';
import { Session } from '../synthesis/session';

/** Where sync waves begin. */
export interface SyncWaveOptions {
  /**
   * Wave of the objects that are applied first.
   *
   * @default 0
   */
  readonly first?: number;
}

/** What Argo CD needs beside the manifests. */
export class ArgoCD {
  /**
   * Gives this library's objects below `scope` the sync wave of their place in the apply order: what others
   * refer to comes first. Encrypted documents stay as they are.
   *
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  public static useSyncWaves(scope: IConstruct, options: SyncWaveOptions = {}): void {
    Session.of(scope).syncWaves.set(scope, options.first ?? 0);
  }

  private constructor() {}
}
