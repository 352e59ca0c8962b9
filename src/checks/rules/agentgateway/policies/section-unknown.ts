import { AGENTGATEWAY, agentProviders, AgentTarget, agentTargets, httpRules } from '../../../agentgateway';
import { Graph, GraphNode } from '../../../graph';
import { GATEWAY_API } from '../../../links';
import { at, fields, list, text } from '../../../read';
import { Rule } from '../../../rule';

export const sectionUnknown: Rule = {
  code: 'SECTION_UNKNOWN',
  severity: 'error',
  title: 'A policy of agentgateway is for a part that its target does not have',
  cause: 'The `sectionName` of an AgentgatewayPolicy is no rule of the HTTPRoute, no listener of the Gateway, or no provider of the AgentgatewayBackend.',
  consequence: 'The policy is accepted and attached, and has no effect.',
  fix: 'Use a name the target has. A provider that stands alone is called `backend`.',
  * check(graph) {
    for (const target of agentTargets(graph)) {
      if (target.sectionName === undefined) continue;
      const known = sectionsOf(graph, target);
      if (known === undefined || known.includes(target.sectionName)) continue;
      yield {
        node: target.policy, prop: `${target.path}.sectionName`, message: `is no part of ${target.kind} "${target.name}"`, value: target.sectionName,
        fix: known.length === 0 ? 'give the part a name' : `use one of ${known.map(name => JSON.stringify(name)).join(', ')}`,
      };
    }
  },
};

/** Undefined where the target is not here, or has no parts that are known. */
function sectionsOf(graph: Graph, { kind, group, namespace, name }: AgentTarget): string[] | undefined {
  const node: GraphNode | undefined = graph.find(group, kind, namespace, name);
  if (!node) return undefined;
  if (group === GATEWAY_API && kind === 'HTTPRoute') return httpRules(node).flatMap(rule => text(rule.name) ?? []);
  if (group === GATEWAY_API && kind === 'Gateway') return list(at(node.manifest, 'spec', 'listeners')).flatMap(listener => text(fields(listener).name) ?? []);
  if (group !== AGENTGATEWAY || kind !== 'AgentgatewayBackend' || at(node.manifest, 'spec', 'ai') === undefined) return undefined;
  return agentProviders(graph).filter(provider => provider.node === node).map(provider => provider.name ?? 'backend');
}
