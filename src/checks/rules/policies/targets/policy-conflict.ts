import { GraphNode } from '../../../graph';
import { labelOf } from '../../../identity';
import { Rule } from '../../../rule';
import { appliedTargets, oncePerSelector } from '../../../policy-targets';

/** Two of these on one provider are a matter of their own: neither wins. */
const NOT_JUDGED = new Set(['BackendSecurityPolicy', 'QuotaPolicy']);

export const policyConflict: Rule = {
  code: 'POLICY_CONFLICT',
  severity: 'error',
  title: 'Two policies of one kind are on the same target',
  cause: 'Two policies of a kind name the same object and the same section of it, or choose it by a label. Nothing is merged between them.',
  consequence: 'The older one wins, and between two of the same second the first by name; the other is refused (Conflicted) and its settings never apply.',
  fix: 'Put the settings into one policy.',
  final: true,
  * check(graph) {
    const first = new Map<string, GraphNode>();
    const isNews = oncePerSelector();
    for (const target of appliedTargets(graph)) {
      const { policyKind, policy, path, kind, name, namespace, sectionName, byLabel } = target;
      if (name === undefined || NOT_JUDGED.has(policyKind)) continue;
      const section = sectionName ?? '';
      const key = `${policyKind}|${namespace ?? ''}|${kind}|${name}|${section}`;
      const other = first.get(key);
      if (!other) {
        first.set(key, policy);
      } else if (!isSame(other, policy) && isNews(target)) {
        yield {
          node: policy,
          prop: path,
          message: byLabel ? `chooses what ${labelOf(other)} is on already` : `is the target of ${labelOf(other)} already`,
          value: section === '' ? name : `${name}/${section}`,
          fix: byLabel ? `put the settings into one ${policyKind}, or choose by a label that it does not have` : `put the settings into one ${policyKind}`,
        };
      }
    }
  },
};

/** A manifest that is there twice is a matter of its own. */
function isSame(a: GraphNode, b: GraphNode): boolean {
  return a === b || labelOf(a) === labelOf(b);
}
