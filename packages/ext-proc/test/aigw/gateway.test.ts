import { as, program, Stage } from './stage';
import { chat, send } from '../envoy/client';

/** Names of the filters of every chain in a configuration. */
function chainsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const { http_filters: filters } = value as { http_filters?: { name: string }[] };
  return [...(filters ? [filters.map(({ name }) => name)] : []), ...Object.values(value).flatMap(chainsIn)];
}

(program ? describe : describe.skip).each(['ext_authz', 'ext_proc'] as const)('%s in the real AI gateway (AIGW_BIN)', (front) => {
  let stage: Stage;
  let port: number;
  const tenant = as(front, 'acme');

  beforeAll(async () => {
    stage = await Stage.start(front);
    port = stage.port;
  }, 240_000);
  afterAll(async () => stage?.stop());
  beforeEach(() => (stage.upstream.seen.length = 0));

  test('the policy server is asked before the AI filter', async () => {
    const dump: unknown = await (await fetch(new URL('/config_dump', stage.gateway.admin))).json();
    const [names = []] = chainsIn(dump).filter(chain => chain.at(-1) === 'envoy.filters.http.router' && chain.some(name => name.includes('aigateway')));
    const ours = names.findIndex(name => (front === 'ext_proc' ? /ext_proc\/.*policy/ : /ext_authz/).test(name));
    const theirs = names.findIndex(name => name.includes('aigateway'));
    process.stdout.write(`${front}: ${names.join(' > ')}\n`);
    expect(ours).toBeGreaterThanOrEqual(0);
    expect(theirs).toBeGreaterThan(ours);
  });

  test('the provider gets the tenant\'s key, also on a retry, and nothing of ours', async () => {
    stage.upstream.failing = 1;
    expect((await send(port, { headers: { ...tenant, 'x-aigw-openai': 'forged', 'x-guard-ok': '1' } })).status).toBe(200);
    expect(stage.upstream.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-acme', 'Bearer sk-acme']);
    for (const { headers } of stage.upstream.seen) expect(Object.keys(headers).filter(name => /^x-(aigw|guard)-/.test(name))).toEqual([]);
  });

  test('the shared key does not pay for a tenant without one', async () => {
    expect((await send(port, { headers: { ...as(front, 'keyless'), 'x-aigw-openai': 'forged' } })).status).toBe(401);
    expect(stage.upstream.seen).toEqual([]);
  });

  test.each([
    ['a blocked prompt', { headers: tenant, body: chat('nightfall') }, 403],
    ['a model of nobody', { headers: tenant, body: chat('x', 'o1') }, 403],
    ['no tenant', {}, 401],
  ])('%s is refused', async (_name, sent, status) => {
    expect((await send(port, sent)).status).toBe(status);
    expect(stage.upstream.seen).toEqual([]);
  });

  if (front === 'ext_proc') {
    test('what is redacted never arrives, on a retry neither', async () => {
      stage.upstream.failing = 1;
      expect((await send(port, { headers: tenant, body: chat('mail jane@example.com') })).status).toBe(200);
      expect(stage.upstream.seen.map(({ body }) => JSON.parse(body).messages[0].content)).toEqual(['mail [MAIL]', 'mail [MAIL]']);
    });
  }

  test('without the server nothing passes', async () => {
    await stage.guard.stop('SIGKILL');
    const { status } = await send(port, { headers: tenant });
    expect(status).toBe(front === 'ext_proc' ? 500 : 403);
    expect(stage.upstream.seen).toEqual([]);
  });
});
