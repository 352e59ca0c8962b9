import { writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials, ServiceError } from '@grpc/grpc-js';
import { Log } from '../../src/log';
import { RunningServer, serve } from '../../src/serve';
import { parseServeOptions } from '../../src/serve-options';

const PATH = '/envoy.service.ext_proc.v3.ExternalProcessor/Process';
const HEALTH = '/grpc.health.v1.Health/Check';
const same = (bytes: Buffer) => bytes;
let server: RunningServer;
const file = join(tmpdir(), `policy-${process.pid}.json`);

beforeAll(async () => {
  writeFileSync(file, '{"version":1,"limits":{"maxBodyBytes":1000},"tenants":{"*":{"models":{"allow":["*"]}}}}');
  server = await serve(parseServeOptions([
    '--policy', file, '--ext-proc-port', '0', '--ext-authz-port', '0', '--ops-port', '0', '--host', '127.0.0.1', '--drain-delay-ms', '0', '--drain-deadline-ms', '300',
  ]), new Log(() => undefined));
});
afterAll(async () => server.drain());

async function health(client: Client, request: Buffer): Promise<Buffer | ServiceError> {
  return new Promise(resolve => client.makeUnaryRequest(HEALTH, same, same, request, (error, value) => resolve(error ?? value!)));
}

test('another library\'s client talks to it', async () => {
  const client = new Client(`127.0.0.1:${server.ports.extProc}`, credentials.createInsecure());
  expect(await health(client, Buffer.alloc(0))).toEqual(Buffer.from([8, 1]));
  expect(await health(client, Buffer.from([10, 1, 120]))).toMatchObject({ code: 5 });
  const unknown = await new Promise(resolve => client.makeUnaryRequest('/other/Method', same, same, Buffer.alloc(0), error => resolve(error)));
  expect(unknown).toMatchObject({ code: 12 });
  client.close();
});

test('a message that is too long is refused before it is kept', async () => {
  const session = connect(`http://127.0.0.1:${server.ports.extProc}`);
  const stream = session.request({ ':method': 'POST', ':path': PATH, 'content-type': 'application/grpc' });
  stream.write(Buffer.from([0, 0x10, 0, 0, 0]));
  const first = await new Promise<Buffer>(resolve => stream.once('data', resolve));
  expect(first.toString('utf8')).toContain('The request is too large.');
  session.destroy();
});

test('what is no gRPC gets an answer of HTTP', async () => {
  const session = connect(`http://127.0.0.1:${server.ports.extProc}`);
  const stream = session.request({ ':method': 'GET', ':path': PATH });
  expect(await new Promise(resolve => stream.once('response', headers => resolve(headers[':status'])))).toBe(415);
  session.destroy();
});

test('draining ends what is under way, and not with OK', async () => {
  const session = connect(`http://127.0.0.1:${server.ports.extProc}`);
  const stream = session.request({ ':method': 'POST', ':path': PATH, 'content-type': 'application/grpc' });
  stream.on('error', () => undefined);
  stream.resume();
  await new Promise(resolve => stream.once('response', resolve));
  const trailers = new Promise<{ [name: string]: unknown }>(resolve => stream.once('trailers', resolve));
  await server.drain();
  expect((await trailers)['grpc-status']).toBe('14');
});
