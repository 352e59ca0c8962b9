import { createServer, ServerHttp2Stream } from 'node:http2';
import { AddressInfo, createServer as createTcpServer } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { encodeResponse, ProcessingResponse } from '../../src/ext-proc/messages';
import { frame, FrameReader } from '../../src/grpc/frames';

export interface Broken {
  readonly port: number;
  stop(): void;
}

type Step = (stream: ServerHttp2Stream, end: (status: number) => void) => void;

const reply = (response: ProcessingResponse): Step => stream => stream.write(frame(encodeResponse(response)));
const close = (status: number): Step => (_stream, end) => end(status);
const raw = (bytes: Buffer): Step => stream => stream.write(bytes);
const headers: Step = reply({ requestHeaders: {} });
const marked = { headerMutation: { setHeaders: [{ header: { key: 'x-guard-ok', rawValue: Buffer.from('1') }, appendAction: 2 }] } };

/** What a processor can do wrong: its answers to the first and to the second message. */
export const MISBEHAVIOUR: { readonly [name: string]: readonly Step[] } = {
  'clean end at the headers': [close(0)],
  'clean end at the body': [headers, close(0)],
  'error at the headers': [close(13)],
  'error at the body': [headers, close(14)],
  'no answer at the headers': [() => undefined],
  'no answer at the body': [headers, () => undefined],
  'an answer of another kind': [reply({ requestBody: {} })],
  'an answer to a response': [headers, reply({ responseBody: {} })],
  'an empty answer': [raw(frame(new Uint8Array()))],
  'bytes that are no message': [raw(frame(Buffer.from([0xff, 0xff, 0xff, 0xff])))],
  'half a message': [raw(Buffer.from([0, 0, 0, 1, 0, 8]))],
  'a broken connection': [headers, stream => stream.session?.destroy()],
  'a length that is wrong': [
    headers, reply({ requestBody: { response: { ...marked, bodyMutation: { body: Buffer.from('{"model":"gpt-4o"}') } } } }),
  ],
};

/** A processor that does that, for every request. */
export async function brokenProcessor(steps: readonly Step[]): Promise<Broken> {
  const server = createServer();
  server.on('sessionError', () => undefined);
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    let status = 0;
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status) }));
    const reader = new FrameReader(100 * 1024 * 1024);
    let next = 0;
    stream.on('data', (piece: Buffer) => {
      for (const _ of reader.push(piece)) {
        steps[next++]?.(stream, (code) => {
          status = code;
          stream.end();
        });
      }
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() };
}

/** What an ext_authz server can do wrong. */
export const MISBEHAVIOUR_HTTP: { readonly [name: string]: () => Promise<Broken> } = {
  'no answer': () => http(() => undefined),
  'status 500': () => http(response => response.writeHead(500).end()),
  'status 302': () => http(response => response.writeHead(302, { location: '/' }).end()),
  'a broken connection': () => http(response => response.destroy()),
  'bytes that are no answer': async () => {
    const server = createTcpServer(socket => socket.on('error', () => undefined).end('nonsense\r\n\r\n'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, stop: () => server.close() };
  },
};

async function http(respond: (response: import('node:http').ServerResponse) => void): Promise<Broken> {
  const server = createHttpServer((request, response) => {
    request.resume();
    request.on('end', () => respond(response));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
