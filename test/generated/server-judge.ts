import { Cluster } from './arbitraries/slots';
import { crdsOf } from './judgement';
import { documentsOf } from './outcome';
import { ApiServer } from '../judges/cluster/api-server';
import { collectionPath, Manifest, messageOf } from '../judges/cluster/client';

/** Kinds of other projects, whose CRDs are not installed. */
const FOREIGN = 'cert-manager.io/v1';

/** What programs write, by constructs or by hand. */
const KINDS = {
  'envoy-ai-gateway': [
    'AIGatewayRoute', 'AIServiceBackend', 'BackendSecurityPolicy', 'GatewayConfig', 'Backend', 'BackendTrafficPolicy', 'ClientTrafficPolicy',
    'EnvoyProxy', 'BackendTLSPolicy', 'GatewayClass', 'SecurityPolicy', 'EnvoyExtensionPolicy',
  ],
  'agentgateway': ['AgentgatewayBackend', 'AgentgatewayPolicy', 'AgentgatewayParameters'],
  'all': ['Gateway', 'HTTPRoute', 'ReferenceGrant', 'ExternalSecret', 'SopsSecret', 'SealedSecret'],
};

/** A real API server, asked whether it would create what programs make. */
export class ServerJudge {
  /** A judge for a cluster; undefined where none can be had. */
  public static async start(cluster: Cluster): Promise<ServerJudge | undefined> {
    const target = crdsOf(cluster);
    if (!target || ApiServer.missing() !== undefined) return undefined;
    const kinds = new Set([...KINDS.all, ...KINDS[cluster.gateway === 'agentgateway' ? 'agentgateway' : 'envoy-ai-gateway']]);
    return new ServerJudge(await ApiServer.start(target, kinds));
  }

  private readonly namespaces = new Map<string, Promise<void>>();

  private constructor(private readonly server: ApiServer) {}

  /** Why the server refuses something in the output of a program, or warns of it. */
  public async complaints(yaml: string): Promise<string[]> {
    const texts = yaml.split(/^---\n/m).filter(text => text.trim() !== '');
    return (await Promise.all(texts.map(async text => this.judge(text)))).flat();
  }

  public async stop(): Promise<void> {
    await this.server.stop();
  }

  private async judge(text: string): Promise<string[]> {
    const [manifest] = documentsOf(text) as Manifest[];
    const { apiVersion, kind, metadata } = manifest;
    if (apiVersion === FOREIGN) return [];
    const { client } = this.server;
    const resource = await client.resource(apiVersion, kind);
    const label = `${kind} ${metadata.name}`;
    if (!resource) return [`${label}: the cluster has no ${apiVersion} ${kind}`];
    const namespace = resource.namespaced ? metadata.namespace ?? 'default' : undefined;
    if (namespace !== undefined) await this.needNamespace(namespace);
    // The server's own parser reads the text, but what sops encrypted is decrypted before it gets there.
    const sops = apiVersion === 'v1' && manifest.sops !== undefined;
    const path = `${collectionPath(resource, namespace)}?dryRun=All&fieldValidation=Strict`;
    const answer = await client.send('POST', path, sops ? decrypted(manifest) : text, sops ? 'application/json' : 'application/yaml');
    return [...(answer.status >= 400 ? [messageOf(answer)] : []), ...answer.warnings].map(complaint => `${label}: ${complaint}`);
  }

  /** A trial in a namespace that is not there fails for that reason alone. */
  private async needNamespace(name: string): Promise<void> {
    let made = this.namespaces.get(name);
    if (!made) this.namespaces.set(name, made = this.makeNamespace(name));
    await made;
  }

  private async makeNamespace(name: string): Promise<void> {
    const answer = await this.server.client.send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    if (answer.status >= 400 && answer.body?.reason !== 'AlreadyExists') throw new Error(`namespace ${name}: ${messageOf(answer)}`);
  }
}

function decrypted({ sops: _, ...rest }: Manifest): object {
  const values = (field: string, value: string) =>
    (rest[field] === undefined ? {} : { [field]: Object.fromEntries(Object.keys(rest[field] as object).map(key => [key, value])) });
  return { ...rest, ...values('data', 'dmFsdWU='), ...values('stringData', 'value') };
}
