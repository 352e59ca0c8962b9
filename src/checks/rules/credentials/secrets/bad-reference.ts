import { OBJECT_NAME } from '../../../../findings/dns-names';
import { BAD_REFERENCE, named } from '../../../../findings/references';
import { policyBlocks } from '../../../agentgateway';
import { agentSecretReferences } from '../../../agentgateway-secrets';
import { GraphNode } from '../../../graph';
import { at, fields, list } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';
import { kindedReferences } from '../../../secret-kinds';

/** Kinds with names of the usual form. */
const KINDS = ['Secret', 'ConfigMap'];
/** References without a kind, below `tls`. */
const OF_AGENTGATEWAY = [{ field: 'caCertificateRefs', kind: 'ConfigMap' }, { field: 'mtlsCertificateRef', kind: 'Secret' }];

export const badReference: Rule = {
  ...BAD_REFERENCE,
  * check(graph) {
    for (const { node, path, ref } of kindedReferences(graph)) {
      const { kind = 'Secret', name } = fields(ref);
      if (typeof kind === 'string' && KINDS.includes(kind)) yield* judge(node, path, kind, name);
    }
    for (const { reader, path, name } of agentSecretReferences(graph)) yield* judge(reader, path, 'Secret', name);
    for (const { node, path, fields: { tls } } of policyBlocks(graph)) {
      for (const { field, kind } of OF_AGENTGATEWAY) {
        for (const [index, ref] of list(at(tls, field)).entries()) {
          // An empty one is told as no authority at all.
          yield* judge(node, `${path}.tls.${field}[${index}]`, kind, fields(ref).name || undefined);
        }
      }
    }
  },
};

function judge(node: GraphNode, path: string, kind: string, name: unknown): RuleFinding[] {
  return named(`${path}.name`, `a ${kind}`, name, OBJECT_NAME).map(problem => ({ ...problem, node }));
}
