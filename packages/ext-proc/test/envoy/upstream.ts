import { createServer, IncomingHttpHeaders } from 'node:http';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Seen {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: number;
}

/** A provider that remembers what reached it. */
export class Upstream {
  public readonly seen: Seen[] = [];
  public port = 0;
  /** Answers that many requests with 503 first. */
  public failing = 0;
  /** Milliseconds before the first event of a streamed answer. */
  public delay = 0;
  private readonly server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      this.seen.push({ headers: request.headers, body: this.remember ? body.toString('utf8') : '', bytes: body.length });
      if (this.failing > 0) {
        this.failing--;
        response.writeHead(503).end();
      } else if (request.headers['x-test'] === 'stream') {
        void this.stream(response);
      } else {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
      }
    });
    request.on('error', () => undefined);
  });

  constructor(private readonly remember = true) {}

  public async start(): Promise<this> {
    this.server.keepAliveTimeout = 60_000;
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async stream(response: import('node:http').ServerResponse): Promise<void> {
    await sleep(this.delay);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let i = 0; i < 5; i++) {
      response.write(`data: ${i}\n\n`);
      await sleep(40);
    }
    response.end();
  }
}
