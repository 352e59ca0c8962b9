import { createSign, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { stringify } from 'yaml';
import { AIGateway, ApiKey, OpenAIProvider, Policy, PolicyPoint, TenantIdentity } from '../../../../src';
import { GatewayProcess } from '../../../../test/judges/gateway/gateway-process';
import { envoyBinary } from '../envoy/binary';
import { chat, send } from '../envoy/client';
import { GuardProcess } from '../envoy/guard';
import { freePort, until } from '../envoy/processes';
import { Upstream } from '../envoy/upstream';

const program = process.env.AIGW_BIN;
const ISSUER = 'https://idp.example.com';
const rules = [{ id: 'codename', pattern: 'nightfall', action: 'block' }, { id: 'mail', builtin: 'email', action: 'redact' }];
const policy = (front: string) => JSON.stringify({
  version: 1,
  tenant: { header: 'x-tenant-id' },
  rules: front === 'ext_proc' ? rules : rules.slice(0, 1),
  credentials: { openai: { type: 'APIKey', header: 'x-aigw-openai' } },
  tenants: { acme: { models: { allow: ['gpt-4o'] }, credentials: { openai: 'acme-openai' } }, keyless: { models: { allow: ['*'] } } },
});

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** ext_proc believes a proxy in front; before ext_authz the gateway itself finds out who asks, by a token, and clients claim what they like. */
function as(front: string, name: string): { [header: string]: string } {
  if (front === 'ext_proc') return { 'x-tenant-id': name };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', kid: 'k' })}.${part({ iss: ISSUER, org: name, exp: Math.floor(Date.now() / 1000) + 3600 })}`;
  return { 'authorization': `Bearer ${text}.${createSign('RSA-SHA256').update(text).sign(keys.privateKey, 'base64url')}`, 'x-tenant-id': 'keyless' };
}

/** What the construct makes, with the server, the provider and the proxy on this machine. */
function manifests(front: string, listenPort: number, guardPort: number, upstreamPort: number, issuerPort: number): string {
  const app: App = Testing.app();
  const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
  const gateway = new AIGateway(chart, 'gateway');
  gateway.addModel('gpt-4o', openai.model(), { retries: 2 });
  const point = new PolicyPoint(chart, 'policy', {
    gateway,
    policy: Policy.fromText(policy(front)),
    tenants: front === 'ext_proc' ? TenantIdentity.trustedHeader() : TenantIdentity.token({ issuer: ISSUER, jwksUri: `http://localhost:${issuerPort}/keys`, claim: 'org' }),
    tenantKeys: { 'acme-openai': 'acme' },
  });
  point.handOver('openai', openai);
  expect(point.front).toBe(front);
  const local = (port: number) => ({ endpoints: [{ ip: { address: '127.0.0.1', port } }] });
  const server = [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'policy-server' }];
  const adapted = (Testing.synth(chart) as any[]).flatMap((manifest) => {
    switch (manifest.kind) {
      case 'Gateway': manifest.spec.listeners[0].port = listenPort; break;
      case 'EnvoyProxy': manifest.spec.provider = { type: 'Host', host: {} }; break;
      case 'Backend': manifest.spec = local(upstreamPort); break;
      case 'EnvoyExtensionPolicy': manifest.spec.extProc[0].backendRefs = server; break;
      case 'SecurityPolicy': if (manifest.spec.extAuth) manifest.spec.extAuth.http.backendRefs = server; break;
      case 'BackendTLSPolicy': case 'Deployment': case 'Service': case 'ServiceAccount': case 'ConfigMap': case 'PodDisruptionBudget': case 'NetworkPolicy':
        return [];
    }
    return [manifest];
  });
  return [
    ...adapted,
    { apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'Backend', metadata: { name: 'policy-server', namespace: 'ai' }, spec: local(guardPort) },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'openai', namespace: 'ai' }, type: 'Opaque', stringData: { apiKey: 'sk-shared' } },
  ].map(manifest => stringify(manifest)).join('---\n').replaceAll('$', '$$$$');
}

