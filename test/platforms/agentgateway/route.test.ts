import { EntryIntent, ModelTargetIntent, ProviderIntent, TargetIntent } from '../../../src/intent';
import { AgentgatewayPlatform, AgentgatewayRelease } from '../../../src/platforms/agentgateway';

const openai: ProviderIntent = {
  api: 'openai', endpoint: { hostname: 'api.openai.com', port: 443, tls: {}, standard: true }, credential: { kind: 'apiKey', header: 'authorization', secret: { kind: 'existing', name: 'key' } },
};

function model(name: string, override?: string, namespace = 'ai'): ModelTargetIntent {
  return { kind: 'model', provider: { name, namespace, path: `ai/${name}`, provider: openai }, model: override };
}

const split = (...members: [TargetIntent, number][]): TargetIntent => ({ kind: 'split', members: members.map(([target, weight]) => ({ target, weight })) });
const fallback = (...levels: TargetIntent[]): TargetIntent => ({ kind: 'fallback', levels });
const exact = (...models: string[]) => ({ kind: 'exact', models } as const);

function render(entries: Partial<EntryIntent>[], release = AgentgatewayRelease.V1_4, growing?: boolean) {
  const rendering = new AgentgatewayPlatform({ release }).route({
    name: 'r', namespace: 'ai', gateways: [{ name: 'gw', namespace: 'ai', path: 'ai/gw' }], growing,
    entries: entries.map(entry => ({ match: exact('m'), headerMatches: [], target: model('a'), ...entry })),
  });
  const of = (kind: string) => rendering.objects.filter(({ manifest }) => manifest.kind === kind).map(({ manifest }) => manifest as any);
  return {
    ...rendering, of, codes: rendering.problems.map(p => p.definition.code), messages: rendering.problems.map(p => p.message),
    rules: of('HTTPRoute').flatMap(route => route.spec.rules), beside: (rendering.besideProviders ?? []).flatMap(({ objects }) => objects.map(({ manifest }) => manifest as any)),
  };
}

const refsOf = (target: TargetIntent) => render([{ target }]).rules[0].backendRefs.map((ref: any) => [ref.name, ref.weight]);

test('exact names have one condition more than patterns, so they win wherever they stand', () => {
  const { rules } = render([{ match: { kind: 'pattern', pattern: 'gpt-.*|o1' } }, { match: { kind: 'any' } }, { match: exact('gpt-4o', 'gpt-4') }], undefined, true);
  expect(rules.map((rule: any) => rule.matches.map((match: any) => match.headers.map((h: any) => [h.type, h.name, h.value])))).toEqual([
    [[['RegularExpression', 'x-gateway-model', '^(?:gpt-.*|o1)$']]],
    [[['RegularExpression', 'x-gateway-model', '^.+$']]],
    [
      [['Exact', 'x-gateway-model', 'gpt-4o'], ['Exact', 'x-gateway-model-exact', 'yes']],
      [['Exact', 'x-gateway-model', 'gpt-4'], ['Exact', 'x-gateway-model-exact', 'yes']],
    ],
  ]);
});

test('members of a fallback have names of their own, no longer than names may be', () => {
  const names = (...members: ModelTargetIntent[]) => render([{ target: fallback(...members) }]).of('AgentgatewayBackend')[0]
    .spec.ai.groups.flatMap((group: any) => group.providers.map((p: any) => p.name));
  expect(names(model('a', 'x'), model('a', 'y'), model('a-2', 'z'))).toEqual(['a', 'a-2', 'a-2-2']);
  const long = `${'a'.repeat(250)}.bc`;
  expect(names(model(long, 'x'), model(long, 'y'))).toEqual([long, `${'a'.repeat(250)}-2`]);
});

