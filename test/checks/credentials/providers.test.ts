import {
  AIGateway, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider, EnvoyAIGatewayRelease, GcpCredentials,
  Platform, VertexAIProvider,
} from '../../../src';
import { all, but, GATEWAY, inProgram, inYaml, PROVIDER, ROUTE } from '../manifests-of-an-app';

const KEY_BLOCK = 'type: APIKey\n  apiKey: { secretRef: { name: openai } }';
const API_KEY = 'type: APIKey\n  apiKey: { secretRef: { name: key } }';
const ANTHROPIC_KEY = 'type: AnthropicAPIKey\n  anthropicAPIKey: { secretRef: { name: key } }';
const AWS = 'type: AWSCredentials\n  awsCredentials: { region: us-east-1 }';
const GOOGLE = 'type: GCPCredentials\n  gcpCredentials: { projectName: p, region: us-central1 }';

/** The provider with another schema, security policy and host. */
function provider(schema: string, policy: string, host = 'llm.example.com'): string {
  return but(PROVIDER, ['schema: { name: OpenAI }', `schema: { name: ${schema} }`], [KEY_BLOCK, policy], ['api.openai.com', host]);
}

const on = (release: EnvoyAIGatewayRelease) => ({ platform: Platform.envoyAIGateway({ release }) });

test('clouds declared by constructs have no finding', () => {
  expect(inProgram(chart => {
    const models = [
      new BedrockProvider(chart, 'bedrock', { region: 'eu-central-1', credentials: AwsCredentials.podIdentity() }).model('us.amazon.nova-pro-v1:0'),
      new AzureOpenAIProvider(chart, 'azure', { resource: 'acme', credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName('azure')) }).model('gpt-4o'),
      new VertexAIProvider(chart, 'vertex', { project: 'acme', location: 'global', credentials: GcpCredentials.adc() }).model('gemini-2.5-flash'),
    ];
    const gateway = new AIGateway(chart, 'gateway');
    models.forEach((model, index) => gateway.addModel(`model-${index}`, model));
  })).toEqual([]);
});

describe('CREDENTIAL_TYPE_MISMATCH', () => {
  test.each([
    ['OpenAI', AWS, 'error'],
    ['OpenAI', ANTHROPIC_KEY, 'warning'],
    ['Anthropic', API_KEY, 'warning'],
    ['AWSBedrock', API_KEY, 'warning'],
    ['AWSAnthropic', ANTHROPIC_KEY, 'error'],
    ['AzureOpenAI, version: v1', API_KEY, 'error'],
    ['GCPVertexAI', API_KEY, 'error'],
    ['GCPAnthropic, version: v1', AWS, 'error'],
    ['Cohere, version: v2', GOOGLE, 'error'],
  ])('is %s with %j', (schema, policy, severity) => {
    const type = /type: (\w+)/.exec(policy)![1];
    expect(inYaml(provider(schema, policy))).toEqual([
      expect.stringMatching(new RegExp(`^${severity} CREDENTIAL_TYPE_MISMATCH: 'spec\\.type' is no credential for AIServiceBackend "ai/openai", which speaks ${schema.split(',')[0]}, got "${type}"`)),
    ]);
  });

  test('is an error at a host that is known to take only its own', () => {
    expect(inYaml(provider('Anthropic', API_KEY, 'api.anthropic.com'))).toEqual([expect.stringMatching(/^error CREDENTIAL_TYPE_MISMATCH.*; use AnthropicAPIKey/)]);
    expect(inYaml(provider('Anthropic', ANTHROPIC_KEY, 'api.anthropic.com'))).toEqual([]);
  });

  test.each([
    ['OpenAI', 'type: AzureAPIKey\n  azureAPIKey: { secretRef: { name: key } }'],
    ['AWSBedrock', AWS],
    ['GCPVertexAI', GOOGLE],
    ['Cohere, version: v2', API_KEY],
  ])('is not %s with %j', (schema, policy) => {
    expect(inYaml(provider(schema, policy))).toEqual([]);
  });
});

