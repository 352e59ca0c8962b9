import { CredentialIntent, ExternalSecretSource, OidcTokenIntent, SecretSource } from '../../../src/intent';
import { EnvoyAIGatewayPlatform, EnvoyAIGatewayRelease } from '../../../src/platforms/envoy-ai-gateway';
import { CrdJudge, describeWithCrds } from '../../judges/crd/judge';

const { V0_5, V0_6, V0_7, V1_0, V1_1 } = EnvoyAIGatewayRelease;
const RELEASES = [[V0_5, 'v0.5.0'], [V0_6, 'v0.6.0'], [V0_7, 'v0.7.0'], [V1_0, 'v1.0.0'], [V1_1, 'v1.1.0']] as const;
const PLACE = { name: 'acme', namespace: 'ai' };

const STORED: SecretSource = { kind: 'existing', name: 'stored' };
const REMOTE: ExternalSecretSource = { kind: 'external', store: { kind: 'ClusterSecretStore', name: 'vault' } };
const TOKEN: OidcTokenIntent = { issuer: 'https://login.example.com', clientId: 'gateway', clientSecret: STORED };
const ROLE = 'arn:aws:iam::111122223333:role/bedrock';

function render(credential: CredentialIntent, release = V1_1) {
  const { objects, problems } = new EnvoyAIGatewayPlatform({ release }).provider({
    api: 'openai',
    endpoint: { hostname: 'llm.example.com', port: 443, tls: {}, standard: false },
    credential,
  }, PLACE);
  const ours = objects.filter(o => o.role === 'secret' || o.role === 'securityPolicy');
  return { objects: ours, manifests: ours.map(o => o.manifest as any), problems, codes: problems.map(p => p.definition.code) };
}

const apiKey = (secret: SecretSource, header: 'authorization' | 'x-api-key' | 'api-key' = 'authorization'): CredentialIntent =>
  ({ kind: 'apiKey', header, secret });
const aws = (source: Extract<CredentialIntent, { kind: 'aws' }>['source']): CredentialIntent => ({ kind: 'aws', region: 'us-east-1', source });
const azure = (source: Extract<CredentialIntent, { kind: 'azure' }>['source']): CredentialIntent =>
  ({ kind: 'azure', clientId: 'app', tenantId: 'directory', source });
const gcp = (source: Extract<CredentialIntent, { kind: 'gcp' }>['source']): CredentialIntent =>
  ({ kind: 'gcp', project: 'acme-prod', region: 'us-central1', source });

const secretRef = { name: 'stored' };
const oidc = { provider: { issuer: 'https://login.example.com' }, clientID: 'gateway', clientSecret: { ...secretRef, namespace: 'ai' } };

/** Every kind of credential, with the policy it becomes. */
const KINDS: [string, CredentialIntent, object][] = [
  ['a key in Authorization', apiKey(STORED), { type: 'APIKey', apiKey: { secretRef } }],
  ['a key in x-api-key', apiKey(STORED, 'x-api-key'), { type: 'AnthropicAPIKey', anthropicAPIKey: { secretRef } }],
  ['a key in api-key', apiKey(STORED, 'api-key'), { type: 'AzureAPIKey', azureAPIKey: { secretRef } }],
  ['EKS pod identity', aws({ kind: 'podIdentity' }), { type: 'AWSCredentials', awsCredentials: { region: 'us-east-1' } }],
  ['a role of the service account', aws({ kind: 'irsa', roleArn: ROLE }), { type: 'AWSCredentials', awsCredentials: { region: 'us-east-1' } }],
  ['an AWS credentials file', aws({ kind: 'file', secret: STORED }), {
    type: 'AWSCredentials', awsCredentials: { region: 'us-east-1', credentialsFile: { secretRef } },
  }],
  ['an AWS role for an OIDC token', aws({ kind: 'oidc', roleArn: ROLE, token: TOKEN }), {
    type: 'AWSCredentials', awsCredentials: { region: 'us-east-1', oidcExchangeToken: { oidc, awsRoleArn: ROLE } },
  }],
  ['an Azure client secret', azure({ kind: 'clientSecret', secret: STORED }), {
    type: 'AzureCredentials', azureCredentials: { clientID: 'app', tenantID: 'directory', clientSecretRef: secretRef },
  }],
  ['an Azure application for an OIDC token', azure({ kind: 'oidc', token: TOKEN }), {
    type: 'AzureCredentials', azureCredentials: { clientID: 'app', tenantID: 'directory', oidcExchangeToken: { oidc } },
  }],
  ['a Google service account key', gcp({ kind: 'serviceAccountFile', secret: STORED }), {
    type: 'GCPCredentials', gcpCredentials: { projectName: 'acme-prod', region: 'us-central1', credentialsFile: { secretRef } },
  }],
  ['Google workload identity federation', gcp({ kind: 'workloadIdentityFederation', projectNumber: '123456789012', pool: 'p', provider: 'q', token: TOKEN }), {
    type: 'GCPCredentials',
    gcpCredentials: {
      projectName: 'acme-prod',
      region: 'us-central1',
      workloadIdentityFederationConfig: {
        projectID: '123456789012', workloadIdentityPoolName: 'p', workloadIdentityProviderName: 'q', oidcExchangeToken: { oidc },
      },
    },
  }],
  ['Google impersonation', gcp({
    kind: 'workloadIdentityFederation', projectNumber: '1', pool: 'p', provider: 'q', impersonate: 'a@acme-prod.iam.gserviceaccount.com', token: TOKEN,
  }), {
    type: 'GCPCredentials',
    gcpCredentials: {
      projectName: 'acme-prod',
      region: 'us-central1',
      workloadIdentityFederationConfig: {
        projectID: '1',
        workloadIdentityPoolName: 'p',
        workloadIdentityProviderName: 'q',
        serviceAccountImpersonation: { serviceAccountName: 'a' },
        oidcExchangeToken: { oidc },
      },
    },
  }],
];

