import { ApiObject, JsonPatch } from 'cdk8s';
import { AIGateway, ApiKey, OpenAIProvider, Policy, PolicyPoint, TenantIdentity } from '../../../src';
import { comesBefore } from '../../../src/checks/filter-order';
import { all, APP, but, inProgram, inYaml, ROUTE } from '../manifests-of-an-app';

const policy = (kind: string, name: string, target: string, spec: string) => `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: ai }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, ${target} }]
  ${spec}
`;
const PUBLIC = 'kind: Gateway, name: public';
const CHAT = 'kind: HTTPRoute, name: chat';
const EMBED = 'kind: HTTPRoute, name: embed';
const SECOND_ROUTE = but(ROUTE, ['name: chat,', 'name: embed,'], ['value: gpt-4o', 'value: embed']);
const EXT_PROC = 'extProc: [{ backendRefs: [{ name: guard, port: 9002 }], processingMode: { request: { body: Buffered } } }]';
const EXT_AUTH = 'extAuth: { http: { backendRefs: [{ name: guard, port: 9002 }] } }';
const SERVER = '\napiVersion: v1\nkind: Service\nmetadata: { name: guard, namespace: ai }\nspec: { ports: [{ port: 9002 }] }\n';

describe('PROCESSOR_ON_ROUTE', () => {
  const only = (...manifests: string[]) => inYaml(all(APP, SERVER, ...manifests)).filter(text => text.includes('PROCESSOR_ON_ROUTE'));

  test.each([['EnvoyExtensionPolicy', EXT_PROC], ['SecurityPolicy', EXT_AUTH]])('is a %s on one of two routes', (kind, spec) => {
    expect(only(SECOND_ROUTE, policy(kind, 'guard', CHAT, spec))).toEqual([
      expect.stringMatching(/^error PROCESSOR_ON_ROUTE: 'spec\.targetRefs\[0\]' guards this route alone, while AIGatewayRoute "ai\/embed" is open: .*, got "chat"; put the policy on the Gateway/),
    ]);
    expect(only(SECOND_ROUTE, policy(kind, 'guard', PUBLIC, spec))).toEqual([]);
  });

  test('is none where every route has one, or there is no other', () => {
    expect(only(policy('SecurityPolicy', 'guard', CHAT, EXT_AUTH))).toEqual([]);
    expect(only(SECOND_ROUTE, policy('SecurityPolicy', 'a', CHAT, EXT_AUTH), policy('SecurityPolicy', 'b', EMBED, EXT_AUTH))).toEqual([]);
  });

  test('is a policy on one rule of a route', () => {
    const twoRules = but(APP, ['      backendRefs: [{ name: openai }]\n', '      backendRefs: [{ name: openai }]\n    - matches: [{ headers: [{ type: Exact, name: x-ai-eg-model, value: o1 }] }]\n      timeouts: { request: 300s }\n      backendRefs: [{ name: openai }]\n']);
    const found = (...manifests: string[]) => inYaml(all(twoRules, SERVER, ...manifests)).filter(text => text.includes('PROCESSOR_ON_ROUTE'));
    expect(found(policy('SecurityPolicy', 'guard', `${CHAT}, sectionName: rule-0`, EXT_AUTH))).toEqual([expect.stringContaining('guards a rule of this route alone, while another rule is open')]);
    expect(found(policy('SecurityPolicy', 'guard', CHAT, EXT_AUTH))).toEqual([]);
  });

  test('is no policy that asks nobody', () => {
    expect(only(SECOND_ROUTE, policy('SecurityPolicy', 'cors', CHAT, 'cors: { allowMethods: [GET] }'))).toEqual([]);
  });

  test('is a policy that a program puts on a model', () => {
    const program = (kind: 'HTTPRoute' | 'Gateway') => inProgram((chart) => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
      const gateway = new AIGateway(chart, 'gateway');
      const route = gateway.addModel('gpt-4o', openai.model());
      gateway.addModel('o1', openai.model());
      new ApiObject(chart, 'guard', {
        apiVersion: 'gateway.envoyproxy.io/v1alpha1',
        kind: 'SecurityPolicy',
        spec: {
          targetRefs: [{ group: 'gateway.networking.k8s.io', kind, name: kind === 'Gateway' ? gateway.gatewayName : route.routeName }],
          extAuth: { http: { backendRefs: [{ name: 'guard', port: 9002 }] } },
        },
      } as never);
    }).filter(text => text.includes('PROCESSOR_ON_ROUTE'));
    expect(program('HTTPRoute')).toHaveLength(1);
    expect(program('Gateway')).toEqual([]);
  });
});

