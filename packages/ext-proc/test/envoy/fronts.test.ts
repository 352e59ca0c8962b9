import { chat, load, send, sendHttp2 } from './client';
import { Envoy } from './envoy';
import { GuardProcess } from './guard';
import { until } from './processes';
import { Upstream } from './upstream';

const MIB = 1024 * 1024;
/** In every place of a request where something could leak from. */
const CANARY = 'CANARY-7f3a';

const rules = [{ id: 'codename', pattern: 'nightfall', action: 'block' }, { id: 'mail', builtin: 'email', action: 'redact' }];
const policy = (front: Front) => ({
  version: 1,
  tenant: { header: 'x-tenant-id' },
  limits: { maxBodyBytes: 32 * MIB },
  rules: front === 'ext_proc' ? rules : rules.slice(0, 1),
  credentials: { openai: { type: 'APIKey', header: 'x-aigw-openai' } },
  tenants: {
    acme: { models: { allow: ['gpt-4o'] }, credentials: { openai: 'acme-openai' } },
    umbrella: { models: { allow: ['*'] } },
    keyless: { models: { allow: ['*'] }, credentials: { openai: 'nowhere' } },
  },
});
const tenant = { 'x-tenant-id': 'acme' };
type Front = 'ext_proc' | 'ext_authz';

