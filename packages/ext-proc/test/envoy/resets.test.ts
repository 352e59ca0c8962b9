import { ClientHttp2Session, connect } from 'node:http2';
import { GuardProcess } from './guard';

const RESETS = 3000;
const CANCEL = 8;

/** Envoy resets each stream at its end. Node lets a server take more than a thousand since 22.23, so it is the image's Node that has to. */
test(`${RESETS} resets on one connection do not end it`, async () => {
  const guard = await GuardProcess.start({ front: 'ext_proc', policy: { version: 1, tenants: { '*': { models: { allow: ['*'] } } } } });
  const session = connect(`http://127.0.0.1:${guard.port}`);
  try {
    const ended = new Promise<string>(resolve => session.once('goaway', () => resolve('ended')));
    let reset = 0;
    while (reset < RESETS && await Promise.race([ended, resetOne(session)]) !== 'ended') reset++;
    expect(reset).toBe(RESETS);
  } finally {
    session.destroy();
    await guard.end();
  }
}, 60_000);

async function resetOne(session: ClientHttp2Session): Promise<void> {
  const stream = session.request({
    ':method': 'POST', ':path': '/envoy.service.ext_proc.v3.ExternalProcessor/Process', 'content-type': 'application/grpc',
  });
  stream.on('error', () => undefined);
  await new Promise(resolve => stream.once('response', resolve));
  stream.close(CANCEL);
  await new Promise(resolve => stream.once('close', resolve));
}
