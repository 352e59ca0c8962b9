import { ApiObject, Chart, Duration, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockProvider, Checks, EnvoyAIGatewayRelease, ExternalSecretCreationPolicy,
  ExternalSecretDeletionPolicy, ExternalSecretRefreshPolicy, ExternalSecretValueOptions, GcpCredentials, OidcToken, OpenAIProvider, Platform,
  SecretStore, StoredSecret, VertexAIProvider,
} from '../../src';
import { AI_GATEWAY_RELEASES, CrdJudge, describeWithCrds } from '../judges/crd/judge';

const store = SecretStore.cluster('vault');
const ROLE = 'arn:aws:iam::111122223333:role/bedrock';
const token: OidcToken = { issuer: 'https://login.example.com/acme', clientId: 'gateway', clientSecret: StoredSecret.fromSecretName('idp') };
const application = { clientId: '1111', tenantId: '2222' };
const federation = { projectNumber: '123456789012', pool: 'pool', provider: 'idp', token };

type Make = (scope: Construct) => Construct;

const openai = (apiKey: ApiKey): Make => scope => new OpenAIProvider(scope, 'provider', { apiKey });
const bedrock = (credentials: AwsCredentials): Make => scope => new BedrockProvider(scope, 'provider', { region: 'us-east-1', credentials });
const azure = (credentials: AzureCredentials): Make => scope => new AzureOpenAIProvider(scope, 'provider', { resource: 'acme', credentials });
const vertex = (credentials: GcpCredentials): Make => scope =>
  new VertexAIProvider(scope, 'provider', { project: 'acme-prod', location: 'us-central1', credentials });

function program(make: Make, release?: EnvoyAIGatewayRelease) {
  const app = Testing.app();
  if (release) Platform.use(app, Platform.envoyAIGateway({ release }));
  const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
  const made = make(chart);
  const manifests = chart.node.findAll().filter(ApiObject.isApiObject).map(object => object.toJson());
  const of = (kind: string) => manifests.find(m => m.kind === kind);
  return { made, manifests, policy: of('BackendSecurityPolicy')?.spec, secret: of('ExternalSecret')?.spec, findings: Checks.findings(app) };
}

/** Every factory that needs no file, at a provider that takes what it makes. */
const FACTORIES: [string, (scope: Construct) => Construct][] = [
  ['ApiKey.fromSecretName', openai(ApiKey.fromSecretName('key', { namespace: 'ai', keys: ['apiKey'] }))],
  ['ApiKey.fromExternalSecret', openai(ApiKey.fromExternalSecret({ store, key: 'llm/openai', property: 'token', version: '2' }))],
  ['ApiKey.fromExternalSecretExtract', openai(ApiKey.fromExternalSecretExtract({ store, key: 'llm/openai', property: 'api-key.v1' }))],
  ['ApiKey.none', openai(ApiKey.none())],
  ['ApiKey.passThrough', openai(ApiKey.passThrough())],
  ['AwsCredentials.podIdentity', bedrock(AwsCredentials.podIdentity())],
  ['AwsCredentials.irsa', bedrock(AwsCredentials.irsa(ROLE))],
  ['AwsCredentials.fromSecretName', bedrock(AwsCredentials.fromSecretName('aws', { keys: ['credentials'] }))],
  ['AwsCredentials.fromExternalSecret', bedrock(AwsCredentials.fromExternalSecret({
    store, accessKeyId: { key: 'aws', property: 'id' }, secretAccessKey: { key: 'aws', property: 'key' }, sessionToken: { key: 'aws', property: 'session' },
  }))],
  ['AwsCredentials.fromExternalSecretExtract', bedrock(AwsCredentials.fromExternalSecretExtract({
    store, key: 'aws', accessKeyIdProperty: 'id', secretAccessKeyProperty: 'key', sessionTokenProperty: 'session',
  }))],
  ['AwsCredentials.fromExternalSecretFile', bedrock(AwsCredentials.fromExternalSecretFile({ store, key: 'aws-file' }))],
  ['AwsCredentials.oidc', bedrock(AwsCredentials.oidc({ roleArn: ROLE, token }))],
  ['AzureCredentials.fromApiKey', azure(AzureCredentials.fromApiKey(ApiKey.fromSecretName('azure')))],
  ['AzureCredentials.clientSecret', azure(AzureCredentials.clientSecret({ ...application, secret: StoredSecret.fromExternalSecret({ store, key: 'azure' }) }))],
  ['AzureCredentials.oidc', azure(AzureCredentials.oidc({ ...application, token }))],
  ['GcpCredentials.fromSecretName', vertex(GcpCredentials.fromSecretName('gcp', { keys: ['service_account.json'] }))],
  ['GcpCredentials.fromExternalSecret', vertex(GcpCredentials.fromExternalSecret({ store, key: 'gcp' }))],
  ['GcpCredentials.workloadIdentityFederation', vertex(GcpCredentials.workloadIdentityFederation(federation))],
  ['StoredSecret.fromExternalSecretExtract', vertex(GcpCredentials.workloadIdentityFederation({
    ...federation,
    impersonate: 'gateway@acme-prod.iam.gserviceaccount.com',
    token: { ...token, clientSecret: StoredSecret.fromExternalSecretExtract({ store, key: 'idp', property: 'client' }) },
  }))],
];

