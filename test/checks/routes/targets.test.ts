import { ApiObject, ApiObjectProps, JsonPatch } from 'cdk8s';
import { gateway, inProgram, inYaml, Json, LEVELS, policy, provider, PROVIDERS, RETRY, route, rule, says } from './fixtures';
import {
  AnthropicProvider, ApiKey, Checks, ClientApi, ExistingProvider, InClusterProvider, InClusterService, JsonValue, ModelServer, OpenAIProvider,
  ProviderTls, Target, Traffic,
} from '../../../src';

const ip = (address: string): Json => ({ endpoints: [{ ip: { address, port: 8000 } }] });
const shared = (...refs: Json[]) => route([rule({ backendRefs: refs })]);
const both = shared({ name: 'a' }, { name: 'b' });

describe('IP_IN_SHARED_RULE', () => {
  test('one of two has an address', () => {
    const program = (hostname: string) => inProgram(({ gateway: g, a, chart }) => {
      const local = new OpenAIProvider(chart, 'local', { name: 'local', hostname, port: 8000, tls: ProviderTls.plaintext(), apiKey: ApiKey.fromSecretName('local') });
      g.addModel('m', a.model().fallbackTo(local.model()));
    });
    expect(program('10.0.0.7')).toMatchObject([
      { code: 'IP_IN_SHARED_RULE', severity: 'error', path: 'test/gateway/m', ...says('\'target\' ignores priorities and does not fall over, because "local" is reached by IP address, got ["10.0.0.7"]') },
    ]);
    expect(program('models.example.com')).toEqual([]);
    expect(inYaml([...provider('a', { backend: ip('10.0.0.7') }), ...provider('b'), both])).toMatchObject([{ code: 'IP_IN_SHARED_RULE', ...says("'spec.rules[0].backendRefs'") }]);
  });

  test('all have addresses: the key of the first goes to the others', () => {
    const addresses = [...provider('a', { backend: ip('10.0.0.7') }), ...provider('b', { backend: ip('fd00::7') })];
    expect(inYaml([...addresses, both])).toMatchObject([{ code: 'IP_IN_SHARED_RULE', ...says('sends the key and model of "a" to all of its backends') }]);
    expect(inYaml([...addresses, shared({ name: 'a' })])).toEqual([]);
  });
});

describe('KEYLESS_MIX', () => {
  test('a provider with a key and one without', () => {
    const program = (apiKey?: ApiKey) => inProgram(({ gateway: g, a, chart }) => {
      const local = new InClusterProvider(chart, 'local', { name: 'local', server: ModelServer.VLLM, service: InClusterService.fromServiceName('vllm', { namespace: 'models' }), apiKey });
      g.addModel('m', a.model().fallbackTo(local.model()));
    });
    expect(program()).toMatchObject([
      { code: 'KEYLESS_MIX', severity: 'error', path: 'test/gateway/m', ...says('\'target\' sends requests to "a" with a credential and to "local" without one') },
    ]);
    expect(program(ApiKey.fromSecretName('local'))).toEqual([]);
    const keyless = provider('b', { key: false });
    expect(inYaml([...provider('a'), ...keyless, both])).toMatchObject([{ code: 'KEYLESS_MIX', ...says("'spec.rules[0].backendRefs'") }]);
    expect(inYaml([...provider('a', { key: false }), ...keyless, both])).toEqual([]);
  });

  test('can be meant', () => {
    expect(inProgram(({ gateway: g, a, chart }) => {
      const local = new InClusterProvider(chart, 'local', { name: 'local', server: ModelServer.VLLM, service: InClusterService.fromServiceName('vllm', { namespace: 'models' }) });
      Checks.acknowledge(g.addModel('m', a.model().fallbackTo(local.model())), 'KEYLESS_MIX', 'the local server is ours');
    })).toEqual([]);
  });

  test('providers of another repository are not known', () => {
    expect(inYaml([...provider('b', { key: false }), both])).toEqual([]);
  });
});

