import { AGENTGATEWAY } from '../../../agentgateway';
import { at, list } from '../../../read';
import { isBefore } from '../../../release';
import { Rule } from '../../../rule';

export const limitsIgnored: Rule = {
  code: 'LIMITS_IGNORED',
  severity: 'error',
  title: 'Of several local rate limits only the first is in force',
  cause: 'An AgentgatewayPolicy has more than one entry in `rateLimit.local`, and the release is older than v1.5.',
  consequence: 'The other limits are dropped without a word: a budget of tokens beside a limit of requests is not kept.',
  fix: 'Keep the one that matters, or use `rateLimit.global` with a rate limit service.',
  * check(graph) {
    for (const node of graph.ofKind(AGENTGATEWAY, 'AgentgatewayPolicy')) {
      const count = list(at(node.manifest, 'spec', 'traffic', 'rateLimit', 'local')).length;
      if (count < 2 || !isBefore(node.target, 'agentgateway', 'v1.5')) continue;
      yield { node, prop: 'spec.traffic.rateLimit.local', message: `has ${count} limits, of which the gateway keeps the first`, fix: 'keep one, or use `rateLimit.global`' };
    }
  },
};
