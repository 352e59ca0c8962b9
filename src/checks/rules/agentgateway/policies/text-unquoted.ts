import { AGENTGATEWAY, policyBlocks } from '../../../agentgateway';
import { GraphNode } from '../../../graph';
import { at, fields, isToken, list, text } from '../../../read';
import { Rule, RuleFinding } from '../../../rule';

/** What an expression can begin with: variables of the gateway, literals, and functions that need no variable. */
const KNOWN = new Set([
  'request', 'response', 'proxy', 'env', 'source', 'destination', 'jwt', 'apiKey', 'basicAuth', 'llm', 'llmRequest', 'mcp', 'backend', 'extauthz', 'extproc', 'mcpGuardrails',
  'metadata', 'true', 'false', 'null',
]);
const WORDS = /^[A-Za-z_][\w-]*(?:[ /:.,-]+[\w-]+)*$/;

export const textUnquoted: Rule = {
  code: 'TEXT_UNQUOTED',
  severity: 'error',
  title: 'A header is set to text that agentgateway reads as an expression',
  cause: 'The `value` of a header in a `transformation` is plain words. Values are expressions of CEL there, in which text stands in quotes of its own.',
  consequence: 'The expression cannot be evaluated, and the header is removed instead of set.',
  fix: 'Put the text into quotes inside of the quotes of YAML: `value: \'"research"\'`.',
  * check(graph) {
    for (const node of graph.ofKind(AGENTGATEWAY, 'AgentgatewayPolicy')) yield* judge(node, 'spec.traffic.transformation', at(node.manifest, 'spec', 'traffic', 'transformation'));
    for (const { node, path, fields: { transformation } } of policyBlocks(graph)) yield* judge(node, `${path}.transformation`, transformation);
  },
};

function* judge(node: GraphNode, path: string, transformation: unknown): Iterable<RuleFinding> {
  for (const side of ['request', 'response']) {
    for (const change of ['set', 'add']) {
      for (const [index, entry] of list(at(transformation, side, change)).entries()) {
        const { name, value } = fields(entry);
        const written = text(value);
        if (written === undefined || isToken(written) || !WORDS.test(written) || KNOWN.has(/^\w+/.exec(written)![0])) continue;
        // By its name, because the value may be a credential.
        yield {
          node, prop: `${path}.${side}.${change}[${index}].value`, message: 'is read as an expression, which plain words are not', value: name,
          fix: 'put the text into quotes of its own, such as value: \'"research"\'',
        };
      }
    }
  }
}