describe('MIXED_PROTOCOLS', () => {
  test('HTTP/2 without TLS beside others', () => {
    const h2c = { appProtocols: ['gateway.envoyproxy.io/h2c'] };
    expect(inYaml([...provider('a', { backend: h2c }), ...provider('b'), both])).toMatchObject([
      { code: 'MIXED_PROTOCOLS', severity: 'error', ...says("'spec.rules[0].backendRefs' ignores priorities and does not fall over, because test/doc-0 speaks HTTP/2") },
    ]);
    expect(inYaml([...provider('a', { backend: h2c }), ...provider('b', { backend: h2c }), both])).toEqual([]);
  });

  test('is found in what a patch makes of our own Backend', () => {
    expect(inProgram(({ gateway: g, a, b }) => {
      a.backend!.addJsonPatch(JsonPatch.add('/spec/appProtocols', ['gateway.envoyproxy.io/h2c']));
      g.addModel('m', a.model().fallbackTo(b.model()));
    })).toMatchObject([{ code: 'MIXED_PROTOCOLS', path: 'test/gateway/m' }]);
  });
});

describe('SHARED_INFERENCE_POOL', () => {
  test('a pool beside a provider', () => {
    const pool = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'pool' };
    expect(inYaml([shared(pool, { name: 'a' })])).toMatchObject([{ code: 'SHARED_INFERENCE_POOL', severity: 'error', ...says("'spec.rules[0].backendRefs'") }]);
    expect(inYaml([shared(pool)])).toEqual([]);
  });
});

describe('POOL_OPTION_IGNORED', () => {
  test('what only a provider has', () => {
    const pool = (fields: Json) => inYaml([shared({ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'pool', ...fields })]);
    expect(pool({ priority: 1, modelNameOverride: 'x' })).toMatchObject([
      { code: 'POOL_OPTION_IGNORED', severity: 'warning', ...says("'spec.rules[0].backendRefs[0].modelNameOverride' has no effect on an InferencePool") },
      { code: 'POOL_OPTION_IGNORED', ...says("'spec.rules[0].backendRefs[0].priority'") },
    ]);
    expect(pool({ priority: 0, weight: 1 })).toEqual([]);
  });
});

describe('SAME_TARGET_TWICE', () => {
  const program = (second: (a: OpenAIProvider, b: OpenAIProvider) => Target) => inProgram(({ gateway: g, a, b }) => {
    g.addModel('m', a.model('large').fallbackTo(second(a, b)));
  });

  test('a target is its own fallback', () => {
    expect(program(a => a.model('large'))).toMatchObject([
      { code: 'SAME_TARGET_TWICE', severity: 'error', path: 'test/gateway/m', ...says("'target' is the fallback of itself, got \"a\"") },
    ]);
    expect(program(a => a.model('small'))).toEqual([]);
    expect(program((_, b) => b.model('large'))).toEqual([]);
    expect(program(a => a.model('large', { body: { set: { temperature: JsonValue.number(0) } } }))).toEqual([]);
    expect(inYaml([...PROVIDERS, shared({ name: 'a', priority: 0 }, { name: 'a', priority: 1 }), policy({ retry: RETRY })])).toMatchObject([
      { code: 'SAME_TARGET_TWICE', ...says("'spec.rules[0].backendRefs[1]'") },
    ]);
  });

  test('of more targets than a rule has room for, how many are equal is told with their number', () => {
    const many = (n: number) => inYaml([...PROVIDERS, shared(...Array.from({ length: n }, () => ({ name: 'a' })), { name: 'b' })]);
    expect(many(16)).toMatchObject([{ code: 'TOO_MANY_TARGETS', ...says('has 17 targets, 16 are allowed; remove some, first the 15 that are the same as others') }]);
    expect(inYaml([...PROVIDERS, shared(...Array.from({ length: 16 }, (_, n) => ({ name: `p-${n}` })), { name: 'p-3' })]))
      .toMatchObject([{ code: 'TOO_MANY_TARGETS', ...says('remove some, first the one that is the same as another') }]);
    expect(many(2)).toMatchObject([{ code: 'SAME_TARGET_TWICE' }]);
  });

  test('the third level is the first again', () => {
    expect(program((a, b) => b.model('large').fallbackTo(a.model('large')))).toMatchObject([{ code: 'SAME_TARGET_TWICE' }]);
  });

  test('inside one priority only the weights add up', () => {
    expect(inProgram(({ gateway: g, a }) => { g.addModel('m', Traffic.split([{ to: a.model(), weight: 1 }, { to: a.model(), weight: 2 }])); }))
      .toMatchObject([{ code: 'SAME_TARGET_TWICE', severity: 'warning', ...says("'target' has the same provider and model twice") }]);
  });

  test('one name in two namespaces is two targets', () => {
    expect(inYaml([shared({ name: 'a' }, { name: 'a', namespace: 'other' })])).toEqual([]);
  });
});

