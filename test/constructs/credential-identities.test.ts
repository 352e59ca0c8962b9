import { ApiObject, Chart, Lazy, Testing } from 'cdk8s';
import {
  AgentgatewayRelease, AIGateway, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIProvider, BedrockProvider, Checks, EnvoyAIGatewayRelease,
  GcpCredentials, IAIGateway, OpenAIProvider, Platform, VertexAIProvider,
} from '../../src';

const ROLE = 'arn:aws:iam::111122223333:role/bedrock';
const OTHER_ROLE = 'arn:aws:iam::111122223333:role/other';
const ACCOUNT = 'gateway@acme-prod.iam.gserviceaccount.com';

function chartOf(release?: EnvoyAIGatewayRelease): Chart {
  const app = Testing.app();
  if (release) Platform.use(app, Platform.envoyAIGateway({ release }));
  return new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
}

const MODEL = 'us.amazon.nova-pro-v1:0';

/** Serves a model of a Bedrock provider with each of the credentials. */
function serve(gateway: IAIGateway, ...credentials: AwsCredentials[]): void {
  for (const [index, credential] of credentials.entries()) {
    const provider = new BedrockProvider(gateway, `bedrock-${index}`, { region: 'us-east-1', credentials: credential });
    gateway.addModel(`nova-${index}`, provider.model(MODEL));
  }
}

function serveGoogle(gateway: IAIGateway, ...credentials: GcpCredentials[]): void {
  for (const [index, credential] of credentials.entries()) {
    const provider = new VertexAIProvider(gateway, `vertex-${index}`, { project: 'acme-prod', location: 'us-central1', credentials: credential });
    gateway.addModel(`gemini-${index}`, provider.model('gemini-2.5-flash'));
  }
}

/** What a gateway gives its pods: their service account, and its annotations. */
function identityOf(gateway: AIGateway) {
  const { infrastructure } = ApiObject.of(gateway).toJson().spec;
  return {
    account: gateway.proxy?.toJson().spec.provider.kubernetes.envoyServiceAccount?.name,
    annotations: infrastructure?.annotations,
    proxy: infrastructure?.parametersRef?.name,
  };
}

const conflicts = (chart: Chart) => Checks.findings(chart).filter(f => f.code === 'IDENTITY_CONFLICT').map(f => f.message);

describe('a gateway of this program', () => {
  test.each([undefined, EnvoyAIGatewayRelease.V0_5])('gets the role of a provider behind it (%s)', (release) => {
    const chart = chartOf(release);
    const gateway = new AIGateway(chart, 'gateway');
    serve(gateway, AwsCredentials.irsa(ROLE));
    expect(identityOf(gateway)).toEqual({
      account: gateway.gatewayName, annotations: { 'eks.amazonaws.com/role-arn': ROLE }, proxy: gateway.gatewayName,
    });
    expect(Checks.findings(chart)).toEqual([]);
  });

  test('gets a service account of its own for a pod identity, to be associated with the role', () => {
    const chart = chartOf();
    const gateway = new AIGateway(chart, 'gateway');
    serve(gateway, AwsCredentials.podIdentity());
    expect(identityOf(gateway)).toEqual({ account: 'ai-gateway', annotations: undefined, proxy: 'ai-gateway' });
    expect(Checks.findings(chart)).toEqual([]);
  });

  test('gets the Google service account of a provider behind it', () => {
    const chart = chartOf();
    const gateway = new AIGateway(chart, 'gateway');
    serveGoogle(gateway, GcpCredentials.adc({ serviceAccount: ACCOUNT }), GcpCredentials.adc());
    expect(identityOf(gateway)).toMatchObject({ account: 'ai-gateway', annotations: { 'iam.gke.io/gcp-service-account': ACCOUNT } });
    expect(Checks.findings(chart)).toEqual([]);
  });

  test('keeps its own name for the service account', () => {
    const gateway = new AIGateway(chartOf(), 'gateway', { proxy: { serviceAccountName: 'edge' } });
    serve(gateway, AwsCredentials.irsa(ROLE));
    expect(identityOf(gateway).account).toBe('edge');
  });

  test('gets none where its providers have credentials of their own', () => {
    const chart = chartOf();
    const gateway = new AIGateway(chart, 'gateway');
    serve(gateway, AwsCredentials.fromSecretName('aws'), AwsCredentials.fromSecretName('aws'));
    gateway.addModel('gpt-4o', new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') }).model());
    expect(identityOf(gateway)).toEqual({ account: undefined, annotations: undefined, proxy: undefined });
    expect(chart.node.findAll().filter(ApiObject.isApiObject).map(o => o.kind)).not.toContain('EnvoyProxy');
  });

  test('gets what a fallback and a pattern need as well', () => {
    const chart = chartOf();
    const gateway = new AIGateway(chart, 'gateway');
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
    const bedrock = new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials: AwsCredentials.irsa(ROLE) });
    gateway.addPattern('gpt-.*', openai.model().fallbackTo(bedrock.model(MODEL)));
    expect(identityOf(gateway).annotations).toEqual({ 'eks.amazonaws.com/role-arn': ROLE });
  });
});

