import { policyBlocks } from '../../../agentgateway';
import { isBefore } from '../../../release';
import { Rule, RuleFinding } from '../../../rule';
import { GraphNode } from '../../../graph';

export const tcpIgnored: Rule = {
  code: 'TCP_IGNORED',
  severity: 'error',
  title: 'TCP settings of a backend are ignored',
  cause: 'A backend policy has `tcp`, which agentgateway accepts and does not read before v1.5.',
  consequence: 'A provider that does not accept connections holds requests until their own timeout.',
  fix: 'Use `http.requestTimeout`, or the timeouts of the route.',
  * check(graph) {
    for (const { node, path, fields: { tcp } } of policyBlocks(graph)) yield* judge(node, `${path}.tcp`, tcp);
  },
};

function* judge(node: GraphNode, prop: string, value: unknown): Iterable<RuleFinding> {
  if (value === undefined || !isBefore(node.target, 'agentgateway', 'v1.5')) return;
  yield { node, prop, message: 'is accepted and ignored', value, fix: 'use `http.requestTimeout`, or the timeouts of the route' };
}
