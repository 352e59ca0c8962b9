import { AGENTGATEWAY_CHECKS } from './of-agentgateway-checks';
import { CHECKS } from './of-checks';
import { OTHER_GATEWAYS } from './of-other-gateways';
import { PLATFORMS } from './of-platforms';
import { POLICIES } from './of-policy';
import { RUNNING_GATEWAYS } from './of-running-gateways';
import { SECRETS } from './of-secrets';

/** A change of one text in the library that some judge has to notice. */
export interface Mutant {
  readonly name: string;
  /** Path below `src`. */
  readonly file: string;
  /** Occurs exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Who is asked, in this order, until one notices. */
  readonly judges: readonly Judge[];
}

/**
 * A judge: `sops`, `external-secrets`, `cluster <release>`, `controller <release>` with the AI gateway's controller,
 * `gateway <scenario>`, or the path of tests that compare with no snapshot.
 */
export type Judge = string;

export const MUTANTS: readonly Mutant[] = [
  ...PLATFORMS, ...OTHER_GATEWAYS, ...SECRETS, ...CHECKS, ...AGENTGATEWAY_CHECKS, ...POLICIES, ...RUNNING_GATEWAYS,
];
