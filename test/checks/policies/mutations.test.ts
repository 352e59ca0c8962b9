import { AIGateway, ApiKey, AwsCredentials, BedrockProvider, JsonValue, OpenAIProvider } from '../../../src';
import type { ProviderProps } from '../../../src';
import { all, but, GATEWAY, inProgram, inYaml, PROVIDER, ROUTE } from '../manifests-of-an-app';

const REMOVAL = 'headerMutation: { remove: [authorization, x-api-key, api-key, cookie] }';
const provider = (headers: string, body = '{}') => but(PROVIDER, [REMOVAL, `headerMutation: ${headers}\n  bodyMutation: ${body}`]);
const withProps = (props: ProviderProps) => inProgram(chart => { new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai'), ...props }); });
const REMOVED = 'remove: [authorization, x-api-key, api-key, cookie]';

test('mutations the gateway makes have no finding', () => {
  expect(inYaml(provider(`{ set: [{ name: x-team, value: a }], ${REMOVED} }`, '{ set: [{ path: temperature, value: "0.2" }], remove: [user] }'))).toEqual([]);
  expect(withProps({ headers: { set: { 'x-team': 'a' }, remove: ['user-agent'] }, body: { set: { temperature: JsonValue.number(0.2) } } })).toEqual([]);
});

describe('MUTATION_IGNORED', () => {
  test.each(['Host', ':path', 'x-ai-eg-model', 'X-Envoy-Original-Path'])('is setting %s', name => {
    expect(inYaml(provider(`{ set: [{ name: "${name}", value: a }], ${REMOVED} }`))).toContainEqual(
      expect.stringMatching(new RegExp(`^error MUTATION_IGNORED: 'spec\\.headerMutation\\.set\\[0\\]' is a header that no mutation can set, got "${name}"`)),
    );
  });

  test.each(['x-forwarded-host', 'x-ai-eg-original-path'])('is removing %s', name => {
    expect(inYaml(provider(`{ remove: [authorization, x-api-key, api-key, cookie, ${name}] }`))).toEqual([
      expect.stringContaining('\'spec.headerMutation.remove[4]\' is a header that no mutation can remove'),
    ]);
  });

  test('names the property of the construct', () => {
    expect(withProps({ headers: { set: { Host: 'a' } } })).toEqual([expect.stringMatching(/MUTATION_IGNORED: 'headers\.set\S*' is a header/)]);
    expect(withProps({ headers: { remove: ['x-forwarded-host'] } })).toEqual([expect.stringContaining('MUTATION_IGNORED: \'headers.remove\'')]);
  });
});

describe('MUTATION_CONTRADICTS', () => {
  test('is a header that is set and removed', () => {
    expect(inYaml(provider('{ set: [{ name: X-Team, value: a }], remove: [authorization, x-api-key, api-key, cookie, x-team] }'))).toEqual([
      expect.stringMatching(/^error MUTATION_CONTRADICTS: 'spec\.headerMutation\.remove\[4\]' is set as well, and the set wins, got "x-team"/),
    ]);
  });

  test('is a body field that is set and removed', () => {
    expect(withProps({ body: { set: { user: JsonValue.text('a') }, remove: ['user'] } })).toEqual([expect.stringContaining('MUTATION_CONTRADICTS: \'body')]);
    expect(withProps({ body: { set: { user: JsonValue.text('a') }, remove: ['metadata'] } })).toEqual([]);
  });

  test('is a route that removes what its provider sets', () => {
    const route = (name: string) => but(ROUTE, ['{ name: openai }', `{ name: openai, headerMutation: { remove: [${name}] } }`]);
    const setting = provider(`{ set: [{ name: x-team, value: a }], ${REMOVED} }`);
    expect(inYaml(all(GATEWAY, setting, route('X-Team')))).toEqual([
      expect.stringContaining('\'spec.rules[0].backendRefs[0].headerMutation.remove[0]\' is set by AIServiceBackend "ai/openai", and the set wins'),
    ]);
    expect(inYaml(all(GATEWAY, setting, route('x-other')))).toEqual([]);
  });
});

describe('MUTATION_OF_CREDENTIAL', () => {
  test('is the header of the key, whose value is not shown', () => {
    const found = inYaml(provider('{ set: [{ name: Authorization, value: "Bearer hush" }], remove: [x-api-key, api-key, cookie] }'));
    expect(found).toEqual([expect.stringMatching(/^error MUTATION_OF_CREDENTIAL: 'spec\.headerMutation\.set\[0\]' is overwritten by BackendSecurityPolicy "ai\/openai", got "Authorization"/)]);
    expect(found.join()).not.toContain('hush');
  });

  test('is the same on the backendRef of a route', () => {
    const route = but(ROUTE, ['{ name: openai }', '{ name: openai, headerMutation: { set: [{ name: authorization, value: none }] } }']);
    expect(inYaml(all(GATEWAY, PROVIDER, route))).toEqual([expect.stringContaining('\'spec.rules[0].backendRefs[0].headerMutation.set[0]\' is overwritten')]);
  });

  test('is not the header of another kind of key, or a provider without policy', () => {
    expect(inYaml(provider('{ set: [{ name: x-api-key, value: none }], remove: [api-key, cookie] }'))).toEqual([]);
    const keyless = PROVIDER.split('---').slice(0, 3).join('---');
    expect(inYaml(but(keyless, [REMOVAL, 'headerMutation: { set: [{ name: authorization, value: none }], remove: [x-api-key, api-key, cookie] }']))).toEqual([]);
  });
});

describe('BODY_VALUE_NOT_JSON', () => {
  test.each(['True', 'high', '{"a":1', '0.2f'])('is the text %s', value => {
    expect(inYaml(provider(`{ ${REMOVED} }`, `{ set: [{ path: effort, value: '${value}' }] }`))).toEqual([
      expect.stringContaining(`warning BODY_VALUE_NOT_JSON: 'spec.bodyMutation.set[0].value' is not JSON and is sent as a plain string, got ${JSON.stringify(value)}`),
    ]);
  });

  test.each(['true', '"high"', '{"a":1}', '0.2', 'null', '${Token[TOKEN.1]}'])('is not the text %s', value => {
    expect(inYaml(provider(`{ ${REMOVED} }`, `{ set: [{ path: effort, value: '${value}' }] }`))).toEqual([]);
  });
});

describe('MODEL_IN_BODY_MUTATION', () => {
  test('is setting or removing the model', () => {
    expect(withProps({ body: { set: { model: JsonValue.text('gpt-4o') } } })).toEqual([expect.stringMatching(/^warning MODEL_IN_BODY_MUTATION: 'body\S*' wins over the model that routes give/)]);
    expect(inYaml(provider(`{ ${REMOVED} }`, '{ remove: [model] }'))).toEqual([expect.stringContaining('takes the model out of the request')]);
    expect(inYaml(provider(`{ ${REMOVED} }`, '{ remove: [models] }'))).toEqual([]);
  });
});

describe('HEADER_TWICE', () => {
  test('in two casings', () => {
    const twice = (second: string) => inYaml(provider(`{ set: [{ name: x-team, value: a }, { name: ${second}, value: b }], ${REMOVED} }`));
    expect(twice('X-Team')).toEqual(['error HEADER_TWICE: \'spec.headerMutation.set[1]\' sets a header that is set already, as "x-team", got "X-Team"; keep one of the two [HEADER_TWICE]']);
    expect(twice('x-group')).toEqual([]);
  });

  test('on a provider and on a target', () => {
    const set = (name: string) => ({ headers: { set: { 'x-team': 'a', [name]: 'b' } } });
    expect(withProps(set('X-Team'))).toEqual([expect.stringMatching(/^error HEADER_TWICE: 'headers\.set' /)]);
    const target = (name: string) => inProgram((chart) => {
      new AIGateway(chart, 'gateway').addModel('m', new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') }).model('m', set(name)));
    });
    expect(target('X-Team')).toEqual([expect.stringMatching(/^error HEADER_TWICE: 'target' sets a header/)]);
    expect(target('x-group')).toEqual([]);
  });
});

describe('BAD_HEADER', () => {
  test.each([['a line break', 'a\nb'], ['one at the end, as files have', 'a\n'], ['a NUL', 'a\0']])('a value with %s', (_, value) => {
    expect(withProps({ headers: { set: { 'x-team': value } } })).toEqual([
      expect.stringMatching(/^error BAD_HEADER: 'headers\.set' sets a header to a value with a line break .*got "x-team"/),
    ]);
    expect(inYaml(provider(`{ set: [{ name: x-team, value: ${JSON.stringify(value)} }], ${REMOVED} }`))).toEqual([expect.stringContaining("BAD_HEADER: 'spec.headerMutation.set[0]'")]);
  });

  test.each(['x team', 'x-team: a', 'ü'])('%s is no name to remove', (name) => {
    expect(withProps({ headers: { remove: [name] } })).toEqual([expect.stringMatching(/^error BAD_HEADER: 'headers\.remove' removes what is not the name of a header/)]);
    expect(inYaml(provider(`{ remove: [authorization, x-api-key, api-key, cookie, ${JSON.stringify(name)}] }`))).toEqual([expect.stringContaining("BAD_HEADER: 'spec.headerMutation.remove[4]'")]);
  });

  test('tabs, spaces and other scripts are fine', () => {
    expect(withProps({ headers: { set: { 'x-team': 'a\tb c é' }, remove: ['x-other'] } })).toEqual([]);
  });
});

describe('BODY_FIELD_OF_OPENAI', () => {
  const set = (path: string, schema = 'AWSBedrock') => inYaml(
    provider(`{ ${REMOVED} }`, `{ set: [{ path: ${path}, value: "0.2" }] }`).replace('schema: { name: OpenAI }', `schema: { name: ${schema} }`),
  ).filter(text => text.includes('BODY_FIELD_OF_OPENAI'));

  test('is a field that Bedrock\'s requests have under another name, or not at all', () => {
    expect(set('temperature')).toEqual([
      expect.stringMatching(/^warning BODY_FIELD_OF_OPENAI: 'spec\.bodyMutation\.set\[0\]\.path' is no field of a Converse request, which is what Bedrock gets, got "temperature"; use "inferenceConfig\.temperature"/),
    ]);
    expect(set('seed')).toEqual([expect.stringContaining('got "seed"; remove it')]);
    expect(set('inferenceConfig.temperature')).toEqual([]);
    for (const [name, own] of [['top_p', 'topP'], ['max_tokens', 'maxTokens'], ['max_completion_tokens', 'maxTokens'], ['stop', 'stopSequences']]) {
      expect(set(name)).toEqual([expect.stringContaining(`got "${name}"; use "inferenceConfig.${own}"`)]);
    }
    expect(set('temperature', 'OpenAI')).toEqual([]);
  });

  test('is found in programs, with the property that takes paths', () => {
    const program = (body: object) => inProgram((chart) => {
      const bedrock = new BedrockProvider(chart, 'bedrock', { region: 'us-east-1', credentials: AwsCredentials.podIdentity() });
      new AIGateway(chart, 'gateway').addModel('m', bedrock.model('us.amazon.nova-pro-v1:0', { body }));
    }).filter(text => text.includes('BODY_FIELD_OF_OPENAI'));
    expect(program({ set: { max_tokens: JsonValue.number(5) } })).toEqual([
      expect.stringMatching(/is no field of a Converse request, .*got "max_tokens"; use "inferenceConfig\.maxTokens" in `setPaths`/),
    ]);
    expect(program({ setPaths: { 'inferenceConfig.maxTokens': JsonValue.number(5) } })).toEqual([]);
  });
});
