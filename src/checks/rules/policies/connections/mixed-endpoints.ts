import { connectionsOf } from '../../../connections';
import { fields, list, at } from '../../../read';
import { Rule } from '../../../rule';

const FORMS = ['fqdn', 'ip', 'unix'];

export const mixedEndpoints: Rule = {
  code: 'MIXED_ENDPOINTS',
  severity: 'error',
  title: 'A Backend mixes names with addresses, or an endpoint has not exactly one form',
  cause: 'An endpoint has none or several of `fqdn`, `ip` and `unix`; or some endpoints of a Backend are names and others are not; or a Backend of type DynamicResolver has endpoints.',
  consequence: 'The API server refuses the Backend.',
  fix: 'Give each endpoint one form, and all endpoints of a Backend names or none.',
  final: true,
  * check(graph) {
    for (const { backend, endpoints } of connectionsOf(graph)) {
      const raw = list(at(backend.manifest, 'spec', 'endpoints')).map(fields);
      for (const [index, endpoint] of raw.entries()) {
        const forms = FORMS.filter(form => endpoint[form] !== undefined);
        if (forms.length === 1) continue;
        yield {
          node: backend,
          prop: `spec.endpoints[${index}]`,
          message: 'must have exactly one of `fqdn`, `ip` and `unix`',
          value: forms,
          fix: 'keep one',
        };
      }
      if (endpoints.some(({ form }) => form === 'fqdn') && endpoints.some(({ form }) => form !== 'fqdn' && form !== undefined)) {
        yield {
          node: backend,
          prop: 'spec.endpoints',
          message: 'mixes names with addresses',
          value: endpoints.map(({ form }) => form),
          fix: 'make a Backend for each kind',
        };
      }
      if (endpoints.length > 0 && at(backend.manifest, 'spec', 'type') === 'DynamicResolver') {
        yield { node: backend, prop: 'spec.endpoints', message: 'is not allowed for a Backend of type DynamicResolver', fix: 'remove the endpoints or the type' };
      }
    }
  },
};
