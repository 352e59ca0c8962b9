import { Agent, ClientRequest, request as httpRequest } from 'node:http';
import { connect } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  /** 0 where the connection broke before a status came. */
  readonly status: number;
  readonly headers: { readonly [name: string]: unknown };
  readonly body: string;
  /** Milliseconds from the last byte sent to the first of the body. */
  readonly firstByte: number;
  readonly lastByte: number;
}

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  /** A list sends a header more than once. */
  readonly headers?: { readonly [name: string]: string | readonly string[] };
  readonly body?: string | Buffer;
  readonly agent?: Agent;
  /** Sends the body in pieces of this many bytes, without its length. */
  readonly chunk?: number;
  /** Milliseconds between the pieces. */
  readonly pause?: number;
}

export function chat(content: unknown, model = 'gpt-4o'): string {
  return JSON.stringify({ model, messages: [{ role: 'user', content }] });
}

/** One request over HTTP/1.1. */
export async function send(port: number, sent: Sent = {}): Promise<Answer> {
  const { method = 'POST', path = '/v1/chat/completions', headers = {}, body = chat('hello'), agent, chunk, pause = 0 } = sent;
  return new Promise((resolve) => {
    const bytes = method === 'GET' ? undefined : Buffer.from(body);
    const request = httpRequest({
      host: '127.0.0.1', port, method, path, agent: agent ?? false,
      headers: {
        'content-type': 'application/json', ...(bytes && chunk === undefined ? { 'content-length': bytes.length } : {}), ...headers as { [name: string]: string },
      },
    });
    let started = performance.now();
    const broken = () => resolve({ status: 0, headers: {}, body: '', firstByte: -1, lastByte: -1 });
    request.on('error', broken);
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      let firstByte = -1;
      response.on('data', (piece: Buffer) => {
        if (firstByte < 0) firstByte = performance.now() - started;
        pieces.push(piece);
      });
      response.on('error', broken);
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces).toString('utf8'), firstByte, lastByte: performance.now() - started }));
    });
    if (bytes && chunk !== undefined) {
      void inPieces(request, bytes, chunk, pause);
    } else {
      request.end(bytes);
    }
    started = performance.now();
  });
}

async function inPieces(request: ClientRequest, bytes: Buffer, size: number, pause: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) {
    if (at > 0 && pause > 0) await sleep(pause);
    // An answer can come before the last piece.
    if (request.destroyed) return;
    request.write(bytes.subarray(at, at + size));
  }
  request.end();
}

/** One request over HTTP/2. */
export async function sendHttp2(port: number, { method = 'POST', path = '/v1/chat/completions', headers = {}, body = chat('hello') }: Sent = {}): Promise<Answer> {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    return await new Promise((resolve, reject) => {
      session.on('error', reject);
      const stream = session.request({ ':method': method, ':path': path, 'content-type': 'application/json', ...headers as { [name: string]: string } });
      const started = performance.now();
      const pieces: Buffer[] = [];
      let answered: { readonly [name: string]: unknown } = {};
      let firstByte = -1;
      stream.on('response', received => (answered = received));
      stream.on('data', (piece: Buffer) => {
        if (firstByte < 0) firstByte = performance.now() - started;
        pieces.push(piece);
      });
      const done = () => resolve({ status: Number(answered[':status'] ?? 0), headers: answered, body: Buffer.concat(pieces).toString('utf8'), firstByte, lastByte: performance.now() - started });
      stream.on('end', done);
      // Envoy answers before it has read all of a body that is too large.
      stream.on('error', done);
      stream.end(body);
    });
  } finally {
    session.destroy();
  }
}

/** Sends that many requests with so many at a time; how often each status came. */
export async function load(port: number, count: number, atATime: number, sent: (index: number) => Sent = () => ({})): Promise<Map<number, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: atATime });
  const statuses = new Map<number, number>();
  let next = 0;
  await Promise.all(Array.from({ length: atATime }, async () => {
    for (let index = next++; index < count; index = next++) {
      const { status } = await send(port, { agent, ...sent(index) });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }));
  agent.destroy();
  return statuses;
}
