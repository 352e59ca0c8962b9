import { AI_GATEWAY } from '../../../links';
import { at, fields, text } from '../../../read';
import { Rule } from '../../../rule';

const NEEDED: { readonly [schema: string]: { readonly effect: string; readonly example: string } } = {
  AzureOpenAI: { effect: 'requests carry an empty api-version', example: '2025-01-01-preview' },
  Cohere: { effect: 'requests go to /rerank', example: 'v2' },
  GCPAnthropic: { effect: 'requests carry no anthropic_version', example: 'vertex-2023-10-16' },
};

export const schemaVersionMissing: Rule = {
  code: 'SCHEMA_VERSION_MISSING',
  severity: 'error',
  title: 'The API of a provider needs a version',
  cause: 'The schema AzureOpenAI, Cohere or GCPAnthropic of an AIServiceBackend has no `version`.',
  consequence: 'Azure gets `?api-version=` without a value and answers 404, Cohere a path without version, and Claude on Vertex refuses messages without `anthropic_version`.',
  fix: 'Set `version`: Azure\'s api-version, `v2` for Cohere, `vertex-2023-10-16` for Claude on Vertex.',
  * check(graph) {
    for (const node of graph.ofKind(AI_GATEWAY, 'AIServiceBackend')) {
      const { name, version } = fields(at(node.manifest, 'spec', 'schema'));
      const needed = text(name) !== undefined && Object.hasOwn(NEEDED, text(name)!) ? NEEDED[text(name)!] : undefined;
      if (!needed || (version !== undefined && version !== '')) continue;
      yield {
        node,
        prop: 'spec.schema.version',
        message: `is missing for ${name}, so ${needed.effect}`,
        fix: `set it, for example to "${needed.example}"`,
      };
    }
  },
};
