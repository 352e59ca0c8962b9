import { Release } from './releases';
import { ServedApis } from '../declared/client-apis';

/** Client APIs the gateway can translate to each provider API. */
export function servedApis(release: Release): ServedApis {
  return release.has('customProvider') ? SERVED : SERVED_BY_V1_0;
}

const SERVED: ServedApis = {
  'openai': ['chat-completions', 'embeddings', 'responses', 'messages', 'rerank'],
  'azure-openai': ['chat-completions', 'embeddings', 'responses', 'messages'],
  'anthropic': ['messages', 'count-tokens', 'chat-completions'],
  'bedrock': ['chat-completions', 'embeddings', 'responses', 'messages', 'rerank'],
  'bedrock-anthropic': ['chat-completions', 'responses', 'messages', 'count-tokens'],
  'vertex': ['chat-completions', 'embeddings', 'responses', 'messages', 'rerank'],
  'vertex-anthropic': ['chat-completions', 'messages', 'count-tokens'],
  'cohere': ['rerank'],
};

const SERVED_BY_V1_0: ServedApis = {
  'openai': ['chat-completions', 'embeddings', 'responses', 'messages'],
  'azure-openai': ['chat-completions', 'embeddings', 'responses', 'messages'],
  'anthropic': ['messages', 'count-tokens', 'chat-completions'],
  'bedrock': ['chat-completions', 'embeddings', 'responses', 'messages', 'count-tokens'],
  'bedrock-anthropic': ['chat-completions', 'responses', 'messages', 'count-tokens'],
  'vertex': ['chat-completions', 'embeddings', 'messages'],
  'vertex-anthropic': ['chat-completions', 'messages', 'count-tokens'],
  'cohere': [],
};

const COMMON = {
  '/chat/completions': 'Completions',
  '/embeddings': 'Embeddings',
  '/messages': 'Messages',
  '/messages/count_tokens': 'AnthropicTokenCount',
  '/responses': 'Responses',
};

/** How paths tell what a client calls: by their end, the longest first. Without it everything is read as a chat completion. */
export const ROUTE_TYPES = {
  'v1.0': { ...COMMON, '*': 'Completions' },
  'v1.4': { ...COMMON, '/rerank': 'Rerank', '*': 'Completions' },
} as const;