const ADC = gcp({ kind: 'adc' });

/** The fields of a credential that can come from a store, by the credential that reads them. */
const FETCHED: [string, (secret: ExternalSecretSource) => CredentialIntent, ExternalSecretSource['data'], string][] = [
  ['API key', secret => apiKey(secret), { apiKey: { key: 'llm/openai', property: 'token', version: '3' } }, 'apiKey'],
  ['AWS access key', secret => aws({ kind: 'file', secret }), {
    awsAccessKeyId: { key: 'llm/aws', property: 'id' }, awsSecretAccessKey: { key: 'llm/aws', property: 'key' }, awsSessionToken: { key: 'llm/aws', property: 'token' },
  }, 'credentials'],
  ['AWS file', secret => aws({ kind: 'file', secret }), { awsCredentialsFile: { key: 'llm/aws-file' } }, 'credentials'],
  ['Azure client secret', secret => azure({ kind: 'clientSecret', secret }), { clientSecret: { key: 'llm/azure' } }, 'client-secret'],
  ['AWS OIDC client secret', secret => aws({ kind: 'oidc', roleArn: ROLE, token: { ...TOKEN, clientSecret: secret } }), { clientSecret: { key: 'idp' } }, 'client-secret'],
  ['Azure OIDC client secret', secret => azure({ kind: 'oidc', token: { ...TOKEN, clientSecret: secret } }), { clientSecret: { key: 'idp' } }, 'client-secret'],
  ['Google OIDC client secret', secret => gcp({ kind: 'workloadIdentityFederation', projectNumber: '1', pool: 'p', provider: 'q', token: { ...TOKEN, clientSecret: secret } }),
    { clientSecret: { key: 'idp' } }, 'client-secret'],
  ['Google service account key', secret => gcp({ kind: 'serviceAccountFile', secret }), { serviceAccountJson: { key: 'llm/vertex' } }, 'service_account.json'],
];

