import { Release } from './releases';
import { Problem } from '../../findings/finding';
import { ProviderApi, ProviderIntent } from '../../intent';

const SCHEMA_NAMES: { readonly [api in ProviderApi]: string } = {
  'openai': 'OpenAI',
  'anthropic': 'Anthropic',
  'bedrock': 'AWSBedrock',
  'bedrock-anthropic': 'AWSAnthropic',
  'azure-openai': 'AzureOpenAI',
  'vertex': 'GCPVertexAI',
  'vertex-anthropic': 'GCPAnthropic',
  'cohere': 'Cohere',
};

/** The `schema` of an AIServiceBackend: what the provider speaks. */
export function renderSchema(intent: ProviderIntent, _release: Release): { schema: object; problems: Problem[] } {
  return {
    schema: {
      name: SCHEMA_NAMES[intent.api],
      ...(intent.apiVersion === undefined ? {} : { version: intent.apiVersion }),
      ...(intent.pathPrefix === undefined ? {} : { prefix: intent.pathPrefix }),
    },
    problems: [],
  };
}
