import { ServedApis } from '../declared/client-apis';

/** Client APIs the gateway can translate to each provider API. */
export const SERVED: ServedApis = {
  'openai': ['chat-completions', 'completions', 'embeddings', 'responses', 'images', 'audio', 'messages', 'tokenize'],
  'azure-openai': ['chat-completions', 'embeddings', 'responses'],
  'anthropic': ['messages', 'count-tokens'],
  'bedrock': ['chat-completions', 'embeddings', 'messages', 'count-tokens', 'tokenize'],
  'bedrock-anthropic': ['chat-completions', 'messages', 'count-tokens', 'tokenize'],
  'vertex': ['chat-completions', 'embeddings', 'tokenize'],
  'vertex-anthropic': ['chat-completions', 'messages', 'count-tokens', 'tokenize'],
  'cohere': ['rerank'],
};
