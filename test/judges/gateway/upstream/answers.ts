import { eventMessage } from './event-stream';

/** What a request asks a provider for, as far as the pretended ones understand it. */
export interface Question {
  readonly api: Api;
  readonly model: string;
  readonly streaming: boolean;
}

export type Api =
  | 'chat' | 'completions' | 'embeddings' | 'responses' | 'messages' | 'count-tokens' | 'rerank' | 'tokenize'
  | 'converse' | 'invoke' | 'gemini' | 'prediction' | 'unknown';

/** An answer in one piece or in several, which go out one by one. */
export interface Answer {
  readonly type: string;
  readonly parts: readonly (string | Buffer)[];
}

const JSON_TYPE = 'application/json';
const EVENTS = 'text/event-stream';
const AMAZON_EVENTS = 'application/vnd.amazon.eventstream';

/** By the path, since that is what providers go by. */
export function questionOf(url: string, body: any): Question {
  const [path] = url.split('?');
  const bedrock = /^\/model\/([^/]+)\/(converse|invoke)(-stream|-with-response-stream)?$/.exec(path);
  if (bedrock) {
    const api = bedrock[2] === 'converse' ? 'converse' : titan(bedrock[1]) ? 'embeddings' : 'invoke';
    return { api, model: decodeURIComponent(bedrock[1]), streaming: bedrock[3] !== undefined };
  }
  const vertex = /\/publishers\/(?:google|anthropic)\/models\/(.+):(generateContent|streamGenerateContent|rawPredict|streamRawPredict|predict)$/.exec(path);
  if (vertex) {
    const api = /rawPredict/i.test(vertex[2]) ? 'messages' : vertex[2] === 'predict' ? 'prediction' : 'gemini';
    return { api, model: decodeURIComponent(vertex[1]), streaming: vertex[2].startsWith('stream') };
  }
  const deployment = /^\/openai\/deployments\/([^/]+)\//.exec(path)?.[1];
  const found = ENDINGS.find(([ending]) => path.endsWith(ending));
  return { api: found?.[1] ?? 'unknown', model: deployment ?? String(body?.model ?? ''), streaming: body?.stream === true };
}

const ENDINGS: readonly (readonly [string, Api])[] = [
  ['/chat/completions', 'chat'],
  ['/completions', 'completions'],
  ['/embeddings', 'embeddings'],
  ['/responses', 'responses'],
  ['/messages/count_tokens', 'count-tokens'],
  ['/messages', 'messages'],
  ['/rerank', 'rerank'],
  ['/tokenize', 'tokenize'],
];

function titan(model: string): boolean {
  return model.includes('titan-embed');
}

/** An answer that says `text`, in the words of the API. */
export function answerTo({ api, model, streaming }: Question, text: string): Answer {
  if (!streaming) return { type: JSON_TYPE, parts: [JSON.stringify(whole(api, model, text))] };
  switch (api) {
    case 'converse': return { type: AMAZON_EVENTS, parts: converseEvents(text) };
    case 'messages': return { type: EVENTS, parts: messageEvents(model, text).map(({ type, data }) => `event: ${type}\ndata: ${data}\n\n`) };
    case 'invoke': return { type: AMAZON_EVENTS, parts: messageEvents(model, text).map(({ data }) => chunk(data)) };
    case 'gemini': return { type: EVENTS, parts: [`data: ${JSON.stringify(whole(api, model, text))}\r\n\r\n`] };
    default: return { type: EVENTS, parts: chatEvents(model, text) };
  }
}

function whole(api: Api, model: string, text: string): object {
  switch (api) {
    case 'chat': return {
      id: 'chatcmpl-1', object: 'chat.completion', created: 1, model,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
      usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
    };
    case 'completions': return {
      id: 'cmpl-1', object: 'text_completion', created: 1, model,
      choices: [{ index: 0, finish_reason: 'stop', text, logprobs: null }],
      usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
    };
    case 'embeddings': return titan(model)
      ? { embedding: [0.5, 0.25], inputTextTokenCount: 3 }
      : { object: 'list', model, data: [{ object: 'embedding', index: 0, embedding: [0.5, 0.25] }], usage: { prompt_tokens: 3, total_tokens: 3 } };
    case 'responses': return {
      id: 'resp_1', object: 'response', created_at: 1, status: 'completed', model,
      output: [{ id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text, annotations: [] }] }],
      usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7 },
    };
    case 'messages':
    case 'invoke': return {
      id: 'msg_1', type: 'message', role: 'assistant', model, content: [{ type: 'text', text }],
      stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 3, output_tokens: 4 },
    };
    case 'count-tokens': return { input_tokens: 3 };
    case 'rerank': return { id: 'rerank-1', results: [{ index: 0, relevance_score: 0.9 }], meta: { billed_units: { search_units: 1 } } };
    case 'tokenize': return { tokens: [1, 2, 3], count: 3, max_model_len: 4096 };
    case 'converse': return {
      output: { message: { role: 'assistant', content: [{ text }] } },
      stopReason: 'end_turn', usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 }, metrics: { latencyMs: 1 },
    };
    case 'gemini': return {
      candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 4, totalTokenCount: 7 }, modelVersion: model,
    };
    case 'prediction': return { predictions: [{ embeddings: { values: [0.5, 0.25], statistics: { token_count: 3, truncated: false } } }] };
    // Tokens are counted in as many ways as there are providers.
    case 'unknown': return { input_tokens: 3, inputTokens: 3, totalTokens: 3, data: [] };
  }
}

function chatEvents(model: string, text: string): string[] {
  const part = (delta: object, finish: string | null) => `data: ${JSON.stringify({
    id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;
  return [part({ role: 'assistant', content: '' }, null), ...words(text).map(content => part({ content }, null)), part({}, 'stop'), 'data: [DONE]\n\n'];
}

function messageEvents(model: string, text: string): { readonly type: string; readonly data: string }[] {
  const event = (type: string, rest: object) => ({ type, data: JSON.stringify({ type, ...rest }) });
  return [
    event('message_start', {
      message: { id: 'msg_1', type: 'message', role: 'assistant', model, content: [], stop_reason: null, usage: { input_tokens: 3, output_tokens: 1 } },
    }),
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ...words(text).map(word => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: word } })),
    event('content_block_stop', { index: 0 }),
    event('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 4 } }),
    event('message_stop', {}),
  ];
}

function converseEvents(text: string): Buffer[] {
  const event = (type: string, payload: object) => eventMessage(
    { ':message-type': 'event', ':event-type': type, ':content-type': JSON_TYPE }, JSON.stringify(payload),
  );
  return [
    event('messageStart', { role: 'assistant' }),
    ...words(text).map(word => event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: word } })),
    event('contentBlockStop', { contentBlockIndex: 0 }),
    event('messageStop', { stopReason: 'end_turn' }),
    event('metadata', { usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 }, metrics: { latencyMs: 1 } }),
  ];
}

/** How Amazon wraps the events of a model that streams in words of its own. */
function chunk(data: string): Buffer {
  return eventMessage(
    { ':message-type': 'event', ':event-type': 'chunk', ':content-type': JSON_TYPE }, JSON.stringify({ bytes: Buffer.from(data).toString('base64') }),
  );
}

/** Pieces of a text, which together are the text. */
function words(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}
