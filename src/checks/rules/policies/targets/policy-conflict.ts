import { GraphNode } from '../../../graph';
import { labelOf } from '../../../identity';
import { namespaceOf } from '../../../links';
import { text } from '../../../read';
import { Rule } from '../../../rule';
import { policyTargets } from '../../../policy-targets';

/** Two of these on one provider are a matter of their own: neither wins. */
const NOT_JUDGED = new Set(['BackendSecurityPolicy', 'QuotaPolicy']);

export const policyConflict: Rule = {
  code: 'POLICY_CONFLICT',
  severity: 'error',
  title: 'Two policies of one kind are on the same target',
  cause: 'Two policies of a kind name the same object and the same section of it. Nothing is merged between them.',
  consequence: 'The older one wins, and between two of the same second the first by name; the other is refused (Conflicted) and its settings never apply.',
  fix: 'Put the settings into one policy.',
  final: true,
  * check(graph) {
    const first = new Map<string, GraphNode>();
    for (const { policyKind, policy, path, ref, kind, name } of policyTargets(graph)) {
      if (name === undefined || NOT_JUDGED.has(policyKind.kind)) continue;
      const section = text(ref.sectionName) ?? '';
      const key = `${policyKind.kind}|${namespaceOf(policy) ?? ''}|${kind}|${name}|${section}`;
      const other = first.get(key);
      if (!other) {
        first.set(key, policy);
      } else if (!isSame(other, policy)) {
        yield {
          node: policy,
          prop: path,
          message: `is the target of ${labelOf(other)} already`,
          value: section === '' ? name : `${name}/${section}`,
          fix: `put the settings into one ${policyKind.kind}`,
        };
      }
    }
  },
};

/** A manifest that is there twice is a matter of its own. */
function isSame(a: GraphNode, b: GraphNode): boolean {
  return a === b || labelOf(a) === labelOf(b);
}