const PROXIED = but(APP, ['gatewayClassName: eg\n', 'gatewayClassName: eg\n  infrastructure: { parametersRef: { group: gateway.envoyproxy.io, kind: EnvoyProxy, name: public } }\n']);
const proxy = (order: string) => `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyProxy
metadata: { name: public, namespace: ai }
spec: { filterOrder: [${order}] }
`;
const FIRST = '{ name: envoy.filters.http.ext_proc, before: envoy.filters.http.buffer }';
const BUFFER = 'requestBuffer: { limit: 50Mi }';
const GUARD = policy('EnvoyExtensionPolicy', 'guard', PUBLIC, EXT_PROC);

describe('PROCESSOR_AFTER_AI_FILTER', () => {
  const only = (...manifests: string[]) => inYaml(all(SERVER, ...manifests)).filter(text => text.includes('PROCESSOR_AFTER_AI_FILTER'));

  test('is a processor where nothing orders the filters', () => {
    expect(only(APP, GUARD)).toEqual([expect.stringMatching(
      /^warning PROCESSOR_AFTER_AI_FILTER: 'spec\.extProc\[0\]\.processingMode\.request\.body' .* because no EnvoyProxy of Gateway "ai\/public" says otherwise; .*; write `filterOrder/,
    )]);
  });

  test('is an order without a buffer, or one that was turned round', () => {
    expect(only(PROXIED, proxy(FIRST), GUARD)).toEqual([expect.stringMatching(/^error .* because no BackendTrafficPolicy on Gateway "ai\/public" has a `requestBuffer`/)]);
    const buffered = [PROXIED, GUARD, policy('BackendTrafficPolicy', 'buffer', PUBLIC, BUFFER)];
    expect(only(...buffered, proxy('{ name: envoy.filters.http.ext_proc, after: envoy.filters.http.buffer }'))).toEqual([
      expect.stringMatching(/^error .* because `filterOrder` of EnvoyProxy "ai\/public" does not put it before the buffer/),
    ]);
    expect(only(...buffered, proxy('{ name: envoy.filters.http.lua, before: envoy.filters.http.cors }'))).toEqual([expect.stringMatching(/^warning /)]);
    expect(only(...buffered, proxy(FIRST))).toEqual([]);
  });

  test('is a buffer for another listener', () => {
    const on = (section: string) => only(PROXIED, proxy(FIRST), GUARD, policy('BackendTrafficPolicy', 'buffer', `${PUBLIC}${section}`, BUFFER));
    expect(on(', sectionName: http')).toHaveLength(1);
    expect(on('')).toEqual([]);
    expect(only(PROXIED, proxy(FIRST), GUARD, policy('BackendTrafficPolicy', 'buffer', CHAT, BUFFER))).toEqual([]);
  });

  test('is no processor that gets no bodies, no Gateway without models, and none whose proxy is elsewhere', () => {
    expect(only(APP, but(GUARD, ['processingMode: { request: { body: Buffered } }', 'processingMode: { request: {} }']))).toEqual([]);
    expect(only(but(APP, ['name: public }]\n  rules', 'name: other }]\n  rules']), GUARD)).toEqual([]);
    expect(only(PROXIED, GUARD)).toEqual([]);
  });

  test('is what a patch makes of a policy point', () => {
    const program = (patch?: (gateway: AIGateway) => void) => inProgram((chart) => {
      const openai = new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') });
      const gateway = new AIGateway(chart, 'gateway');
      gateway.addModel('gpt-4o', openai.model());
      new PolicyPoint(chart, 'policy', {
        gateway,
        policy: Policy.fromText('version: 1\ntenants: { "*": { models: { allow: ["*"] } } }\nrules: [{ id: mail, builtin: email, action: redact }]\n'),
      });
      patch?.(gateway);
    }).filter(text => text.includes('PROCESSOR_AFTER_AI_FILTER'));
    expect(program()).toEqual([]);
    expect(program(gateway => gateway.proxy!.addJsonPatch(JsonPatch.remove('/spec/filterOrder')))).toHaveLength(1);
    expect(program(gateway => gateway.proxy!.addJsonPatch(JsonPatch.add('/spec/filterOrder/-', { name: 'envoy.filters.http.buffer', before: 'envoy.filters.http.cors' })))).toEqual([
      expect.stringMatching(/^error /),
    ]);
  });
});

describe('IDENTITY_AFTER_EXT_AUTH', () => {
  const only = (...manifests: string[]) => inYaml(all(SERVER, ...manifests)).filter(text => text.includes('IDENTITY_AFTER_EXT_AUTH'));
  const asking = (identity: string, server = 'headersToExtAuth: [X-Team], http: { backendRefs: [{ name: guard, port: 9002 }] }') => (
    policy('SecurityPolicy', 'guard', PUBLIC, `extAuth: { ${server} }\n  ${identity}`));
  const JWT = 'jwt: { providers: [{ name: idp, remoteJWKS: { uri: "https://idp/keys" }, claimToHeaders: [{ claim: team, header: x-team }] }] }';
  const KEYS = 'apiKeyAuth: { credentialRefs: [{ name: keys }], extractFrom: [{ headers: [x-api-key] }], forwardClientIDHeader: x-team }';

  test.each([
    ['a claim', JWT, 'jwt_authn', 'spec\\.jwt\\.providers\\[0\\]\\.claimToHeaders\\[0\\]\\.header'],
    ['the name of a key', KEYS, 'api_key_auth', 'spec\\.apiKeyAuth\\.forwardClientIDHeader'],
    ['a user name', 'basicAuth: { users: { name: users }, forwardUsernameHeader: x-team }', 'basic_auth', 'spec\\.basicAuth\\.forwardUsernameHeader'],
  ])('is %s in a header that the server gets', (_name, identity, filter, path) => {
    const order = (after: string) => proxy(`{ name: envoy.filters.http.ext_authz, after: envoy.filters.http.${after} }`);
    expect(only(PROXIED, proxy(''), asking(identity))).toEqual([expect.stringMatching(new RegExp(
      `^error IDENTITY_AFTER_EXT_AUTH: '${path}' is written after .* EnvoyProxy "ai/public" leaves \`ext_authz\` before \`${filter}\`, got "x-team"; write .*after: envoy\\.filters\\.http\\.${filter} `,
    ))]);
    expect(only(PROXIED, order('cors'), asking(identity))).toHaveLength(1);
    expect(only(PROXIED, order(filter), asking(identity))).toEqual([]);
  });

  test('is all headers over gRPC, where none is named', () => {
    const grpc = 'grpc: { backendRefs: [{ name: guard, port: 9002 }] }';
    expect(only(PROXIED, proxy(''), asking(JWT, grpc))).toHaveLength(1);
    expect(only(PROXIED, proxy(''), asking(JWT, `headersToExtAuth: [x-other], ${grpc}`))).toEqual([]);
  });

  test('is a warning where a class elsewhere may say more, and nothing where the proxy is elsewhere', () => {
    expect(only(APP, asking(JWT))).toEqual([expect.stringMatching(/^warning .* `ext_authz` comes before `jwt_authn` by default/)]);
    expect(only(PROXIED, asking(JWT))).toEqual([]);
  });

  test('is no header that the server does not get, and no policy without one', () => {
    expect(only(PROXIED, proxy(''), asking(JWT.replace('header: x-team', 'header: x-other')))).toEqual([]);
    expect(only(PROXIED, proxy(''), policy('SecurityPolicy', 'guard', PUBLIC, JWT))).toEqual([]);
    // Over HTTP only those go that are named.
    expect(only(PROXIED, proxy(''), asking(JWT, 'http: { backendRefs: [{ name: guard, port: 9002 }] }'))).toEqual([]);
  });

  test('is a header in whatever casing', () => {
    expect(only(PROXIED, proxy(''), asking(JWT.replace('header: x-team', 'header: X-TEAM')))).toHaveLength(1);
  });

  test('is what a patch makes of a policy point', () => {
    const program = (patch?: (gateway: AIGateway) => void) => inProgram((chart) => {
      const gateway = new AIGateway(chart, 'gateway');
      gateway.addModel('gpt-4o', new OpenAIProvider(chart, 'openai', { apiKey: ApiKey.fromSecretName('openai') }).model());
      new PolicyPoint(chart, 'policy', {
        gateway,
        policy: Policy.fromText('version: 1\ntenant: { header: x-team }\ntenants: { "*": { models: { allow: ["*"] } } }\n'),
        tenants: TenantIdentity.apiKeys(['keys']),
      });
      patch?.(gateway);
    }).filter(text => text.includes('IDENTITY_AFTER_EXT_AUTH'));
    expect(program()).toEqual([]);
    expect(program(gateway => gateway.proxy!.addJsonPatch(JsonPatch.remove('/spec/filterOrder')))).toHaveLength(1);
  });
});

const extProc = 'envoy.filters.http.ext_proc';
const buffer = 'envoy.filters.http.buffer';
test.each([
  ['nothing', undefined, false],
  ['the usual entry', [{ name: extProc, before: buffer }], true],
  ['the buffer moved', [{ name: buffer, after: extProc }], true],
  ['a place further ahead', [{ name: extProc, before: 'envoy.filters.http.cors' }], true],
  ['a later entry that turns it round', [{ name: extProc, before: buffer }, { name: buffer, before: 'envoy.filters.http.cors' }], false],
  ['names that are none', [{ name: extProc, before: 'ext_authz' }, 'x', { name: extProc }], false],
])('%s orders processors', (_name, order, before) => {
  expect(comesBefore(order, 'ext_proc', 'buffer')).toBe(before);
});
