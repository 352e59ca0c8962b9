import { EntryIntent, ModelTargetIntent, ProviderApi, ProviderIntent, RouteIntent, TargetIntent } from '../../../src/intent';
import { EnvoyAIGatewayPlatform, EnvoyAIGatewayRelease } from '../../../src/platforms/envoy-ai-gateway';

const { V0_5, V0_6, V0_7, V1_0, V1_1 } = EnvoyAIGatewayRelease;
const ALL = [V0_5, V0_6, V0_7, V1_0, V1_1];

function provider(api: ProviderApi): ProviderIntent {
  return { api, endpoint: { hostname: 'llm.example.com', port: 443, standard: false }, credential: { kind: 'none' } };
}

function model(name: string, options: { api?: ProviderApi; namespace?: string; model?: string } = {}): ModelTargetIntent {
  const { api = 'openai', namespace = 'ai' } = options;
  return { kind: 'model', provider: { name, namespace, path: `ai/${name}`, provider: provider(api) }, model: options.model };
}

const chain = (...levels: TargetIntent[]): TargetIntent => ({ kind: 'fallback', levels });

function entry(options: Partial<EntryIntent> = {}): EntryIntent {
  return { match: { kind: 'exact', models: ['gpt-4o'] }, headerMatches: [], target: model('openai'), ...options };
}

function render(entries: EntryIntent | EntryIntent[], release = V1_1, options: Partial<RouteIntent> = {}) {
  const rendering = new EnvoyAIGatewayPlatform({ release }).route({
    name: 'chat',
    namespace: 'ai',
    gateways: [{ name: 'gateway', namespace: 'ai', path: 'ai/gateway' }],
    entries: Array.isArray(entries) ? entries : [entries],
    ...options,
  });
  const [route, ...policies] = rendering.objects.map(o => o.manifest as any);
  return { route, policies, codes: rendering.problems.map(p => p.definition.code), problems: rendering.problems };
}

test('one model to one provider: a match, a ref, a timeout, and no policy', () => {
  const { route, policies, codes } = render(entry());
  expect(route).toEqual({
    apiVersion: 'aigateway.envoyproxy.io/v1beta1',
    kind: 'AIGatewayRoute',
    metadata: { name: 'chat', namespace: 'ai' },
    spec: {
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' }],
      rules: [{
        matches: [{ headers: [{ type: 'Exact', name: 'x-ai-eg-model', value: 'gpt-4o' }] }],
        backendRefs: [{ name: 'openai' }],
        timeouts: { request: '300s' },
      }],
    },
  });
  expect(policies).toEqual([]);
  expect(codes).toEqual([]);
});

test.each(ALL)('the API version is the one %s stores', (release) => {
  expect(render(entry(), release).route.apiVersion).toBe(`aigateway.envoyproxy.io/${release === V0_5 ? 'v1alpha1' : 'v1beta1'}`);
});

test('a fallback comes with the policy that makes it fall over', () => {
  const { route, policies } = render(entry({ target: chain(model('a', { model: 'x' }), model('b'), model('c')) }));
  expect(route.spec.rules[0].backendRefs).toEqual([
    { name: 'a', modelNameOverride: 'x', priority: 0 }, { name: 'b', priority: 1 }, { name: 'c', priority: 2 },
  ]);
  expect(route.spec.rules[0].timeouts).toEqual({ request: '360s' });
  expect(policies).toEqual([{
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'BackendTrafficPolicy',
    metadata: { name: 'chat', namespace: 'ai' },
    spec: {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'chat' }],
      mergeType: 'StrategicMerge',
      retry: {
        numRetries: 2,
        numAttemptsPerPriority: 1,
        perRetry: { timeout: '120s' },
        retryOn: { httpStatusCodes: [429, 500, 502, 503, 504], triggers: ['connect-failure', 'reset', 'retriable-status-codes'] },
      },
      timeout: { tcp: { connectTimeout: '3s' } },
      healthCheck: { passive: { consecutive5XxErrors: 3, interval: '5s', baseEjectionTime: '30s', maxEjectionPercent: 100 } },
    },
  }]);
});

