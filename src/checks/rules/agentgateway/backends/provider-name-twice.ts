import { agentProviders } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { Rule } from '../../../rule';

export const providerNameTwice: Rule = {
  code: 'PROVIDER_NAME_TWICE',
  severity: 'error',
  title: 'Two providers of one backend have the same name',
  cause: 'Providers of different groups of an AgentgatewayBackend share a name. The API server compares names inside of one group only.',
  consequence: 'Policies and health of one are those of the other: a failing provider takes its namesake out as well, or gets its key.',
  fix: 'Give each provider of the backend a name of its own.',
  * check(graph) {
    const seen = new Map<GraphNode, Set<string>>();
    for (const { node, path, name } of agentProviders(graph)) {
      if (name === undefined) continue;
      const names = seen.get(node) ?? new Set();
      seen.set(node, names);
      if (names.has(name)) yield { node, prop: `${path}.name`, message: 'is the name of another provider of this backend', value: name, fix: 'choose another name' };
      names.add(name);
    }
  },
};
