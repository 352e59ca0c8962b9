import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Metrics } from './metrics';

/** Probes and metrics, on a port of their own that the gateway's clients do not reach. */
export class OpsServer {
  private readonly server: Server;

  constructor(metrics: Metrics, ready: () => boolean) {
    this.server = createServer((request, response) => {
      const reply = (status: number, text: string, type = 'text/plain') => {
        response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
        response.end(text);
      };
      switch (request.url) {
        case '/livez': return reply(200, 'ok\n');
        case '/readyz': return ready() ? reply(200, 'ok\n') : reply(503, 'not ready\n');
        case '/metrics':
          metrics.registry.metrics().then(text => reply(200, text, metrics.registry.contentType), () => reply(500, ''));
          return undefined;
        default: return reply(404, '');
      }
    });
  }

  public async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
