import { isToken } from '../../../../findings/token';
import { isFilledIn } from '../../../../findings/key-shapes';
import { looksEncrypted } from '../../../../secrets/sops-value';
import { at } from '../../../read';
import { Rule } from '../../../rule';
import { EXTERNAL_SECRETS } from '../../../secret-sources';
import { credentialValuesOf } from '../../../secret-values';

const FIX = 'make the Secret from an ExternalSecret, a SOPS file or a SealedSecret';

export const plaintextSecret: Rule = {
  code: 'PLAINTEXT_SECRET',
  severity: 'error',
  title: 'A provider\'s credential stands readable in the output',
  cause: 'A Secret that a BackendSecurityPolicy or MCPRoute reads is part of the output with values that are not encrypted, placeholders included; or a store of External Secrets Operator has the provider `fake`. Values that another tool fills in, such as `${NAME}` or `<path:…>`, are none.',
  consequence: 'Whoever can read the repository, its history or the build\'s artifacts has the provider\'s key. A placeholder is applied over the real key at every deployment.',
  fix: 'Make the Secret from an ExternalSecret, a SOPS file or a SealedSecret, or refer to one that exists by its name.',
  * check(graph) {
    for (const { node, prop, value, encrypted } of credentialValuesOf(graph)) {
      // Of a manifest that SOPS has encrypted, more is known than that.
      if (encrypted || isSafe(value)) continue;
      yield { node, prop, message: 'is a credential, or a placeholder for one, that is not encrypted', fix: FIX };
    }
    for (const kind of ['SecretStore', 'ClusterSecretStore']) {
      for (const node of graph.ofKind(EXTERNAL_SECRETS, kind)) {
        if (at(node.manifest, 'spec', 'provider', 'fake') === undefined) continue;
        yield { node, prop: 'spec.provider.fake', message: 'keeps values readable in the manifest', fix: 'use the provider of a real store' };
      }
    }
  },
};

function isSafe(value: unknown): boolean {
  return typeof value === 'string' && (isToken(value) || isFilledIn(value) || looksEncrypted(value));
}
