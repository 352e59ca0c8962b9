import { createSign, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { stringify } from 'yaml';
import { AIGateway, ApiKey, OpenAIProvider, Policy, PolicyPoint, TenantIdentity } from '../../../../src';
import { GatewayProcess } from '../../../../test/judges/gateway/gateway-process';
import { envoyBinary } from '../envoy/binary';
import { send, Sent } from '../envoy/client';
import { GuardProcess } from '../envoy/guard';
import { freePort, until } from '../envoy/processes';
import { Upstream } from '../envoy/upstream';

/** The real gateway; tests of it are skipped without. */
export const program = process.env.AIGW_BIN;
const ISSUER = 'https://idp.example.com';
const rules = [{ id: 'codename', pattern: 'nightfall', action: 'block' }, { id: 'mail', builtin: 'email', action: 'redact' }];
const policy = (front: string) => JSON.stringify({
  version: 1,
  tenant: { header: 'x-tenant-id' },
  rules: front === 'ext_proc' ? rules : rules.slice(0, 1),
  credentials: { openai: { type: 'APIKey', header: 'x-aigw-openai' } },
  tenants: { acme: { models: { allow: ['gpt-4o'] }, credentials: { openai: 'acme-openai' } }, keyless: { models: { allow: ['*'] } } },
});

/** Changes a manifest that the construct made. */
export type Flaw = (manifest: any) => any;

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** ext_proc believes a proxy in front; before ext_authz the gateway itself finds out who asks, by a token, and clients claim what they like. */
export function as(front: string, name: string): { [header: string]: string } {
  if (front === 'ext_proc') return { 'x-tenant-id': name };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', kid: 'k' })}.${part({ iss: ISSUER, org: name, exp: Math.floor(Date.now() / 1000) + 3600 })}`;
  return { 'authorization': `Bearer ${text}.${createSign('RSA-SHA256').update(text).sign(keys.privateKey, 'base64url')}`, 'x-tenant-id': 'keyless' };
}

interface Ports {
  readonly listen: number;
  readonly guard: number;
  readonly upstream: number;
  readonly issuer: number;
}

/** What the construct makes, with the server, the provider and the proxy on this machine. */
function manifests(front: string, ports: Ports, flaw: Flaw): string {
  const app: App = Testing.app();
  const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
  const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
  const gateway = new AIGateway(chart, 'gateway');
  gateway.addModel('gpt-4o', openai.model(), { retries: 2 });
  gateway.addModel('o1', openai.model());
  const point = new PolicyPoint(chart, 'policy', {
    gateway,
    policy: Policy.fromText(policy(front)),
    tenants: front === 'ext_proc' ? TenantIdentity.trustedHeader() : TenantIdentity.token({ issuer: ISSUER, jwksUri: `http://localhost:${ports.issuer}/keys`, claim: 'org' }),
    tenantKeys: { 'acme-openai': 'acme' },
  });
  point.handOver('openai', openai);
  expect(point.front).toBe(front);
  const local = (port: number) => ({ endpoints: [{ ip: { address: '127.0.0.1', port } }] });
  const server = [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'policy-server' }];
  const adapted = (Testing.synth(chart) as any[]).flatMap((manifest) => {
    switch (manifest.kind) {
      case 'Gateway': manifest.spec.listeners[0].port = ports.listen; break;
      case 'EnvoyProxy': manifest.spec.provider = { type: 'Host', host: {} }; break;
      case 'Backend': manifest.spec = local(ports.upstream); break;
      case 'EnvoyExtensionPolicy': manifest.spec.extProc[0].backendRefs = server; break;
      case 'SecurityPolicy': if (manifest.spec.extAuth) manifest.spec.extAuth.http.backendRefs = server; break;
      case 'BackendTLSPolicy': case 'Deployment': case 'Service': case 'ServiceAccount': case 'ConfigMap': case 'PodDisruptionBudget': case 'NetworkPolicy':
        return [];
    }
    return [flaw(manifest)];
  });
  return [
    ...adapted,
    { apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'Backend', metadata: { name: 'policy-server', namespace: 'ai' }, spec: local(ports.guard) },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'openai', namespace: 'ai' }, type: 'Opaque', stringData: { apiKey: 'sk-shared' } },
  ].map(manifest => stringify(manifest)).join('---\n').replaceAll('$', '$$$$');
}

/** The gateway with a policy point, a provider and an identity provider, all on this machine. */
export class Stage {
  /** Waits until a request is answered as one should be: any of a tenant's, where the manifests are right. */
  public static async start(front: 'ext_proc' | 'ext_authz', flaw: Flaw = manifest => manifest, first: Sent = { headers: as(front, 'acme') }): Promise<Stage> {
    const upstream = await new Upstream().start();
    const guard = await GuardProcess.start({ front, policy: policy(front), keys: { 'acme-openai/key': 'sk-acme' } });
    const issuer = createServer((_request, response) => response.end(JSON.stringify({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256' }] })));
    await new Promise<void>(resolve => issuer.listen(0, 'localhost', resolve));
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'gw-'));
    const ports = { listen: port, guard: guard.port, upstream: upstream.port, issuer: (issuer.address() as AddressInfo).port };
    const gateway = await GatewayProcess.start({
      program: program!, envoy: envoyBinary(), folder, listenPort: port, env: {}, verbose: false, manifests: manifests(front, ports, flaw),
      say: line => process.stderr.write(`${line}\n`),
    });
    const stage = new Stage(port, upstream, guard, gateway, issuer, folder);
    // The routes are there a moment after the first answer.
    await until('requests are answered', async () => (await send(port, first)).status === 200, 60_000);
    upstream.seen.length = 0;
    return stage;
  }

  private constructor(
    public readonly port: number,
    public readonly upstream: Upstream,
    public readonly guard: GuardProcess,
    public readonly gateway: GatewayProcess,
    private readonly issuer: Server,
    private readonly folder: string,
  ) {}

  public async stop(): Promise<void> {
    await this.gateway.stop();
    await this.guard.end();
    this.upstream.stop();
    this.issuer.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
