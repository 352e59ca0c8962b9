import { isToken } from '../../../../findings/token';
import { hostnamesOf } from '../../../connections';
import { labelOf } from '../../../identity';
import { AI_GATEWAY, Links } from '../../../links';
import { at } from '../../../read';
import { isBefore } from '../../../release';
import { Rule } from '../../../rule';

const AWS_HOSTS = [
  /^bedrock-runtime(?:-fips)?\.([a-z\d-]+)\.(?:amazonaws\.com|api\.aws)$/,
  /^[\w-]+\.bedrock-runtime\.([a-z\d-]+)\.vpce\.amazonaws\.com$/,
];
const GOOGLE_HOSTS = [/^([a-z\d-]+)-aiplatform\.googleapis\.com$/, /^aiplatform\.([a-z]+)\.rep\.googleapis\.com$/];
const GOOGLE_GLOBAL = 'aiplatform.googleapis.com';

export const regionMismatch: Rule = {
  code: 'REGION_MISMATCH',
  severity: 'error',
  title: 'The host of a provider is in another region than its credential',
  cause: 'The hostname of the Backend names one region of AWS or Google Cloud, and `region` of the BackendSecurityPolicy another.',
  consequence: 'Google answers 404 or 400 because the path names a region the host does not serve. AWS answers 403 where a release before v1.1 signs for the configured region; later ones sign for the host\'s, so the configured one is merely misleading.',
  fix: 'Write the same region in both places.',
  * check(graph) {
    const links = Links.of(graph);
    for (const serviceBackend of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      const policies = links.securityPoliciesOf(serviceBackend);
      if (policies.length === 0) continue;
      const hosts = hostnamesOf(links.backendOf(serviceBackend));
      for (const policy of policies) {
        for (const [block, regionOf] of [['awsCredentials', awsRegionIn], ['gcpCredentials', googleRegionIn]] as const) {
          const region = at(policy.manifest, 'spec', block, 'region');
          if (typeof region !== 'string' || isToken(region)) continue;
          const host = hosts.find(name => ![undefined, region].includes(regionOf(name)));
          if (host === undefined) continue;
          yield {
            node: policy,
            prop: `spec.${block}.region`,
            message: `is not the region of ${host}, to which ${labelOf(serviceBackend)} sends`,
            value: region,
            fix: `write "${regionOf(host)}", or use the host of that region`,
            severity: block === 'awsCredentials' && !isBefore(policy.target, 'envoy-ai-gateway', 'v1.1') ? 'warning' : 'error',
          };
        }
      }
    }
  },
};

function awsRegionIn(host: string): string | undefined {
  return regionIn(host, AWS_HOSTS);
}

function googleRegionIn(host: string): string | undefined {
  return host === GOOGLE_GLOBAL ? 'global' : regionIn(host, GOOGLE_HOSTS);
}

function regionIn(host: string, forms: readonly RegExp[]): string | undefined {
  for (const form of forms) {
    const found = form.exec(host);
    if (found) return found[1];
  }
  return undefined;
}