describe('CREDENTIAL_MISSING', () => {
  const keyless = (schema: string) => inYaml(provider(schema, KEY_BLOCK).split('---').slice(0, 3).join('---'));

  test('is a provider of AWS or Google Cloud without policy', () => {
    expect(keyless('AWSBedrock')).toEqual([
      expect.stringMatching(/^error CREDENTIAL_MISSING: 'spec\.schema\.name' needs a BackendSecurityPolicy on the provider, without which requests go out unsigned, got "AWSBedrock"; add one of type AWSCredentials/),
    ]);
    expect(keyless('GCPVertexAI')).toEqual([expect.stringContaining('the path lacks project and region')]);
    expect(keyless('OpenAI')).toEqual([]);
  });
});

describe('SCHEMA_VERSION_MISSING', () => {
  test.each([
    ['AzureOpenAI', 'type: AzureAPIKey\n  azureAPIKey: { secretRef: { name: key } }', '2025-01-01-preview'],
    ['Cohere', API_KEY, 'v2'],
    ['GCPAnthropic', GOOGLE, 'vertex-2023-10-16'],
  ])('is %s without version', (schema, policy, version) => {
    expect(inYaml(provider(schema, policy))).toEqual([
      expect.stringMatching(new RegExp(`^error SCHEMA_VERSION_MISSING: 'spec\\.schema\\.version' is missing for ${schema}.*for example to "${version}"`)),
    ]);
    expect(inYaml(provider(`${schema}, version: ${version}`, policy))).toEqual([]);
  });
});

describe('SCHEMA_FIELD_IGNORED', () => {
  test('is a path that OpenAI\'s API no longer reads from the version', () => {
    const old = provider('OpenAI, version: openai/v1', API_KEY);
    expect(inYaml(old)).toEqual([expect.stringMatching(/^error SCHEMA_FIELD_IGNORED: 'spec\.schema\.version' is ignored for OpenAI, got "openai\/v1"; write the path as `prefix`/)]);
    expect(inYaml(provider('OpenAI, prefix: openai/v1', API_KEY))).toEqual([]);
    expect(inYaml(but(old, ['v1beta1', 'v1alpha1']), on(EnvoyAIGatewayRelease.V0_5))).toEqual([]);
  });

  test('is milder where it says what happens anyway', () => {
    expect(inYaml(provider('OpenAI, version: v1', API_KEY))).toEqual([expect.stringMatching(/^warning SCHEMA_FIELD_IGNORED/)]);
  });

  test('is a prefix of an API that has none', () => {
    expect(inYaml(provider('AWSBedrock, prefix: /v1', AWS))).toEqual([expect.stringMatching(/^error SCHEMA_FIELD_IGNORED: 'spec\.schema\.prefix' is ignored for AWSBedrock/)]);
    const anthropic = provider('Anthropic, prefix: /api/v1', ANTHROPIC_KEY);
    expect(inYaml(anthropic, on(EnvoyAIGatewayRelease.V0_6))).toEqual([expect.stringContaining('is ignored for Anthropic before v0.7')]);
    expect(inYaml(anthropic, on(EnvoyAIGatewayRelease.V0_7))).toEqual([]);
  });
});

describe('BAD_REGION', () => {
  test.each([
    ['AWSBedrock', 'awsCredentials', AWS.replace('us-east-1', 'useast1'), 'AWS'],
    ['AWSBedrock', 'awsCredentials', AWS.replace('us-east-1', 'us-east-1a'), 'AWS'],
    ['AWSBedrock', 'awsCredentials', AWS.replace('us-east-1', 'us-central1'), 'AWS'],
    ['GCPVertexAI', 'gcpCredentials', GOOGLE.replace('us-central1', 'us-east-1'), 'Google Cloud'],
    ['GCPVertexAI', 'gcpCredentials', GOOGLE.replace('us-central1', 'us-central1-a'), 'Google Cloud'],
  ])('is in %s %s: %j', (schema, block, policy, cloud) => {
    expect(inYaml(provider(schema, policy))).toEqual([expect.stringContaining(`error BAD_REGION: 'spec.${block}.region' is not the name of a region of ${cloud}`)]);
  });

  test('is not told as that of another region as well', () => {
    const told = (region: string) => inYaml(provider('GCPVertexAI', GOOGLE.replace('us-central1', region), 'us-central1-aiplatform.googleapis.com'));
    expect(told('US_CENTRAL1')).toEqual([expect.stringContaining('BAD_REGION')]);
    expect(told('us-east5')).toEqual([expect.stringContaining('REGION_MISMATCH')]);
  });

  test.each(['us-gov-west-1', 'ap-southeast-2', 'eu-isoe-west-1', 'mx-central-1', '"${Token[TOKEN.5]}"'])('is not %s', region => {
    expect(inYaml(provider('AWSBedrock', AWS.replace('us-east-1', region)))).toEqual([]);
  });

  test.each(['global', 'eu', 'europe-west4', 'northamerica-northeast1'])('is not %s of Google Cloud', region => {
    expect(inYaml(provider('GCPVertexAI', GOOGLE.replace('us-central1', region)))).toEqual([]);
  });
});