test('each gateway has an account of its own, with the role its own providers need', () => {
  const chart = chartOf();
  const [one, two] = ['one', 'two'].map(id => new AIGateway(chart, id));
  serve(one, AwsCredentials.irsa(ROLE));
  serve(two, AwsCredentials.irsa(OTHER_ROLE));
  expect([one, two].map(identityOf)).toEqual([
    { account: 'ai-one', annotations: { 'eks.amazonaws.com/role-arn': ROLE }, proxy: 'ai-one' },
    { account: 'ai-two', annotations: { 'eks.amazonaws.com/role-arn': OTHER_ROLE }, proxy: 'ai-two' },
  ]);
  expect(Checks.findings(chart)).toEqual([]);
});

describe('providers behind one gateway', () => {
  const roleLater = () => AwsCredentials.irsa(Lazy.any({ produce: () => ROLE }));
  test.each<[string, AwsCredentials[], string | undefined]>([
    ['may share a role', [AwsCredentials.irsa(ROLE), AwsCredentials.irsa(ROLE)], undefined],
    ['may have a pod identity and access keys', [AwsCredentials.podIdentity(), AwsCredentials.fromSecretName('aws')], undefined],
    ['may have roles that are known only later', [roleLater(), AwsCredentials.irsa(ROLE)], undefined],
    ['cannot have two roles', [AwsCredentials.irsa(ROLE), AwsCredentials.irsa(ROLE), AwsCredentials.irsa(OTHER_ROLE)], `ai/gateway/bedrock-2 needs the role ${OTHER_ROLE}`],
    ['cannot have a role and a pod identity', [AwsCredentials.podIdentity(), AwsCredentials.irsa(ROLE)], 'ai/gateway/bedrock-0 needs an EKS pod identity'],
    ['cannot have a role and an access key', [AwsCredentials.irsa(ROLE), AwsCredentials.fromSecretName('aws')], 'ai/gateway/bedrock-1 needs its own access key, whose place a role of the pods takes'],
    ['cannot have a role that is known only later and an access key', [roleLater(), AwsCredentials.fromSecretName('aws')], 'ai/gateway/bedrock-0 needs a role, ai/gateway/bedrock-1 needs its own access key'],
  ])('%s', (_, credentials, expected) => {
    const chart = chartOf();
    serve(new AIGateway(chart, 'gateway'), ...credentials);
    expect(conflicts(chart)).toEqual(expected === undefined ? [] : [expect.stringContaining(expected)]);
  });

  test('cannot have two Google service accounts', () => {
    const chart = chartOf();
    serveGoogle(new AIGateway(chart, 'gateway'), GcpCredentials.adc({ serviceAccount: ACCOUNT }), GcpCredentials.adc({ serviceAccount: `other-${ACCOUNT}` }));
    expect(conflicts(chart)).toEqual([expect.stringContaining(`needs the Google service account other-${ACCOUNT}`)]);
  });
});

describe('a gateway that is only referred to', () => {
  test('must be given the identity by its owner', () => {
    const chart = chartOf();
    const gateway = AIGateway.fromGatewayName(chart, 'gateway', 'shared');
    serve(gateway, AwsCredentials.irsa(ROLE));
    expect(Checks.findings(chart)).toMatchObject([{
      path: 'ai/gateway', code: 'IDENTITY_MANUAL_STEP', severity: 'warning', message: expect.stringContaining(`ai/gateway/bedrock-0 needs its pods to have the role ${ROLE}`),
    }]);
    Checks.acknowledge(gateway, 'IDENTITY_MANUAL_STEP', 'the platform team annotated the account');
    expect(Checks.findings(chart)).toEqual([]);
  });

  test('needs nothing for a stored key', () => {
    const chart = chartOf();
    serve(AIGateway.fromGatewayName(chart, 'gateway', 'shared'), AwsCredentials.fromSecretName('aws'));
    expect(Checks.findings(chart)).toEqual([]);
  });
});

