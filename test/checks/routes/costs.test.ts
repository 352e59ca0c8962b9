import { ApiObject, JsonPatch } from 'cdk8s';
import { inProgram, inYaml, Json, route, rule, says } from './fixtures';

const cost = (fields: Json) => inYaml([route([rule()], { llmRequestCosts: [{ metadataKey: 'tokens', type: 'InputToken' }, { metadataKey: 'weighted', type: 'CEL', ...fields }] })]);

describe('COST_EXPRESSION', () => {
  test.each([
    ['', 'is empty'],
    ['input_tokens + prompt_tokens', 'has the unknown variable prompt_tokens'],
    ['input_tokens * 3', 'mixes 3 with token counts'],
    ['model == "x" ? input_tokens : 0', 'mixes 0 with token counts'],
    ['model == "x" ? 0 : uint(2) + input_tokens', 'mixes 0 with token counts'],
    ['3 < output_tokens ? 1 : 0', 'mixes 3 with token counts'],
    ['input_tokens > 5u ? (model == "x" ? 2 : 1) : 0u', 'mixes 2 with token counts'],
    ['output_tokens * 0.1', 'has the fraction 0.1'],
    ['input_tokens / output_tokens', 'divides by a number that can be 0'],
    ['input_tokens % 0u', 'divides by a number that can be 0'],
    ['(input_tokens + output_tokens', 'has parentheses that do not match'],
    ['input_tokens)(', 'has parentheses that do not match'],
    ['model == "x ? 1u : 2u', 'has a text that does not end'],
  ])('%j', (cel, message) => {
    expect(cost({ cel })).toMatchObject([{ code: 'COST_EXPRESSION', severity: 'error', ...says(`'spec.llmRequestCosts[1].cel' ${message}`) }]);
  });

  test.each([
    'input_tokens + output_tokens * 3u',
    'model == "gpt-4.5 (1/2)" ? input_tokens * 10u : output_tokens',
    'model.startsWith("gpt") ? 2 : 1',
    'input_tokens == uint(3) ? 100000000 : 0',
    'input_tokens > 1000u ? 2 : output_tokens > 1000u ? 1 : 0',
    'input_tokens > 1000u ? 2 * 3 : 0',
    'uint(double(input_tokens) * 0.1)',
    'int(input_tokens) * 3',
    'size(model) > 3 ? input_tokens : 0u',
    'output_tokens == 0u ? 0u : input_tokens / output_tokens',
    'total_tokens / 2u + cached_input_tokens',
    'backend.startsWith("ai/openai/") && route_name != \'x\' ? reasoning_tokens : cache_creation_input_tokens',
    '${Token[CEL.1]} * 3',
  ])('%s is fine', (cel) => {
    expect(cost({ cel })).toEqual([]);
  });

  test('an expression that is missing', () => {
    expect(cost({})).toMatchObject([{ code: 'COST_EXPRESSION', ...says("'spec.llmRequestCosts[1].cel' is missing") }]);
    expect(cost({ type: 'OutputToken' })).toEqual([]);
  });

  test('a backend never equals a name', () => {
    expect(cost({ cel: 'backend == "openai" ? input_tokens : 0u' })).toMatchObject([{ code: 'COST_EXPRESSION', severity: 'warning', ...says('use backend.startsWith') }]);
  });

  test('costs of the whole gateway, and costs a patch adds to a route of ours', () => {
    const config = (cel: string) => ({
      apiVersion: 'aigateway.envoyproxy.io/v1beta1', kind: 'GatewayConfig', metadata: { name: 'config', namespace: 'ai' },
      spec: { globalLLMRequestCosts: [{ metadataKey: 'all', type: 'CEL', cel }] },
    });
    expect(inYaml([config('input_tokens * 3')])).toMatchObject([{ code: 'COST_EXPRESSION', ...says("'spec.globalLLMRequestCosts[0].cel' mixes 3") }]);
    expect(inYaml([config('input_tokens * 3u')])).toEqual([]);
    expect(inProgram(({ gateway: g, a }) => {
      ApiObject.of(g.addModel('m', a.model())).addJsonPatch(JsonPatch.add('/spec/llmRequestCosts', [{ metadataKey: 'all', type: 'CEL', cel: 'tokens' }]));
    })).toMatchObject([{ code: 'COST_EXPRESSION', path: 'test/gateway/m/Resource', ...says('unknown variable tokens') }]);
  });
});
