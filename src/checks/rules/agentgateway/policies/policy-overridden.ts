import { AGENTGATEWAY, agentProviders, agentTargets } from '../../../agentgateway';
import { Graph, GraphNode } from '../../../graph';
import { labelOf } from '../../../identity';
import { at, Fields, fields } from '../../../read';
import { Rule } from '../../../rule';

/** Of these what the backend says and what the policy says are put together. */
const MERGED = ['mcp'];

export const policyOverridden: Rule = {
  code: 'POLICY_OVERRIDDEN',
  severity: 'error',
  title: 'A policy on a backend sets what the backend sets itself',
  cause: 'An AgentgatewayPolicy names an AgentgatewayBackend, or one of its providers, and sets a field of `backend` that stands in the `policies` of the target too. The two are not merged: what the backend says wins as a whole, `ai` and `transformation` included.',
  consequence: 'The policy is accepted and attached, and what it says there has no effect: another key is used, a prompt guard never runs.',
  fix: 'Put it into the `policies` of the backend, or remove the field there.',
  * check(graph) {
    for (const target of agentTargets(graph)) {
      if (target.group !== AGENTGATEWAY || target.kind !== 'AgentgatewayBackend') continue;
      const backend = graph.find(AGENTGATEWAY, 'AgentgatewayBackend', target.namespace, target.name);
      const own = backend && policiesOf(graph, backend, target.sectionName);
      if (!backend || !own) continue;
      for (const name of Object.keys(fields(target.spec.backend))) {
        if (own[name] === undefined || MERGED.includes(name)) continue;
        yield {
          node: target.policy, prop: `spec.backend.${name}`, message: `has no effect, because ${labelOf(backend)} has \`policies.${name}\` of its own`, value: target.name,
          fix: `put it into \`policies.${name}\` of the backend, with ApiObject.of() where a construct makes it, or remove that there`,
        };
      }
    }
  },
};

/** The policies that stand in a backend, or in the part of it that a target names. */
function policiesOf(graph: Graph, backend: GraphNode, sectionName: string | undefined): Fields | undefined {
  if (sectionName === undefined) return fields(at(backend.manifest, 'spec', 'policies'));
  const part = agentProviders(graph).find(provider => provider.node === backend && provider.name === sectionName);
  return part && fields(part.fields.policies);
}
