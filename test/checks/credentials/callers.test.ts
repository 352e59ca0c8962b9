import { ApiObject, JsonPatch } from 'cdk8s';
import { ApiKey, InClusterProvider, InClusterService, ModelServer, OpenAIProvider } from '../../../src';
import { all, APP, but, GATEWAY, inProgram, inYaml, PROVIDER, ROUTE } from '../manifests-of-an-app';

const REMOVAL = '  headerMutation: { remove: [authorization, x-api-key, api-key, cookie] }\n';
const WITHOUT_REMOVAL = but(PROVIDER, [REMOVAL, '']);

describe('CALLER_CREDENTIALS_FORWARDED', () => {
  test('is a provider that removes nothing: only the header of its own type is replaced', () => {
    expect(inYaml(WITHOUT_REMOVAL)).toEqual([
      expect.stringMatching(/^error CALLER_CREDENTIALS_FORWARDED: 'spec\.headerMutation\.remove' lets `x-api-key`, `api-key`, `cookie` of callers through to the provider; add x-api-key, api-key, cookie/),
    ]);
    expect(inYaml(PROVIDER)).toEqual([]);
  });

  test.each([
    ['AnthropicAPIKey', 'anthropicAPIKey', '`authorization`, `api-key`, `cookie`'],
    ['AzureAPIKey', 'azureAPIKey', '`authorization`, `x-api-key`, `cookie`'],
  ])('depends on the type %s', (type, block, passed) => {
    const found = inYaml(but(WITHOUT_REMOVAL, ['type: APIKey', `type: ${type}`], ['apiKey: {', `${block}: {`]));
    expect(found).toContainEqual(expect.stringContaining(`lets ${passed} of callers through`));
  });

  test('is a provider without policy, which gets all of them', () => {
    expect(inYaml(WITHOUT_REMOVAL.split('---').slice(0, 3).join('---'))).toEqual([expect.stringContaining('lets `authorization`, `x-api-key`, `api-key`, `cookie`')]);
  });

  test('is not what a mutation replaces, in any case', () => {
    expect(inYaml(but(PROVIDER, [REMOVAL, '  headerMutation: { set: [{ name: Cookie, value: none }], remove: [X-API-Key, Api-Key] }\n']))).toEqual([]);
  });

  test('is not where every route to the provider removes them', () => {
    const removing = but(ROUTE, ['{ name: openai }', '{ name: openai, headerMutation: { remove: [x-api-key, api-key, cookie] } }']);
    expect(inYaml(all(GATEWAY, WITHOUT_REMOVAL, removing))).toEqual([]);
    expect(inYaml(all(GATEWAY, WITHOUT_REMOVAL, removing, but(ROUTE, ['name: chat', 'name: other'], ['gpt-4o', 'gpt-5'])))).toEqual([expect.stringContaining('CALLER_CREDENTIALS')]);
  });

  test('is not a header that the gateway reads an override from', () => {
    const overriding = but(WITHOUT_REMOVAL, ['  type: APIKey', '  type: APIKey\n  credentialOverride: { fromRequestHeaders: { header: X-Api-Key } }']);
    expect(inYaml(overriding)).toEqual([expect.stringContaining('lets `api-key`, `cookie` of callers')]);
  });

  test('is accepted by annotation', () => {
    expect(inYaml(but(WITHOUT_REMOVAL, ['kind: AIServiceBackend\nmetadata: { name: openai', 'kind: AIServiceBackend\nmetadata: { annotations: { cdk8s-ai-gateway/acknowledge-CALLER_CREDENTIALS_FORWARDED: ours }, name: openai']))).toEqual([]);
  });

  test('is no finding on providers of ours, pass-through by declaration included', () => {
    const withKey = (apiKey: ApiKey) => inProgram(chart => {
      new InClusterProvider(chart, 'vllm', { server: ModelServer.VLLM, service: InClusterService.fromServiceName('vllm'), apiKey });
    });
    expect(withKey(ApiKey.none())).toEqual([]);
    expect(withKey(ApiKey.fromSecretName('vllm'))).toEqual([]);
    expect(withKey(ApiKey.passThrough('authorization'))).toEqual([]);
    expect(inYaml(APP)).toEqual([]);
  });

  test('is found where a patch takes the removal away', () => {
    expect(inProgram(chart => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
      ApiObject.of(openai).addJsonPatch(JsonPatch.remove('/spec/headerMutation'));
    })).toEqual([expect.stringMatching(/CALLER_CREDENTIALS_FORWARDED: 'headers/)]);
  });
});
