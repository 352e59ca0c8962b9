import { EntryIntent, ModelMatchIntent, ProviderApi, ProviderRef } from '../../../src/intent';
import { checkModelNames } from '../../../src/platforms/declared/model-names';

function check(api: ProviderApi | undefined, match: ModelMatchIntent, model?: string) {
  const provider: ProviderRef = { name: 'acme', path: 'ai/acme', api };
  const target = { kind: 'model' as const, provider, model };
  const entry: EntryIntent = { match, headerMatches: [], target };
  return checkModelNames(entry, [target], 'target');
}

const exact = (...models: string[]): ModelMatchIntent => ({ kind: 'exact', models });
const pattern = (text: string): ModelMatchIntent => ({ kind: 'pattern', pattern: text });

test.each<[ProviderApi, string]>([
  ['bedrock', 'us.amazon.nova-pro-v1:0'],
  ['bedrock', 'amazon.titan-embed-text-v2:0'],
  ['bedrock', 'us-gov.anthropic.claude-3-5-sonnet-20240620-v1:0'],
  ['bedrock', 'ai21.jamba-1-5-large-v1:0'],
  ['bedrock', 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0'],
  ['bedrock-anthropic', 'anthropic.claude-3-haiku-20240307-v1:0'],
  ['bedrock-anthropic', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['anthropic', 'claude-sonnet-4-5'],
  ['vertex-anthropic', 'claude-sonnet-4@20250514'],
  ['azure-openai', 'my_deployment.gpt-4o'],
  ['openai', 'anything at all'],
  ['vertex', 'gemini-2.5-flash'],
  ['bedrock', '${Token[TOKEN.1]}'],
])('%s knows the name %s', (api, model) => {
  expect(check(api, exact(model))).toEqual([]);
});

test.each<[ProviderApi, string]>([
  ['bedrock', 'claude'],
  ['bedrock', 'gpt-4.1'],
  ['bedrock', 'qwen2.5:0.5b'],
  ['bedrock-anthropic', 'us.amazon.nova-pro-v1:0'],
  ['anthropic', 'sonnet'],
  ['vertex-anthropic', 'anthropic.claude-3-haiku'],
  ['azure-openai', 'openai/gpt-4o'],
  ['azure-openai', 'gpt 4o'],
])('%s cannot know the name %s', (api, model) => {
  expect(check(api, exact(model))).toMatchObject([{
    definition: { code: 'MODEL_NAME_NEEDED' },
    prop: 'target',
    value: model,
    message: expect.stringContaining('ai/acme'),
    fix: expect.stringContaining('model("'),
  }]);
});

test('each name of an entry is looked at, and none where the provider\'s own is given', () => {
  expect(check('anthropic', exact('claude-a', 'b', 'c')).map(p => p.value)).toEqual(['b', 'c']);
  expect(check('anthropic', exact('b'), 'claude-sonnet-4-5')).toEqual([]);
});

test('a provider whose API is not known is not judged', () => {
  expect(check(undefined, exact('b'))).toEqual([]);
});

test.each(['gpt-4o', 'gpt-[a-z0-9.-]+', 'gpt-(4o|4\\.1)(-mini)?', '[\\w.-]{1,64}', '\\d+', '[a-z]*'])('clients may choose a deployment by the pattern %s', text => {
  expect(check('azure-openai', pattern(text))).toEqual([]);
});

test.each(['.+', 'gpt-.*', 'gpt/4o', '[^a]+', '\\S+', '\\PL+', 'a%2Fb'])('clients must not choose a path by the pattern %s', text => {
  expect(check('azure-openai', pattern(text))).toMatchObject([{ definition: { code: 'MODEL_NAME_NEEDED' }, value: text }]);
  expect(check('azure-openai', pattern(text), 'gpt-4o')).toEqual([]);
  expect(check('openai', pattern(text))).toEqual([]);
});

test('a catch-all must not let clients choose a path', () => {
  expect(check('azure-openai', { kind: 'any' })).toMatchObject([{ definition: { code: 'MODEL_NAME_NEEDED' }, message: expect.stringContaining('choose the deployment') }]);
});
