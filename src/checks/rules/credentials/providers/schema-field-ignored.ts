import { isToken } from '../../../../findings/token';
import { GraphNode } from '../../../graph';
import { AI_GATEWAY } from '../../../links';
import { at, fields, text } from '../../../read';
import { isBefore } from '../../../release';
import { Rule, RuleFinding } from '../../../rule';

const WITHOUT_VERSION = new Set(['OpenAI', 'Anthropic']);
const WITH_PREFIX = new Set(['OpenAI', 'Anthropic']);
const DEFAULT_PATH = /^\/?(v1)?\/?$/;

export const schemaFieldIgnored: Rule = {
  code: 'SCHEMA_FIELD_IGNORED',
  severity: 'error',
  title: 'The version or prefix of a provider\'s API is ignored',
  cause: 'The schema of an AIServiceBackend has a `version` or `prefix` that the gateway does not read for this API. Until v0.5 `version` was the path prefix of OpenAI\'s API.',
  consequence: 'Requests go to the default path, /v1 for OpenAI and Anthropic, and the provider answers 404.',
  fix: 'Write the path as `prefix` for OpenAI and Anthropic; remove the field for other APIs.',
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      const schema = fields(at(node.manifest, 'spec', 'schema'));
      const name = text(schema.name);
      if (name === undefined) continue;
      yield* version(node, name, schema.version);
      yield* prefix(node, name, schema.prefix);
    }
  },
};

function* version(node: GraphNode, schema: string, value: unknown): Iterable<RuleFinding> {
  if (typeof value !== 'string' || isToken(value) || !WITHOUT_VERSION.has(schema)) return;
  if (schema === 'OpenAI' && isBefore(node.target, 'envoy-ai-gateway', 'v0.6')) return;
  yield {
    node,
    prop: 'spec.schema.version',
    message: `is ignored for ${schema}`,
    value,
    fix: 'write the path as `prefix`, and remove this',
    // What it says is what happens anyway.
    severity: DEFAULT_PATH.test(value) ? 'warning' : 'error',
  };
}

function* prefix(node: GraphNode, schema: string, value: unknown): Iterable<RuleFinding> {
  if (typeof value !== 'string' || isToken(value) || value === '') return;
  const isRead = WITH_PREFIX.has(schema) && !(schema === 'Anthropic' && isBefore(node.target, 'envoy-ai-gateway', 'v0.7'));
  if (isRead || (schema === 'Anthropic' && DEFAULT_PATH.test(value))) return;
  yield {
    node,
    prop: 'spec.schema.prefix',
    message: `is ignored for ${schema}${schema === 'Anthropic' ? ' before v0.7' : ''}`,
    value,
    fix: 'remove it',
  };
}