describe.each(RELEASES)('%s', (release, crds) => {
  test.each(KINDS)('%s becomes a policy on the AIServiceBackend, and nothing else', (_, credential, spec) => {
    const { manifests, problems } = render(credential, release);
    expect(problems).toEqual([]);
    expect(manifests).toEqual([{
      apiVersion: `aigateway.envoyproxy.io/${release === V0_5 ? 'v1alpha1' : 'v1beta1'}`,
      kind: 'BackendSecurityPolicy',
      metadata: PLACE,
      spec: { targetRefs: [{ group: 'aigateway.envoyproxy.io', kind: 'AIServiceBackend', name: 'acme' }], ...spec },
    }]);
  });

  test.each<[string, CredentialIntent]>([
    ['no credential', { kind: 'none' }],
    ['the caller\'s credential', { kind: 'passThrough', headers: ['authorization'] }],
  ])('%s needs no policy', (_, credential) => {
    expect(render(credential, release)).toMatchObject({ manifests: [], problems: [] });
  });

  test('Application Default Credentials came with v0.6', () => {
    const { manifests, problems } = render(ADC, release);
    expect(manifests[0].spec.gcpCredentials).toEqual({ projectName: 'acme-prod', region: 'us-central1' });
    expect(problems.map(p => [p.definition.code, p.prop, p.message])).toEqual(release === V0_5
      ? [['NOT_IN_RELEASE', 'credentials', expect.stringContaining('they came with v0.6')]]
      : []);
  });

  describeWithCrds('the CRDs', () => {
    test('take every kind of credential', () => {
      const credentials = [...KINDS.map(([, credential]) => credential), ...release === V0_5 ? [] : [ADC]];
      const manifests = credentials.flatMap(credential => render(credential, release).manifests);
      expect(manifests).toHaveLength(credentials.length);
      expect(CrdJudge.load({ aiGateway: crds }).judgeAll(manifests)).toEqual([]);
    });

    test.each(FETCHED)('take the ExternalSecret of: %s', (_, credential, data) => {
      const { manifests } = render(credential({ ...REMOTE, data }), release);
      expect(manifests.map(m => m.kind)).toEqual(['ExternalSecret', 'BackendSecurityPolicy']);
      expect(CrdJudge.load({ aiGateway: crds }).judgeAll(manifests)).toEqual([]);
    });

    test('refuse Application Default Credentials where we do', () => {
      const complaints = CrdJudge.load({ aiGateway: crds }).judgeAll(render(ADC, release).manifests);
      expect(complaints.length > 0).toBe(release === V0_5);
    });
  });
});

test.each(FETCHED)('%s: written under the data key the gateway reads', (_, credential, data, key) => {
  const { objects: [secret, policy], problems } = render(credential({ ...REMOTE, data }));
  const { metadata, spec } = secret.manifest as any;
  const written = spec.target.template ? Object.keys(spec.target.template.data) : spec.data.map((d: any) => d.secretKey);
  expect(problems).toEqual([]);
  expect(metadata).toEqual(PLACE);
  expect(spec.target.name).toBe('acme');
  expect(written).toEqual([key]);
  expect(JSON.stringify(policy.manifest)).toMatch(/\{"name":"acme"(,"namespace":"ai")?\}/);
  expect([secret.id, policy.id]).toEqual(['ExternalSecret', 'SecurityPolicy']);
});

test('everything an OIDC token asks for reaches the policy', () => {
  const token = { ...TOKEN, tokenEndpoint: 'https://login.example.com/token', scopes: ['a', 'b'], audience: 'sts.amazonaws.com', grantType: 'client_credentials' };
  expect(render(aws({ kind: 'oidc', roleArn: ROLE, token })).manifests[0].spec.awsCredentials.oidcExchangeToken).toEqual({
    oidc: {
      ...oidc,
      provider: { issuer: 'https://login.example.com', tokenEndpoint: 'https://login.example.com/token' },
      scopes: ['a', 'b'],
    },
    aud: 'sts.amazonaws.com',
    grantType: 'client_credentials',
    awsRoleArn: ROLE,
  });
});

test.each([
  ['of another project', 'a@other.iam.gserviceaccount.com', 'use one that ends in "@acme-prod.iam.gserviceaccount.com"'],
  ['of Google\'s own', '1-compute@developer.gserviceaccount.com', 'use one that ends in'],
  ['known only later', '${Token[TOKEN.1]}', 'give the email address as text'],
])('the gateway cannot impersonate an account %s', (_, impersonate, fix) => {
  const { problems } = render(gcp({ kind: 'workloadIdentityFederation', projectNumber: '1', pool: 'p', provider: 'q', impersonate, token: TOKEN }));
  expect(problems.map(p => [p.definition.code, p.prop, p.fix])).toEqual([['NOT_EXPRESSIBLE', 'credentials', expect.stringContaining(fix)]]);
});

test('the Secret of an ExternalSecret has the name it is given, and the policy finds it', () => {
  const { manifests: [secret, policy] } = render(apiKey({ ...REMOTE, data: { apiKey: { key: 'k' } }, targetName: 'openai-key' }));
  expect(secret.metadata.name).toBe('acme');
  expect(secret.spec.target.name).toBe('openai-key');
  expect(policy.spec.apiKey.secretRef).toEqual({ name: 'openai-key' });
});

