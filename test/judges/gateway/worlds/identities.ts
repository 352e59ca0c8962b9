import { equal, match } from 'node:assert/strict';
import { Case, Kit, worldOf } from './kit';
import {
  AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider, GcpCredentials, IProvider, OidcToken, StoredSecret,
  VertexAIProvider, VertexAnthropicProvider,
} from '../../../../src';
import { serviceAccountFile } from '../../service-account';
import { hidesCaller } from '../expect';
import { TokenRequest } from '../internet';
import { hosted } from '../world';

const TENANT = '11111111-2222-3333-4444-555555555555';
const AUDIENCE = '//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/clusters/providers/acme';
const IMPERSONATED = 'gateway@acme-prod-1234.iam.gserviceaccount.com';
const ISSUER = 'login.example.com/acme';

/** A token that says how it was come by. */
function token(by: string): object {
  return { access_token: `token-by-${by}`, token_type: 'Bearer', expires_in: 3600 };
}

/** Issuers of tokens, strict in what they take. */
export function tokens({ url, form, body, headers }: TokenRequest): object | undefined {
  const sts = url === 'sts.googleapis.com/v1/token' ? JSON.parse(body) : {};
  switch (url) {
    case `login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`:
      if (form.get('scope') !== null && !form.get('scope')!.includes('https://cognitiveservices.azure.com/.default')) return undefined;
      if (form.get('client_secret') === 'secret-of-the-app') return token('client-secret');
      if (form.get('client_assertion') === 'token-by-oidc') return token('federation');
      return undefined;
    case `login.microsoftonline.com/${TENANT}/v2.0/.well-known/openid-configuration`:
      return {
        issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
        token_endpoint: `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`,
        authorization_endpoint: `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorize`,
      };
    case 'login.microsoftonline.com/common/discovery/instance':
      return {
        tenant_discovery_endpoint: `https://login.microsoftonline.com/${TENANT}/v2.0/.well-known/openid-configuration`, metadata: [],
      };
    case `${ISSUER}/.well-known/openid-configuration`:
      return { issuer: `https://${ISSUER}`, token_endpoint: `https://${ISSUER}/token`, jwks_uri: `https://${ISSUER}/keys` };
    case `${ISSUER}/token`: {
      const basic = `Basic ${Buffer.from('ai-gateway:secret-of-the-client').toString('base64')}`;
      return headers.authorization === basic || form.get('client_secret') === 'secret-of-the-client' ? token('oidc') : undefined;
    }
    case 'oauth2.googleapis.com/token':
      return form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer' ? token('service-account') : undefined;
    case 'sts.googleapis.com/v1/token':
      return sts.audience === AUDIENCE && sts.subjectToken === 'token-by-oidc' ? token('exchange') : undefined;
    case `iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${IMPERSONATED}:generateAccessToken`:
      return headers.authorization === 'Bearer token-by-exchange'
        ? { accessToken: 'token-by-impersonation', expireTime: new Date(Date.now() + 3_600_000).toISOString() }
        : undefined;
    case '169.254.170.23/v1/credentials':
      return headers.authorization === 'token-of-the-pod' ? {
        AccessKeyId: 'AKIAOFTHEPOD', SecretAccessKey: 'secret', Token: 'session-of-the-pod', Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      } : undefined;
  }
  return undefined;
}

const oidc: OidcToken = { issuer: `https://${ISSUER}`, clientId: 'ai-gateway', clientSecret: StoredSecret.fromSecretName('oidc-client') };
const app = { clientId: 'app-id', tenantId: TENANT };
const federation = { projectNumber: '123456789012', pool: 'clusters', provider: 'acme', token: oidc };
const project = 'acme-prod-1234';

interface Row {
  readonly name: string;
  readonly host: string;
  readonly path: string;
  readonly authorization: RegExp;
  readonly session?: string;
  make(kit: Kit): IProvider;
}

const vertex = (location: string, credentials: GcpCredentials) => ({ chart }: Kit) => new VertexAIProvider(
  chart, `vertex-${location}`, { project, location, credentials },
);
const gemini = (location: string) => `/v1/projects/${project}/locations/${location}/publishers/google/models/theirs:generateContent`;