describe('a Workload ID of Microsoft Entra', () => {
  const ID = '11111111-2222-3333-4444-555555555555';
  const OTHER = 'AAAAAAAA-2222-3333-4444-555555555555';
  const found = (platform: Platform, ...ids: string[]) => {
    const app = Testing.app();
    Platform.use(app, platform);
    const chart = new Chart(app, 'ai', { namespace: 'ai', disableResourceNameHashes: true });
    const gateway = new AIGateway(chart, 'gateway');
    for (const [index, id] of ids.entries()) {
      const provider = new AzureOpenAIProvider(chart, `p${index}`, { resource: 'acme', credentials: AzureCredentials.workloadIdentity(id) });
      gateway.addModel(`m${index}`, provider.model('deployment'));
    }
    return { gateway, findings: Checks.findings(app).map(f => `${f.path}: ${f.message}`) };
  };

  test('is on the pods of a gateway of agentgateway', () => {
    const { gateway, findings } = found(Platform.agentgateway(), ID, ID);
    expect(findings).toEqual([]);
    expect(gateway.proxy?.toJson().spec).toEqual({
      deployment: { spec: { template: { metadata: { labels: { 'azure.workload.identity/use': 'true' } } } } },
      serviceAccount: { metadata: { annotations: { 'azure.workload.identity/client-id': ID } } },
    });
  });

  test('is one for all providers', () => {
    expect(found(Platform.agentgateway(), ID, OTHER).findings).toEqual([expect.stringMatching(/^ai\/gateway: would need two identities: .* Microsoft Entra identity 1111.*\[IDENTITY_CONFLICT\]$/)]);
  });

  test.each(['', 'my-identity', undefined, `${ID}0`])('is no %j', (id) => {
    expect(found(Platform.agentgateway(), id as string).findings).toEqual([expect.stringMatching(/^ai\/p0: 'credentials' name an identity with something that is no client id, got .*\[ENTRA_CLIENT_ID\]$/)]);
  });

  test.each([
    [Platform.envoyAIGateway(), 'NOT_EXPRESSIBLE'], [Platform.kgateway(), 'NOT_EXPRESSIBLE'], [Platform.agentgateway({ release: AgentgatewayRelease.V1_0 }), 'NOT_IN_RELEASE'],
  ])('is refused elsewhere', (platform, code) => {
    const told = found(platform, ID).findings.filter(text => text.startsWith('ai/p0:'));
    expect(told.filter(text => text.includes("'credentials'"))).toEqual([expect.stringContaining(`${platform.name}`)]);
    expect(told.join()).toContain(`[${code}]`);
  });
});

test.each([
  [Platform.envoyAIGateway(), 'NOT_EXPRESSIBLE'], [Platform.kgateway(), 'NOT_EXPRESSIBLE'], [Platform.agentgateway({ release: AgentgatewayRelease.V1_0 }), 'NOT_IN_RELEASE'],
])('a role that an identity assumes is refused where that cannot be', (platform, code) => {
  const app = Testing.app();
  Platform.use(app, platform);
  const chart = new Chart(app, 'ai', { namespace: 'ai' });
  for (const credentials of [AwsCredentials.podIdentity({ assumeRole: OTHER_ROLE }), AwsCredentials.irsa(ROLE, { assumeRole: OTHER_ROLE })]) {
    new BedrockProvider(chart, `p${chart.node.children.length}`, { region: 'us-east-1', credentials });
  }
  expect(Checks.findings(app).map(f => f.message)).toEqual([0, 1].map(() => expect.stringMatching(new RegExp(`^'credentials' assume a role, which ${platform.name} cannot do.*\\[${code}\\]$`))));
});

test('a role to assume that is none', () => {
  const chart = chartOf();
  new BedrockProvider(chart, 'p', { region: 'us-east-1', credentials: AwsCredentials.podIdentity({ assumeRole: 'bedrock' }) });
  expect(Checks.findings(chart).filter(f => f.code === 'ROLE_ARN')).toHaveLength(1);
});

test.each<[string, Platform, boolean]>([
  ['Envoy AI Gateway', Platform.envoyAIGateway(), true], ['agentgateway', Platform.agentgateway(), false], ['kgateway', Platform.kgateway(), false],
])('a role of the pods beside a stored access key on %s', (_, platform, conflicting) => {
  const app = Testing.app();
  Platform.use(app, platform);
  const chart = new Chart(app, 'ai', { namespace: 'ai' });
  const gateway = new AIGateway(chart, 'gateway');
  for (const [index, credentials] of [AwsCredentials.irsa(ROLE), AwsCredentials.fromSecretName('aws')].entries()) {
    const target = new BedrockProvider(chart, `p${index}`, { region: 'us-east-1', credentials }).model(MODEL);
    if (platform.name.startsWith('kgateway')) gateway.addPath(`/p${index}`, target);
    else gateway.addModel(`m${index}`, target);
  }
  expect(Checks.findings(app).map(({ code }) => code)).toEqual(conflicting ? ['IDENTITY_CONFLICT'] : []);
});