test.each(FACTORIES)('%s has nothing to complain about', (_, make) => {
  expect(program(make).findings).toEqual([]);
});

describeWithCrds('the CRDs of each release', () => {
  test.each(AI_GATEWAY_RELEASES)('%s take what every factory makes', (aiGateway) => {
    const release = aiGateway.replace(/\.0$|\.\d+$/, '') as EnvoyAIGatewayRelease;
    const manifests = FACTORIES.flatMap(([, make]) => program(make, release).manifests);
    expect(manifests.length).toBeGreaterThan(FACTORIES.length);
    expect(CrdJudge.load({ aiGateway }).judgeAll(manifests)).toEqual([]);
  });
});

describe('an API key', () => {
  test.each<[string, ApiKey, object | undefined, string[]]>([
    ['that is stored', ApiKey.fromSecretName('openai'), { type: 'APIKey', apiKey: { secretRef: { name: 'openai' } } }, []],
    ['that is none', ApiKey.none(), undefined, []],
    ['of the caller, where the provider expects it', ApiKey.passThrough(), undefined, ['authorization']],
    ['of the caller, in headers by name', ApiKey.passThrough('X-API-Key', 'Cookie'), undefined, ['x-api-key', 'cookie']],
  ])('%s', (_, apiKey, policy, passed) => {
    const { manifests, policy: made, findings } = program(openai(apiKey));
    const { remove } = manifests.find(m => m.kind === 'AIServiceBackend').spec.headerMutation;
    expect(made && { type: made.type, apiKey: made.apiKey }).toEqual(policy);
    expect(['api-key', 'authorization', 'cookie', 'x-api-key'].filter(name => !remove.includes(name)).sort()).toEqual([...passed].sort());
    expect(findings).toEqual([]);
  });

  test.each(['authorization: x', '', 'a b', 'ümlaut'])('of the caller is not found in %j', (header) => {
    const { findings } = program(openai(ApiKey.passThrough(header)));
    expect(findings).toMatchObject([{ path: 'ai/provider', code: 'PASS_THROUGH_HEADER' }]);
    expect(findings[0].message).toMatch(/^'apiKey' /);
  });

  test('of Azure is called by the property that holds it', () => {
    const { findings } = program(azure(AzureCredentials.fromApiKey(ApiKey.fromSecretName('azure', { namespace: 'vault' }))));
    expect(findings).toMatchObject([{ path: 'ai/provider', code: 'SECRET_IN_OTHER_NAMESPACE', message: expect.stringMatching(/^'credentials' /) }]);
  });
});

describe('a Secret of cdk8s-plus', () => {
  test('is named, in the namespace it is made in', () => {
    const { policy, findings } = program(scope => openai(ApiKey.fromSecret(new kplus.Secret(scope, 'key', { metadata: { name: 'k' } })))(scope));
    expect(policy.apiKey.secretRef).toEqual({ name: 'k' });
    expect(findings.filter(f => f.code === 'SECRET_IN_OTHER_NAMESPACE')).toEqual([]);
  });

  test('in another namespace is not found', () => {
    const { findings } = program((scope) => {
      const elsewhere = new Chart(scope.node.root as Construct, 'vault', { namespace: 'vault' });
      return bedrock(AwsCredentials.fromSecret(new kplus.Secret(elsewhere, 'aws')))(scope);
    });
    expect(findings.map(f => f.code)).toContain('SECRET_IN_OTHER_NAMESPACE');
  });

  test('that is only referred to may be anywhere', () => {
    const { policy, findings } = program(scope => vertex(GcpCredentials.fromSecret(kplus.Secret.fromSecretName(scope, 'ref', 'gcp')))(scope));
    expect(policy.gcpCredentials.credentialsFile.secretRef).toEqual({ name: 'gcp' });
    expect(findings).toEqual([]);
  });

  test('holds client secrets as well', () => {
    const { policy } = program(scope => azure(AzureCredentials.clientSecret({
      ...application, secret: StoredSecret.fromSecret(kplus.Secret.fromSecretName(scope, 'ref', 'entra')),
    }))(scope));
    expect(policy.azureCredentials.clientSecretRef).toEqual({ name: 'entra' });
  });
});

