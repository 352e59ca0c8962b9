import { constants } from 'node:crypto';
import { createServer as createPlainServer, IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { answerTo, Question, questionOf } from './answers';
import { Identity } from '../authority';

/** One request as a provider got it. */
export interface Attempt {
  /** When it came, on a clock of no meaning. */
  readonly time: number;
  /** The provider it reached. */
  readonly host: string;
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  /** Undefined where it is not JSON. */
  readonly body: any;
  readonly bytes: number;
  /** Undefined above a MiB. */
  readonly raw: Buffer | undefined;
  readonly question: Question;
  /** Name the client asked for while TLS began; undefined without TLS. */
  readonly sni: string | undefined;
}

/** A connection that resumes another one does not say its name again. */
const NO_RESUMPTION = constants.SSL_OP_NO_TICKET;

const MOST_KEPT = 1024 * 1024;

/** Header by which the attempts of one request are found among those of others. */
export const REQUEST_ID = 'x-judge-request';

/**
 * A provider that is none. It speaks the API that the path belongs to, and does what the model's name says:
 *
 * | model | |
 * |---|---|
 * | `do-status-503` | answers with that status |
 * | `do-hang` | never answers |
 * | `do-close`, `do-reset` | ends, resets the connection instead of an answer |
 * | `do-half-headers`, `do-half-body` | ends it in the middle of them |
 * | `do-late-5` | answers after so many seconds |
 * | `do-large-20` | answers with so many MiB |
 * | `do-burst-64` | streams so many KiB in one write with the headers |
 * | `do-slowly-5` | streams an event each second, so many |
 * | `do-silence-5` | streams nothing for so many seconds after the headers |
 * | `do-cut` | breaks a stream off after its first event |
 * | `do-error-event` | streams an error event |
 * | `do-fail-3` | 500 so many times, then answers |
 *
 * What follows an `@` tells two such models apart. Any other name is answered at once with `<host> says hello`.
 */
export class PretendedProvider {
  public readonly attempts: Attempt[] = [];
  private readonly server: Server;
  /** By the client's port; below TLS, if there is any. */
  private readonly connections = new Map<number, Socket>();
  private readonly failures = new Map<string, number>();

  constructor(public readonly host: string, identity?: Identity) {
    const listener: RequestListener = (request, response) => void this.serve(request, response);
    this.server = identity ? createTlsServer({ ...identity, secureOptions: NO_RESUMPTION }, listener) : createPlainServer(listener);
    this.server.keepAliveTimeout = 60_000;
    this.server.on('connection', (socket: Socket) => {
      const { remotePort = 0 } = socket;
      this.connections.set(remotePort, socket);
      socket.on('close', () => this.connections.delete(remotePort));
    });
  }

  public async start(): Promise<number> {
    await new Promise<void>(resolve => { this.server.listen(0, '127.0.0.1', resolve); });
    return (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => { this.server.close(resolve); });
  }

  public attemptsOf(request: string): readonly Attempt[] {
    return this.attempts.filter(({ headers }) => headers[REQUEST_ID] === request);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const raw = Buffer.concat(chunks);
    const body = parse(raw);
    const url = request.url ?? '';
    const question = questionOf(url, body);
    const socket = request.socket as Partial<TLSSocket>;
    this.attempts.push({
      time: performance.now(),
      host: this.host,
      method: request.method ?? '',
      url,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: raw.length > MOST_KEPT ? undefined : body,
      raw: raw.length > MOST_KEPT ? undefined : raw,
      bytes: raw.length,
      question,
      sni: typeof socket.servername === 'string' ? socket.servername : undefined,
    });
    response.on('error', () => {});
    await this.perform(question, request, response);
  }

  private async perform(question: Question, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, script = '', number = ''] = /^do-([a-z-]+?)(?:-(\d+))?(?:@.*)?$/.exec(question.model) ?? [];
    const count = Number(number);
    const hello = answerTo(question, `${this.host} says hello`);
    switch (script) {
      case 'status': return sendError(response, count);
      case 'hang': return;
      case 'close': request.socket.destroy(); return;
      case 'reset': this.connections.get(request.socket.remotePort ?? 0)?.resetAndDestroy(); return;
      case 'half-headers': request.socket.write('HTTP/1.1 200 OK\r\nContent-Ty'); await pause(0.1); request.socket.destroy(); return;
      case 'half-body':
        response.writeHead(200, { 'content-type': hello.type, 'content-length': '1000' });
        response.write('{"id":');
        await pause(0.1);
        request.socket.destroy();
        return;
      case 'late': await pause(count); break;
      case 'large': return sendWhole(response, answerTo(question, 'x'.repeat(count * 1024 * 1024)));
      case 'burst': return sendWhole(response, answerTo(question, `${'x'.repeat(99)} `.repeat(Math.ceil(count * 1024 / 100))));
      case 'slowly': return sendParts(response, answerTo(question, Array.from({ length: count }, (_, index) => `${index} `).join('')), 1);
      case 'silence':
        response.writeHead(200, { 'content-type': hello.type }).flushHeaders();
        await pause(count);
        break;
      case 'cut':
        response.writeHead(200, { 'content-type': hello.type });
        response.write(hello.parts[0]);
        await pause(0.2);
        request.socket.destroy();
        return;
      case 'error-event':
        response.writeHead(200, { 'content-type': hello.type });
        response.end('data: {"error":{"message":"the pretended provider fails in the middle"}}\n\n');
        return;
      case 'fail': {
        const failed = this.failures.get(question.model) ?? 0;
        this.failures.set(question.model, failed + 1);
        if (failed < count) return sendError(response, 500);
      }
    }
    await sendParts(response, hello, 0);
  }
}

function sendError(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { type: 'pretended', message: `the pretended provider answers ${status}` } }));
}

function sendWhole(response: ServerResponse, { type, parts }: ReturnType<typeof answerTo>): void {
  const body = Buffer.concat(parts.map(part => Buffer.from(part)));
  response.writeHead(200, { 'content-type': type, 'content-length': String(body.length) });
  response.end(body);
}

async function sendParts(response: ServerResponse, answer: ReturnType<typeof answerTo>, seconds: number): Promise<void> {
  if (answer.parts.length === 1 && !response.headersSent) return sendWhole(response, answer);
  if (!response.headersSent) response.writeHead(200, { 'content-type': answer.type }).flushHeaders();
  for (const part of answer.parts) {
    if (response.destroyed) return;
    response.write(part);
    if (seconds > 0) await pause(seconds);
  }
  response.end();
}

function parse(raw: Buffer): any {
  try {
    return JSON.parse(raw.toString());
  } catch {
    return undefined;
  }
}

async function pause(seconds: number): Promise<void> {
  await new Promise(resolve => { setTimeout(resolve, seconds * 1000).unref(); });
}
