import { labelOf } from '../../../identity';
import { AI_GATEWAY, Links } from '../../../links';
import { Rule } from '../../../rule';

export const severalSecurityPolicies: Rule = {
  code: 'SEVERAL_SECURITY_POLICIES',
  severity: 'error',
  title: 'A provider has two credentials',
  cause: 'Two BackendSecurityPolicies name the same AIServiceBackend.',
  consequence: 'The controller refuses the AIServiceBackend ("multiple BackendSecurityPolicies found") and leaves it out: its requests answer 500. While it is so, deleting the AIServiceBackend hangs.',
  fix: 'Keep one policy, or make an AIServiceBackend for each credential.',
  final: true,
  * check(graph) {
    const links = Links.of(graph);
    for (const serviceBackend of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      yield* severalOn(links.securityPoliciesOf(serviceBackend), labelOf(serviceBackend));
    }
  },
};

function* severalOn(policies: ReturnType<Links['securityPoliciesOf']>, target: string) {
  const [first, ...others] = policies;
  for (const other of others) {
    // A manifest that is there twice is a matter of its own.
    if (labelOf(other) === labelOf(first)) continue;
    yield {
      node: other,
      prop: 'spec.targetRefs',
      message: `names ${target}, which ${labelOf(first)} is on already`,
      fix: 'keep one of the two',
    };
  }
}
