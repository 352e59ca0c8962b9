import { App, ApiObject, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AIGateway, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider, Checks, EnvoyAIGatewayRelease, Finding,
  GcpCredentials, Listener, OpenAIProvider, Platform, ProviderTls, SecretStore, StoredSecret, VertexAIProvider,
} from '../../../src';
import { AgentgatewayRelease, AiGatewayRelease, CrdJudge, EnvoyGatewayRelease } from '../../judges/crd/judge';
import { silently } from '../../silently';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { name: string; namespace?: string; annotations?: { [key: string]: string } };
  [field: string]: any;
}

/** What the manifests are for. */
export interface Cluster {
  readonly platform: Platform;
  readonly crds: { readonly aiGateway: AiGatewayRelease; readonly envoyGateway?: EnvoyGatewayRelease; readonly agentgateway?: AgentgatewayRelease };
}

export const ENVOY_AI_GATEWAY: Cluster = { platform: Platform.envoyAIGateway(), crds: { aiGateway: 'v1.1.0' } };
/** Gateways with names that run together are told apart from v1.1 on. */
export const BEFORE_V1_1: Cluster = { platform: Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V1_0 }), crds: { aiGateway: 'v1.0.0' } };
export const AGENTGATEWAY: Cluster = { platform: Platform.agentgateway(), crds: { aiGateway: 'v1.1.0', envoyGateway: 'v1.9.0', agentgateway: 'v1.4.1' } };

export const AI = 'ai';
export const PROVIDERS = 'providers';

/** Manifests of a program in which everything is there and refers to each other, and what breaks them. */
export class World {
  private readonly manifests: Manifest[];

  constructor(private readonly cluster: Cluster) {
    this.manifests = [...structuredClone(synthesized(cluster))];
  }

  /** All of them, as they are by now. */
  get all(): readonly Manifest[] {
    return this.manifests;
  }

  /** The only one of its kind with this name. */
  get(kind: string, name: string): Manifest {
    const found = this.manifests.filter(manifest => manifest.kind === kind && manifest.metadata.name === name);
    if (found.length !== 1) throw new Error(`${found.length} manifests are ${kind} ${name}, of ${this.manifests.map(m => `${m.kind} ${m.metadata.name}`).join(', ')}`);
    return found[0];
  }

  remove(kind: string, name: string): void {
    this.manifests.splice(this.manifests.indexOf(this.get(kind, name)), 1);
  }

  add(manifest: Manifest): Manifest {
    this.manifests.push(manifest);
    return manifest;
  }

  copy(kind: string, name: string, as: string): Manifest {
    const manifest = structuredClone(this.get(kind, name));
    manifest.metadata.name = as;
    return this.add(manifest);
  }

  /** @param complete whether nothing else exists in the namespaces of the program */
  findings(complete: boolean): readonly Finding[] {
    return silently(() => {
      const app = new App();
      Platform.use(app, this.cluster.platform);
      const chart = new Chart(app, 'chart');
      this.manifests.forEach((manifest, index) => new ApiObject(chart, `doc-${index}`, structuredClone(manifest)));
      if (complete) for (const namespace of [AI, PROVIDERS]) Checks.declareComplete(app, namespace);
      return Checks.findings(app);
    });
  }

  /** Why an API server refuses a manifest. */
  refusals(): string[] {
    return CrdJudge.load(this.cluster.crds).judgeAll(this.manifests);
  }
}

const made = new Map<Cluster, readonly Manifest[]>();

function synthesized(cluster: Cluster): readonly Manifest[] {
  const known = made.get(cluster) ?? silently(() => synthesize(cluster));
  made.set(cluster, known);
  return known;
}

function synthesize(cluster: Cluster): Manifest[] {
  const app = new App();
  Platform.use(app, cluster.platform);
  const ai = new Chart(app, 'ai', { namespace: AI });
  const elsewhere = new Chart(app, 'elsewhere', { namespace: PROVIDERS });
  if (cluster === AGENTGATEWAY) agentgateway(ai, elsewhere);
  else envoyAIGateway(ai, elsewhere);
  return [ai, elsewhere].flatMap(chart => Testing.synth(chart) as Manifest[]);
}

const remote = (targetName: string) => ({ store: SecretStore.cluster('vault'), key: 'llm', property: targetName, targetName });
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

function providersOf(ai: Construct, elsewhere: Construct) {
  void new ApiObject(ai, 'ca', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ca' }, data: { 'ca.crt': CERTIFICATE } } as never);
  return {
    openai: new OpenAIProvider(ai, 'openai', {
      name: 'openai', hostname: 'llm.example.com', tls: ProviderTls.privateCa('ca'), apiKey: ApiKey.fromExternalSecret(remote('openai-key')),
    }),
    bedrock: new BedrockProvider(ai, 'bedrock', {
      name: 'bedrock',
      region: 'us-east-1',
      credentials: AwsCredentials.fromExternalSecretExtract({ ...remote('bedrock-key'), accessKeyIdProperty: 'id', secretAccessKeyProperty: 'secret' }),
    }),
    elsewhere: new OpenAIProvider(elsewhere, 'elsewhere', { name: 'elsewhere', apiKey: ApiKey.fromExternalSecret(remote('elsewhere-key')) }),
  };
}

function envoyAIGateway(ai: Construct, elsewhere: Construct): void {
  void new ApiObject(ai, 'certificate', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'certificate' },
    spec: {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: { template: { type: 'kubernetes.io/tls' } },
      data: ['tls.crt', 'tls.key'].map(secretKey => ({ secretKey, remoteRef: { key: 'certificate', property: secretKey } })),
    },
  } as never);
  const providers = providersOf(ai, elsewhere);
  const azure = new AzureOpenAIProvider(ai, 'azure', {
    name: 'azure', resource: 'acme', api: AzureOpenAIApi.deployments('2024-10-21'),
    credentials: AzureCredentials.clientSecret({ clientId: 'client', tenantId: 'tenant', secret: StoredSecret.fromExternalSecret(remote('azure-key')) }),
  });
  const vertex = new VertexAIProvider(ai, 'vertex', {
    name: 'vertex', project: 'acme', location: 'us-central1', credentials: GcpCredentials.fromExternalSecret(remote('vertex-key')),
  });
  const gateway = new AIGateway(ai, 'gateway', {
    name: 'gateway', listeners: [Listener.http({ name: 'http', hostname: '*.example.com' }), Listener.https('certificate', { name: 'https', hostname: '*.example.com' })],
    proxy: { serviceAccountName: 'gateway' }, sidecar: { resources: { memoryRequest: '256Mi' } },
  });
  gateway.addModel('chat', providers.openai.model('gpt-4o').fallbackTo(providers.bedrock.model('us.amazon.nova-pro-v1:0')), { name: 'chat', hostnames: ['ai.example.com'] });
  gateway.addModel('azure', azure.model('gpt-4o'), { name: 'azure' });
  gateway.addModel('vertex', vertex.model('gemini-2.5-flash'), { name: 'vertex' });
  gateway.addModel('elsewhere', providers.elsewhere.model('gpt-4o'), { name: 'elsewhere' });
}

function agentgateway(ai: Construct, elsewhere: Construct): void {
  const providers = providersOf(ai, elsewhere);
  const gateway = new AIGateway(ai, 'gateway', { name: 'gateway' });
  gateway.addModel('chat', providers.openai.model('gpt-4o').fallbackTo(providers.bedrock.model('us.amazon.nova-pro-v1:0')), { name: 'chat' });
  gateway.addModel('elsewhere', providers.elsewhere.model('gpt-4o'), { name: 'elsewhere' });
}
