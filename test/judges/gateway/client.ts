import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:http2';
import { Attempt, REQUEST_ID } from './upstream/provider';

/** Credentials that every request carries, and no provider may see unless it was declared. */
export const CALLERS: { readonly [header: string]: string } = {
  'authorization': 'Bearer of-the-caller', 'x-api-key': 'x-key-of-the-caller', 'api-key': 'api-key-of-the-caller', 'cookie': 'session=of-the-caller',
};

export interface Sent {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
  readonly method?: string;
  /** Give up after so many seconds. */
  readonly patience?: number;
}

/** What a client got, and what providers saw of it. */
export interface Outcome {
  readonly status: number;
  readonly headers: { readonly [name: string]: unknown };
  readonly text: string;
  /** Undefined where the answer is not JSON. */
  readonly json: any;
  /** Whether the answer came to its end. */
  readonly complete: boolean;
  readonly seconds: number;
  readonly attempts: readonly Attempt[];
  /** The providers that were tried, in order. */
  readonly hosts: readonly string[];
}

const PATIENCE = 30;

/** Clients of the gateway. */
export class Client {
  constructor(private readonly port: number, private readonly attemptsOf: (request: string) => readonly Attempt[]) {}

  /** The API most clients use. */
  public async chat(model: string, more: object = {}, options: Partial<Sent> = {}): Promise<Outcome> {
    return this.send({ path: '/v1/chat/completions', body: { model, messages: [{ role: 'user', content: 'hi' }], ...more }, ...options });
  }

  /** Anthropic's API. */
  public async messages(model: string, more: object = {}, options: Partial<Sent> = {}): Promise<Outcome> {
    return this.send({
      path: '/anthropic/v1/messages', body: { model, max_tokens: 64, messages: [{ role: 'user', content: 'hi' }], ...more }, ...options,
    });
  }

  public async get(path: string, headers?: Sent['headers']): Promise<Outcome> {
    return this.send({ path, method: 'GET', headers });
  }

  public async send({ path, body, headers, method = 'POST', patience = PATIENCE }: Sent): Promise<Outcome> {
    const id = randomUUID();
    const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const begin = Date.now();
    return new Promise((resolve, reject) => {
      const request = httpRequest({
        port: this.port, host: '127.0.0.1', path, method, agent: false,
        headers: {
          ...CALLERS,
          ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
          [REQUEST_ID]: id,
          ...headers,
        },
      }, response => {
        const chunks: Buffer[] = [];
        const finish = (complete: boolean) => {
          clearTimeout(limit);
          resolve(this.outcome(id, begin, response.statusCode ?? 0, response.headers, Buffer.concat(chunks).toString(), complete));
        };
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => finish(true));
        response.on('error', () => finish(false));
        // What was answered so far counts; the rest of the prompt is not waited for.
        request.on('error', () => finish(false));
      });
      const limit = setTimeout(() => request.destroy(new Error(`no answer within ${patience} s`)), patience * 1000);
      request.on('error', error => {
        clearTimeout(limit);
        reject(error);
      });
      request.end(payload);
    });
  }

  /** A client that speaks HTTP/2. */
  public async sendByHttp2({ path, body, patience = PATIENCE }: Sent): Promise<Outcome> {
    const id = randomUUID();
    const begin = Date.now();
    const session = connect(`http://127.0.0.1:${this.port}`);
    try {
      return await new Promise((resolve, reject) => {
        session.on('error', reject);
        const stream = session.request({ ':path': path, ':method': 'POST', 'content-type': 'application/json', ...CALLERS, [REQUEST_ID]: id });
        stream.setTimeout(patience * 1000, () => stream.close());
        const chunks: Buffer[] = [];
        let headers: { [name: string]: unknown } = {};
        stream.on('response', got => { headers = got; });
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', reject);
        stream.on('close', () => resolve(this.outcome(id, begin, Number(headers[':status'] ?? 0), headers, Buffer.concat(chunks).toString(), true)));
        stream.end(JSON.stringify(body));
      });
    } finally {
      session.close();
    }
  }

  private outcome(id: string, begin: number, status: number, headers: Outcome['headers'], text: string, complete: boolean): Outcome {
    const attempts = this.attemptsOf(id);
    let json: unknown;
    try { json = JSON.parse(text); } catch { /* not JSON */ }
    return { status, headers, text, json, complete, seconds: (Date.now() - begin) / 1000, attempts, hosts: attempts.map(({ host }) => host) };
  }
}

/** The text of a streamed answer in OpenAI's form. */
export function streamedText(stream: string): string {
  return events(stream).map(event => event.choices?.[0]?.delta?.content ?? '').join('');
}

/** The text of a streamed answer in Anthropic's form. */
export function streamedMessage(stream: string): string {
  return events(stream).map(event => event.delta?.text ?? '').join('');
}

function events(stream: string): any[] {
  return [...stream.matchAll(/^data: (\{.*\})\s*$/gm)].map(([, data]) => JSON.parse(data));
}
