import { connectionsOf } from '../../../connections';
import { labelOf } from '../../../identity';
import { at } from '../../../read';
import { Rule } from '../../../rule';

export const backendFallbackFlag: Rule = {
  code: 'BACKEND_FALLBACK_FLAG',
  severity: 'error',
  title: 'A provider is marked as fallback where the AI gateway does not look',
  cause: 'The Backend of a provider has `fallback: true`. The AI gateway takes priorities from the `backendRefs` of routes and writes them itself.',
  consequence: 'Which provider serves when another fails is not what the flag says: the priorities of the route decide, and a rule without them spreads requests over all providers.',
  fix: 'Remove the flag and set `priority` on the `backendRefs` of the route; with constructs, `fallbackTo()`.',
  * check(graph) {
    for (const { backend, users } of connectionsOf(graph)) {
      if (users.length === 0 || at(backend.manifest, 'spec', 'fallback') !== true) continue;
      yield {
        node: backend,
        prop: 'spec.fallback',
        message: `does not make ${labelOf(users[0])} a fallback`,
        value: true,
        fix: 'remove it and set `priority` on the backendRefs of the route',
      };
    }
  },
};
