import { Lazy } from 'cdk8s';
import { chartOf, endpointOf, findings, manifestsBelow } from './provider-fixture';
import { AwsCredentials, BedrockAnthropicProvider, BedrockEndpoint, BedrockProvider, BedrockProviderProps, EnvoyAIGatewayRelease } from '../../src';

const REQUIRED = { region: 'us-east-1', credentials: AwsCredentials.podIdentity() };

function bedrock(props: Partial<BedrockProviderProps> = {}, release?: EnvoyAIGatewayRelease) {
  return new BedrockProvider(chartOf({ release }), 'bedrock', { ...REQUIRED, ...props });
}

test.each([
  ['the regional endpoint', undefined, 'bedrock-runtime.us-east-1.amazonaws.com', false],
  ['the regional endpoint by name', BedrockEndpoint.regional(), 'bedrock-runtime.us-east-1.amazonaws.com', false],
  ['FIPS', BedrockEndpoint.fips(), 'bedrock-runtime-fips.us-east-1.amazonaws.com', true],
  ['dual stack', BedrockEndpoint.dualStack(), 'bedrock-runtime.us-east-1.api.aws', true],
  ['PrivateLink', BedrockEndpoint.privateLink('vpce-0abc-1def'), 'vpce-0abc-1def.bedrock-runtime.us-east-1.vpce.amazonaws.com', true],
  ['another host', BedrockEndpoint.custom('bedrock.acme.example'), 'bedrock.acme.example', true],
])('%s', (_, endpoint, hostname, needsNewer) => {
  const made = bedrock({ endpoint });
  expect(endpointOf(made)).toEqual({ hostname, port: 443 });
  expect(manifestsBelow(made).BackendTLSPolicy.spec.validation.hostname).toBe(hostname);
  expect(findings(made, 'NOT_IN_RELEASE')).toEqual([]);

  const older = findings(bedrock({ endpoint }, EnvoyAIGatewayRelease.V1_0), 'NOT_IN_RELEASE');
  expect(older).toHaveLength(needsNewer ? 1 : 0);
  for (const finding of older) {
    expect(finding).toMatch(/^test\/bedrock: 'endpoint' needs requests signed for the host they are sent to, while Envoy AI Gateway v1\.0 /);
    expect(finding).toContain('target v1.1 with Platform.use()');
  }
});

test('the two speak different APIs to the same host', () => {
  const chart = chartOf();
  const claude = new BedrockAnthropicProvider(chart, 'claude', REQUIRED);
  expect(manifestsBelow(claude).AIServiceBackend.spec.schema).toEqual({ name: 'AWSAnthropic', version: 'bedrock-2023-05-31' });
  expect(manifestsBelow(bedrock()).AIServiceBackend.spec.schema).toEqual({ name: 'AWSBedrock' });
  expect(endpointOf(claude)).toEqual(endpointOf(bedrock()));
});

test('requests are signed for the region', () => {
  expect(manifestsBelow(bedrock({ region: 'eu-central-1' })).BackendSecurityPolicy.spec).toMatchObject({
    type: 'AWSCredentials', awsCredentials: { region: 'eu-central-1' },
  });
});

test('a region known only at synthesis becomes part of the hostname then', () => {
  const region = Lazy.any({ produce: () => 'eu-west-1' });
  expect(endpointOf(bedrock({ region })).hostname).toBe('bedrock-runtime.eu-west-1.amazonaws.com');
  expect(endpointOf(bedrock({ region, endpoint: BedrockEndpoint.privateLink('vpce-0abc') })).hostname)
    .toBe('vpce-0abc.bedrock-runtime.eu-west-1.vpce.amazonaws.com');
});

test('a region that is another tool\'s promise cannot become part of a hostname', () => {
  const region = { resolve: () => 'eu-west-1' } as any;
  expect(findings(bedrock({ region }), 'TEXT_NEEDED')).toEqual([
    "test/bedrock: 'region' is part of the hostname and must be known at synthesis; give a string, or name the whole host [TEXT_NEEDED]",
  ]);
  expect(findings(bedrock({ region, endpoint: BedrockEndpoint.custom('bedrock.acme.example') }), 'TEXT_NEEDED')).toEqual([]);
});

test.each([[undefined, 'null'], [7, '7']])('a region that is %s is told', (region: any, shown) => {
  expect(findings(bedrock({ region }), 'TEXT_NEEDED')[0]).toContain(`'region' is part of the hostname and must be text, got ${shown};`);
});
