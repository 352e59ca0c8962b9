import { Rule } from '../../../rule';
import { kindMeant, outdatedManifests } from '../../../schema/api-versions';

export const apiVersionNotServed: Rule = {
  code: 'API_VERSION_NOT_SERVED',
  severity: 'error',
  title: 'The cluster does not serve the API version of a manifest',
  cause: 'The release the manifest is for does not have the kind in this version of its API: `aigateway.envoyproxy.io/v1beta1` came with v0.6, and BackendTLSPolicy is `v1` where it once was `v1alpha3`; or it does not have the kind yet, as QuotaPolicy came with v0.6; or the kind has capitals in other places, or is in the plural.',
  consequence: 'The API server refuses the manifest with "no matches for kind".',
  fix: 'Write the version the message names, or leave the manifest out, or choose the release of the cluster with Platform.use().',
  final: true,
  * check(graph) {
    for (const node of graph.nodes) {
      const meant = kindMeant(node);
      if (meant !== undefined) yield { node, prop: 'kind', message: 'is no kind of its API', value: node.manifest.kind, fix: `write "${meant}"` };
    }
    for (const { node, verdict } of outdatedManifests(graph)) {
      if (verdict.state !== 'gone' || !verdict.pinned) continue;
      const { release, instead } = verdict;
      if (instead.length === 0) {
        const { kind } = node.manifest;
        yield { node, prop: 'kind', message: `is one that ${release} does not have`, value: kind, fix: 'leave it out, or choose a later release with Platform.use()' };
        continue;
      }
      yield {
        node,
        prop: 'apiVersion',
        message: `is a version of ${node.manifest.kind} that ${release} does not serve`,
        value: node.manifest.apiVersion,
        fix: `write ${instead.map(version => JSON.stringify(version)).join(' or ')}`,
      };
    }
  },
};