describe('an ExternalSecret', () => {
  const every: Required<ExternalSecretValueOptions> = {
    store: SecretStore.namespaced('corp'),
    key: 'llm/openai',
    property: 'token',
    version: '3',
    refreshInterval: Duration.minutes(15),
    refreshPolicy: ExternalSecretRefreshPolicy.PERIODIC,
    targetName: 'openai-key',
    creationPolicy: ExternalSecretCreationPolicy.OWNER,
    deletionPolicy: ExternalSecretDeletionPolicy.DELETE,
  };

  test('takes over every option', () => {
    const { secret, policy } = program(openai(ApiKey.fromExternalSecret(every)));
    expect(secret).toEqual({
      refreshPolicy: 'Periodic',
      refreshInterval: '15m0s',
      secretStoreRef: { kind: 'SecretStore', name: 'corp' },
      target: { name: 'openai-key', creationPolicy: 'Owner', deletionPolicy: 'Delete' },
      data: [{
        secretKey: 'apiKey',
        remoteRef: {
          key: 'llm/openai', property: 'token', version: '3', conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None',
        },
      }],
    });
    expect(policy.apiKey.secretRef).toEqual({ name: 'openai-key' });
  });

  test.each<[string, Partial<ExternalSecretValueOptions>, string, string]>([
    ['a zero interval', { refreshInterval: Duration.seconds(0) }, 'EXTERNAL_SECRET_NO_ROTATION', '\'apiKey.refreshInterval\''],
    ['no refresh', { refreshPolicy: ExternalSecretRefreshPolicy.CREATED_ONCE }, 'EXTERNAL_SECRET_NO_ROTATION', '\'apiKey.refreshPolicy\''],
    ['an orphan', { creationPolicy: ExternalSecretCreationPolicy.ORPHAN, deletionPolicy: undefined }, 'EXTERNAL_SECRET_ORPHAN', '\'apiKey.creationPolicy\''],
    ['policies that exclude each other', { creationPolicy: ExternalSecretCreationPolicy.MERGE }, 'EXTERNAL_SECRET_POLICIES_CONFLICT', '\'apiKey.deletionPolicy\''],
    ['a store without a name', { store: SecretStore.cluster('') }, 'EXTERNAL_SECRET_REFERENCE_EMPTY', '\'apiKey.store\''],
    ['a remote key without a name', { key: '' }, 'EXTERNAL_SECRET_REFERENCE_EMPTY', '\'apiKey.key\''],
    ['a property without a name', { property: '' }, 'EXTERNAL_SECRET_REFERENCE_EMPTY', '\'apiKey.property\''],
  ])('with %s', (_, options, code, prop) => {
    const { findings } = program(openai(ApiKey.fromExternalSecret({ ...every, ...options })));
    expect(findings).toContainEqual(expect.objectContaining({ path: 'ai/provider', code, message: expect.stringContaining(prop) }));
  });

  test.each<[string, AwsCredentials]>([
    ['credentials.accessKeyId.key', AwsCredentials.fromExternalSecret({ store, accessKeyId: { key: '' }, secretAccessKey: { key: 'k' } })],
    ['credentials.secretAccessKeyProperty', AwsCredentials.fromExternalSecretExtract({
      store, key: 'aws', accessKeyIdProperty: 'id', secretAccessKeyProperty: '',
    })],
    ['credentials.key', AwsCredentials.fromExternalSecretExtract({ store, key: '', accessKeyIdProperty: 'id', secretAccessKeyProperty: 'key' })],
  ])('says that %s is empty', (prop, credentials) => {
    expect(program(bedrock(credentials)).findings.map(f => f.message)).toContainEqual(expect.stringMatching(`^'${prop}' is empty`));
  });

  test('joins an access key to a file, with a session token only where one is asked for', () => {
    const id = { store, accessKeyId: { key: 'aws', property: 'id' }, secretAccessKey: { key: 'aws', property: 'key' } };
    const file = (credentials: AwsCredentials) => program(bedrock(credentials)).secret.target.template.data.credentials;
    expect(file(AwsCredentials.fromExternalSecret(id))).not.toContain('aws_session_token');
    expect(file(AwsCredentials.fromExternalSecret({ ...id, sessionToken: { key: 'aws', property: 'session' } }))).toContain('aws_session_token');
    expect(file(AwsCredentials.fromExternalSecret(id))).toMatch(/^\[default\]\naws_access_key_id = /);
  });

  test('of a file needs no template', () => {
    const { secret } = program(bedrock(AwsCredentials.fromExternalSecretFile({ store, key: 'aws-file' })));
    expect(secret.target.template).toBeUndefined();
    expect(secret.data).toMatchObject([{ secretKey: 'credentials', remoteRef: { key: 'aws-file' } }]);
  });

  test('of one key for two providers is one for each', () => {
    const apiKey = ApiKey.fromExternalSecret({ store, key: 'llm/openai' });
    const { manifests, findings } = program((scope) => {
      new OpenAIProvider(scope, 'one', { apiKey });
      return new OpenAIProvider(scope, 'two', { apiKey });
    });
    expect(manifests.filter(m => m.kind === 'ExternalSecret').map(m => [m.metadata.name, m.spec.target.name])).toEqual([['ai-one', 'ai-one'], ['ai-two', 'ai-two']]);
    expect(findings).toEqual([]);
  });
});

