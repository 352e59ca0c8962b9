import { AI_GATEWAY } from '../../../links';
import { at } from '../../../read';
import { isBefore } from '../../../release';
import { Rule } from '../../../rule';

export const credentialOverrideInert: Rule = {
  code: 'CREDENTIAL_OVERRIDE_INERT',
  severity: 'error',
  title: 'A credential from dynamic metadata never arrives',
  cause: '`credentialOverride.fromDynamicMetadata` is used with v1.1, whose extension server does not forward metadata to the filter that reads it.',
  consequence: 'Requests use the configured credential instead of the caller\'s, or answer 401 where `fallbackToConfigured` is false.',
  fix: 'Use `fromRequestHeaders`, with a trusted filter in front that sets the header.',
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      if (at(node.manifest, 'spec', 'credentialOverride', 'fromDynamicMetadata') === undefined) continue;
      if (node.target.releases['envoy-ai-gateway'] === undefined || !isBefore(node.target, 'envoy-ai-gateway', 'v1.2')) continue;
      yield {
        node,
        prop: 'spec.credentialOverride.fromDynamicMetadata',
        message: `has no effect in ${node.target.label}`,
        fix: 'use `fromRequestHeaders`',
      };
    }
  },
};
