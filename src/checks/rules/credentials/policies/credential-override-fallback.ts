import { AI_GATEWAY } from '../../../links';
import { at, fields } from '../../../read';
import { Rule } from '../../../rule';

export const credentialOverrideFallback: Rule = {
  code: 'CREDENTIAL_OVERRIDE_FALLBACK',
  severity: 'error',
  title: 'A credential override falls back to credentials of the pod',
  cause: 'A BackendSecurityPolicy for Google without stored credentials has a `credentialOverride` whose `fallbackToConfigured` is true, which is the default.',
  consequence: 'The gateway refuses the combination and leaves the provider out: its requests answer 500.',
  fix: 'Set `fallbackToConfigured: false`.',
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'BackendSecurityPolicy')) {
      const { gcpCredentials, credentialOverride } = fields(node.manifest.spec);
      if (gcpCredentials === undefined || credentialOverride === undefined) continue;
      if (at(gcpCredentials, 'credentialsFile') !== undefined || at(gcpCredentials, 'workloadIdentityFederationConfig') !== undefined) continue;
      for (const form of ['fromRequestHeaders', 'fromDynamicMetadata']) {
        const override = at(credentialOverride, form);
        if (override === undefined || at(override, 'fallbackToConfigured') === false) continue;
        yield {
          node,
          prop: `spec.credentialOverride.${form}.fallbackToConfigured`,
          message: 'cannot be true without stored credentials to fall back to',
          value: at(override, 'fallbackToConfigured') ?? true,
          fix: 'set it to false',
        };
      }
    }
  },
};