test('what is wrong with an ExternalSecret names the option of the credential', () => {
  const source: ExternalSecretSource = { ...REMOTE, data: { apiKey: { key: 'k' } }, creationPolicy: 'Merge', deletionPolicy: 'Delete', refreshIntervalMs: 0 };
  expect(render({ ...apiKey(source), prop: 'apiKey' }).problems.map(p => [p.definition.code, p.prop])).toEqual([
    ['EXTERNAL_SECRET_POLICIES_CONFLICT', 'apiKey.deletionPolicy'],
    ['EXTERNAL_SECRET_NO_ROTATION', 'apiKey.refreshInterval'],
  ]);
});

describe('a Secret that exists', () => {
  const existing = (source: Partial<SecretSource>): CredentialIntent => apiKey({ ...STORED, ...source } as SecretSource);

  test('may be declared to be where the provider is', () => {
    expect(render(existing({ namespace: 'ai' })).problems).toEqual([]);
  });

  test('in another namespace is never found', () => {
    const { problems: [problem], codes, manifests } = render({ ...existing({ namespace: 'vault' }), prop: 'credentials' });
    expect(codes).toEqual(['SECRET_IN_OTHER_NAMESPACE']);
    expect(problem).toMatchObject({ prop: 'credentials', message: expect.stringContaining('is in namespace vault (Secret vault/stored), and the gateway reads it only in that of the provider, namespace ai') });
    expect(manifests[0].spec.apiKey.secretRef).toEqual({ name: 'stored' });
  });

  test('in a namespace that a token stands for may be anywhere', () => {
    expect(render(existing({ namespace: '${Token[ns.1]}' })).problems).toEqual([]);
  });

  test.each<[string, string[], string[], string]>([
    ['the right key', ['apiKey'], [], ''],
    ['another spelling', ['API_KEY'], ['SECRET_KEY_MISSING'], 'rename "API_KEY" to "apiKey"'],
    ['a usual name', ['token'], ['SECRET_KEY_MISSING'], 'rename "token" to "apiKey"'],
    ['no keys', [], ['SECRET_KEY_MISSING'], 'store it under "apiKey"'],
    ['more keys', ['apiKey', 'note'], ['SECRET_KEY_EXTRA'], 'keep only "apiKey"'],
  ])('with %s', (_, keys, expected, fix) => {
    const { codes, problems } = render(existing({ keys }));
    expect(codes).toEqual(expected);
    for (const problem of problems) expect(problem).toMatchObject({ prop: 'apiKey', fix });
  });

  test.each<[CredentialIntent, string]>([
    [aws({ kind: 'file', secret: { ...STORED, keys: ['aws_access_key_id', 'aws_secret_access_key'] } as SecretSource }), '"credentials" instead of'],
    [azure({ kind: 'clientSecret', secret: { ...STORED, keys: ['clientSecret'] } as SecretSource }), 'rename "clientSecret" to "client-secret"'],
    [gcp({ kind: 'serviceAccountFile', secret: { ...STORED, keys: ['credentials.json'] } as SecretSource }), 'rename "credentials.json" to "service_account.json"'],
    [aws({ kind: 'oidc', roleArn: ROLE, token: { ...TOKEN, clientSecret: { ...STORED, keys: ['secret'] } as SecretSource } }), 'rename "secret" to "client-secret"'],
  ])('with a near miss of another kind %#', (credential, hint) => {
    const { problems: [problem], codes } = render(credential);
    expect(codes).toEqual(['SECRET_KEY_MISSING']);
    expect(problem.fix).toContain(hint);
  });

  test('keys such as __proto__ are keys', () => {
    expect(render(existing({ keys: ['__proto__', 'constructor'] })).codes).toEqual(['SECRET_KEY_MISSING']);
    expect(render(existing({ keys: ['apiKey', '__proto__', 'constructor'] })).codes).toEqual(['SECRET_KEY_EXTRA']);
  });
});

test.each<SecretSource>([
  { kind: 'existing', name: 'ai-eg-bsp-acme' },
  { ...REMOTE, data: { apiKey: { key: 'k' } }, targetName: 'ai-eg-mcp' },
  { kind: 'sops', path: 'a.yaml', embed: false, problems: [], secrets: [{ name: 'ai-eg-x', namespace: 'ai', keys: ['apiKey'] }] },
])('names of the gateway\'s own Secrets are refused: $kind', (source) => {
  expect(render(apiKey(source)).codes).toEqual(['SECRET_NAME_RESERVED']);
});

test('findings about the policy name the property that decides', () => {
  const { objects: [policy] } = render({ ...aws({ kind: 'file', secret: STORED }), prop: 'credentials' });
  expect(policy.props).toMatchObject({ 'metadata.name': 'name', 'spec': 'credentials', 'spec.awsCredentials.region': 'region' });
});
