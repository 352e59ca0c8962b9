import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Guard } from './guard';
import { Decision, Denied, PolicyRequest } from '../../../src/policy';

/** What Envoy puts before the path of the request it asks about. */
export const CHECK_PATH = '/check';

/** The front for HTTP ext_authz: 200 lets a request through, anything else is what its client gets. */
export class ExtAuthzServer {
  private readonly server: Server;
  private buffered = 0;

  constructor(private readonly guard: Guard, private readonly options: { readonly mostBuffered: number }, onFailure: (error: unknown) => void) {
    this.server = createServer({ keepAliveTimeout: 0, requestTimeout: 60_000 }, (request, response) => {
      this.check(request, response).catch((error: unknown) => {
        onFailure(error);
        // Without an answer Envoy refuses as well, only later.
        response.destroy();
      });
    });
    this.server.on('clientError', (_error, socket) => socket.destroy());
  }

  public async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  public async close(deadlineMs: number): Promise<void> {
    const closed = new Promise<void>(resolve => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const timer = setTimeout(() => this.server.closeAllConnections(), deadlineMs);
    const idle = setInterval(() => this.server.closeIdleConnections(), 50);
    await closed;
    clearTimeout(timer);
    clearInterval(idle);
  }

  private async check(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url?.startsWith(`${CHECK_PATH}/`) ? request.url.slice(CHECK_PATH.length) : '';
    const id = request.headers['x-request-id']?.toString();
    const { body, refusal } = await this.read(request, target, id);
    answer(response, refusal ?? this.guard.decide('ext_authz', toPolicyRequest(request, target, body), id));
  }

  private async read(request: IncomingMessage, target: string, id: string | undefined): Promise<{ body?: Buffer; refusal?: Decision }> {
    const longest = this.guard.policy?.maxBodyBytes ?? 0;
    const pieces: Buffer[] = [];
    let length = 0;
    let refusal: Decision | undefined;
    try {
      for await (const piece of request as AsyncIterable<Buffer>) {
        if (refusal) continue;
        length += piece.length;
        this.buffered += piece.length;
        pieces.push(piece);
        if (length > longest && this.guard.policy) refusal = this.guard.refuse('body_too_large', 'ext_authz', target, id);
        else if (this.buffered > this.options.mostBuffered) refusal = this.guard.refuse('overloaded', 'ext_authz', target, id);
      }
    } finally {
      this.buffered -= length;
    }
    // Envoy says so when it gave only the beginning.
    if (!refusal && request.headers['x-envoy-auth-partial-body'] === 'true') refusal = this.guard.refuse('body_too_large', 'ext_authz', target, id);
    return { body: length > 0 ? Buffer.concat(pieces) : undefined, refusal };
  }
}

function toPolicyRequest(request: IncomingMessage, target: string, body: Buffer | undefined): PolicyRequest {
  const values = new Map<string, string[]>();
  // Node joins doubled headers or drops them; the raw list has both.
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i].toLowerCase();
    const value = request.rawHeaders[i + 1];
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return { method: request.method ?? '', target, header: name => values.get(name) ?? [], headerNames: [...values.keys()], body };
}

function answer(response: ServerResponse, decision: Decision): void {
  if (decision.allowed) {
    response.writeHead(200, [...decision.setHeaders.flat(), 'content-length', '0']);
    response.end();
    return;
  }
  response.writeHead(clientStatus(decision), {
    'content-type': decision.contentType,
    'content-length': Buffer.byteLength(decision.body),
    ...(decision.retryAfter === undefined ? {} : { 'retry-after': String(decision.retryAfter) }),
  });
  response.end(decision.body);
}

/** Envoy takes 500 and above for a failure of ours, and the client would get an empty 403 that says nothing. */
function clientStatus({ status, retryAfter }: Denied): number {
  if (status < 500) return status;
  return retryAfter === undefined ? 403 : 429;
}
