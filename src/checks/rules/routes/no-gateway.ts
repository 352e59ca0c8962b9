import { Links } from '../../links';
import { Rule } from '../../rule';

export const noGateway: Rule = {
  code: 'NO_GATEWAY',
  severity: 'error',
  title: 'A route belongs to no gateway',
  cause: 'An AIGatewayRoute, or an HTTPRoute of agentgateway, has no parentRefs.',
  consequence: 'It is accepted and no gateway serves its models.',
  fix: 'Name the Gateway in `spec.parentRefs`.',
  * check(graph) {
    for (const { node, parents } of Links.of(graph).allRoutes) {
      if (parents.length === 0) yield { node, prop: 'spec.parentRefs', message: 'is missing, so no gateway serves the route', fix: 'name the Gateway', inCode: { message: 'is empty, so no gateway serves the route' } };
    }
  },
};
