import { findingsOf, Program } from './program';
import {
  AIGateway, ApiKey, AwsCredentials, AzureCredentials, AzureOpenAIApi, AzureOpenAIProvider, BedrockProvider, EnvoyAIGatewayRelease,
  OpenAICompatibleProvider, OpenAIProvider, Platform, Traffic, Vendor,
} from '../../src';
import { codes, findingsIn, findingsInYaml } from '../checks/harness';

const mistakes: readonly (readonly [string, (program: Program) => void, readonly RegExp[]])[] = [
  ['a region in capitals', ({ chart }) => new BedrockProvider(chart, 'p', { region: 'US-EAST-1', credentials: AwsCredentials.podIdentity() }), [/^c\/p: 'region' .*got "US-EAST-1".*\[BAD_REGION\]$/]],
  ['an empty region', ({ chart }) => new BedrockProvider(chart, 'p', { region: '', credentials: AwsCredentials.podIdentity() }), [/^c\/p: 'region' .*got "".*\[BAD_REGION\]$/]],
  ['a URL as hostname', ({ chart }) => new OpenAICompatibleProvider(chart, 'p', { vendor: Vendor.of({ hostname: 'https://a.example' }), apiKey: ApiKey.fromSecretName('k') }), [/\[BAD_HOSTNAME\]$/]],
  ['a second catch-all', ({ gateway, openai }) => {
    gateway.addCatchAll(openai.model('a'));
    gateway.addCatchAll(openai.model('b'));
  }, [/^c\/gw\/Patterns: 'addCatchAll\(\)' is never reached, because it was declared before and the first takes its models.*; remove one of the two \[PATTERN_UNREACHABLE\]$/]],
  ['a pattern behind the catch-all', ({ gateway, openai }) => {
    gateway.addCatchAll(openai.model('a'));
    gateway.addPattern('b.*', openai.model('b'));
  }, [/^c\/gw\/Patterns: 'addPattern\("b\.\*"\)' is never reached, because "\.\+" at addCatchAll\(\) takes its models first.*move the catch-all to the end \[PATTERN_UNREACHABLE\]$/]],
  ['a split without members', ({ gateway }) => gateway.addModel('m', Traffic.split([])), [/^c\/gw\/m: 'target' .*\[EMPTY_SPLIT\]$/]],
  ['a name that is no deployment', ({ chart, gateway }) => {
    const azure = new AzureOpenAIProvider(chart, 'azure', { resource: 'acme', api: AzureOpenAIApi.deployments('2025-01-01'), credentials: AzureCredentials.fromApiKey(ApiKey.fromSecretName('k')) });
    gateway.addModel('a b', azure.model());
  }, [/^c\/gw\/a b: 'target' .*\[MODEL_NAME_NEEDED\]$/]],
];

test.each(mistakes)('%s is told once', (_, write, expected) => {
  const found = findingsOf(write);
  expect(found).toEqual(expected.map(form => expect.stringMatching(form)));
});

test('what a release lacks is no unknown field as well', () => {
  const found = findingsIn((chart) => {
    const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('k') });
    new AIGateway(chart, 'gw').addModel('m', openai.model('a'), { hostnames: ['ai.example.com'] });
  }, { platform: Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V0_5 }) });
  expect(found.map(f => f.message)).toEqual([expect.stringMatching(/^'hostnames' .*\[NOT_IN_RELEASE\]$/)]);
});

test('too many of something is told beside what is wrong with one of them', () => {
  expect(findingsOf(({ gateway, openai }) => {
    for (let n = 0; n < 130; n++) gateway.addPattern(`m${n}-.*`, openai.model('x'));
  }).map(text => text.replace(/.*\[/, '['))).toEqual(['[INVALID_VALUE]', '[TOO_MANY_MATCHES]']);
});

test('an acknowledged finding silences nothing', () => {
  const backend = (annotations: object) => findingsInYaml(JSON.stringify({
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'Backend',
    metadata: { name: 'openai', namespace: 'ai', annotations },
    spec: { endpoints: [{ fqdn: { hostname: 'a.B.example', port: 80 } }] },
  }));
  expect(codes(backend({}))).toEqual(['BAD_HOSTNAME']);
  expect(codes(backend({ 'cdk8s-ai-gateway/acknowledge-BAD_HOSTNAME': 'a test' }))).toEqual(['INVALID_VALUE']);
});

test('two mistakes of one value are both told where neither explains the other', () => {
  const found = findingsInYaml(`
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: Backend
metadata: { name: openai, namespace: ai }
spec:
  endpoints: [{ fqdn: { hostname: 'https://api.openai.com', port: 70000 } }]
`);
  expect(found.map(f => f.message)).toEqual([
    expect.stringMatching(/^'spec\.endpoints\[0\]\.fqdn\.hostname' is a URL.*\[BAD_HOSTNAME\]$/),
    expect.stringMatching(/^'spec\.endpoints\[0\]\.fqdn\.port' .*\[INVALID_VALUE\]$/),
  ]);
});
