import { findingsOf, wrong } from './program';
import * as library from '../../src';
import {
  AIGateway, AnthropicProvider, ApiKey, AwsCredentials, AzureCredentials, GcpCredentials, InClusterService, ModelServer, Platform, SecretStore,
  StoredSecret, Vendor,
} from '../../src';

const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return error instanceof TypeError ? `TypeError: ${error.message}` : (error as Error).message;
  }
  return 'nothing';
};

const ARGUMENTS: readonly (readonly unknown[])[] = [[], [null], [{}], [3], [[]], ['x', null], [{}, {}], [{ store: {}, key: 'a' }], [{ store: SecretStore.cluster('a') }]];
const factories = Object.entries(library).flatMap(([name, value]) => (typeof value !== 'function' ? [] : Object.getOwnPropertyNames(value)
  .filter(method => typeof (value as never)[method] === 'function' && !method.startsWith('_') && !['isConstruct', 'of', 'fromGatewayName'].includes(method))
  .map(method => [`${name}.${method}`, (value as never)[method] as (...args: readonly unknown[]) => unknown, value] as const)));

test.each(factories)('%s never fails with an exception of JavaScript', (_, method, owner) => {
  for (const args of ARGUMENTS) expect(messageOf(() => method.apply(owner, args as never))).not.toMatch(/^TypeError/);
});

test.each<readonly [string, () => unknown]>([
  ["Vendor.of(): 'options' must be an object, got undefined", () => Vendor.of(wrong(undefined))],
  ["ModelServer.of(): 'options' must be an object, got null", () => ModelServer.of(wrong(null))],
  ["Platform.envoyAIGateway(): 'options' must be an object, got \"v1.1\"", () => Platform.envoyAIGateway(wrong('v1.1'))],
  ["fromExternalSecret…(): 'store' must be a SecretStore, such as SecretStore.cluster(\"vault\"), got undefined", () => ApiKey.fromExternalSecret(wrong({}))],
  ["fromExternalSecret…(): 'store' must be a SecretStore, such as SecretStore.cluster(\"vault\"), got \"vault\"", () => ApiKey.fromExternalSecretExtract(wrong({ store: 'vault' }))],
  ["fromExternalSecret…(): 'awsAccessKeyId' must be an object, got \"id\"", () => AwsCredentials.fromExternalSecret(wrong({ store: SecretStore.cluster('vault'), accessKeyId: 'id' }))],
  ["fromSecret(): 'secret' must be a Secret of cdk8s-plus, while fromSecretName() takes a name, got \"openai\"", () => ApiKey.fromSecret(wrong('openai'))],
  ["fromSecretName(): 'keys' must be a list, got \"apiKey\"", () => ApiKey.fromSecretName('openai', wrong({ keys: 'apiKey' }))],
  ["AzureCredentials.clientSecret(): 'secret' must be a StoredSecret, such as StoredSecret.fromSecretName(\"…\"), got the ApiKey",
    () => AzureCredentials.clientSecret(wrong({ secret: ApiKey.fromSecretName('a') }))],
  ["oidc: 'token' must be an object, got undefined", () => GcpCredentials.workloadIdentityFederation(wrong({}))],
  ["InClusterService.fromService(): 'service' must be a Service of cdk8s-plus, while fromServiceName() takes a name, got \"vllm\"", () => InClusterService.fromService(wrong('vllm'))],
  ["AIGateway.fromGatewayName(): 'scope' must be a construct, such as the app or a chart, got \"gateway\"", () => AIGateway.fromGatewayName(wrong('gateway'), 'a', 'b')],
])('%s', (message, call) => {
  expect(messageOf(call)).toBe(message);
});

test('options that are null count as left out, as other languages write them', () => {
  for (const call of [
    () => Platform.envoyAIGateway(wrong(null)), () => Platform.envoyAIGateway(wrong({ release: null })), () => ApiKey.fromSecretName('a', wrong(null)),
    () => StoredSecret.fromSopsFile('missing.yaml', wrong(null)), () => GcpCredentials.adc(wrong(null)), () => library.ProviderTls.publicCa(wrong(null)),
  ]) expect(messageOf(call)).toBe('nothing');
});

test('a provider without properties says so, by its path', () => {
  expect(() => findingsOf(({ chart }) => new AnthropicProvider(chart, 'anthropic', wrong(undefined)))).toThrow("c/anthropic: 'props' must be an object, got undefined");
});

test('namespaces that routes come from are told by the call', () => {
  expect(findingsOf(({ openai }) => openai.allowRoutesFrom('apps', 'A_b', ''))).toEqual([
    "c/openai: 'allowRoutesFrom()' names no namespace that can exist, got \"\"; use its name: up to 63 lower-case letters, digits and \"-\" [BAD_REFERENCE]",
    "c/openai: 'allowRoutesFrom()' names no namespace that can exist, got \"A_b\"; use its name: up to 63 lower-case letters, digits and \"-\" [BAD_REFERENCE]",
  ]);
  expect(() => findingsOf(({ openai }) => openai.allowRoutesFrom(wrong(3)))).toThrow("c/openai: 'allowRoutesFrom()' must be text, got 3");
});