test('a provider of others whose API a release does not know is told', () => {
  const cohere = { kind: 'model', provider: { name: 'c', namespace: 'ai', path: 'ai/c', api: 'cohere' } } as const;
  expect(render([{ target: cohere }], AgentgatewayRelease.V1_0).messages).toEqual(['leads to ai/c, which speaks the cohere API: no client can call it on this release']);
  expect(render([{ target: cohere }]).codes).toEqual([]);
});

test('another model name is a backend of its own beside the provider, the same for every route', () => {
  const one = render([{ target: model('a', 'gpt-4o') }]);
  expect(one.rules[0].backendRefs[0].name).toBe(one.beside[0].metadata.name);
  expect(one.beside[0]).toMatchObject({ kind: 'AgentgatewayBackend', metadata: { namespace: 'ai' }, spec: { ai: { provider: { openai: { model: 'gpt-4o' } } } } });
  expect(one.beside[0].metadata.name).toMatch(/^a-gpt-4o-[0-9a-f]{8}$/);
  expect(render([{ match: exact('other'), target: model('a', 'gpt-4o') }]).beside).toEqual(one.beside);
  expect(render([{ target: model('a', 'gpt-4O') }]).beside[0].metadata.name).not.toBe(one.beside[0].metadata.name);
});

test.each<[string, TargetIntent, unknown[]]>([
  ['a provider', model('a'), [['a', undefined]]],
  ['a split', split([model('a'), 9], [model('b'), 1]), [['a', 9], ['b', 1]]],
  ['a split of one', split([model('a'), 5]), [['a', 5]]],
  ['a split in a split', split([split([model('a'), 1], [model('b'), 2]), 50], [model('c'), 50]), [['a', 50], ['b', 100], ['c', 150]]],
  ['a split with a fallback', fallback(split([model('a'), 9], [model('b'), 1]), model('c')), [['r-0', 9], ['r-1', 1]]],
  ['a split of which one has a fallback', split([fallback(model('a'), model('b')), 4], [model('c'), 1]), [['r-0', 4], ['c', 1]]],
  ['a fallback', fallback(model('a'), model('b')), [['r', undefined]]],
])('weights of %s', (_, target, refs) => {
  expect(refsOf(target)).toEqual(refs);
});

test('each member of a split with a fallback has a chain of its own', () => {
  const { of } = render([{ target: fallback(split([model('a'), 9], [model('b'), 1]), model('c', 'x')) }]);
  expect(of('AgentgatewayBackend').map(backend => backend.spec.ai.groups.map((group: any) => group.providers.map((p: any) => [p.name, p.openai.model])))).toEqual([
    [[['a', undefined]], [['c', 'x']]],
    [[['b', undefined]], [['c', 'x']]],
  ]);
});

test('levels come with the policies that make them fall over', () => {
  const { of, rules, codes } = render([{ target: fallback(model('a'), split([model('b'), 1], [model('c'), 1]), model('a', 'small')) }]);
  const [backend] = of('AgentgatewayBackend');
  expect(backend.spec.ai.groups.map((group: any) => group.providers.map((p: any) => p.name))).toEqual([['a'], ['b', 'c'], ['a-2']]);
  expect(backend.spec.policies.health).toEqual({
    unhealthyCondition: 'default(response.code, 0) in [0, 429, 500, 502, 503, 504]', eviction: { duration: '30s', consecutiveFailures: 1 },
  });
  expect(of('AgentgatewayPolicy')[0].spec).toEqual({
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'r', sectionName: 'rule-0' }],
    // One for each provider that can fail before the last one.
    traffic: { retry: { attempts: 3, codes: [429, 500, 502, 503, 504] } },
  });
  expect(rules[0].timeouts).toEqual({ request: '480s', backendRequest: '120s' });
  expect(codes).toEqual([]);
});

