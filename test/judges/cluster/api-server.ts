import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { binary, goAvailable } from './binaries';
import { collectionPath, KubernetesClient, Manifest, messageOf, objectPath } from './client';
import { freePorts, ServerProcess, temporaryFolder } from './processes/server-process';
import { crdsAvailable, crdsFolder, CrdTarget, foldersOf } from '../crd/release-set';

/** What the cluster says to one manifest. */
export interface Verdict {
  /** Why it refuses the manifest, in its own words. */
  readonly refused?: string;
  /** Deprecations among them; a manifest of ours causes none. */
  readonly warnings: readonly string[];
}

const READY_SECONDS = 60;
const CRD_SECONDS = 60;
const DELETION_SECONDS = 3;
const STARTS = 3;

/**
 * A Kubernetes API server with etcd and the CRDs of one set of releases, on the loopback. No controller runs, so what
 * was created stays as it is.
 */
export class ApiServer {
  /** Why there can be none here, or nothing when there can. */
  static missing(): string | undefined {
    if (!goAvailable()) return 'no Go to build Kubernetes with';
    return crdsAvailable() ? undefined : 'no CRD folder (set CRDS_DIR)';
  }

  /**
   * A cluster with the CRDs of a target. The first one on a machine builds Kubernetes, which takes minutes.
   *
   * @param kinds only the CRDs of these kinds, since a large one costs the server a second
   */
  static async start(target: CrdTarget, kinds?: ReadonlySet<string>): Promise<ApiServer> {
    const programs = { etcd: await binary('etcd'), apiServer: await binary('kube-apiserver') };
    const server = await startOnFreePorts(programs);
    try {
      await server.installCrds(foldersOf(target).map(folder => join(crdsFolder(), folder)), kinds);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** What reset() deletes again, in order of creation. */
  private readonly created: string[] = [];
  private readonly namespaces = new Set<string>();
  private readonly crds = new Set<string>();

  /** @internal */
  constructor(
    readonly client: KubernetesClient,
    /** Path of a file for any client of Kubernetes; its user may do everything. */
    readonly kubeconfig: string,
    /** Certificate and key of the server, for whoever needs some pair. */
    readonly tls: { readonly certificate: string; readonly key: string },
    private readonly processes: readonly ServerProcess[],
  ) {}

  /**
   * Creates an object as `kubectl create --validate=strict` does: unknown and doubled fields are refused. The namespace
   * is made when it is missing.
   *
   * @param yaml the manifest as it was written, so that the server's own parser reads it
   */
  async apply(manifest: Manifest, yaml?: string): Promise<Verdict> {
    const resource = await this.client.resource(manifest.apiVersion, manifest.kind);
    if (!resource) return { refused: `the cluster has no ${manifest.apiVersion} ${manifest.kind}`, warnings: [] };
    const namespace = resource.namespaced ? manifest.metadata.namespace ?? 'default' : undefined;
    if (namespace !== undefined) await this.needNamespace(namespace);
    const path = `${collectionPath(resource, namespace)}?fieldValidation=Strict`;
    const answer = await this.client.send('POST', path, yaml ?? manifest, yaml === undefined ? 'application/json' : 'application/yaml');
    if (answer.status >= 400) return { refused: messageOf(answer), warnings: answer.warnings };
    this.created.push(objectPath(resource, manifest.metadata.name, namespace));
    return { warnings: answer.warnings };
  }

  /** Deletes what `apply` created and waits until controllers let it go; namespaces stay, and what controllers made of it. */
  async reset(): Promise<void> {
    const paths = this.created.splice(0).reverse();
    const held: string[] = [];
    for (const path of paths) {
      const answer = await this.client.send('DELETE', path, { gracePeriodSeconds: 0, propagationPolicy: 'Background' });
      if (answer.status >= 400 && answer.status !== 404) throw new Error(`DELETE ${path}: ${messageOf(answer)}`);
      if (answer.body.metadata?.finalizers?.length > 0) held.push(path);
    }
    for (const path of held) await this.gone(path);
  }

  /** Installs every CRD in some folders that is not there yet, and waits until the server serves them. */
  async installCrds(folders: readonly string[], kinds?: ReadonlySet<string>): Promise<void> {
    const files = folders.flatMap(folder => readdirSync(folder).filter(name => name.endsWith('.yaml')).map(name => join(folder, name)));
    const crds = files.flatMap(file => loadAll(readFileSync(file, 'utf8'), { schema: CORE_SCHEMA }) as Manifest[])
      .filter(({ kind, spec }) => kind === 'CustomResourceDefinition' && (kinds?.has(spec.names.kind) ?? true));
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const fresh = crds.filter(({ metadata }) => !this.crds.has(metadata.name));
    for (const { metadata } of fresh) this.crds.add(metadata.name);
    await Promise.all(fresh.map(async crd => this.client.must('POST', path, crd)));
    // One by one: a list of them all is megabytes.
    for (const { metadata } of fresh) await this.waitForCrd(`${path}/${metadata.name}`);
    this.client.forgetResources();
  }

  /** Throws when the server or its etcd ended by itself. */
  assertRunning(): void {
    for (const started of this.processes) started.assertRunning();
  }

  /** Ends the server and removes everything it wrote. */
  async stop(): Promise<void> {
    this.client.close();
    await Promise.all([...this.processes].reverse().map(async started => started.stop()));
  }

  /** What was applied so far survives the next `reset`. */
  keep(): void {
    this.created.length = 0;
  }

  /** Waits until nobody holds a deleted object any more; who holds it for long is overruled. */
  private async gone(path: string): Promise<void> {
    const deadline = Date.now() + DELETION_SECONDS * 1000;
    while ((await this.client.send('GET', path)).status !== 404) {
      if (Date.now() > deadline) await this.client.send('PATCH', path, { metadata: { finalizers: null } }, 'application/merge-patch+json');
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  private async waitForCrd(path: string): Promise<void> {
    const deadline = Date.now() + CRD_SECONDS * 1000;
    for (;;) {
      const { status } = await this.client.must('GET', path) as Manifest;
      const conditions: { readonly type: string; readonly status: string }[] = status?.conditions ?? [];
      if (conditions.some(condition => condition.type === 'Established' && condition.status === 'True')) return;
      if (Date.now() > deadline) throw new Error(`${path} is not established after ${CRD_SECONDS} s: ${JSON.stringify(conditions)}`);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  /** Makes a namespace that is not there yet. */
  async needNamespace(name: string): Promise<void> {
    if (this.namespaces.has(name)) return;
    const answer = await this.client.send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    if (answer.status >= 400 && answer.body?.reason !== 'AlreadyExists') throw new Error(`namespace ${name}: ${messageOf(answer)}`);
    this.namespaces.add(name);
  }
}

interface Programs {
  readonly etcd: string;
  readonly apiServer: string;
}

/** A port that is free when we look may be taken when the server does, so it is tried again. */
async function startOnFreePorts(programs: Programs): Promise<ApiServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startPair(programs);
    } catch (error) {
      if (attempt === STARTS || !String(error).includes('address already in use')) throw error;
    }
  }
}

async function startPair({ etcd, apiServer }: Programs): Promise<ApiServer> {
  const [clientPort, peerPort, port] = await freePorts(3);
  const etcdUrl = `http://127.0.0.1:${clientPort}`;
  const started: ServerProcess[] = [];
  try {
    const store = startEtcd(etcd, etcdUrl, `http://127.0.0.1:${peerPort}`);
    started.push(store);
    await store.ready(async () => healthy(`${etcdUrl}/health`), READY_SECONDS);
    return await startApiServer(apiServer, etcdUrl, port, started);
  } catch (error) {
    await Promise.all(started.map(async one => one.stop()));
    throw error;
  }
}

function startEtcd(program: string, url: string, peerUrl: string): ServerProcess {
  const folder = temporaryFolder('etcd');
  return ServerProcess.start({
    name: 'etcd',
    program,
    folder,
    args: [
      '--name=judge', `--data-dir=${join(folder, 'data')}`,
      `--listen-client-urls=${url}`, `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peerUrl}`, `--initial-advertise-peer-urls=${peerUrl}`, `--initial-cluster=judge=${peerUrl}`,
      '--unsafe-no-fsync', '--log-level=error',
    ],
  });
}

async function startApiServer(program: string, etcdUrl: string, port: number, started: ServerProcess[]): Promise<ApiServer> {
  const folder = temporaryFolder('kube-apiserver');
  const token = randomBytes(16).toString('hex');
  const serviceAccounts = join(folder, 'service-accounts.pem');
  writeFileSync(serviceAccounts, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, 'tokens.csv'), `${token},judge,judge,system:masters\n`);
  const server = ServerProcess.start({
    name: 'kube-apiserver',
    program,
    folder,
    args: [
      `--etcd-servers=${etcdUrl}`, '--bind-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${folder}`,
      `--token-auth-file=${join(folder, 'tokens.csv')}`, '--authorization-mode=AlwaysAllow', '--anonymous-auth=false',
      '--service-account-issuer=https://kubernetes.default.svc', `--service-account-key-file=${serviceAccounts}`,
      `--service-account-signing-key-file=${serviceAccounts}`, '--disable-admission-plugins=ServiceAccount',
      '--service-cluster-ip-range=10.0.0.0/24', '--profiling=false',
      // Nobody connects to it; without one the server looks for a network, which a machine need not have.
      '--advertise-address=192.0.2.1', '--endpoint-reconciler-type=none',
    ],
    // It lives for a minute and spends a good part of it on collecting garbage.
    env: { ...process.env, GOGC: '400', GOMEMLIMIT: '1500MiB' },
  });
  started.push(server);
  const url = `https://127.0.0.1:${port}`;
  const file = (name: string) => join(folder, name);
  // The server makes its certificate itself, before it listens.
  await server.ready(async () => isFile(file('apiserver.crt')) && isFile(file('apiserver.key')), READY_SECONDS);
  const tls = { certificate: readFileSync(file('apiserver.crt'), 'utf8'), key: readFileSync(file('apiserver.key'), 'utf8') };
  const client = new KubernetesClient({ url, ca: tls.certificate, token });
  await server.ready(async () => (await client.send('GET', '/readyz').catch(() => undefined))?.status === 200, READY_SECONDS);
  writeFileSync(file('kubeconfig'), kubeconfigOf(url, tls.certificate, token));
  return new ApiServer(client, file('kubeconfig'), tls, started);
}

async function healthy(url: string): Promise<boolean> {
  return fetch(url).then(({ ok }) => ok, () => false);
}

function isFile(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}

/** JSON, which is YAML too. */
function kubeconfigOf(server: string, ca: string, token: string): string {
  return JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'current-context': 'judge',
    'clusters': [{ name: 'judge', cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } }],
    'users': [{ name: 'judge', user: { token } }],
    'contexts': [{ name: 'judge', context: { cluster: 'judge', user: 'judge' } }],
  });
}
