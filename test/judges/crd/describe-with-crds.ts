import { crdsAvailable } from './release-set';
import { describeJudge } from '../describe-judge';

/** A group of tests that needs the CRD files; without them it is skipped. */
export function describeWithCrds(name: string, tests: () => void): void {
  describeJudge('CRD rules', () => describe(name, tests), crdsAvailable() ? undefined : 'no CRD folder (set CRDS_DIR)');
}