test('attempts, times and codes of a fallback are the author\'s', () => {
  const { of, rules } = render([{
    target: fallback(model('a'), model('b')), timeoutMs: 60_000,
    failover: { attemptsPerLevel: 2, statusCodes: [503], ejectionTimeMs: 90_000, perTryTimeoutMs: 5_000 },
  }]);
  expect(of('AgentgatewayBackend')[0].spec.policies.health).toEqual({
    unhealthyCondition: 'default(response.code, 0) in [0, 503]', eviction: { duration: '90s', consecutiveFailures: 2 },
  });
  expect(of('AgentgatewayPolicy')[0].spec.traffic.retry).toEqual({ attempts: 3, codes: [503] });
  expect(rules[0].timeouts).toEqual({ request: '60s', backendRequest: '5s' });
});

test('Anthropic\'s own "overloaded" counts as a failure', () => {
  const claude: ModelTargetIntent = { kind: 'model', model: 'claude-x', provider: { name: 'c', namespace: 'ai', path: 'ai/c', provider: { ...openai, api: 'anthropic' } } };
  expect(render([{ target: fallback(model('a', 'gpt'), claude) }]).of('AgentgatewayPolicy')[0].spec.traffic.retry.codes).toContain(529);
});

test.each<[string, Partial<EntryIntent>, string]>([
  ['an uneven split behind a fallback', { target: fallback(model('a'), split([model('b'), 9], [model('c'), 1])) }, 'falls back to a split with different weights, while agentgateway'],
  ['fallbacks of the members of a later level', { target: fallback(model('a'), split([fallback(model('b'), model('c')), 1], [model('d'), 1])) }, 'whose members have fallbacks of their own'],
  ['a fallback over namespaces', { target: fallback(model('a'), model('b', undefined, 'other')) }, 'in another namespace, while agentgateway reads all Secrets of a fallback in one'],
  ['nine levels', { target: fallback(...Array.from({ length: 9 }, (_, n) => model(`p${n}`))) }, 'has more than 8 levels'],
  ['seventeen members', { target: split(...Array.from({ length: 17 }, (_, n): [TargetIntent, number] => [model(`p${n}`), 1])) }, 'has 17 members'],
  ['no weight above 0', { target: split([model('a'), 0], [model('b'), 0]) }, 'all weights are 0'],
  ['half a weight', { target: split([model('a'), 0.5], [model('b'), 1]) }, 'a weight that is not a whole number'],
  ['no members', { target: split() }, 'is a split without members'],
  ['a time to connect', { target: fallback(model('a'), model('b')), failover: { connectTimeoutMs: 1 } }, 'which agentgateway accepts and ignores'],
  ['503 at once', { target: fallback(model('a'), model('b')), failover: { failFastWhenAllEjected: true } }, 'asks for 503 at once'],
  ['two numbers of failures', { target: fallback(model('a'), model('b')), failover: { attemptsPerLevel: 2, consecutiveErrors: 3 } }, 'the same number on agentgateway'],
  ['half a second', { target: fallback(model('a'), model('b')), failover: { ejectionTimeMs: 500 } }, 'is shorter than a second'],
  ['codes that are no failures', { target: fallback(model('a'), model('b')), failover: { statusCodes: [200, 500] } }, 'has codes outside of 400 to 599'],
  ['a header twice', { headerMatches: [{ name: 'x', value: 'a', regex: false }, { name: 'X', value: 'b', regex: false }] }, 'has two conditions on one header, of which agentgateway reads the first'],
])('%s is refused', (_, entry, message) => {
  expect(render([entry]).messages.join('\n')).toContain(message);
});

test('on v1.0 a fallback serves later requests, and vendors only chat', () => {
  expect(render([{ target: fallback(model('a'), model('b')) }], AgentgatewayRelease.V1_0).codes).toEqual(['FALLBACK_AFTER_FAILURE']);
  const vendor: ModelTargetIntent = { kind: 'model', provider: { name: 'v', namespace: 'ai', path: 'ai/v', provider: { ...openai, endpoint: { ...openai.endpoint, standard: false } } } };
  const { messages } = render([{ target: vendor, apis: ['chat-completions', 'embeddings'] }], AgentgatewayRelease.V1_0);
  expect(messages).toEqual(['must serve embeddings, while agentgateway v1.0 calls /v1/chat/completions of this host for every request']);
});