describe('NO_TRAFFIC', () => {
  test('all weights are 0', () => {
    const program = (weight: number) => inProgram(({ gateway: g, a, b }) => {
      g.addModel('m', Traffic.split([{ to: a.model(), weight: 0 }, { to: b.model(), weight }]));
    });
    expect(program(0)).toMatchObject([{ code: 'NO_TRAFFIC', severity: 'error', path: 'test/gateway/m', ...says("'target' gets no traffic, because all weights are 0") }]);
    expect(program(1)).toEqual([]);
    expect(inYaml([shared({ name: 'a', weight: 0 })])).toMatchObject([{ code: 'NO_TRAFFIC', ...says("'spec.rules[0].backendRefs'") }]);
  });

  test('all weights of a level are 0', () => {
    const program = (weight: number) => inProgram(({ gateway: g, a, b }) => {
      g.addModel('m', Traffic.split([{ to: a.model('x'), weight }, { to: a.model('y'), weight: 0 }]).fallbackTo(b.model()));
    });
    expect(program(0)).toMatchObject([{ code: 'NO_TRAFFIC', severity: 'warning', ...says('all weights at priority 0 are 0') }]);
    expect(program(1)).toEqual([]);
  });
});

describe('WEIGHT_TOO_LARGE', () => {
  test('splits inside splits multiply', () => {
    const inner = (a: OpenAIProvider, one: number, two: number) => Traffic.split([{ to: a.model(`${one}`), weight: one }, { to: a.model(`${two}`), weight: two }]);
    const program = (one: number, two: number) => inProgram(({ gateway: g, a }) => {
      g.addModel('m', Traffic.split([{ to: inner(a, one, 1), weight: 999 }, { to: inner(a, two, 1 + 1), weight: 1 }]));
    });
    expect(program(9998, 9005)).toMatchObject([{ code: 'WEIGHT_TOO_LARGE', severity: 'error', ...says("'target' is larger than 1000000") }]);
    expect(program(9, 8)).toEqual([]);
    expect(inYaml([shared({ name: 'a', weight: 1_000_001 }, { name: 'b' })])).toMatchObject([{ code: 'WEIGHT_TOO_LARGE', ...says("'spec.rules[0].backendRefs[0].weight' is larger than 1000000, got 1000001") }]);
    expect(inYaml([shared({ name: 'a', weight: 1_000_000 }, { name: 'b' })])).toEqual([]);
  });
});

describe('EMPTY_RULE', () => {
  test('a rule without targets, a route without rules', () => {
    // In a program it is told once, in words of the split.
    expect(inProgram(({ gateway: g }) => { g.addModel('m', Traffic.split([])); })).toEqual([]);
    const { backendRefs: _, ...none } = rule();
    expect(inYaml([route([none])])).toMatchObject([{ code: 'EMPTY_RULE', ...says("'spec.rules[0].backendRefs' has no target") }]);
    expect(inYaml([route([])])).toMatchObject([{ code: 'EMPTY_RULE', ...says("'spec.rules' has no rule") }]);
    expect(inYaml([route([rule()])])).toEqual([]);
  });
});

describe('EMPTY_MODEL_OVERRIDE', () => {
  test.each([['', 'is empty, so the provider gets the name clients use'], [' gpt-4o', 'begins or ends with a space'], ['gpt-4o\n', 'begins or ends with a space']])('%j', (model, message) => {
    expect(inProgram(({ gateway: g, a }) => { g.addModel('m', a.model(model)); })).toMatchObject([{ code: 'EMPTY_MODEL_OVERRIDE', severity: 'error', ...says(`'target' ${message}`) }]);
    expect(inYaml([shared({ name: 'a', modelNameOverride: model })])).toMatchObject([{ code: 'EMPTY_MODEL_OVERRIDE', ...says("'spec.rules[0].backendRefs[0].modelNameOverride'") }]);
  });

  test('a name, no name and a token are fine', () => {
    expect(inProgram(({ gateway: g, a }) => { g.addModel('m', a.model('gpt-4o')); g.addModel('n', a.model()); g.addModel('o', a.model(' ${Token[T.1]}')); })).toEqual([]);
  });
});

test('a split with a fallback of its own has no finding', () => {
  expect(inProgram(({ gateway: g, a, b }) => {
    g.addModel('m', Traffic.split([{ to: a.model('x'), weight: 90 }, { to: a.model('y'), weight: 10 }]).fallbackTo(b.model()));
  })).toEqual([]);
  expect(inYaml([...PROVIDERS, gateway(), route([rule({ backendRefs: LEVELS })]), policy({ retry: RETRY })])).toEqual([]);
});

