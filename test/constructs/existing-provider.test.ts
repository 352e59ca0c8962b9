import { ApiObject, Testing } from 'cdk8s';
import { chartOf, findings } from './provider-fixture';
import { AIGateway, EnvoyAIGatewayRelease, ExistingProvider, Platform, ProviderApi } from '../../src';
import { ProviderApi as ProviderApiName } from '../../src/intent';

test('nothing is made for it, and routes refer to it by name and namespace', () => {
  const chart = chartOf();
  const provider = new ExistingProvider(chart, 'openai', { name: 'openai', namespace: 'providers' });
  expect(Testing.synth(chart)).toEqual([]);
  const route = new AIGateway(chart, 'gateway').addModel('gpt-4o', provider.model('gpt-4o-mini'));
  expect(ApiObject.of(route).toJson().spec.rules[0].backendRefs).toEqual([{ name: 'openai', namespace: 'providers', modelNameOverride: 'gpt-4o-mini' }]);
  expect(Testing.synth(chart).map((m: any) => m.kind)).not.toContain('ReferenceGrant');
});

test('without a namespace it is in that of the chart', () => {
  const chart = chartOf();
  const provider = new ExistingProvider(chart, 'openai', { name: 'openai' });
  expect(provider.namespace).toBe('ai');
  const route = new AIGateway(chart, 'gateway').addModel('gpt-4o', provider.model());
  expect(ApiObject.of(route).toJson().spec.rules[0].backendRefs).toEqual([{ name: 'openai' }]);
});

test('with its API known, routes are checked against it', () => {
  const chart = chartOf();
  const anthropic = new ExistingProvider(chart, 'anthropic', { name: 'anthropic', api: ProviderApi.ANTHROPIC });
  const cohere = new ExistingProvider(chart, 'cohere', { name: 'cohere', api: ProviderApi.COHERE });
  const unknown = new ExistingProvider(chart, 'unknown', { name: 'unknown' });
  const gateway = new AIGateway(chart, 'gateway');
  gateway.addModel('claude-sonnet-4-5', anthropic.model().fallbackTo(cohere.model()));
  gateway.addModel('sonnet', unknown.model().fallbackTo(cohere.model()));
  expect(findings(chart, 'API_NOT_SERVED', 'MODEL_NAME_NEEDED')).toHaveLength(1);
  expect(findings(chart, 'API_NOT_SERVED')[0]).toContain('test/gateway/claude-sonnet-4-5');
});

test('every API there is can be named', () => {
  const every: { readonly [api in ProviderApiName]: true } = {
    'openai': true, 'anthropic': true, 'bedrock': true, 'bedrock-anthropic': true, 'azure-openai': true, 'vertex': true, 'vertex-anthropic': true, 'cohere': true, 'http': true,
  };
  expect(Object.values(ProviderApi).sort()).toEqual(Object.keys(every).sort());
});

test('the platform is settled once it is made', () => {
  const chart = chartOf();
  new ExistingProvider(chart, 'openai', { name: 'openai' });
  expect(() => Platform.use(chart, Platform.envoyAIGateway({ release: EnvoyAIGatewayRelease.V1_0 }))).toThrow('comes too late');
});
