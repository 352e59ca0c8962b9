/** Whose way of speaking a client uses; errors are answered in it. */
export type Dialect = 'openai' | 'anthropic';

export interface Endpoint {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly dialect: Dialect;
  /** `json` can be inspected; `none` has no body; `opaque` has one that cannot be. */
  readonly body: 'json' | 'none' | 'opaque';
  /** The list whose entries count as messages. */
  readonly list?: string;
  /** Fields that may hold token numbers in the place of text. */
  readonly tokens?: readonly string[];
}

/** What the AI gateway serves under its default prefixes. Everything else is refused. */
const ENDPOINTS: readonly Endpoint[] = [
  { path: '/v1/chat/completions', method: 'POST', dialect: 'openai', body: 'json', list: 'messages' },
  { path: '/v1/completions', method: 'POST', dialect: 'openai', body: 'json', list: 'prompt', tokens: ['prompt[]', 'prompt[][]'] },
  { path: '/v1/embeddings', method: 'POST', dialect: 'openai', body: 'json', list: 'input', tokens: ['input[]', 'input[][]'] },
  { path: '/v1/responses', method: 'POST', dialect: 'openai', body: 'json', list: 'input' },
  { path: '/v1/responses/input_tokens', method: 'POST', dialect: 'openai', body: 'json', list: 'input' },
  { path: '/v1/audio/speech', method: 'POST', dialect: 'openai', body: 'json' },
  { path: '/v1/audio/transcriptions', method: 'POST', dialect: 'openai', body: 'opaque' },
  { path: '/v1/audio/translations', method: 'POST', dialect: 'openai', body: 'opaque' },
  { path: '/v1/images/generations', method: 'POST', dialect: 'openai', body: 'json' },
  { path: '/v1/models', method: 'GET', dialect: 'openai', body: 'none' },
  { path: '/tokenize', method: 'POST', dialect: 'openai', body: 'json', list: 'messages' },
  { path: '/cohere/v2/rerank', method: 'POST', dialect: 'openai', body: 'json', list: 'documents' },
  { path: '/anthropic/v1/messages', method: 'POST', dialect: 'anthropic', body: 'json', list: 'messages' },
  { path: '/anthropic/v1/messages/count_tokens', method: 'POST', dialect: 'anthropic', body: 'json', list: 'messages' },
  { path: '/anthropic/v1/models', method: 'GET', dialect: 'anthropic', body: 'none' },
];

const byPath = new Map(ENDPOINTS.map(endpoint => [endpoint.path, endpoint]));

/** The endpoint of a request target; another spelling of a path is another path. */
export function endpointOf(target: string): Endpoint | undefined {
  const query = target.indexOf('?');
  return byPath.get(query < 0 ? target : target.slice(0, query));
}

export function dialectOf(target: string): Dialect {
  return target.startsWith('/anthropic/') ? 'anthropic' : 'openai';
}

/** Keys whose spelling in other cases some servers read as the same. */
const ROOT_KEYS = new Set([
  'model', 'messages', 'input', 'prompt', 'system', 'instructions', 'tools', 'functions', 'query', 'documents', 'suffix', 'user', 'metadata', 'stream',
]);

/** Whether a first-level key is another's in different letters. */
export function isDisguisedKey(key: string): boolean {
  return !ROOT_KEYS.has(key) && ROOT_KEYS.has(key.toLowerCase());
}

/**
 * Words of the protocol, which no rule reads: changing one breaks the request.
 * All other strings are read, also those in fields not known here.
 */
const PROTOCOL = new Set([
  'model',
  'messages[].role', 'messages[].tool_call_id', 'messages[].tool_calls[].id', 'messages[].tool_calls[].type',
  'messages[].content[].type', 'messages[].content[].id', 'messages[].content[].tool_use_id', 'messages[].content[].signature',
  'messages[].content[].data',
  'input[].role', 'input[].type', 'input[].id', 'input[].call_id', 'input[].status', 'input[].content[].type', 'input[].encrypted_content',
  'tools[].type', 'previous_response_id', 'response_format.type', 'text.format.type',
]);

/** Media as base64, which is not text. */
const BLOBS = new Set([
  'messages[].content[].input_audio.data', 'messages[].content[].file.file_data', 'messages[].content[].source.data',
  'messages[].content[].content[].source.data', 'input[].content[].file_data', 'input[].content[].input_audio.data',
]);
const DATA_URL = /^data:[a-z]+\/[a-z0-9.+-]+;base64,/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Whether rules read a string. */
export function isText(path: string, value: string): boolean {
  if (PROTOCOL.has(path)) return false;
  const data = DATA_URL.exec(value);
  if (data) return !BASE64.test(value.slice(data[0].length));
  return !(BLOBS.has(path) && BASE64.test(value));
}
