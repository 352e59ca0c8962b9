import { AiGateway, MADE_BY_AI_GATEWAY } from './ai-gateway';
import { EnvoyGateway } from './envoy-gateway';
import { standInsFor } from './stand-in-routes';
import { complaintsInStatus, JUDGED_KINDS } from './statuses';
import { surroundingsOf } from './surroundings';
import { ApiServer } from '../api-server';
import { Manifest, objectPath } from '../client';

/** How long statuses stay as they are before they count as final, and how long they may change: longer for more objects. */
const SETTLE_SECONDS = 20;
const LONGEST_SECONDS = 120;
const SETTLE_SECONDS_PER_OBJECT = 0.1;
const SECONDS_PER_OBJECT = 1;
/** A status that is good may still turn, when it was written before the last object was there. */
const STEADY_MS = 300;
const POLL_MS = 100;

/** One program on a server, where its own manifests are already. */
export interface Case {
  readonly manifests: readonly Manifest[];
  /** What others made before, not on the server yet. */
  readonly beside: readonly Manifest[];
}

/**
 * What Envoy Gateway's controller finds wrong. What the manifests refer to is made for them, and the routes that the AI
 * gateway's controller would make.
 */
export async function complaintsOfEnvoyGateway(server: ApiServer, gateway: EnvoyGateway, { manifests, beside }: Case): Promise<string[]> {
  const all = [...manifests, ...beside];
  const made = [...othersOf(server, all, beside), ...all.filter(({ kind }) => kind === 'AIGatewayRoute').flatMap(route => standInsFor(route, all))];
  const refusals = await applyAll(server, made);
  const judged = [...manifests, ...made].filter(manifest => JUDGED_KINDS.has(manifest.kind) && !isAi(manifest));
  return [...refusals, ...await settled(server, judged), ...gateway.failures()];
}

/**
 * What the controllers of both gateways find wrong, where the routes are those that the AI gateway's controller makes.
 * It leaves what it made; `forget` removes it.
 */
export async function complaintsOfBoth(server: ApiServer, gateway: EnvoyGateway, ai: AiGateway, { manifests, beside }: Case): Promise<string[]> {
  const all = [...manifests, ...beside];
  const made = othersOf(server, all, beside);
  const refusals = await applyAll(server, made);
  const routes = all.filter(({ kind }) => kind === 'AIGatewayRoute')
    .map(({ metadata: { name, namespace } }) => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name, namespace } }));
  const judged = [...manifests, ...made, ...routes].filter(manifest => JUDGED_KINDS.has(manifest.kind));
  const complaints = await settled(server, judged);
  ai.assertRunning();
  return [...refusals, ...complaints, ...gateway.failures()];
}

/** Removes what the AI gateway's controller made and leaves to a garbage collector, which does not run here. */
export async function forget(server: ApiServer): Promise<void> {
  for (const [apiVersion, kind] of MADE_BY_AI_GATEWAY) {
    const resource = await server.client.resource(apiVersion, kind);
    if (!resource) continue;
    for (const { metadata } of await server.client.list(apiVersion, kind)) {
      await server.client.must('DELETE', objectPath(resource, metadata.name, metadata.namespace));
    }
  }
}

/** Throws when Envoy Gateway's controller finds nothing wrong with what is wrong. */
export async function assertEnvoyGatewayJudges(server: ApiServer, gateway: EnvoyGateway): Promise<void> {
  const metadata = { name: 'judge', namespace: 'judge' };
  const manifests: Manifest[] = [
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'judge' }, spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' } },
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata, spec: { gatewayClassName: 'judge', listeners: [{ name: 'http', protocol: 'HTTP', port: 80 }] } },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata,
      spec: { parentRefs: [{ name: 'judge' }], rules: [{ backendRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'missing' }] }] },
    },
  ];
  const refusals = await applyAll(server, manifests);
  const deadline = Date.now() + SETTLE_SECONDS * 1000;
  let complaints: readonly string[] = [];
  while (!complaints.some(complaint => complaint.includes('BackendNotFound'))) {
    if (Date.now() > deadline) throw new Error(`a route to a missing Backend passed: ${JSON.stringify([...refusals, ...complaints])}`);
    complaints = await complaintsNow(server, manifests);
  }
  await server.reset();
  await gateway.idle();
}

/** What a program refers to and does not make. */
function othersOf(server: ApiServer, all: readonly Manifest[], beside: readonly Manifest[]): Manifest[] {
  return [...beside, ...surroundingsOf(all, server.tls)];
}

async function applyAll(server: ApiServer, manifests: readonly Manifest[]): Promise<string[]> {
  const refusals: string[] = [];
  for (const manifest of manifests) {
    const { refused } = await server.apply(manifest);
    if (refused !== undefined) refusals.push(`${nameOf(manifest)}: ${refused}`);
  }
  return refusals;
}

/** Complaints in the statuses of objects, once there are none for a while or they stay the same for long. */
async function settled(server: ApiServer, objects: readonly Manifest[]): Promise<string[]> {
  const begun = Date.now();
  const settle = SETTLE_SECONDS + objects.length * SETTLE_SECONDS_PER_OBJECT;
  const longest = LONGEST_SECONDS + objects.length * SECONDS_PER_OBJECT;
  let last: { readonly complaints: readonly string[]; readonly since: number } | undefined;
  for (;;) {
    const complaints = await complaintsNow(server, objects);
    const now = Date.now();
    if (last?.complaints.join('\n') !== complaints.join('\n')) last = { complaints, since: now };
    const waited = now - last!.since;
    if (complaints.length === 0 && waited >= STEADY_MS) return [];
    if (waited > settle * 1000 || now - begun > longest * 1000) return complaints;
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}

async function complaintsNow(server: ApiServer, objects: readonly Manifest[]): Promise<string[]> {
  const complaints = await Promise.all(objects.map(async manifest => {
    const resource = await server.client.resource(manifest.apiVersion, manifest.kind);
    const { status, body } = await server.client.send('GET', objectPath(resource!, manifest.metadata.name, manifest.metadata.namespace));
    const found = status === 404 ? ['does not exist'] : complaintsInStatus(body as Manifest);
    return found.map(complaint => `${nameOf(manifest)}: ${complaint}`);
  }));
  return complaints.flat();
}

function isAi({ apiVersion }: Manifest): boolean {
  return apiVersion.startsWith('aigateway.envoyproxy.io/');
}

function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
