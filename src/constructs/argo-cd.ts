import { IConstruct } from 'constructs';
import { given, need, SCOPE, Shape } from './misuse';
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

/** Argo CD takes an object with any other wave for one without. */
const WHOLE_NUMBER: Shape = { wanted: 'a whole number', fits: Number.isSafeInteger };

/** What Argo CD needs beside the manifests. */
export class ArgoCD {
  /**
   * Gives this library's objects below `scope` the sync wave of their place in the apply order: what others
   * refer to comes first. Encrypted documents stay as they are.
   *
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  public static useSyncWaves(scope: IConstruct, options: SyncWaveOptions = {}): void {
    need('ArgoCD.useSyncWaves()', 'scope', scope, SCOPE);
    const { first = 0 } = given(options);
    need('ArgoCD.useSyncWaves()', 'first', first, WHOLE_NUMBER);
    Session.of(scope).syncWaves.set(scope, first);
  }

  private constructor() {}
}
