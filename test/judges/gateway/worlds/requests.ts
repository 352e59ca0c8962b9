import { ClientApi } from '../../../../src';
import { Sent } from '../client';

const messages = [{ role: 'user', content: 'hi' }];

/** A request for a model by each of the client APIs. */
export const REQUESTS: { readonly [api in ClientApi]: (model: string) => Sent } = {
  [ClientApi.CHAT_COMPLETIONS]: model => ({ path: '/v1/chat/completions', body: { model, messages } }),
  [ClientApi.COMPLETIONS]: model => ({ path: '/v1/completions', body: { model, prompt: 'hi' } }),
  [ClientApi.EMBEDDINGS]: model => ({ path: '/v1/embeddings', body: { model, input: 'hi' } }),
  [ClientApi.RESPONSES]: model => ({ path: '/v1/responses', body: { model, input: 'hi' } }),
  [ClientApi.IMAGES]: model => ({ path: '/v1/images/generations', body: { model, prompt: 'a cat' } }),
  [ClientApi.AUDIO]: model => ({ path: '/v1/audio/speech', body: { model, input: 'hi', voice: 'alloy' } }),
  [ClientApi.MESSAGES]: model => ({ path: '/anthropic/v1/messages', body: { model, max_tokens: 64, messages } }),
  [ClientApi.COUNT_TOKENS]: model => ({ path: '/anthropic/v1/messages/count_tokens', body: { model, messages } }),
  [ClientApi.RERANK]: model => ({ path: '/cohere/v2/rerank', body: { model, query: 'hi', documents: ['a', 'b'] } }),
  [ClientApi.TOKENIZE]: model => ({ path: '/tokenize', body: { model, messages } }),
};
