import { AGENTGATEWAY, AGENTGATEWAY_MODEL_HEADER, agentPoliciesOn, hasSelectingPolicies, httpRules, parentGateways } from '../../../agentgateway';
import { Graph, GraphNode } from '../../../graph';
import { GATEWAY_API, namespaceOf } from '../../../links';
import { perGraph } from '../../../per-graph';
import { at, Fields, fields, list, text } from '../../../read';
import { Rule } from '../../../rule';

export const modelHeaderUnset: Rule = {
  code: 'MODEL_HEADER_UNSET',
  severity: 'error',
  title: 'A route waits for a model that its gateway does not read',
  cause: 'An HTTPRoute matches the header `x-gateway-model`, and no AgentgatewayPolicy of phase PreRouting writes it on the Gateway.',
  consequence: 'The rule matches no request, or whatever a client writes into the header: models answer 404.',
  fix: 'Leave `modelRouting` of the gateway on, or set the header with a PreRouting transformation: `json(request.body).model`.',
  * check(graph) {
    for (const node of graph.ofKind(GATEWAY_API, 'HTTPRoute')) {
      const index = httpRules(node).findIndex(rule => list(rule.matches).some(matchesModel));
      if (index < 0) continue;
      for (const { namespace, name } of parentGateways(node)) {
        if (!graph.find(GATEWAY_API, 'Gateway', namespace, name) || isWritten(graph, namespace, name)) continue;
        yield {
          node, prop: `spec.rules[${index}].matches`, message: `matches the model of requests, which no policy reads on the gateway "${name}"`,
          fix: 'leave `modelRouting` of the gateway on, or write the header with a PreRouting transformation',
        };
      }
    }
  },
};

export function matchesModel(match: unknown): boolean {
  return modelCondition(match) !== undefined;
}

/** The condition on the model in a match of an HTTPRoute. */
export function modelCondition(match: unknown): Fields | undefined {
  return list(fields(match).headers).map(fields).find(({ name }) => text(name)?.toLowerCase() === AGENTGATEWAY_MODEL_HEADER);
}

function isWritten(graph: Graph, namespace: string | undefined, name: string): boolean {
  return hasSelectingPolicies(graph) || unfinished(graph).has(namespace) || agentPoliciesOn(graph, 'Gateway', namespace, name).some(({ spec }) =>
    at(spec, 'traffic', 'phase') === 'PreRouting'
    && list(at(spec, 'traffic', 'transformation', 'request', 'set')).some(set => text(fields(set).name)?.toLowerCase() === AGENTGATEWAY_MODEL_HEADER));
}

/** Namespaces with a policy that may write it and lacks the field that says so, which is told of the policy. */
const unfinished = perGraph(graph => new Set(graph.ofKind(AGENTGATEWAY, 'AgentgatewayPolicy').filter(isUnfinished).map(namespaceOf)));

function isUnfinished({ manifest }: GraphNode): boolean {
  const { targetRefs, traffic } = fields(manifest.spec);
  if (at(traffic, 'phase') !== 'PreRouting') return false;
  const targets = list(targetRefs).map(fields);
  const written = list(at(traffic, 'transformation', 'request', 'set')).map(fields);
  return targets.some(({ kind, name }) => kind === undefined || name === undefined) || written.some(({ name }) => name === undefined);
}
