import { App, Chart, Testing } from 'cdk8s';
import { SecretRead, secretsReadBy, secretsReadByAgentgateway, secretsReadByKgateway } from './secrets-read';
import {
  AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockProvider, GcpCredentials, OpenAIProvider, Platform,
  StoredSecret, VertexAIProvider,
} from '../../../src';

/** An ExternalSecret, and what the gateway takes from the Secret that comes of it. */
export interface Declared {
  readonly externalSecret: any;
  readonly reads: SecretRead;
}

/** A construct that takes the credential. */
export type Taker = (chart: Chart) => void;

export const takers = {
  openai: (apiKey: ApiKey): Taker => chart => { new OpenAIProvider(chart, 'provider', { apiKey }); },
  anthropic: (apiKey: ApiKey): Taker => chart => { new AnthropicProvider(chart, 'provider', { apiKey }); },
  azureKey: (apiKey: ApiKey): Taker => azure(AzureCredentials.fromApiKey(apiKey)),
  azureSecret: (secret: StoredSecret): Taker => azure(AzureCredentials.clientSecret({ ...APP, secret })),
  azureOidc: (clientSecret: StoredSecret): Taker => azure(AzureCredentials.oidc({ ...APP, token: { ...TOKEN, clientSecret } })),
  bedrock: (credentials: AwsCredentials): Taker => chart => { new BedrockProvider(chart, 'provider', { region: 'us-east-1', credentials }); },
  bedrockOidc: (clientSecret: StoredSecret): Taker =>
    takers.bedrock(AwsCredentials.oidc({ roleArn: 'arn:aws:iam::111122223333:role/bedrock', token: { ...TOKEN, clientSecret } })),
  vertex: (credentials: GcpCredentials): Taker => chart => {
    new VertexAIProvider(chart, 'provider', { project: 'acme-prod-1234', location: 'us-central1', credentials });
  },
  vertexFederation: (clientSecret: StoredSecret): Taker => takers.vertex(GcpCredentials.workloadIdentityFederation({
    projectNumber: '123456789012', pool: 'clusters', provider: 'acme', token: { ...TOKEN, clientSecret },
  })),
};

const APP = { clientId: '3f1c2d4e-0000-4000-8000-000000000001', tenantId: '3f1c2d4e-0000-4000-8000-000000000002' };
const TOKEN = { issuer: 'https://login.acme.example', clientId: 'ai-gateway' };

function azure(credentials: AzureCredentials): Taker {
  return chart => { new AzureOpenAIProvider(chart, 'provider', { resource: 'acme', credentials }); };
}

/** The one ExternalSecret that a construct makes, on a platform other than the usual one where it is given. */
export function declare(taker: Taker, platform?: Platform): Declared {
  const chart = new Chart(new App({ outdir: process.env.TEST_TMPDIR }), 'ai', { namespace: 'ai', disableResourceNameHashes: true });
  if (platform) Platform.use(chart, platform);
  taker(chart);
  const [declared, ...others] = declaredIn(Testing.synth(chart));
  if (!declared || others.length > 0) throw new Error('the construct does not make exactly one ExternalSecret');
  return declared;
}

/** The ExternalSecrets among manifests, each with the reading of it by a policy among them. */
export function declaredIn(manifests: readonly any[]): Declared[] {
  const reads = manifests.flatMap(manifest => readersOf(manifest).map(read => ({ ...read, namespace: manifest.metadata.namespace })));
  return manifests.filter(({ kind }) => kind === 'ExternalSecret').map(externalSecret => {
    const { spec: { target }, metadata } = externalSecret;
    const { namespace, ...read } = reads.find(candidate => candidate.secret === target.name && candidate.namespace === metadata.namespace)
      ?? { namespace: '', secret: target.name, key: 'nothing reads it' };
    return { externalSecret, reads: read };
  });
}

function readersOf(manifest: any): SecretRead[] {
  switch (manifest.kind) {
    case 'BackendSecurityPolicy': return secretsReadBy(manifest);
    case 'AgentgatewayBackend': return secretsReadByAgentgateway(manifest);
    case 'Backend': return secretsReadByKgateway(manifest);
    default: return [];
  }
}
