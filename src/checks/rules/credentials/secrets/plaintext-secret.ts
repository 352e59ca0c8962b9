import { isToken } from '../../../../findings/token';
import { GraphNode } from '../../../graph';
import { isFilledIn } from '../../../../findings/key-shapes';
import { namespaceOf } from '../../../links';
import { fields, text } from '../../../read';
import { Rule } from '../../../rule';
import { isEncryptedBySops, place, secretsRead } from '../../../secret-sources';

export const plaintextSecret: Rule = {
  code: 'PLAINTEXT_SECRET',
  severity: 'error',
  title: 'A provider\'s credential stands readable in the output',
  cause: 'A Secret that a BackendSecurityPolicy or MCPRoute reads is part of the output with values that are not encrypted, placeholders included. Values that another tool fills in, such as `${NAME}` or `<path:…>`, are none.',
  consequence: 'Whoever can read the repository, its history or the build\'s artifacts has the provider\'s key. A placeholder is applied over the real key at every deployment.',
  fix: 'Make the Secret from an ExternalSecret, a SOPS file or a SealedSecret, or refer to one that exists by its name.',
  * check(graph) {
    for (const node of graph.ofKind('', 'Secret')) {
      const name = text(fields(node.manifest.metadata).name);
      if (name === undefined || !secretsRead(graph).has(place(namespaceOf(node), name)) || isEncryptedBySops(node)) continue;
      for (const prop of readableValues(node)) {
        yield {
          node,
          prop,
          message: 'is a credential, or a placeholder for one, that is not encrypted',
          fix: 'make the Secret from an ExternalSecret, a SOPS file or a SealedSecret',
        };
      }
    }
  },
};

function readableValues({ manifest }: GraphNode): readonly string[] {
  return ['data', 'stringData'].flatMap(field => Object.entries(fields(manifest[field]))
    .filter(([, value]) => !(typeof value === 'string' && (isToken(value) || isFilledIn(value))))
    .map(([key]) => `${field}.${key}`));
}