const ROWS: readonly Row[] = [
  {
    name: 'azure-client-secret', host: 'acme-a.openai.azure.com', path: '/openai/v1/chat/completions', authorization: /^Bearer token-by-client-secret$/,
    make: ({ chart }) => new AzureOpenAIProvider(chart, 'azure-a', {
      resource: 'acme-a', credentials: AzureCredentials.clientSecret({ ...app, secret: StoredSecret.fromSecretName('azure-app') }),
    }),
  },
  {
    name: 'azure-oidc', host: 'acme-b.openai.azure.com', authorization: /^Bearer token-by-federation$/,
    path: '/openai/deployments/theirs/chat/completions?api-version=2025-01-01-preview',
    make: ({ chart }) => new AzureOpenAIProvider(chart, 'azure-b', {
      resource: 'acme-b', credentials: AzureCredentials.oidc({ ...app, token: oidc }), api: AzureOpenAIApi.deployments('2025-01-01-preview'),
    }),
  },
  {
    name: 'vertex-service-account', host: 'us-central1-aiplatform.googleapis.com', path: gemini('us-central1'),
    authorization: /^Bearer token-by-service-account$/,
    make: vertex('us-central1', GcpCredentials.fromSecretName('service-account')),
  },
  {
    name: 'vertex-global', host: 'aiplatform.googleapis.com', path: gemini('global'), authorization: /^Bearer token-by-service-account$/,
    make: vertex('global', GcpCredentials.fromSecretName('service-account')),
  },
  {
    name: 'vertex-eu', host: 'aiplatform.eu.rep.googleapis.com', path: gemini('eu'), authorization: /^Bearer token-by-service-account$/,
    make: vertex('eu', GcpCredentials.fromSecretName('service-account')),
  },
  {
    name: 'vertex-federation', host: 'us-east1-aiplatform.googleapis.com', path: gemini('us-east1'), authorization: /^Bearer token-by-exchange$/,
    make: vertex('us-east1', GcpCredentials.workloadIdentityFederation(federation)),
  },
  {
    name: 'vertex-impersonation', host: 'us-east4-aiplatform.googleapis.com', path: gemini('us-east4'), authorization: /^Bearer token-by-impersonation$/,
    make: vertex('us-east4', GcpCredentials.workloadIdentityFederation({ ...federation, impersonate: IMPERSONATED })),
  },
  {
    name: 'vertex-adc', host: 'us-west1-aiplatform.googleapis.com', path: gemini('us-west1'), authorization: /^Bearer token-by-service-account$/,
    make: vertex('us-west1', GcpCredentials.adc()),
  },
  {
    name: 'vertex-anthropic', host: 'us-east5-aiplatform.googleapis.com', authorization: /^Bearer token-by-service-account$/,
    path: `/v1/projects/${project}/locations/us-east5/publishers/anthropic/models/theirs:rawPredict`,
    make: ({ chart }) => new VertexAnthropicProvider(chart, 'claude', {
      project, location: 'us-east5', credentials: GcpCredentials.fromSecretName('service-account'),
    }),
  },
  {
    name: 'bedrock-pod-identity', host: 'bedrock-runtime.us-east-1.amazonaws.com', path: '/model/theirs/converse',
    authorization: /Credential=AKIAOFTHEPOD\/\d+\/us-east-1\/bedrock\/aws4_request/, session: 'session-of-the-pod',
    make: ({ chart }) => new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials: AwsCredentials.podIdentity() }),
  },
];

const ROLE = 'arn:aws:iam::111122223333:role/bedrock';

const irsaRow: Row = {
  name: 'bedrock-irsa', host: 'bedrock-runtime.us-east-1.amazonaws.com', path: '/model/theirs/converse',
  authorization: /Credential=AKIAOFTHEROLE\/\d+\/us-east-1\/bedrock\/aws4_request/, session: 'session-of-the-role',
  make: ({ chart }) => new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials: AwsCredentials.irsa(ROLE) }),
};

function caseOf({ name, host, path, authorization, session, make }: Row): Case {
  return {
    name: `identity-${name}`,
    says: 'the provider gets the token its cloud issues for this identity',
    declare: kit => kit.gateway.addModel(name, make(kit).model('theirs')),
    run: async client => {
      const { status, text, attempts: [attempt] } = await client.chat(name);
      equal(status, 200, text);
      equal(`${attempt.host}${attempt.url}`, `${host}${path}`);
      match(attempt.headers.authorization, authorization);
      equal(attempt.headers['x-amz-security-token'], session);
      hidesCaller(attempt);
    },
  };
}

export const identities = worldOf('identities', ROWS.map(caseOf), {
  providers: [...new Set(ROWS.map(({ host }) => host))].map(host => hosted(host)),
  tokens,
  files: () => ({ 'adc.json': serviceAccountFile(), 'pod-token': 'token-of-the-pod' }),
  env: folder => ({
    GOOGLE_APPLICATION_CREDENTIALS: `${folder}/adc.json`,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: `${folder}/pod-token`,
  }),
  secrets: () => ({
    'azure-app': { 'client-secret': 'secret-of-the-app' },
    'oidc-client': { 'client-secret': 'secret-of-the-client' },
    'service-account': { 'service_account.json': serviceAccountFile() },
  }),
});

export const irsa = worldOf('irsa', [caseOf(irsaRow)], {
  providers: [hosted(irsaRow.host)],
  tokens: ({ url, form }) => (url.startsWith('sts.') && form.get('RoleArn') === ROLE && form.get('WebIdentityToken') === 'token-of-the-pod' ? `
<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
<AccessKeyId>AKIAOFTHEROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session-of-the-role</SessionToken>
<Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration>
</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>` : undefined),
  files: () => ({ 'pod-token': 'token-of-the-pod' }),
  env: folder => ({ AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: `${folder}/pod-token` }),
});
