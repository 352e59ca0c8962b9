import { AGENTGATEWAY, AGENTGATEWAY_MODEL_HEADER, GATEWAY_API, KGATEWAY } from './api-groups';
import { Graph, GraphNode } from './graph';
import { at, fields, list, text } from './read';

const PLATFORMS: ReadonlySet<string> = new Set(['agentgateway', 'kgateway']);

/** HTTPRoutes that agentgateway serves, by its own kinds or those of kgateway: on other platforms those that name a backend of theirs. */
export function agentHttpRoutes(graph: Graph): readonly GraphNode[] {
  return graph.ofKind(GATEWAY_API, 'HTTPRoute').filter(({ manifest, target }) =>
    PLATFORMS.has(target.platform) || list(at(manifest, 'spec', 'rules')).some(isOfAgentgateway));
}

function isOfAgentgateway(rule: unknown): boolean {
  const { backendRefs, matches } = fields(rule);
  const headers = list(matches).flatMap(match => list(fields(match).headers)).map(fields);
  const refs = list(backendRefs).map(fields);
  return refs.some(({ group, kind }) => (group === AGENTGATEWAY && kind === 'AgentgatewayBackend') || (group === KGATEWAY && kind === 'Backend'))
    || headers.some(({ name }) => text(name)?.toLowerCase() === AGENTGATEWAY_MODEL_HEADER);
}