describe('REGION_MISMATCH', () => {
  test.each([
    'bedrock-runtime.eu-west-1.amazonaws.com',
    'bedrock-runtime-fips.eu-west-1.amazonaws.com',
    'bedrock-runtime.eu-west-1.api.aws',
    'vpce-0a1b.bedrock-runtime.eu-west-1.vpce.amazonaws.com',
  ])('is %s with the credential of another region', host => {
    const other = provider('AWSBedrock', AWS, host);
    expect(inYaml(other, on(EnvoyAIGatewayRelease.V1_0))).toEqual([
      expect.stringContaining(`error REGION_MISMATCH: 'spec.awsCredentials.region' is not the region of ${host}, to which AIServiceBackend "ai/openai" sends, got "us-east-1"; write "eu-west-1"`),
    ]);
    // From v1.1 the host decides.
    expect(inYaml(other)).toEqual([expect.stringMatching(/^warning REGION_MISMATCH/)]);
    expect(inYaml(but(other, ['region: us-east-1', 'region: eu-west-1']))).toEqual([]);
  });

  test.each([
    ['europe-west4-aiplatform.googleapis.com', 'europe-west4'],
    ['aiplatform.googleapis.com', 'global'],
    ['aiplatform.eu.rep.googleapis.com', 'eu'],
  ])('is %s with another region than %s', (host, region) => {
    const other = provider('GCPVertexAI', GOOGLE, host);
    expect(inYaml(other)).toEqual([expect.stringMatching(new RegExp(`^error REGION_MISMATCH: 'spec\\.gcpCredentials\\.region'.*; write "${region}"`))]);
    expect(inYaml(but(other, ['region: us-central1', `region: ${region}`]))).toEqual([]);
  });

  test('says nothing about hosts of one\'s own', () => {
    expect(inYaml(provider('AWSBedrock', AWS, 'bedrock.acme.example'))).toEqual([]);
  });
});

describe('AZURE_DEPLOYMENT_NAME', () => {
  const azure = provider('AzureOpenAI, version: 2025-01-01-preview', 'type: AzureAPIKey\n  azureAPIKey: { secretRef: { name: key } }');
  const withRef = (ref: string, model = 'gpt-4o') => inYaml(all(GATEWAY, azure, but(ROUTE, ['{ name: openai }', ref], ['value: gpt-4o', `value: ${model}`])));

  test('is an override that leaves its place in the path', () => {
    expect(withRef('{ name: openai, modelNameOverride: "gpt 4o/x" }')).toEqual([
      expect.stringMatching(/^error AZURE_DEPLOYMENT_NAME: 'spec\.rules\[0\]\.backendRefs\[0\]\.modelNameOverride' would write a name into the path of Azure that is no deployment, got "gpt 4o\/x"/),
    ]);
    expect(withRef('{ name: openai, modelNameOverride: gpt-4o_2024.11 }')).toEqual([]);
  });

  test('is the name of clients where there is no override', () => {
    expect(withRef('{ name: openai }', 'openai/gpt-4o')).toEqual([expect.stringContaining('\'spec.rules[0].backendRefs[0]\' would write')]);
    expect(withRef('{ name: openai, modelNameOverride: gpt-4o }', 'openai/gpt-4o')).toEqual([]);
  });

  test('is found in a program', () => {
    const withModel = (model: string) => inProgram(chart => {
      const azureOpenAI = new AzureOpenAIProvider(chart, 'azure', {
        resource: 'acme',
        api: AzureOpenAIApi.deployments('2025-01-01-preview'),
        credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName('azure')),
      });
      new AIGateway(chart, 'gateway').addModel('chat', azureOpenAI.model(model));
    });
    expect(withModel('gpt 4o')).toEqual([expect.stringContaining('AZURE_DEPLOYMENT_NAME')]);
    expect(withModel('gpt-4o')).toEqual([]);
  });
});
