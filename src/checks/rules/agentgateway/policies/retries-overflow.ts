import { AGENTGATEWAY } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { Links } from '../../../links';
import { at } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

/** With the first attempt they are counted in one byte. */
const MOST = 254;

export const retriesOverflow: Rule = {
  code: 'RETRIES_OVERFLOW',
  severity: 'error',
  title: 'So many retries that agentgateway makes none',
  cause: '`retry.attempts` of an AgentgatewayPolicy or of a rule of an HTTPRoute is above 254. The proxy counts the retries and the first attempt in one byte, which begins at 0 again.',
  consequence: 'No request is repeated, and a fallback is not tried: the first failure reaches the client.',
  fix: 'Use 254 or fewer; a handful is enough.',
  * check(graph) {
    for (const node of graph.ofKind(AGENTGATEWAY, 'AgentgatewayPolicy')) yield* judge(node, 'spec.traffic.retry.attempts', at(node.manifest, 'spec', 'traffic', 'retry', 'attempts'));
    for (const { node, rules } of Links.of(graph).httpRoutes) {
      for (const { path, rule } of rules) yield* judge(node, `${path}.retry.attempts`, at(rule.retry, 'attempts'));
    }
  },
};

function* judge(node: GraphNode, prop: string, attempts: unknown): Iterable<RuleFinding> {
  if (typeof attempts === 'number' && attempts > MOST) yield { node, prop, message: `is more than ${MOST}, above which nothing is repeated`, value: attempts, fix: `use ${MOST} or fewer` };
}
