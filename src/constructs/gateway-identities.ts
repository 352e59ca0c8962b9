import { IDENTITY_CONFLICT, IDENTITY_MANUAL_STEP } from './codes';
import { Problem } from '../findings/finding';
import { WorkloadIdentity } from '../intent';
import { PlatformRenderer } from '../platforms/contract';
import { isUnresolved } from '../synthesis/unresolved';

/** The identities that the gateway's pods must be given. */
export function podIdentities(identities: readonly WorkloadIdentity[]): WorkloadIdentity[] {
  return identities.filter(({ kind }) => kind !== 'aws-access-key');
}

/**
 * Providers of which only one can be called as it should be.
 *
 * @param rolesOutrankKeys whether a role of the pods takes the place of stored access keys
 */
export function identityConflicts(identities: readonly WorkloadIdentity[], { rolesOutrankKeys = false }: Pick<PlatformRenderer, 'rolesOutrankKeys'>): Problem[] {
  const accounts = identities.filter(({ kind, principal }) => kind === 'gcp-adc' && principal !== undefined);
  const roles = identities.filter(({ kind }) => kind === 'aws-irsa');
  const applications = identities.filter(({ kind }) => kind === 'azure-workload-identity');
  // Of all that AWS's SDK looks for, the role of the service account comes first.
  const outranked = identities.find(({ kind }) => kind === 'aws-pod-identity' || (rolesOutrankKeys && kind === 'aws-access-key'));
  return [
    ...conflict(...differing(accounts)),
    ...conflict(...differing(roles)),
    ...conflict(...differing(applications)),
    ...conflict(roles[0], outranked),
  ];
}

/** What the owner of a gateway that is only referred to has to do. */
export function manualSteps(identities: readonly WorkloadIdentity[]): Problem[] {
  return podIdentities(identities).map(identity => ({
    definition: IDENTITY_MANUAL_STEP,
    message: `is not made here, and ${identity.provider} needs its pods to have ${describe(identity)}`,
    fix: 'have its owner set the service account of the proxy\'s pods, then acknowledge this',
  }));
}

function conflict(one?: WorkloadIdentity, other?: WorkloadIdentity): Problem[] {
  if (!one || !other) return [];
  return [{
    definition: IDENTITY_CONFLICT,
    message: `would need two identities: ${one.provider} needs ${describe(one)}, ${other.provider} needs ${describe(other)}`,
    fix: 'use one that may call both, or serve one of them by a gateway of its own',
  }];
}

/** Two identities that are known to be different, if there are any. */
function differing(identities: readonly WorkloadIdentity[]): [one?: WorkloadIdentity, other?: WorkloadIdentity] {
  const known = identities.filter(({ principal }) => !isUnresolved(principal));
  return [known[0], known.find(({ principal }) => principal !== known[0].principal)];
}

function describe({ kind, principal }: WorkloadIdentity): string {
  switch (kind) {
    case 'aws-pod-identity': return 'an EKS pod identity';
    case 'aws-irsa': return isUnresolved(principal) ? 'a role' : `the role ${principal}`;
    case 'aws-access-key': return 'its own access key, whose place a role of the pods takes';
    case 'azure-workload-identity': return isUnresolved(principal) ? 'a Microsoft Entra identity' : `the Microsoft Entra identity ${principal}`;
    case 'gcp-adc':
      if (principal === undefined) return 'Google credentials of their own';
      return isUnresolved(principal) ? 'a Google service account' : `the Google service account ${principal}`;
  }
}
