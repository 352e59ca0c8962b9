import { brokenProcessor, MISBEHAVIOUR, MISBEHAVIOUR_HTTP } from './broken-server';
import { chat, load, send, Sent } from './client';
import { Envoy, EnvoyOptions } from './envoy';
import { GuardProcess } from './guard';
import { freePort, until } from './processes';
import { Upstream } from './upstream';

const open = { version: 1, tenants: { '*': { models: { allow: ['gpt-4o'] } } } };

/** Front, fault, what the client saw, and what came to the provider: printed at the end, as Markdown. */
const table: string[][] = [];
const cleanups: (() => unknown)[] = [];
let upstream: Upstream;

beforeEach(async () => {
  upstream = await new Upstream().start();
  cleanups.push(() => upstream.stop());
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(() => {
  const rows = [['front', 'fault', 'what the client saw', 'what reached the provider'], ...table.map(row => row.map(cell => cell.replaceAll('|', '\\|')))];
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column].length)));
  const lines = rows.map(row => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`);
  process.stdout.write(`\n${lines.join('\n')}\n`);
});

async function envoyFor(options: Omit<EnvoyOptions, 'upstreamPort'>): Promise<Envoy> {
  const envoy = await Envoy.start({ upstreamPort: upstream.port, messageTimeout: '1s', ...options });
  cleanups.push(() => envoy.stop());
  return envoy;
}

async function guardFor(front: 'ext_proc' | 'ext_authz', policy: object | string = open, flags: readonly string[] = []): Promise<GuardProcess> {
  const guard = await GuardProcess.start({ front, policy, flags });
  cleanups.push(() => guard.end());
  return guard;
}

async function expectRefused(front: string, fault: string, envoy: Envoy, status: number, sent: Sent = {}): Promise<void> {
  const answer = await send(envoy.port, sent);
  table.push([front, fault, `${answer.status} ${told(answer.body)}`.trim(), upstream.seen.length > 0 ? 'the request' : 'nothing']);
  expect(answer.status).toBe(status);
  expect(upstream.seen).toEqual([]);
}

/** The words of a refusal, without the form of the API. */
function told(body: string): string {
  try {
    return (JSON.parse(body) as { error: { message: string } }).error.message;
  } catch {
    return body.slice(0, 60);
  }
}

/** Whatever happens to the server, each request that came to the provider had been let through by it. */
function expectAllMarked(): void {
  expect(upstream.seen.filter(({ headers }) => headers['x-guard-ok'] !== '1')).toEqual([]);
}

/** A call that breaks while the provider works takes the answer from the client: those under way, and no others. */
function expectNoneUncounted(statuses: ReadonlyMap<number, number>, underWay: number): void {
  const more = upstream.seen.length - (statuses.get(200) ?? 0);
  expect(more).toBeGreaterThanOrEqual(0);
  expect(more).toBeLessThanOrEqual(underWay);
}

describe('a processor that misbehaves', () => {
  const statuses: { readonly [name: string]: number } = {
    'clean end at the headers': 403, 'clean end at the body': 403, 'no answer at the headers': 504, 'no answer at the body': 504,
    'half a message': 504,
  };
  test.each(Object.keys(MISBEHAVIOUR))('%s', async (name) => {
    const broken = await brokenProcessor(MISBEHAVIOUR[name]);
    cleanups.push(() => broken.stop());
    await expectRefused('ext_proc', name, await envoyFor({ front: 'ext_proc', guardPort: broken.port }), statuses[name] ?? 500);
  });

  test.each(['clean end at the headers', 'clean end at the body'])('%s lets requests through where the mark is not demanded', async (name) => {
    const broken = await brokenProcessor(MISBEHAVIOUR[name]);
    cleanups.push(() => broken.stop());
    const envoy = await envoyFor({ front: 'ext_proc', guardPort: broken.port, mark: false });
    expect((await send(envoy.port)).status).toBe(200);
    table.push(['ext_proc', `${name}, were the mark not demanded`, '200', 'the request']);
    expect(upstream.seen).toHaveLength(1);
  });
});

describe('an ext_authz server that misbehaves', () => {
  test.each(Object.keys(MISBEHAVIOUR_HTTP))('%s', async (name) => {
    const broken = await MISBEHAVIOUR_HTTP[name]();
    cleanups.push(() => broken.stop());
    await expectRefused('ext_authz', name, await envoyFor({ front: 'ext_authz', guardPort: broken.port }), name === 'status 302' ? 302 : 403);
  });
});

describe.each(['ext_proc', 'ext_authz'] as const)('the policy server as %s', (front) => {
  test('is not there', async () => {
    await expectRefused(front, 'down', await envoyFor({ front, guardPort: await freePort() }), front === 'ext_proc' ? 500 : 403);
  });

  test('is stopped and goes on', async () => {
    const guard = await guardFor(front);
    const envoy = await envoyFor({ front, guardPort: guard.port });
    expect((await send(envoy.port)).status).toBe(200);
    upstream.seen.length = 0;
    guard.process.process.kill('SIGSTOP');
    await expectRefused(front, 'hangs (SIGSTOP)', envoy, front === 'ext_proc' ? 504 : 403);
    guard.process.process.kill('SIGCONT');
    await until('it answers again', async () => (await send(envoy.port)).status === 200);
  });

  test('is killed under load and comes back', async () => {
    const guard = await guardFor(front);
    const envoy = await envoyFor({ front, guardPort: guard.port });
    const sending = load(envoy.port, 600, 16);
    await until('requests go through', () => upstream.seen.length > 50);
    await guard.stop('SIGKILL');
    const statuses = await sending;
    expect([...statuses.keys()].sort()).toEqual([200, front === 'ext_proc' ? 500 : 403]);
    table.push([front, 'killed under load', [...statuses].map(([status, count]) => `${count} × ${status}`).join(', '), 'only what had been let through']);
    if (front === 'ext_proc') expectAllMarked();
    expectNoneUncounted(statuses, 16);
    await guard.restart();
    await until('it answers again', async () => (await send(envoy.port)).status === 200);
  });

  test('is told to end under load', async () => {
    const guard = await guardFor(front);
    const envoy = await envoyFor({ front, guardPort: guard.port });
    const sending = load(envoy.port, 400, 8, () => ({}));
    await until('requests go through', () => upstream.seen.length > 20);
    const ending = guard.stop('SIGTERM');
    await until('it says that it is not ready', async () => !await guard.ready());
    // As long as the gateway does not know, requests are still served.
    const during = await send(envoy.port);
    expect(during.status).toBe(200);
    expect(await ending).toBe(0);
    const statuses = await sending;
    table.push([front, 'ended under load (SIGTERM), gateway not told', [...statuses].map(([status, count]) => `${count} × ${status}`).join(', '), 'only what had been let through']);
    expectNoneUncounted(statuses, 9);
    if (front === 'ext_proc') expectAllMarked();
    expect(guard.output).toContain('"message":"drained"');
  });

  test.each([
    ['no policy', '', 'no_policy'],
    ['a policy that is none', 'version: [', 'no_policy'],
    ['a policy of another version', { version: 9 }, 'no_policy'],
  ])('has %s', async (name, policy, code) => {
    const guard = await guardFor(front, policy);
    expect(await guard.ready()).toBe(false);
    const envoy = await envoyFor({ front, guardPort: guard.port });
    await expectRefused(front, name, envoy, front === 'ext_proc' ? 503 : 429);
    expect(JSON.parse((await send(envoy.port)).body).error.code).toBe(code);
  });

  test('keeps its policy when the new one is wrong, and changes it without a gap', async () => {
    const guard = await guardFor(front);
    const envoy = await envoyFor({ front, guardPort: guard.port });
    guard.writePolicy({ version: 1, tenants: {} });
    await until('the new policy is refused', () => guard.output.includes('stays in use'));
    expect(guard.output).toContain('lets nobody in');
    expect((await send(envoy.port)).status).toBe(200);
    expect(await guard.metrics()).toMatch(/policy_load_errors_total 1\b/);
    const sending = load(envoy.port, 300, 8);
    guard.writePolicy({ version: 1, tenants: { '*': { models: { allow: ['gpt-4o', 'o1'] } } } });
    await until('the new policy is in use', async () => (await send(envoy.port, { body: chat('x', 'o1') })).status === 200);
    expect([...await sending]).toEqual([[200, 300]]);
  });

  test('has too much to hold', async () => {
    const guard = await guardFor(front, open, ['--max-buffered-bytes', '100000']);
    const envoy = await envoyFor({ front, guardPort: guard.port });
    await expectRefused(front, 'overloaded', envoy, front === 'ext_proc' ? 503 : 429, { body: chat('x'.repeat(1_000_000)) });
    expect((await send(envoy.port)).status).toBe(200);
  });

  test.each<[string, number, Sent]>([
    ['compressed', 415, { headers: { 'content-encoding': 'gzip' } }],
    ['no JSON', 400, { body: 'hello' }],
    ['no UTF-8', 400, { body: Buffer.from([0x22, 0xff, 0xfe, 0x22]) }],
    ['a key twice', 400, { body: '{"model":"gpt-4o","model":"o1"}' }],
    ['larger than the policy lets it be', 413, { body: chat('x'.repeat(11 * 1024 * 1024)) }],
    ['multipart', 415, { path: '/v1/audio/transcriptions', headers: { 'content-type': 'multipart/form-data; boundary=b' } }],
  ])('gets a body that is %s', async (name, status, sent) => {
    const guard = await guardFor(front);
    await expectRefused(front, `body: ${name}`, await envoyFor({ front, guardPort: guard.port }), status, sent);
  });

  test.each([
    ['after the AI filter', 'x-ai-eg-internal-req-id', front === 'ext_proc' ? 503 : 403],
    ['behind an edge that does not strip: a forged model', 'x-ai-eg-model', 400],
    ['behind an edge that does not strip: a forged key', 'x-aigw-openai', 400],
    ['behind an edge that does not strip: a forged mark', 'x-guard-ok', 400],
  ])('is %s', async (name, header, status) => {
    const guard = await guardFor(front);
    await expectRefused(front, name, await envoyFor({ front, guardPort: guard.port, strip: false }), status, { headers: { [header]: '1' } });
  });
});

describe('ext_proc', () => {
  test.each(['NONE', 'STREAMED', 'BUFFERED_PARTIAL'])('refuses everything in body mode %s', async (bodyMode) => {
    const guard = await guardFor('ext_proc');
    await expectRefused('ext_proc', `body mode ${bodyMode}`, await envoyFor({ front: 'ext_proc', guardPort: guard.port, bodyMode }), 503);
  });

  test('refuses more calls than it may have', async () => {
    const guard = await guardFor('ext_proc', open, ['--max-calls', '1']);
    const envoy = await envoyFor({ front: 'ext_proc', guardPort: guard.port });
    const statuses = await load(envoy.port, 40, 8);
    table.push(['ext_proc', 'more calls than allowed', [...statuses].map(([status, count]) => `${count} × ${status}`).join(', '), 'only what had been let through']);
    expectAllMarked();
    expectNoneUncounted(statuses, 8);
  });

  test('sees a body over the edge\'s limit not at all', async () => {
    const guard = await guardFor('ext_proc');
    await expectRefused('ext_proc', 'body over the edge\'s limit', await envoyFor({ front: 'ext_proc', guardPort: guard.port, bufferLimit: 64 * 1024 }), 413, { body: chat('x'.repeat(100_000)) });
  });
});