test('more than fits into one HTTPRoute goes into several, and each rule is found by its policy', () => {
  const names = Array.from({ length: 150 }, (_, n) => `m${n}`);
  const { of, codes } = render([{ match: exact(...names), retries: 1 }]);
  expect(of('HTTPRoute').map(route => [route.metadata.name, route.spec.rules.map((rule: any) => [rule.name, rule.matches.length])])).toEqual([
    ['r', [['rule-0', 64], ['rule-0-1', 64]]],
    ['r-2', [['rule-0-2', 22]]],
  ]);
  expect(of('AgentgatewayPolicy').map(({ metadata, spec }) => [metadata.name, spec.targetRefs[0].name, spec.targetRefs[0].sectionName])).toEqual([
    ['r-rule-0', 'r', 'rule-0'], ['r-rule-0-1', 'r', 'rule-0-1'], ['r-2-rule-0-2', 'r-2', 'rule-0-2'],
  ]);
  expect(codes).toEqual([]);
});

test.each([[AgentgatewayRelease.V1_0, 10], [AgentgatewayRelease.V1_4, 16]])('on %s %d patterns keep their order', (release, most) => {
  const patterns = (count: number) => Array.from({ length: count }, (_, n) => ({ match: { kind: 'pattern', pattern: `p${n}` } as const }));
  expect(render(patterns(most), release, true).codes).toEqual([]);
  expect(render(patterns(most + 1), release, true).messages).toEqual([`has ${most + 1} entries of which some are patterns, while agentgateway tries at most ${most} in their order`]);
});

test('a backend in another namespace comes with a grant for it', () => {
  const { beside, rules } = render([{ target: fallback(model('a', 'x', 'platform'), model('b', undefined, 'platform')) }]);
  expect(beside.map(manifest => [manifest.kind, manifest.metadata.namespace, manifest.metadata.name])).toEqual([
    ['AgentgatewayBackend', 'platform', 'r'], ['ReferenceGrant', 'platform', 'r-from-ai'],
  ]);
  expect(beside[1].spec).toEqual({
    from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'ai' }], to: [{ group: 'agentgateway.dev', kind: 'AgentgatewayBackend', name: 'r' }],
  });
  expect(rules[0].backendRefs[0].namespace).toBe('platform');
});

test('of a provider that others made nothing can be changed', () => {
  const existing: ModelTargetIntent = { kind: 'model', provider: { name: 'e', namespace: 'ai', path: 'ai/e' } };
  expect(refsOf(existing)).toEqual([['e', undefined]]);
  expect(render([{ target: { ...existing, model: 'x' } }]).codes).toEqual(['NOT_EXPRESSIBLE']);
  expect(render([{ target: fallback(model('a'), existing) }]).codes).toEqual(['NOT_EXPRESSIBLE']);
});

test('a model that is known only at synthesis names no backend, so no two are taken for one', () => {
  const late = model('a', { produce: () => 'gpt-4o' } as unknown as string);
  const { messages, beside } = render([{ target: late }]);
  expect(messages).toEqual(["names a model that is known only at synthesis, while on agentgateway it is part of an object's name"]);
  expect(beside).toEqual([]);
  expect(render([{ target: fallback(late, model('b')) }]).codes).toEqual([]);
});

test('a member of a split without traffic stays in it', () => {
  expect(refsOf(split([model('a'), 0], [model('b'), 1_000_000]))).toEqual([['a', 0], ['b', 1_000_000]]);
});

