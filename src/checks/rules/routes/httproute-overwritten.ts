import { GATEWAY_API, Links } from '../../links';
import { Rule } from '../../rule';

export const httprouteOverwritten: Rule = {
  code: 'HTTPROUTE_OVERWRITTEN',
  severity: 'error',
  title: 'An HTTPRoute has the name of an AIGatewayRoute',
  cause: 'The gateway generates an HTTPRoute with the name and namespace of each AIGatewayRoute, and the program makes one with that name as well.',
  consequence: 'The gateway replaces its rules with generated ones without a word, and whoever applies it again replaces them back.',
  fix: 'Rename one of the two.',
  * check(graph) {
    if (graph.ofKind(GATEWAY_API, 'HTTPRoute').length === 0) return;
    for (const { node, name, namespace } of Links.of(graph).routes) {
      const other = name === undefined ? undefined : graph.find(GATEWAY_API, 'HTTPRoute', namespace, name);
      if (!other) continue;
      yield { node: other, prop: 'metadata.name', message: `is the name of the HTTPRoute that is generated from ${node.path}`, value: name, fix: 'rename one of the two' };
    }
  },
};
