import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import { AddressInfo, Socket } from 'node:net';
import { createSecureContext, SecureContext } from 'node:tls';
import { Authority } from './authority';

/** What a token endpoint is asked. */
export interface TokenRequest {
  /** Host and path, without query. */
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly form: URLSearchParams;
  readonly body: string;
}

/** What the rest of the internet answers; undefined where there is nothing. */
export type TokenEndpoints = (request: TokenRequest) => object | string | undefined;

/** The proxy through which the gateway's controller reaches whoever issues tokens. All of them are here, under their own names. */
export class Internet {
  public static async open(authority: Authority, endpoints: TokenEndpoints, say: (line: string) => void): Promise<Internet> {
    const internet = new Internet(authority, endpoints, say);
    await new Promise<void>(resolve => { internet.proxy.listen(0, '127.0.0.1', resolve); });
    return internet;
  }

  private readonly proxy: Server;
  private readonly hosts: TlsServer;
  private readonly contexts = new Map<string, Promise<SecureContext>>();
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly authority: Authority, private readonly endpoints: TokenEndpoints, private readonly say: (line: string) => void,
  ) {
    const listener = (request: IncomingMessage, response: ServerResponse) => void this.answer(request, response);
    this.proxy = createServer(listener);
    this.hosts = createTlsServer({
      SNICallback: (hostname, done) => {
        this.context(hostname).then(context => done(null, context), done);
      },
    }, listener);
    this.proxy.on('connection', socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.proxy.on('connect', (_, socket: Socket) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      this.hosts.emit('connection', socket);
    });
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise(resolve => { this.proxy.close(resolve); });
  }

  private async context(hostname: string): Promise<SecureContext> {
    const known = this.contexts.get(hostname) ?? this.authority.issue(hostname).then(identity => createSecureContext(identity));
    this.contexts.set(hostname, known);
    return known;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    // A proxy is given the whole URL where no TLS is spoken.
    const address = new URL(request.url ?? '', `https://${request.headers.host}`);
    const url = `${address.hostname}${address.pathname}`;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const answer = this.endpoints({ url, headers, body, form: new URLSearchParams(body) });
    if (answer === undefined) this.say(`nothing answers ${request.method} ${url}: ${body.slice(0, 300)}`);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': typeof answer === 'string' ? 'text/xml' : 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? { error: 'not found' }));
  }
}