test('hostnames, paths and rewrites are those of the route', () => {
  const path = (value: string, type: 'prefix' | 'exact' = 'prefix') => ({ kind: 'path', type, path: value } as const);
  const { rules, codes } = render([
    { match: path('/openai'), rewrite: { kind: 'full', path: '/v1/chat/completions' } },
    { match: path('/standby'), rewrite: { kind: 'prefix', path: '/' } },
    { match: path('/chat', 'exact'), headerMatches: [{ name: 'x-tier', value: 'gold|silver', regex: true }] },
  ]);
  expect(rules.map(({ matches, filters }: any) => [matches, filters?.map((filter: any) => filter.urlRewrite.path)])).toEqual([
    [[{ path: { type: 'PathPrefix', value: '/openai' } }], [{ type: 'ReplaceFullPath', replaceFullPath: '/v1/chat/completions' }]],
    [[{ path: { type: 'PathPrefix', value: '/standby' } }], [{ type: 'ReplacePrefixMatch', replacePrefixMatch: '/' }]],
    [[{ path: { type: 'Exact', value: '/chat' }, headers: [{ type: 'RegularExpression', name: 'x-tier', value: '^(?:gold|silver)$' }] }], undefined],
  ]);
  expect(codes).toEqual([]);
  const named = new AgentgatewayPlatform({}).route({
    name: 'r', namespace: 'ai', gateways: [{ name: 'gw', namespace: 'ai', path: 'ai/gw' }], hostnames: ['a.example'], entries: [{ match: exact('m'), headerMatches: [], target: model('a') }],
  });
  expect((named.objects[0].manifest.spec as any).hostnames).toEqual(['a.example']);
});

test('seventeen rules are two HTTPRoutes', () => {
  const { of } = render(Array.from({ length: 17 }, (_, n) => ({ match: exact(`m${n}`) })));
  expect(of('HTTPRoute').map(route => [route.metadata.name, route.spec.rules.length])).toEqual([['r', 16], ['r-2', 1]]);
});

test('times are written out, because the gateway has none of its own', () => {
  expect(render([{}]).rules[0].timeouts).toEqual({ request: '300s' });
  expect(render([{ timeoutMs: 1500 }]).rules[0].timeouts).toEqual({ request: '1s500ms' });
  expect(render([{ timeoutMs: 0 }]).rules[0].timeouts).toEqual({ request: '0s' });
});

test('retries are a policy on the rule', () => {
  const { of } = render([{ retries: 3, failover: { statusCodes: [503] } }]);
  expect(of('AgentgatewayPolicy')[0].spec).toEqual({
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'r', sectionName: 'rule-0' }], traffic: { retry: { attempts: 3, codes: [503] } },
  });
  expect(render([{}]).of('AgentgatewayPolicy')).toEqual([]);
});

test('changes of a target are a backend of its own', () => {
  const { beside } = render([{ target: {
    ...model('a', 'x'), headers: { set: [{ name: 'x-team', value: 'blue' }], remove: ['x-id'] }, body: { set: [{ path: 'temperature', value: '0.2' }], remove: [] },
  } }]);
  expect(beside[0].spec.policies).toMatchObject({
    ai: { overrides: [{ field: 'temperature', value: 0.2 }] },
    transformation: { request: { set: [{ name: 'x-team', value: '"blue"' }], remove: ['x-id', 'api-key', 'cookie', 'x-api-key'] } },
  });
});

test.each<[string, Partial<EntryIntent>, string]>([
  ['the silence of a stream', { streamIdleTimeoutMs: 1000 }, 'limits the silence of a stream, which agentgateway cannot do'],
  ['the owner of a model', { ownedBy: 'me' }, 'is for the list of models, which agentgateway does not make of routes'],
  ['the date of a model', { createdAt: '2025-01-01T00:00:00Z' }, 'is for the list of models, which agentgateway does not make of routes'],
  ['a condition beside a pattern', { match: { kind: 'pattern', pattern: 'a' }, headerMatches: [{ name: 'x', value: 'a', regex: false }] }, 'are conditions beside a pattern'],
])('%s has no place', (_, entry, message) => {
  expect(render([entry]).messages).toEqual([expect.stringContaining(message)]);
});
