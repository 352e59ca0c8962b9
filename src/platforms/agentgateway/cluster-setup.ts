import { Release } from './releases';
import { ClusterSetupIntent, ClusterSetupPlan } from '../contract';

const NAMESPACE = 'agentgateway-system';
const CHARTS = 'oci://cr.agentgateway.dev/charts';

/** What a cluster needs once, beside Gateway API: the two charts, whose defaults serve. */
export function planClusterSetup({ redisUrl, certManager }: ClusterSetupIntent, { label, facts }: Release): ClusterSetupPlan {
  if (redisUrl !== undefined) throw new Error(`ClusterSetup: 'redisUrl' has no place in ${label}, whose token limits need a rate limit service of their own; leave it out`);
  if (certManager) throw new Error(`ClusterSetup: 'certManager' has no place in ${label}, which has no webhook; leave it out`);
  return {
    files: [],
    commands: [
      `helm upgrade -i agentgateway-crds ${CHARTS}/agentgateway-crds --version ${facts.crds} -n ${NAMESPACE} --create-namespace`,
      `helm upgrade -i agentgateway ${CHARTS}/agentgateway --version ${facts.crds} -n ${NAMESPACE}`,
    ],
  };
}