test('retries are counted from levels times attempts', () => {
  const { policies } = render(entry({ target: chain(model('a'), model('b')), failover: { attemptsPerLevel: 2 } }));
  expect(policies[0].spec.retry).toMatchObject({ numRetries: 3, numAttemptsPerPriority: 2 });
});

test('a fallback with Anthropic\'s own API also moves on when it is overloaded', () => {
  const { policies } = render(entry({ target: chain(model('a', { api: 'anthropic', model: 'claude-x' }), model('b')) }));
  expect(policies[0].spec.retry.retryOn.httpStatusCodes).toContain(529);
});

test('retries on one provider need no health check and no levels', () => {
  const { policies } = render(entry({ retries: 2 }));
  expect(policies[0].spec.retry).toMatchObject({ numRetries: 2 });
  expect(policies[0].spec.retry).not.toHaveProperty('numAttemptsPerPriority');
  expect(policies[0].spec).not.toHaveProperty('healthCheck');
});

test('failing fast is a panic threshold of 0', () => {
  const { policies } = render(entry({ target: chain(model('a'), model('b')), failover: { failFastWhenAllEjected: true } }));
  expect(policies[0].spec.healthCheck.panicThreshold).toBe(0);
});

test.each<[string, Partial<EntryIntent>, { request: string; perTry: string }]>([
  ['a long request gives each attempt the default', { timeoutMs: 600_000 }, { request: '600s', perTry: '120s' }],
  ['a short request is shared by the attempts', { timeoutMs: 20_000 }, { request: '20s', perTry: '10s' }],
  ['long attempts make the request longer', { failover: { perTryTimeoutMs: 400_000 } }, { request: '800s', perTry: '400s' }],
  ['no limit leaves attempts limited', { timeoutMs: 0 }, { request: '0s', perTry: '120s' }],
])('%s', (_, options, expected) => {
  const { route, policies, codes } = render(entry({ target: chain(model('a'), model('b')), ...options }));
  expect({ request: route.spec.rules[0].timeouts.request, perTry: policies[0].spec.retry.perRetry.timeout }).toEqual(expected);
  expect(codes).toEqual([]);
});

test('a pattern matches the whole name, a catch-all is a pattern too', () => {
  const { route } = render([entry({ match: { kind: 'pattern', pattern: 'gpt-.*' } }), entry({ match: { kind: 'any' } })]);
  expect(route.spec.rules.map((r: any) => r.matches[0].headers[0])).toEqual([
    { type: 'RegularExpression', name: 'x-ai-eg-model', value: 'gpt-.*' },
    { type: 'RegularExpression', name: 'x-ai-eg-model', value: '.+' },
  ]);
});

test('several names and other headers: a match for each name, with the headers in each', () => {
  const { route } = render(entry({
    match: { kind: 'exact', models: ['a', 'b'] },
    headerMatches: [{ name: 'x-team', value: 'blue', regex: false }, { name: 'x-tier', value: 'g.*', regex: true }],
  }));
  expect(route.spec.rules[0].matches).toEqual(['a', 'b'].map(value => ({
    headers: [
      { type: 'Exact', name: 'x-ai-eg-model', value },
      { type: 'Exact', name: 'x-team', value: 'blue' },
      { type: 'RegularExpression', name: 'x-tier', value: 'g.*' },
    ],
  })));
});

test('what /v1/models shows, and a stream\'s longest silence', () => {
  const { route } = render(entry({ ownedBy: 'OpenAI', createdAt: '2024-01-01T00:00:00Z', streamIdleTimeoutMs: 45_000 }));
  expect(route.spec.rules[0]).toMatchObject({ modelsOwnedBy: 'OpenAI', modelsCreatedAt: '2024-01-01T00:00:00Z', streamIdleTimeout: '45s' });
});

