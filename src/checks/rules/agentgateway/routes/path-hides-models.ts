import { httpRules, parentGateways } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { GATEWAY_API } from '../../../links';
import { at, fields, list, text } from '../../../read';
import { Rule } from '../../../rule';
import { matchesModel } from './model-header-unset';

/** What clients call, whatever the prefix. */
const CLIENT_PATHS = ['/v1/chat/completions', '/v1/messages', '/v1/embeddings', '/v1/responses'];

export const pathHidesModels: Rule = {
  code: 'PATH_HIDES_MODELS',
  severity: 'error',
  title: 'A route by path takes the requests of routes by model',
  cause: 'A rule of an HTTPRoute matches a path that clients call, such as `/v1`, on a gateway that also routes by model. A longer path wins over any condition on headers.',
  consequence: 'Requests for all models on that path go where the path leads, with that provider\'s key.',
  fix: 'Give the path route a prefix of its own, such as `/litellm`, or another gateway or hostname.',
  * check(graph) {
    const models = new Set<string>();
    for (const route of graph.ofKind(GATEWAY_API, 'HTTPRoute')) {
      if (httpRules(route).some(rule => list(rule.matches).some(matchesModel))) for (const place of placesOf(route)) models.add(place);
    }
    if (models.size === 0) return;
    for (const node of graph.ofKind(GATEWAY_API, 'HTTPRoute')) {
      if (!placesOf(node).some(place => models.has(place))) continue;
      for (const [index, rule] of httpRules(node).entries()) {
        for (const [number, match] of list(rule.matches).entries()) {
          const path = clientPath(match);
          if (path === undefined || matchesModel(match)) continue;
          yield {
            node, prop: `spec.rules[${index}].matches[${number}]`, message: 'takes requests that routes by model on the same gateway are for', value: path,
            fix: 'use a prefix of its own, such as "/litellm", with PathRewrite.prefix("/")',
          };
        }
      }
    }
  },
};

function clientPath(match: unknown): string | undefined {
  const { type = 'PathPrefix', value } = fields(fields(match).path);
  const path = text(value);
  // A bare slash is shorter than nothing: it is what rules without path have.
  if (path === undefined || path === '/') return undefined;
  const fits = type === 'Exact' ? CLIENT_PATHS.includes(path) : type === 'PathPrefix' && CLIENT_PATHS.some(call => `${call}/`.startsWith(`${path.replace(/\/+$/, '')}/`));
  return fits ? path : undefined;
}

/** Gateways and hostnames of a route. */
function placesOf(node: GraphNode): string[] {
  const hostnames = list(at(node.manifest, 'spec', 'hostnames'));
  return parentGateways(node).flatMap(({ namespace, name }) => (hostnames.length === 0 ? ['*'] : hostnames).map(host => `${namespace ?? ''}/${name}@${String(host)}`));
}
