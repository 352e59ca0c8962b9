import { connect, Socket } from 'node:net';
import { chat, send } from './client';
import { Envoy } from './envoy';
import { GuardProcess } from './guard';
import { Upstream } from './upstream';

const policy = {
  version: 1,
  rules: [{ id: 'codename', pattern: 'nightfall', action: 'block' }],
  tenants: { '*': { models: { allow: ['gpt-4o'] } } },
};
const HALVES = 300;

describe.each(['ext_proc', 'ext_authz'] as const)('%s and clients that take their time', (front) => {
  let upstream: Upstream;
  let guard: GuardProcess;
  let envoy: Envoy;

  beforeAll(async () => {
    upstream = await new Upstream().start();
    guard = await GuardProcess.start({ front, policy });
    envoy = await Envoy.start({ front, guardPort: guard.port, upstreamPort: upstream.port });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([envoy?.stop(), guard?.end()]);
    upstream?.stop();
  });
  beforeEach(() => (upstream.seen.length = 0));

  test('a slow upload is judged as a whole: the word is in no piece of it', async () => {
    const answer = await send(envoy.port, { body: chat('the plan is called nightfall'), chunk: 4, pause: 15 });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body).error.code).toBe('prompt_blocked');
    expect(upstream.seen).toEqual([]);
  });

  test('a slow upload that is allowed arrives whole', async () => {
    expect((await send(envoy.port, { body: chat('the plan has no name'), chunk: 4, pause: 15 })).status).toBe(200);
    expect(upstream.seen.map(({ body }) => body)).toEqual([chat('the plan has no name')]);
  });

  test(`${HALVES} uploads that stop half way keep nobody else from an answer, and nothing of them goes on`, async () => {
    const halves = await Promise.all(Array.from({ length: HALVES }, async () => half(envoy.port)));
    try {
      for (let at = 0; at < 20; at++) expect((await send(envoy.port)).status).toBe(200);
      expect(upstream.seen.map(({ body }) => body)).toEqual(Array.from({ length: 20 }, () => chat('hello')));
      expect(await guard.ready()).toBe(true);
    } finally {
      for (const socket of halves) socket.destroy();
    }
    expect((await send(envoy.port)).status).toBe(200);
  });
});

/** Announces a body, sends the beginning of it, and waits. */
async function half(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      const body = chat('halfway');
      socket.write(`POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 30)}`, () => resolve(socket));
    });
    socket.on('error', reject);
  });
}
