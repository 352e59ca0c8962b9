import { connect, createServer, Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** A port that answers no connection attempt at all, as a firewall that drops packets. */
export interface BlackHole {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * The listener's thread sleeps, so nobody takes connections from its queue; once that is full, Linux drops attempts.
 */
export async function blackHole(): Promise<BlackHole> {
  const worker = new Worker(`
    const { parentPort } = require('node:worker_threads');
    const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50);
    });
  `, { eval: true });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await new Promise(resolve => { setTimeout(resolve, 100); });
  const queued: Socket[] = [];
  for (let attempt = 0; attempt < 16; attempt++) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    queued.push(socket);
    if (!await connects(socket)) break;
  }
  return {
    port,
    async stop() {
      for (const socket of queued) socket.destroy();
      await worker.terminate();
    },
  };
}

async function connects(socket: Socket): Promise<boolean> {
  return new Promise(resolve => {
    socket.once('connect', () => resolve(true));
    setTimeout(() => resolve(false), 300);
  });
}

/** A port nothing listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  await new Promise(resolve => { server.close(resolve); });
  return port;
}