/** Names of the filters of every chain in a configuration. */
function chainsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const { http_filters: filters } = value as { http_filters?: { name: string }[] };
  return [...(filters ? [filters.map(({ name }) => name)] : []), ...Object.values(value).flatMap(chainsIn)];
}

(program ? describe : describe.skip).each(['ext_authz', 'ext_proc'] as const)('%s in the real AI gateway (AIGW_BIN)', (front) => {
  let upstream: Upstream;
  let guard: GuardProcess;
  let gateway: GatewayProcess;
  const issuer = createServer((_request, response) => response.end(JSON.stringify({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256' }] })));
  let port: number;
  let folder: string;
  const tenant = as(front, 'acme');

  beforeAll(async () => {
    upstream = await new Upstream().start();
    guard = await GuardProcess.start({ front, policy: policy(front), keys: { 'acme-openai/key': 'sk-acme' } });
    port = await freePort();
    await new Promise<void>(resolve => issuer.listen(0, 'localhost', resolve));
    folder = mkdtempSync(join(tmpdir(), 'gw-'));
    gateway = await GatewayProcess.start({
      program: program!, envoy: envoyBinary(), folder, listenPort: port, env: {}, verbose: false,
      manifests: manifests(front, port, guard.port, upstream.port, (issuer.address() as AddressInfo).port),
      say: line => process.stderr.write(`${line}\n`),
    });
    // The routes are there a moment after the first answer.
    await until('requests are answered', async () => (await send(port, { headers: tenant })).status === 200, 60_000);
  }, 240_000);
  afterAll(async () => {
    await gateway?.stop();
    await guard?.end();
    upstream?.stop();
    issuer.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => (upstream.seen.length = 0));

  test('the policy server is asked before the AI filter', async () => {
    const dump: unknown = await (await fetch(new URL('/config_dump', gateway.admin))).json();
    const [names = []] = chainsIn(dump).filter(chain => chain.at(-1) === 'envoy.filters.http.router' && chain.some(name => name.includes('aigateway')));
    const ours = names.findIndex(name => (front === 'ext_proc' ? /ext_proc\/.*policy/ : /ext_authz/).test(name));
    const theirs = names.findIndex(name => name.includes('aigateway'));
    process.stdout.write(`${front}: ${names.join(' > ')}\n`);
    expect(ours).toBeGreaterThanOrEqual(0);
    expect(theirs).toBeGreaterThan(ours);
  });

  test('the provider gets the tenant\'s key, also on a retry, and nothing of ours', async () => {
    upstream.failing = 1;
    expect((await send(port, { headers: { ...tenant, 'x-aigw-openai': 'forged', 'x-guard-ok': '1' } })).status).toBe(200);
    expect(upstream.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-acme', 'Bearer sk-acme']);
    for (const { headers } of upstream.seen) expect(Object.keys(headers).filter(name => /^x-(aigw|guard)-/.test(name))).toEqual([]);
  });

  test('the shared key does not pay for a tenant without one', async () => {
    expect((await send(port, { headers: { ...as(front, 'keyless'), 'x-aigw-openai': 'forged' } })).status).toBe(401);
    expect(upstream.seen).toEqual([]);
  });

  test.each([
    ['a blocked prompt', { headers: tenant, body: chat('nightfall') }, 403],
    ['a model of nobody', { headers: tenant, body: chat('x', 'o1') }, 403],
    ['no tenant', {}, 401],
  ])('%s is refused', async (_name, sent, status) => {
    expect((await send(port, sent)).status).toBe(status);
    expect(upstream.seen).toEqual([]);
  });

  if (front === 'ext_proc') {
    test('what is redacted never arrives, on a retry neither', async () => {
      upstream.failing = 1;
      expect((await send(port, { headers: tenant, body: chat('mail jane@example.com') })).status).toBe(200);
      expect(upstream.seen.map(({ body }) => JSON.parse(body).messages[0].content)).toEqual(['mail [MAIL]', 'mail [MAIL]']);
    });
  }

  test('without the server nothing passes', async () => {
    await guard.stop('SIGKILL');
    const { status } = await send(port, { headers: tenant });
    expect(status).toBe(front === 'ext_proc' ? 500 : 403);
    expect(upstream.seen).toEqual([]);
  });
});