describe.each(['ext_proc', 'ext_authz'] as const)('%s behind Envoy', (front) => {
  let upstream: Upstream;
  let guard: GuardProcess;
  let envoy: Envoy;

  beforeAll(async () => {
    upstream = await new Upstream().start();
    guard = await GuardProcess.start({ front, policy: policy(front), keys: { 'acme-openai/key': `sk-${CANARY}-key\n` } });
    envoy = await Envoy.start({ front, guardPort: guard.port, upstreamPort: upstream.port, retry: true });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([envoy?.stop(), guard?.end()]);
    upstream?.stop();
  });
  beforeEach(() => (upstream.seen.length = 0));

  const nothingPassed = () => expect(upstream.seen).toEqual([]);

  test('an allowed request arrives with the tenant\'s key and the mark', async () => {
    expect((await send(envoy.port, { headers: tenant })).status).toBe(200);
    expect(upstream.seen).toHaveLength(1);
    expect(upstream.seen[0].headers['x-aigw-openai']).toBe(`sk-${CANARY}-key`);
    expect(upstream.seen[0].headers['x-guard-ok']).toBe(front === 'ext_proc' ? '1' : undefined);
    expect(upstream.seen[0].body).toBe(chat('hello'));
  });

  test.each([
    ['no tenant', {}, 401, 'no_tenant'],
    ['two tenants', { headers: { 'x-tenant-id': ['acme', 'umbrella'] } }, 401, 'no_tenant'],
    ['another model', { headers: tenant, body: chat('x', 'o1') }, 403, 'not_allowed'],
    ['a blocked prompt', { headers: tenant, body: chat(`nightfall ${CANARY}`) }, 403, 'prompt_blocked'],
    ['a key that is not there', { headers: { 'x-tenant-id': 'keyless' } }, front === 'ext_proc' ? 503 : 403, 'credential_missing'],
    ['a compressed body', { headers: { ...tenant, 'content-encoding': 'gzip' } }, 415, 'body_encoded'],
    ['no JSON', { headers: tenant, body: CANARY }, 400, 'body_not_json'],
    ['no UTF-8', { headers: tenant, body: Buffer.from([0xff, 0xfe]) }, 400, 'body_not_text'],
    ['doubled keys', { headers: tenant, body: '{"model":"gpt-4o","model":"o1"}' }, 400, 'body_ambiguous'],
    ['an unknown path', { headers: tenant, path: '/v1/files' }, 403, 'unknown_endpoint'],
    ['an escaped path', { headers: tenant, path: '/v1%2Fchat%2Fcompletions' }, 403, 'unknown_endpoint'],
    ['audio', { headers: { ...tenant, 'content-type': 'multipart/form-data; boundary=b' }, path: '/v1/audio/transcriptions' }, 415, 'not_inspectable'],
    ['an upgrade', { method: 'GET', path: '/v1/realtime', headers: { ...tenant, connection: 'upgrade', upgrade: 'websocket' } }, 403, undefined],
  ])('%s is refused in the client\'s language', async (_name, sent, status, code) => {
    const answer = await send(envoy.port, sent);
    expect(answer.status).toBe(status);
    if (code) {
      expect(answer.headers['content-type']).toBe('application/json');
      expect(JSON.parse(answer.body).error.code).toBe(code);
    }
    nothingPassed();
  });

  test.each(['x-aigw-openai', 'X-AIGW-OpenAI', 'x-aigw-api-key', 'x-ai-eg-model', 'x-guard-ok', 'x-ai-eg-internal-req-id'])('a forged %s does not get past the edge', async (name) => {
    expect((await send(envoy.port, { headers: { 'x-tenant-id': 'umbrella', [name]: [CANARY, CANARY] } })).status).toBe(200);
    const { headers } = upstream.seen[0];
    expect(headers[name.toLowerCase()]).toBe(name === 'x-guard-ok' && front === 'ext_proc' ? '1' : undefined);
  });

  test.each(['x_tenant_id', 'x_aigw_openai', 'X_Guard_Ok'])('a header that only looks alike, %s, says nothing', async (name) => {
    expect((await send(envoy.port, { headers: { [name]: 'acme' } })).status).toBe(401);
    nothingPassed();
    expect((await send(envoy.port, { headers: { ...tenant, [name]: 'umbrella' } })).status).toBe(200);
    expect(upstream.seen[0].headers['x-aigw-openai']).toBe(`sk-${CANARY}-key`);
  });

  test('on a retry the provider gets the same key', async () => {
    upstream.failing = 1;
    expect((await send(envoy.port, { headers: { ...tenant, 'x-aigw-openai': 'forged' } })).status).toBe(200);
    expect(upstream.seen.map(({ headers }) => headers['x-aigw-openai'])).toEqual([`sk-${CANARY}-key`, `sk-${CANARY}-key`]);
  });

  test.each([[20, undefined], [20, 64 * 1024], [1, 1000]])('a body of %i MiB arrives over HTTP/1.1 (pieces of %s)', async (mib, chunk) => {
    const body = chat([{ type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(mib * MIB)}` } }]);
    expect((await send(envoy.port, { headers: tenant, body, chunk })).status).toBe(200);
    expect(upstream.seen[0].bytes).toBe(body.length);
  });

  test('a body of 20 MiB arrives over HTTP/2', async () => {
    const body = chat([{ type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(20 * MIB)}` } }]);
    expect((await sendHttp2(envoy.port, { headers: tenant, body })).status).toBe(200);
    expect(upstream.seen[0].bytes).toBe(body.length);
  });

  test('a body one byte over the policy\'s limit is refused, and one at the limit is not', async () => {
    const body = (bytes: number) => JSON.stringify({ model: 'gpt-4o', messages: [], p: `data:image/png;base64,${'A'.repeat(bytes)}` });
    const rest = body(0).length;
    expect((await send(envoy.port, { headers: tenant, body: body(32 * MIB - rest) })).status).toBe(200);
    expect((await send(envoy.port, { headers: tenant, body: body(32 * MIB - rest + 1) })).status).toBe(413);
    expect(upstream.seen).toHaveLength(1);
  });

  test('the first byte of a stream does not wait for the others', async () => {
    upstream.delay = 100;
    const answer = await send(envoy.port, { headers: { ...tenant, 'x-test': 'stream' } });
    expect(answer.body).toBe([0, 1, 2, 3, 4].map(i => `data: ${i}\n\n`).join(''));
    // Had the first waited for the last, they would have come together.
    expect(answer.lastByte - answer.firstByte).toBeGreaterThan(80);
  });

  const many = Number(process.env.POLICY_LOAD ?? 20_000);
  test(`${many} requests at 64 in flight are all answered`, async () => {
    const statuses = await load(envoy.port, many, 64, () => ({ headers: tenant }));
    expect([...statuses]).toEqual([[200, many]]);
    expect(upstream.seen).toHaveLength(many);
  }, 300_000);

  if (front === 'ext_proc') {
    test('what is redacted never arrives, on a retry neither', async () => {
      upstream.failing = 1;
      expect((await send(envoy.port, { headers: tenant, body: chat('write to jane@example.com now') })).status).toBe(200);
      expect(upstream.seen.map(({ body, headers }) => [body, headers['content-length']])).toEqual(
        Array.from({ length: 2 }, () => [chat('write to [MAIL] now'), String(chat('write to [MAIL] now').length)]),
      );
    });

    test('the access log knows the decision, and not the prompt', async () => {
      await send(envoy.port, { headers: tenant, body: chat(`nightfall ${CANARY}`) });
      await until('the access log is written', () => envoy.output.includes('policy_prompt_blocked'));
      expect(envoy.output).toContain('"rules":"codename"');
    });
  }

  test('nothing of a request or a key is in answers, logs, metrics or access logs', async () => {
    const refused = [
      await send(envoy.port, { headers: { ...tenant, 'authorization': `Bearer ${CANARY}`, 'cookie': CANARY, 'x-request-id': `id ${CANARY}` }, path: `/v1/${CANARY}`, body: chat(CANARY, CANARY) }),
      await send(envoy.port, { headers: { 'x-tenant-id': CANARY } }),
      await send(envoy.port, { headers: tenant, body: chat(CANARY, CANARY) }),
      await send(envoy.port, { headers: tenant, body: chat(`nightfall ${CANARY}`) }),
      await send(envoy.port, { headers: tenant, body: `{"model":"gpt-4o","${CANARY}":1,"${CANARY}":2}` }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 400]);
    for (const { body, headers } of refused) expect(`${body} ${JSON.stringify({ ...headers, 'x-request-id': '' })}`).not.toContain(CANARY);
    for (const text of [guard.output, await guard.metrics(), envoy.output]) expect(text).not.toMatch(/CANARY(?!-7f3a","endpoint)/);
  });
});
