import { ApiObject } from 'cdk8s';
import { AIGateway, ApiKey, OpenAIProvider, Traffic } from '../../../src';
import { all, APP, but, GATEWAY, inProgram, inYaml, PROVIDER, ROUTE } from '../manifests-of-an-app';

/** A policy of Envoy Gateway on one target. */
function policy(kind: string, name: string, target: string, spec: string, namespace = 'ai'): string {
  return `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, ${target} }]
  ${spec}
`;
}

const CHAT = 'kind: HTTPRoute, name: chat';
const PUBLIC = 'kind: Gateway, name: public';
const RETRY = 'retry: { numRetries: 2 }';
const LIMIT = 'requestBuffer: { limit: 1Mi }';

describe('POLICY_CONFLICT', () => {
  test.each([
    ['BackendTrafficPolicy', CHAT, LIMIT],
    ['SecurityPolicy', CHAT, 'cors: { allowMethods: [GET] }'],
    ['EnvoyExtensionPolicy', PUBLIC, 'lua: [{ type: Inline, inline: "" }]'],
    ['ClientTrafficPolicy', PUBLIC, 'connection: { bufferLimit: 50Mi }'],
  ])('is a second %s on %s', (kind, target, spec) => {
    const app = kind === 'ClientTrafficPolicy' ? all(GATEWAY.split('---')[0], PROVIDER, ROUTE) : APP;
    const found = inYaml(all(app, policy(kind, 'one', target, spec), policy(kind, 'two', target, spec)));
    expect(found.filter(text => text.includes('POLICY_CONFLICT'))).toEqual([
      expect.stringMatching(new RegExp(`^error POLICY_CONFLICT: 'spec\\.targetRefs\\[0\\]' is the target of ${kind} "ai/one" already, got "(chat|public)"`)),
    ]);
    expect(inYaml(all(app, policy(kind, 'one', target, spec))).filter(text => text.includes('POLICY_CONFLICT'))).toEqual([]);
  });

  test('is a second BackendTLSPolicy on a Backend', () => {
    const second = PROVIDER.split('---')[1].replace('name: openai, namespace', 'name: two, namespace');
    expect(inYaml(all(PROVIDER, second))).toEqual([expect.stringContaining('is the target of BackendTLSPolicy "ai/openai" already')]);
  });

  test('is not a policy for another rule, another kind or another namespace', () => {
    expect(inYaml(all(
      APP,
      policy('BackendTrafficPolicy', 'one', CHAT, LIMIT),
      policy('BackendTrafficPolicy', 'two', `${CHAT}, sectionName: first`, LIMIT),
      policy('SecurityPolicy', 'one', CHAT, 'cors: { allowMethods: [GET] }'),
    ))).toEqual([]);
  });

  test('is a second policy on the route of a construct', () => {
    expect(inProgram(chart => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
      const route = new AIGateway(chart, 'gateway').addModel('gpt-4o', openai.model().fallbackTo(openai.model('gpt-4o-mini')));
      new ApiObject(chart, 'mine', {
        apiVersion: 'gateway.envoyproxy.io/v1alpha1',
        kind: 'BackendTrafficPolicy',
        spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: route.routeName }], mergeType: 'StrategicMerge' },
      } as any);
    })).toEqual([expect.stringContaining('POLICY_CONFLICT')]);
  });
});

