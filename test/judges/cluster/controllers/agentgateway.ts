import { ApiServer } from '../api-server';
import { Manifest, objectPath } from '../client';
import { surroundingsOf } from './surroundings';
import { ServerProcess, temporaryFolder } from '../processes/server-process';

const CLASS = 'agentgateway';
const NAMESPACE = 'agentgateway-system';
const READY_SECONDS = 60;
const SETTLE_SECONDS = 20;
const POLL_MS = 100;
const JUDGED: ReadonlySet<string> = new Set(['Gateway', 'HTTPRoute', 'AgentgatewayBackend', 'AgentgatewayPolicy']);
/** No proxy is started, so no Gateway has an address. */
const NEUTRAL: ReadonlySet<string> = new Set(['Programmed', 'Conflicted', 'OverlappingTLSConfig', 'Attached']);

/** agentgateway's controller, which is no Go module to build: it is given as a program in `AGENTGATEWAY_CONTROLLER_BIN`. */
export class Agentgateway {
  static program(): string | undefined {
    return process.env.AGENTGATEWAY_CONTROLLER_BIN || undefined;
  }

  static async start(server: ApiServer, program: string): Promise<Agentgateway> {
    // It writes its lease there, and makes no GatewayClass without being the leader.
    await server.needNamespace(NAMESPACE);
    const started = ServerProcess.start({
      name: 'agentgateway controller',
      program,
      folder: temporaryFolder('agentgateway-controller'),
      args: [],
      env: { ...process.env, KUBECONFIG: server.kubeconfig, POD_NAMESPACE: NAMESPACE, POD_NAME: 'judge' },
    });
    const classMade = async () => {
      const resource = await server.client.resource('gateway.networking.k8s.io/v1', 'GatewayClass');
      return (await server.client.send('GET', objectPath(resource!, CLASS, undefined))).status === 200;
    };
    await started.ready(classMade, READY_SECONDS).catch(async (error: Error) => {
      await started.stop();
      throw error;
    });
    return new Agentgateway(server, started);
  }

  private constructor(private readonly server: ApiServer, private readonly started: ServerProcess) {}

  /** What it finds wrong with manifests that are on the server; what they refer to is made for them. */
  async complaintsAbout(manifests: readonly Manifest[]): Promise<string[]> {
    for (const manifest of [...surroundingsOf(manifests, this.server.tls), ...backendsOfOthers(manifests)]) await this.server.apply(manifest);
    // A Gateway of a class that others make is not this controller's.
    const judged = manifests.filter(({ kind, spec }) => JUDGED.has(kind) && (kind !== 'Gateway' || spec.gatewayClassName === CLASS));
    const deadline = Date.now() + SETTLE_SECONDS * 1000;
    for (;;) {
      const complaints = (await Promise.all(judged.map(async manifest => this.complaintsOf(manifest)))).flat();
      this.started.assertRunning();
      if (complaints.length === 0 || Date.now() > deadline) return complaints;
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
  }

  /** Throws when it finds nothing wrong with a Secret that is not there. */
  async assertJudges(): Promise<void> {
    const backend: Manifest = {
      apiVersion: 'agentgateway.dev/v1alpha1', kind: 'AgentgatewayBackend', metadata: { name: 'judge', namespace: 'judge' },
      spec: { ai: { provider: { openai: {} } }, policies: { auth: { secretRef: { name: 'nowhere' } } } },
    };
    await this.server.apply(backend);
    const deadline = Date.now() + SETTLE_SECONDS * 1000;
    while (!(await this.complaintsOf(backend)).some(complaint => complaint.includes('Accepted=False'))) {
      if (Date.now() > deadline) throw new Error('a backend with a missing Secret passed');
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
    await this.server.reset();
  }

  async stop(): Promise<void> {
    await this.started.stop();
  }

  private async complaintsOf(manifest: Manifest): Promise<string[]> {
    const { apiVersion, kind, metadata } = manifest;
    const resource = await this.server.client.resource(apiVersion, kind);
    const { body } = await this.server.client.send('GET', objectPath(resource!, metadata.name, metadata.namespace));
    const status = (body as Manifest).status ?? {};
    const parts: any[] = [status, ...status.listeners ?? [], ...status.parents ?? [], ...status.ancestors ?? []];
    const conditions = parts.flatMap(part => part.conditions ?? []);
    const name = `${kind} ${metadata.name}`;
    const missing = ['Accepted', ...(kind === 'HTTPRoute' ? ['ResolvedRefs'] : [])].filter(wanted => !conditions.some(({ type }) => type === wanted));
    if (missing.length > 0) return [`${name}: no condition ${missing.join(' and ')}`];
    return conditions.filter(({ type, status: is }) => is !== 'True' && !NEUTRAL.has(type)).map(({ type, status: is, message }) => `${name}: ${type}=${is} ${message ?? ''}`);
  }
}

/** Backends that routes refer to and that are not among the manifests. */
function backendsOfOthers(manifests: readonly Manifest[]): Manifest[] {
  const known = new Set(manifests.filter(({ kind }) => kind === 'AgentgatewayBackend').map(({ metadata }) => metadata.name));
  const routes = manifests.filter(({ kind }) => kind === 'HTTPRoute');
  const refs = routes.flatMap(({ spec, metadata: { namespace } }) =>
    (spec.rules as any[]).flatMap(rule => rule.backendRefs.map((ref: any) => ({ name: ref.name as string, namespace }))));
  return refs.filter(({ name }) => !known.has(name)).map(metadata => (
    { apiVersion: 'agentgateway.dev/v1alpha1', kind: 'AgentgatewayBackend', metadata, spec: { ai: { provider: { openai: {} } } } }));
}
