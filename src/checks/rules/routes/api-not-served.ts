import { API_NOT_SERVED } from '../../../findings/api-not-served';
import { Links, RouteRule } from '../../links';
import { at, text } from '../../read';
import { Rule } from '../../rule';

/** Which client APIs a route is meant for stands in no manifest, so only those that no client API reaches are told. */
export const apiNotServed: Rule = {
  ...API_NOT_SERVED,
  * check(graph) {
    for (const { route, rule } of Links.of(graph).sharedRules) {
      const { clientApis } = route.node.target;
      if (!clientApis) continue;
      const served = schemasOf(rule, clientApis);
      const [first, ...others] = served.values();
      if (first === undefined || first.some(api => others.every(other => other.includes(api)))) continue;
      yield {
        node: route.node,
        prop: `${rule.path}.backendRefs`,
        message: `has providers without a client API in common: ${[...served].map(([schema, apis]) => `${schema} serves ${apis.join(', ')}`).join('; ')}`,
        fix: 'use providers that share one, such as two that serve chat-completions',
      };
    }
  },
};

/** What the providers of a rule speak and serve, as far as they are here and get requests. */
function schemasOf({ refs }: RouteRule, clientApis: { readonly [schema: string]: readonly string[] }): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { serviceBackend, weight } of refs) {
    const schema = weight > 0 ? text(at(serviceBackend?.manifest, 'spec', 'schema', 'name')) : undefined;
    if (schema !== undefined && Object.hasOwn(clientApis, schema)) found.set(schema, clientApis[schema]);
  }
  return found;
}