describe('POLICY_REPLACES_GATEWAY_POLICY', () => {
  const onGateway = policy('BackendTrafficPolicy', 'platform', PUBLIC, LIMIT);

  test('is a policy on the route that merges nothing', () => {
    const onRoute = policy('BackendTrafficPolicy', 'chat', CHAT, RETRY);
    expect(inYaml(all(APP, onGateway, onRoute))).toEqual([
      expect.stringMatching(/^error POLICY_REPLACES_GATEWAY_POLICY: 'spec\.targetRefs\[0\]' makes BackendTrafficPolicy "ai\/platform" of the Gateway void for this route, got "chat"/),
    ]);
    expect(inYaml(all(APP, onRoute))).toEqual([]);
    expect(inYaml(all(APP, onGateway, policy('BackendTrafficPolicy', 'chat', CHAT, `${RETRY}\n  mergeType: StrategicMerge`)))).toEqual([]);
  });

  test('is authentication that a route takes away', () => {
    expect(inYaml(all(
      APP,
      policy('SecurityPolicy', 'platform', PUBLIC, 'cors: { allowMethods: [GET] }'),
      policy('SecurityPolicy', 'chat', CHAT, 'cors: { allowMethods: [POST] }'),
    ))).toEqual([expect.stringContaining('makes SecurityPolicy "ai/platform" of the Gateway void')]);
  });

  test('looks at the parents of a hand-written HTTPRoute as well', () => {
    const route = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: ai }
spec: { parentRefs: [{ name: public }] }
`;
    const found = inYaml(all(APP, route, onGateway, policy('BackendTrafficPolicy', 'web', 'kind: HTTPRoute, name: web', RETRY)));
    expect(found).toEqual([expect.stringContaining('POLICY_REPLACES_GATEWAY_POLICY')]);
  });

  test('leaves another listener alone', () => {
    const sectioned = but(onGateway, [PUBLIC, `${PUBLIC}, sectionName: admin`]);
    const onRoute = policy('BackendTrafficPolicy', 'chat', CHAT, RETRY);
    expect(inYaml(but(all(APP, sectioned, onRoute), ['kind: Gateway, name: public }]\n  rules', 'kind: Gateway, name: public, sectionName: http }]\n  rules']))).toEqual([]);
  });

  test('is never what a construct makes', () => {
    expect(inProgram(chart => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
      const gateway = new AIGateway(chart, 'gateway', { name: 'public' });
      gateway.addModel('gpt-4o', Traffic.split([{ to: openai.model(), weight: 1 }]).fallbackTo(openai.model('gpt-4o-mini')));
      new ApiObject(chart, 'platform', {
        apiVersion: 'gateway.envoyproxy.io/v1alpha1',
        kind: 'BackendTrafficPolicy',
        spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public' }], requestBuffer: { limit: '1Mi' } },
      } as any);
    })).toEqual([]);
  });
});

describe('POLICY_TARGET_KIND', () => {
  test('is a policy on the AIGatewayRoute instead of the generated route', () => {
    const wrong = policy('BackendTrafficPolicy', 'chat', CHAT, LIMIT).replace('group: gateway.networking.k8s.io, kind: HTTPRoute', 'group: aigateway.envoyproxy.io, kind: AIGatewayRoute');
    expect(inYaml(all(APP, wrong))).toEqual([
      expect.stringMatching(/^error POLICY_TARGET_KIND: 'spec\.targetRefs\[0\]' is nothing a BackendTrafficPolicy can be on, got \{"group":"aigateway\.envoyproxy\.io","kind":"AIGatewayRoute"\}; target the HTTPRoute of the same name/),
    ]);
    expect(inYaml(all(APP, policy('BackendTrafficPolicy', 'chat', CHAT, LIMIT)))).toEqual([]);
  });

  test('is the right kind with a wrong group', () => {
    expect(inYaml(but(PROVIDER, ['[{ group: aigateway.envoyproxy.io, kind: AIServiceBackend', '[{ group: gateway.envoyproxy.io, kind: AIServiceBackend']))).toContainEqual(
      expect.stringContaining('write the group "aigateway.envoyproxy.io"'),
    );
  });

  test('is a ClientTrafficPolicy on a route', () => {
    expect(inYaml(all(APP, policy('ClientTrafficPolicy', 'chat', CHAT, 'connection: {}')))).toEqual([expect.stringMatching(/POLICY_TARGET_KIND.*; target Gateway \[/)]);
  });
});

describe('POLICY_TARGET_MISSING', () => {
  const misspelt = policy('BackendTrafficPolicy', 'chat', 'kind: HTTPRoute, name: chta', LIMIT);

  test('is a name nothing has, in a complete namespace', () => {
    expect(inYaml(all(APP, misspelt))).toEqual([]);
    expect(inYaml(all(APP, misspelt), { complete: ['ai'] })).toContainEqual(
      expect.stringMatching(/^error POLICY_TARGET_MISSING: 'spec\.targetRefs\[0\]\.name' names the HTTPRoute "ai\/chta", which does not exist, got "chta"/),
    );
    expect(inYaml(all(APP, but(misspelt, ['chta', 'chat'])), { complete: ['ai'] }).filter(text => text.includes('POLICY_TARGET_MISSING'))).toEqual([]);
  });

  test('is a policy in another namespace than its target', () => {
    expect(inYaml(all(APP, policy('BackendTrafficPolicy', 'chat', CHAT, LIMIT, 'infra')))).toEqual([
      expect.stringMatching(/^warning POLICY_TARGET_MISSING.*names the HTTPRoute "infra\/chat", while there is only AIGatewayRoute "ai\/chat"/),
    ]);
  });

  test('is a security policy of a provider that is not there', () => {
    const lone = but(PROVIDER.split('---')[3], ['kind: AIServiceBackend, name: openai', 'kind: AIServiceBackend, name: open-ai']);
    expect(inYaml(all(PROVIDER.split('---').slice(0, 3).join('---'), lone), { complete: ['ai'] })).toContainEqual(
      expect.stringContaining('names the AIServiceBackend "ai/open-ai", which does not exist'),
    );
  });

  test('says nothing about names that are not known yet', () => {
    expect(inYaml(all(APP, but(misspelt, ['name: chta', 'name: "${Token[TOKEN.3]}"'])), { complete: ['ai'] }).filter(text => text.includes('POLICY_TARGET'))).toEqual([]);
  });
});

describe('POLICY_WITHOUT_TARGET', () => {
  test('is a security policy that names no provider', () => {
    expect(inYaml(but(PROVIDER, ['  targetRefs: [{ group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: openai }]\n', '']))).toEqual([
      expect.stringMatching(/^error POLICY_WITHOUT_TARGET: 'spec\.targetRefs' names no provider/),
    ]);
  });
});

describe('GATEWAY_RETRIES', () => {
  const retries = policy('BackendTrafficPolicy', 'platform', PUBLIC, RETRY);

  test('is a retry that repeats a request on the only provider', () => {
    expect(inYaml(all(APP, retries))).toEqual([
      expect.stringMatching(/^warning GATEWAY_RETRIES: 'spec\.retry' repeats failed requests of AIGatewayRoute "ai\/chat" on the same provider/),
    ]);
    expect(inYaml(all(APP, but(retries, [RETRY, LIMIT])))).toEqual([]);
    expect(inYaml(all(APP, but(retries, ['numRetries: 2', 'numRetries: 0'])))).toEqual([]);
  });

  test('is not where the route has retries of its own', () => {
    expect(inYaml(all(APP, retries, policy('BackendTrafficPolicy', 'chat', CHAT, `${RETRY}\n  mergeType: StrategicMerge`)))).toEqual([]);
  });

  test('leaves Gateways without AI routes alone', () => {
    expect(inYaml(all(GATEWAY, PROVIDER, retries))).toEqual([]);
  });
});