describe('what cannot be right', () => {
  test.each<[string, Make, string, string]>([
    ['the name of a Secret', openai(ApiKey.fromSecretName('Not_A/Name')), 'SECRET_NAME', '\'apiKey\''],
    ['no name of a Secret', openai(ApiKey.fromSecretName('')), 'SECRET_NAME', '\'apiKey\''],
    ['a long name of a Secret', bedrock(AwsCredentials.fromSecretName('a'.repeat(254))), 'SECRET_NAME', '\'credentials\''],
    ['a name of the gateway\'s own', openai(ApiKey.fromSecretName('ai-eg-bsp-openai')), 'SECRET_NAME_RESERVED', '\'apiKey\''],
    ['a role', bedrock(AwsCredentials.irsa('bedrock')), 'ROLE_ARN', 'got "bedrock"'],
    ['the ARN of a user', bedrock(AwsCredentials.oidc({ roleArn: 'arn:aws:iam::111122223333:user/me', token })), 'ROLE_ARN', '\'credentials\''],
    ['an issuer', azure(AzureCredentials.oidc({ ...application, token: { ...token, issuer: 'login.example.com' } })), 'OIDC_URL', 'has an issuer that is no URL'],
    ['a token endpoint', bedrock(AwsCredentials.oidc({ roleArn: ROLE, token: { ...token, tokenEndpoint: '/token' } })), 'OIDC_URL', 'has a token endpoint'],
    ['a field that is known only later', openai(ApiKey.fromExternalSecretExtract({ store, key: 'k', property: Lazy.any({ produce: () => 'p' }) })), 'PROPERTY_NAME_NEEDED', '\'apiKey\''],
    ['a Google service account', vertex(GcpCredentials.adc({ serviceAccount: 'gateway' })), 'GOOGLE_SERVICE_ACCOUNT', 'got "gateway"'],
    ['an impersonated account', vertex(GcpCredentials.workloadIdentityFederation({ ...federation, impersonate: 'gateway' })), 'GOOGLE_SERVICE_ACCOUNT', '\'credentials\''],
    ['a project by its id', vertex(GcpCredentials.workloadIdentityFederation({ ...federation, projectNumber: 'acme-prod' })), 'GOOGLE_PROJECT_NUMBER', 'got "acme-prod"'],
    ['a header that is missing', openai(ApiKey.passThrough(undefined as never)), 'PASS_THROUGH_HEADER', '\'apiKey\''],
    ['a header that is null', openai(ApiKey.passThrough(null as never)), 'PASS_THROUGH_HEADER', '\'apiKey\''],
    ['the name of a client secret', azure(AzureCredentials.clientSecret({ ...application, secret: StoredSecret.fromSecretName('A') })), 'SECRET_NAME', '\'credentials\''],
  ])('%s is a finding of the provider', (_, make, code, text) => {
    const { findings } = program(make);
    expect(findings.filter(f => f.code === code)).toMatchObject([{ path: 'ai/provider', severity: 'error', message: expect.stringContaining(text) }]);
  });

  test.each(['arn:aws:iam::111122223333:role/path/to/bedrock', 'arn:aws-cn:iam::111122223333:role/b', 'arn:aws-us-gov:iam::111122223333:role/b'])('%s is a role', (roleArn) => {
    expect(program(bedrock(AwsCredentials.irsa(roleArn))).findings).toEqual([]);
  });

  test('a key in the place of a name is not repeated', () => {
    const key = ['live', 'Key', '0123456789'].join('_');
    const { findings } = program(openai(ApiKey.fromSecretName(key)));
    expect(findings.map(f => f.code)).toContain('SECRET_NAME');
    expect(findings.filter(f => f.code === 'SECRET_NAME')[0].message).not.toContain(key);
    expect(program(openai(ApiKey.passThrough(`authorization: ${key}`))).findings[0].message).not.toContain(key);
  });

  test.each<[string, (value: any) => Make]>([
    ['the name of a Secret', value => openai(ApiKey.fromSecretName(value))],
    ['a namespace', value => openai(ApiKey.fromSecretName('key', { namespace: value }))],
    ['data keys', value => openai(ApiKey.fromSecretName('key', { keys: [value] }))],
    ['a header', value => openai(ApiKey.passThrough(value))],
    ['a role', value => bedrock(AwsCredentials.irsa(value))],
    ['a store', value => openai(ApiKey.fromExternalSecret({ store: SecretStore.cluster(value), key: 'k' }))],
    ['a remote key', value => openai(ApiKey.fromExternalSecret({ store, key: value }))],
    ['a property', value => openai(ApiKey.fromExternalSecretExtract({ store, key: 'k', property: value }))],
    ['a target', value => openai(ApiKey.fromExternalSecret({ store, key: 'k', targetName: value }))],
    ['a client id', value => azure(AzureCredentials.oidc({ ...application, clientId: value, token: { ...token, issuer: value, scopes: [value] } }))],
    ['a service account', value => vertex(GcpCredentials.adc({ serviceAccount: value }))],
    ['a file', value => openai(ApiKey.fromSopsFile(value))],
  ])('%s of any kind is never an exception', (_, make) => {
    const lazy = Lazy.any({ produce: () => 'late' });
    for (const value of [undefined, null, 42, true, '', ' ', 'a'.repeat(300), '__proto__', '${Token[TOKEN.1]}', {}, [], { resolve: () => 'later' }, lazy]) {
      expect(() => program(make(value))).not.toThrow();
    }
  });

  test.each<[string, (value: any) => Make]>([
    ['the name of a Secret', value => openai(ApiKey.fromSecretName(value))],
    ['a namespace', value => openai(ApiKey.fromSecretName('key', { namespace: value, keys: [value] }))],
    ['a role', value => bedrock(AwsCredentials.irsa(value))],
    ['an issuer', value => azure(AzureCredentials.oidc({ ...application, token: { ...token, issuer: value, tokenEndpoint: value } }))],
    ['a service account', value => vertex(GcpCredentials.adc({ serviceAccount: value }))],
  ])('%s that is known only later is neither right nor wrong', (_, make) => {
    for (const value of ['${Token[TOKEN.1]}', Lazy.any({ produce: () => 'late' })]) {
      expect(program(make(value)).findings).toEqual([]);
    }
  });
});