test('a namespace is written only where it is another one', () => {
  const { route } = render(entry({ target: model('a', { namespace: 'providers' }) }), V1_1, {
    gateways: [{ name: 'own', namespace: 'ai', path: 'x' }, { name: 'other', namespace: 'infra', path: 'y' }],
  });
  expect(route.spec.rules[0].backendRefs).toEqual([{ name: 'a', namespace: 'providers' }]);
  expect(route.spec.parentRefs.map((r: any) => r.namespace)).toEqual([undefined, 'infra']);
});

describe('entries that need different retries', () => {
  const entries = [entry({ target: chain(model('a'), model('b')) }), entry({ match: { kind: 'any' } })];

  test('have a policy each, which names its rule', () => {
    const { route, policies, codes } = render(entries);
    expect(route.spec.rules.map((r: any) => r.name)).toEqual(['rule-0', 'rule-1']);
    expect(policies.map(p => [p.metadata.name, p.spec.targetRefs[0].sectionName])).toEqual([['chat-rule-0', 'rule-0']]);
    expect(codes).toEqual([]);
  });

  test.each([V0_5, V0_6, V0_7, V1_0])('are refused on %s, where rules have no names', (release) => {
    const { problems, route } = render(entries, release);
    expect(problems).toMatchObject([{ definition: { code: 'NOT_EXPRESSIBLE' }, message: expect.stringContaining('v1.1') }]);
    expect(route.spec.rules[0]).not.toHaveProperty('name');
  });

  test('share one policy on v1.0 when all need the same', () => {
    const same = [entry({ target: chain(model('a'), model('b')) }), entry({ match: { kind: 'any' }, target: chain(model('c'), model('d')) })];
    const { policies, codes } = render(same, V1_0);
    expect(policies).toHaveLength(1);
    expect(codes).toEqual([]);
  });
});

test.each<[string, Partial<EntryIntent>, Partial<RouteIntent>, EnvoyAIGatewayRelease[]]>([
  ['hostnames', {}, { hostnames: ['ai.example.com'] }, [V0_7, V1_0, V1_1]],
  ['streamIdleTimeout', { streamIdleTimeoutMs: 1_000 }, {}, [V1_1]],
])('%s is refused by releases that lack it, which names the one that has it', (prop, options, route, having) => {
  for (const release of ALL) {
    const { problems } = render(entry(options), release, route);
    if (having.includes(release)) {
      expect(problems).toEqual([]);
    } else {
      expect(problems).toMatchObject([{ definition: { code: 'NOT_IN_RELEASE' }, prop, fix: expect.stringContaining(having[0]) }]);
    }
  }
});

describe('client APIs', () => {
  test('a target that cannot serve a wanted API is refused', () => {
    const { problems } = render(entry({ target: model('claude', { api: 'anthropic', model: 'claude-x' }), apis: ['chat-completions'] }));
    expect(problems).toMatchObject([{ definition: { code: 'API_NOT_SERVED' }, prop: 'apis', message: expect.stringContaining('ai/claude') }]);
  });

  test('targets without a common API are refused', () => {
    const target = chain(model('a', { api: 'azure-openai' }), model('b', { api: 'anthropic', model: 'claude-x' }));
    expect(render(entry({ target })).codes).toEqual(['API_NOT_SERVED']);
  });

  test('a provider that is only referred to may serve anything', () => {
    const referred: TargetIntent = { kind: 'model', provider: { name: 'x', path: 'x' }, model: 'm' };
    expect(render(entry({ target: chain(model('a', { api: 'cohere' }), referred), apis: ['rerank'] })).codes).toEqual([]);
  });
});

test.each<[ProviderApi, string, boolean]>([
  ['openai', 'anything goes', true],
  ['bedrock', 'claude', false],
  ['bedrock', 'us.amazon.nova-pro-v1:0', true],
  ['bedrock-anthropic', 'arn:aws:bedrock:us-east-1:1:inference-profile/x', true],
  ['anthropic', 'smart', false],
  ['anthropic', 'claude-sonnet-4-5', true],
])('a name of clients that goes to %s unchanged: %s', (api, name, fine) => {
  const { codes } = render(entry({ match: { kind: 'exact', models: [name] }, target: model('p', { api }) }));
  expect(codes).toEqual(fine ? [] : ['MODEL_NAME_NEEDED']);
});