test('a finding names the manifest where a patch moved it away from its property', () => {
  expect(inProgram(({ gateway: g, a }) => {
    ApiObject.of(g.addModel('m', a.model())).addJsonPatch(JsonPatch.add('/spec/rules/-', { backendRefs: [], timeouts: { request: '300s' } }));
  })).toMatchObject([{ code: 'EMPTY_RULE', ...says("'entries' has no target") }]);
});

describe('API_NOT_SERVED', () => {
  const speaking = (name: string, schema: string) => provider(name).map(manifest => ({
    ...manifest,
    ...((manifest as Json).kind === 'AIServiceBackend' ? { spec: { ...(manifest as { spec: Json }).spec, schema: { name: schema, version: 'v1' } } } : {}),
  }));
  const rules = (first: string, second: string, weight = 1) => inYaml([...speaking('a', first), ...speaking('b', second), shared({ name: 'a' }, { name: 'b', weight })])
    .filter(({ code }) => code === 'API_NOT_SERVED');

  test('raw providers of one rule without a client API in common', () => {
    expect(rules('OpenAI', 'Cohere')).toMatchObject([{
      severity: 'error', path: 'test/doc-6', ...says("'spec.rules[0].backendRefs' has providers without a client API in common: OpenAI serves chat-completions"),
    }]);
    expect(rules('AzureOpenAI', 'Anthropic')).toHaveLength(1);
    expect(rules('GCPVertexAI', 'AWSBedrock')).toEqual([]);
  });

  test('a raw provider without what the first one serves and most clients call', () => {
    expect(rules('OpenAI', 'Anthropic')).toMatchObject([{
      severity: 'warning', path: 'test/doc-6',
      ...says("'spec.rules[0].backendRefs' serves chat-completions with the schema OpenAI, but not with Anthropic: there they answer 500; use providers that serve them; where"),
    }]);
    const levels = (first: string, second: string) => inYaml([...speaking('a', first), ...speaking('b', second), shared(...LEVELS)]).filter(({ code }) => code === 'API_NOT_SERVED');
    expect(levels('AWSBedrock', 'Anthropic')).toHaveLength(1);
    // Who calls chat completions there finds out at the first request.
    expect(levels('Anthropic', 'OpenAI')).toEqual([]);
    expect(levels('OpenAI', 'AWSAnthropic')).toEqual([]);
  });

  test('of constructs it is an error, unless `apis` says what clients call', () => {
    const program = (apis?: ClientApi[]) => inProgram(({ chart, gateway: g, a }) => {
      const claude = new AnthropicProvider(chart, 'claude', { apiKey: ApiKey.fromSecretName('claude') });
      g.addModel('m', a.model('x').fallbackTo(claude.model('claude-x')), { apis });
    });
    expect(program()).toMatchObject([{
      code: 'API_NOT_SERVED', severity: 'error', path: 'test/gateway/m',
      ...says("'target' serves chat-completions with test/a, but not with test/claude, which speaks the anthropic API: there they answer 500; use a provider that serves them, or list in `apis`"),
    }]);
    expect(program([ClientApi.MESSAGES])).toEqual([]);
    expect(program([ClientApi.CHAT_COMPLETIONS])).toMatchObject([{ code: 'API_NOT_SERVED', ...says("'apis' must serve chat-completions, but test/claude") }]);
  });

  test('of a provider that is only referred to, its manifest tells', () => {
    const program = (apis?: ClientApi[]) => inProgram(({ chart, gateway: g, a }) => {
      speaking('old', 'Anthropic').forEach((manifest, index) => new ApiObject(chart, `raw-${index}`, manifest as ApiObjectProps));
      g.addModel('m', a.model('x').fallbackTo(new ExistingProvider(chart, 'old', { name: 'old' }).model('claude-x')), { apis });
    });
    expect(program()).toMatchObject([{ code: 'API_NOT_SERVED', severity: 'warning', ...says("'target' serves chat-completions with the schema OpenAI, but not with Anthropic: there they answer 500; use a provider that serves them, or list in `apis`") }]);
    expect(program([ClientApi.MESSAGES])).toEqual([]);
  });

  test('one that gets no requests, or that is not here, does not count', () => {
    expect(rules('OpenAI', 'Cohere', 0)).toEqual([]);
    expect(inYaml([...speaking('a', 'Cohere'), shared({ name: 'a' }, { name: 'elsewhere' })])).toEqual([]);
  });
});
