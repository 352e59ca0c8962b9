import { Rule } from '../../../rule';
import { outdatedManifests } from '../../../schema/api-versions';

export const deprecatedApiVersion: Rule = {
  code: 'DEPRECATED_API_VERSION',
  severity: 'warning',
  title: 'A manifest uses a version of its API that ends',
  cause: 'The upstream project has a newer version of the kind, such as `v1beta1` of the AI gateway\'s kinds from v0.6, or `v1` of ExternalSecret from External Secrets Operator 0.16.',
  consequence: 'The API server answers with a warning now and refuses the manifest after an upgrade, and fields of the newer version are missing. External Secrets Operator serves no `v1beta1` from 0.17: there it is an error.',
  fix: 'Write the version the message names.',
  * check(graph) {
    for (const { node, verdict } of outdatedManifests(graph)) {
      // Which release of the Secret operators a cluster has is not declared, so an older one can be acknowledged.
      if (verdict.state === 'gone' && verdict.pinned) continue;
      const gone = verdict.state === 'gone';
      yield {
        node,
        prop: 'apiVersion',
        message: gone ? `is a version of ${node.manifest.kind} that current releases do not serve` : `is a deprecated version of ${node.manifest.kind}`,
        value: node.manifest.apiVersion,
        fix: `write ${verdict.instead.map(version => JSON.stringify(version)).join(' or ')}`,
        severity: gone ? 'error' : 'warning',
      };
    }
  },
};
