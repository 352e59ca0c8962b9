import { AI_GATEWAY, ENVOY_GATEWAY } from '../../../links';
import { at, fields } from '../../../read';
import { Rule } from '../../../rule';

export const backendRefKind: Rule = {
  code: 'BACKEND_REF_KIND',
  severity: 'error',
  title: 'An AIServiceBackend does not refer to a Backend of Envoy Gateway',
  cause: 'Its `backendRef` names a Service, or leaves `group` and `kind` to their defaults, which mean a Service; or it has no `spec` at all.',
  consequence: 'The API server refuses the AIServiceBackend; one without `spec` it takes, and the whole route is left out.',
  fix: 'Make a Backend with the DNS name of the Service and refer to it with `group: gateway.envoyproxy.io` and `kind: Backend`.',
  final: true,
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      const { spec } = node.manifest;
      if (spec === undefined || spec === null) {
        // The schema lets the whole of it be left out.
        yield { node, prop: 'spec', message: 'is missing, so the provider leads nowhere', fix: 'write `schema` and `backendRef`' };
        continue;
      }
      const ref = at(spec, 'backendRef');
      if (ref === undefined) continue;
      const { group, kind } = fields(ref);
      if (group === ENVOY_GATEWAY && kind === 'Backend') continue;
      yield {
        node,
        prop: 'spec.backendRef',
        message: 'must name a Backend of Envoy Gateway',
        value: { group, kind },
        fix: 'write `group: gateway.envoyproxy.io` and `kind: Backend`; a Service needs a Backend with its DNS name',
      };
    }
  },
};