test('a credential of another kind does not compile', () => {
  const chart = new Chart(Testing.app(), 'ai');
  const key = ApiKey.fromSecretName('key');
  const aws = AwsCredentials.podIdentity();
  const gcp = GcpCredentials.adc();
  const entra = AzureCredentials.fromApiKey(key);
  const value = StoredSecret.fromSecretName('value');
  const wrong = [
    // @ts-expect-error an API key does not sign requests to AWS
    () => new BedrockProvider(chart, 'a', { region: 'us-east-1', credentials: key }),
    // @ts-expect-error Azure's credentials are none of AWS
    () => new BedrockProvider(chart, 'b', { region: 'us-east-1', credentials: entra }),
    // @ts-expect-error AWS's credentials are no API key
    () => new OpenAIProvider(chart, 'c', { apiKey: aws }),
    // @ts-expect-error a client secret is no API key
    () => new OpenAIProvider(chart, 'd', { apiKey: value }),
    // @ts-expect-error a string is no API key
    () => new OpenAIProvider(chart, 'e', { apiKey: 'value' }),
    // @ts-expect-error Google's credentials are none of Azure
    () => new AzureOpenAIProvider(chart, 'f', { resource: 'acme', credentials: gcp }),
    // @ts-expect-error an API key of Azure is wrapped, to say that it is one
    () => new AzureOpenAIProvider(chart, 'g', { resource: 'acme', credentials: key }),
    // @ts-expect-error AWS's credentials are none of Google
    () => new VertexAIProvider(chart, 'h', { project: 'p', location: 'us-central1', credentials: aws }),
    // @ts-expect-error an API key is no client secret
    () => AzureCredentials.clientSecret({ clientId: '1', tenantId: '2', secret: key }),
    // @ts-expect-error a store is not named by a string
    () => ApiKey.fromExternalSecret({ store: 'vault', key: 'k' }),
  ];
  expect(wrong).toHaveLength(10);
});
