import { agentProviders, hasPolicyFromElsewhere } from '../../../agentgateway';
import { at, fields, list } from '../../../read';
import { Rule } from '../../../rule';

export const groupsStay: Rule = {
  code: 'GROUPS_STAY',
  severity: 'error',
  title: 'Groups of providers never fall over',
  cause: 'An AgentgatewayBackend has several groups, and a provider before the last group has no `health.eviction`, neither itself nor by its backend.',
  consequence: 'No provider is ever left out, so the later groups get no requests while the first one fails.',
  fix: 'Set `policies.health.eviction` on the backend, and `unhealthyCondition` with the status codes that count, 429 included.',
  * check(graph) {
    for (const provider of agentProviders(graph)) {
      const groups = list(at(provider.node.manifest, 'spec', 'ai', 'groups'));
      if (groups.length < 2 || provider.path.startsWith(`spec.ai.groups[${groups.length - 1}]`)) continue;
      if (fields(provider.policy('health')).eviction !== undefined || hasPolicyFromElsewhere(graph, provider, 'health')) continue;
      yield {
        node: provider.node, prop: provider.path, message: 'is never left out when it fails, so the next group is never used',
        fix: 'set `spec.policies.health.eviction`, such as { duration: 30s, consecutiveFailures: 1 }',
      };
    }
  },
};
