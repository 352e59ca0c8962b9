import { App, Chart } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { sessionOf } from './token-endpoints';
import {
  AIGateway, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockProvider, EnvoyAIGatewayRelease, GcpCredentials, OidcToken, Platform,
  StoredSecret, VertexAIProvider,
} from '../../../../src';
import { ApiServer } from '../api-server';
import { Manifest } from '../client';

const ROLE = 'arn:aws:iam::111122223333:role/bedrock';

/** A program with every credential for which somebody is asked for a token. */
export function identitiesProgram(): Manifest[] {
  const app = new App();
  Platform.use(app, Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V1_1 }));
  const chart = new Chart(app, 'identities', { namespace: 'ai', disableResourceNameHashes: true });
  const token: OidcToken = { issuer: 'https://id.example.com/acme', clientId: 'gateway', clientSecret: StoredSecret.fromSecretName('oidc-client') };
  const application = { clientId: 'app', tenantId: '11111111-2222-3333-4444-555555555555' };
  const federation = { projectNumber: '123456789012', pool: 'clusters', provider: 'acme', token };
  const google = { project: 'acme-prod-1234', location: 'global' };
  const gateway = new AIGateway(chart, 'gateway');
  gateway.addModel('aws', new BedrockProvider(chart, 'aws', { region: 'us-east-1', credentials: AwsCredentials.oidc({ roleArn: ROLE, token }) }).model('us.amazon.nova-pro-v1:0'));
  gateway.addModel('azure', new AzureOpenAIProvider(chart, 'azure', { resource: 'acme', credentials: AzureCredentials.oidc({ ...application, token }) }).model('m'));
  gateway.addModel('azure-secret', new AzureOpenAIProvider(chart, 'azure-secret', {
    resource: 'acme', credentials: AzureCredentials.clientSecret({ ...application, secret: StoredSecret.fromSecretName('azure-app') }),
  }).model('m'));
  for (const [name, credentials] of Object.entries({
    'google-key': GcpCredentials.fromSecretName('service-account'),
    'google': GcpCredentials.workloadIdentityFederation(federation),
    'google-other': GcpCredentials.workloadIdentityFederation({ ...federation, impersonate: 'gateway@acme-prod-1234.iam.gserviceaccount.com' }),
  })) gateway.addModel(name, new VertexAIProvider(chart, name, { ...google, credentials }).model('gemini-2.5-flash'));
  return loadAll(app.synthYaml() as string) as Manifest[];
}

/** Whether the Secret that the controller makes holds the credentials of the role that was declared, for the token of its client. */
export async function complaintsOfRole(server: ApiServer): Promise<string[]> {
  const secret = (await server.client.list('v1', 'Secret')).find(({ metadata: { name } }) => name === 'ai-eg-bsp-identities-aws');
  const file = Buffer.from(secret?.data?.credentials ?? '', 'base64').toString();
  const wanted = `aws_session_token = ${sessionOf(ROLE, 'token-by-oidc')}`;
  return file.includes(wanted) ? [] : [`no credentials of the role in the Secret for AWS: ${JSON.stringify(file.replace(/secret_access_key = .*/, 'secret_access_key = …'))}`];
}
