import { AgentgatewayRelease, Platform } from '../../../src';
import { findingsInYaml } from '../harness';

const platform = Platform.agentgateway();
const found = (yaml: string, complete: string[] = []) => findingsInYaml(yaml, { platform, complete }).map(f => `${f.code} ${/^'([^']+)'/.exec(f.message)?.[1]}`).sort();

const backend = (spec: string, name = 'b', namespace = 'ai') => `
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const policy = (spec: string, name = 'p') => `
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayPolicy
metadata: { name: ${name}, namespace: ai }
spec: ${spec}
`;
const route = (rules: string, more = '', name = 'r', namespace = 'ai') => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: ${namespace} }
spec: { parentRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw, namespace: ai }], ${more} rules: [${rules}] }
`;
const GATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gw, namespace: ai }
spec: { gatewayClassName: agentgateway, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`;
const all = (...documents: string[]) => documents.join('---');
const provider = (name: string, policies = '') => `{ name: ${name}, openai: {}${policies === '' ? '' : `, policies: ${policies}`} }`;
const groups = (policies = '', ...names: string[]) => backend(`{ ai: { groups: [${names.map(name => `{ providers: [${provider(name, policies)}] }`).join(', ')}] } }`);
const HEALTH = '{ health: { eviction: { duration: 30s } } }';
const to = (name: string, more = '') => `{ group: agentgateway.dev, kind: AgentgatewayBackend, name: ${name}${more} }`;
const model = (name: string) => `{ headers: [{ name: x-gateway-model, value: ${name} }] }`;
const ruleOf = (matches: string, name = 'rule-0') => `{ name: ${name}, matches: [${matches}], backendRefs: [${to('b')}] }`;
const READS_MODEL = policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw }], traffic: { phase: PreRouting, transformation: { request: { set: [{ name: x-gateway-model, value: json(request.body).model }] } } } }', 'models');

/** Each row: what is wrong, what finds it, and the smallest change after which nothing does. */
test.each<[string, string, string[], string]>([
  ['groups without eviction', groups('', 'x', 'y'), ['GROUPS_STAY spec.ai.groups[0].providers[0]'], groups(HEALTH, 'x', 'y')],
  ['health without eviction', groups('{ health: { unhealthyCondition: "true" } }', 'x', 'y'), ['GROUPS_STAY spec.ai.groups[0].providers[0]'],
    all(groups('', 'x', 'y'), policy('{ targetRefs: [{ group: agentgateway.dev, kind: AgentgatewayBackend, name: b }], backend: { health: { eviction: {} } } }'))],
  ['a host without TLS', backend('{ ai: { provider: { openai: {}, host: api.groq.com, port: 443 } } }'), ['HOST_WITHOUT_TLS spec.ai.provider.host'],
    backend('{ ai: { provider: { openai: {}, host: api.groq.com, port: 443 } }, policies: { tls: {} } }')],
  ['a cloud without identity', backend('{ ai: { provider: { bedrock: {}, host: bedrock.example, port: 8443 } } }'), ['HOST_WITHOUT_AUTH spec.ai.provider.host'],
    backend('{ ai: { provider: { bedrock: {}, host: bedrock.example, port: 8443 } }, policies: { auth: { aws: {} } } }')],
  ['a URL for an endpoint', backend('{ ai: { provider: { azureopenai: { endpoint: "https://acme.openai.azure.com" } } } }'), ['AZURE_ENDPOINT spec.ai.provider.azureopenai.endpoint'],
    backend('{ ai: { provider: { azureopenai: { endpoint: acme.openai.azure.com } } } }')],
  ['one name for two providers', groups(HEALTH, 'x', 'x'), ['PROVIDER_NAME_TWICE spec.ai.groups[1].providers[0].name'], groups(HEALTH, 'x', 'y')],
  ['a key in the manifest', backend('{ ai: { provider: { openai: {} } }, policies: { auth: { key: abcdef } } }'), ['INLINE_KEY spec.policies.auth.key'],
    backend('{ ai: { provider: { openai: {} } }, policies: { auth: { secretRef: { name: key } } } }')],
  ['a key in a member of a group', groups('{ auth: { key: abcdef }, health: { eviction: {} } }', 'x'), ['INLINE_KEY spec.ai.groups[0].providers[0].policies.auth.key'],
    groups(HEALTH, 'x')],
  ['two local limits', policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { rateLimit: { local: [{ requests: 1, unit: Minutes }, { tokens: 5, unit: Hours }] } } }'),
    ['LIMITS_IGNORED spec.traffic.rateLimit.local'],
    policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { rateLimit: { local: [{ tokens: 5, unit: Hours }] } } }')],
  ['TCP settings', backend('{ ai: { provider: { openai: {} } }, policies: { tcp: { connectTimeout: 1s } } }'), ['TCP_IGNORED spec.policies.tcp'],
    backend('{ ai: { provider: { openai: {} } }, policies: { http: { requestTimeout: 10s } } }')],
  ['a policy for a rule that is not there', all(backend('{ ai: { provider: { openai: {} } } }'), route(ruleOf('{ path: { value: /a } }')),
    policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r, sectionName: rule-1 }], traffic: { retry: { attempts: 1 } } }')),
  ['SECTION_UNKNOWN spec.targetRefs[0].sectionName'],
  policy('{ targetRefs: [{ group: agentgateway.dev, kind: AgentgatewayBackend, name: b, sectionName: backend }], backend: { http: { version: HTTP2 } } }')
    + '---' + backend('{ ai: { provider: { openai: {} } } }')],
  ['a policy for a listener that is not there', all(GATEWAY, policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw, sectionName: https }], traffic: { retry: { attempts: 1 } } }')),
    ['SECTION_UNKNOWN spec.targetRefs[0].sectionName'],
    all(GATEWAY, policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw, sectionName: http }], traffic: { retry: { attempts: 1 } } }'))],
  ['two policies for one thing', all(READS_MODEL, READS_MODEL.replace('models', 'others')), ['POLICIES_OVERLAP spec.targetRefs[0]'],
    all(READS_MODEL, policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw }], traffic: { transformation: { request: { remove: [x-a] } } } }'))],
  ['a model nobody reads', all(GATEWAY, backend('{ ai: { provider: { openai: {} } } }'), route(ruleOf(model('gpt')))), ['MODEL_HEADER_UNSET spec.rules[0].matches'],
    all(GATEWAY, READS_MODEL, backend('{ ai: { provider: { openai: {} } } }'), route(ruleOf(model('gpt'))))],
  ['a path before models', all(GATEWAY, READS_MODEL, backend('{ ai: { provider: { openai: {} } } }'), route(ruleOf(model('gpt'))), route(ruleOf('{ path: { value: /v1 } }'), '', 'paths')),
    ['PATH_HIDES_MODELS spec.rules[0].matches[0]'],
    all(GATEWAY, READS_MODEL, backend('{ ai: { provider: { openai: {} } } }'), route(ruleOf(model('gpt'))), route(ruleOf('{ path: { value: /litellm } }'), '', 'paths'))],
  ['one model twice', all(GATEWAY, READS_MODEL, backend('{ ai: { provider: { openai: {} } } }'), route(ruleOf(model('gpt'))), route(ruleOf(model('gpt')), '', 'again')),
    ['MODEL_ROUTED_TWICE spec.rules[0].matches[0]'],
    all(GATEWAY, READS_MODEL, backend('{ ai: { provider: { openai: {} } } }'), route(ruleOf(model('gpt'))), route(ruleOf(model('gpt')), 'hostnames: [a.example],', 'again'))],
  ['a rewrite for one backend', all(backend('{ ai: { provider: { openai: {} } } }'),
    route(`{ name: rule-0, backendRefs: [${to('b', ', filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplaceFullPath, replaceFullPath: /a } } }]')}] }`)),
  ['REWRITE_ON_BACKEND spec.rules[0].backendRefs[0].filters[0]'],
  all(backend('{ ai: { provider: { openai: {} } } }'), route(`{ name: rule-0, backendRefs: [${to('b')}] }`))],
  ['another namespace without grant', all(backend('{ ai: { provider: { openai: {} } } }', 'b', 'platform'), route(`{ name: rule-0, backendRefs: [${to('b', ', namespace: platform')}] }`)),
    ['BACKEND_UNRESOLVED spec.rules[0].backendRefs[0]'],
    all(backend('{ ai: { provider: { openai: {} } } }', 'b', 'platform'), route(`{ name: rule-0, backendRefs: [${to('b', ', namespace: platform')}] }`), `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: g, namespace: platform }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: ai }], to: [{ group: agentgateway.dev, kind: AgentgatewayBackend }] }
`)],
])('%s', (_, bad, codes, good) => {
  expect(found(bad)).toEqual(codes);
  expect(found(good)).toEqual([]);
});

test('a backend that is known not to exist', () => {
  expect(found(route(`{ name: rule-0, backendRefs: [${to('nowhere')}] }`), ['ai'])).toEqual(['BACKEND_UNRESOLVED spec.rules[0].backendRefs[0].name']);
  expect(found(route(`{ name: rule-0, backendRefs: [${to('nowhere')}] }`))).toEqual([]);
});

test('an inline key of kgateway', () => {
  const yaml = (token: string) => `
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: { name: b, namespace: ai }
spec: { type: AI, ai: { llm: { openai: { authToken: ${token} } } } }
`;
  expect(found(yaml('{ kind: Inline, inline: abcdef }'))).toEqual(['INLINE_KEY spec.ai.llm.openai.authToken.inline']);
  expect(found(yaml('{ kind: SecretRef, secretRef: { name: key } }'))).toEqual([]);
});

test.each([
  ['{ auth: { secretRef: { name: s } } }', 'Authorization'],
  ['{ auth: { secretRef: { name: s, key: mine } } }', 'mine'],
  ['{ auth: { gcp: { secretRef: { name: s } } } }', 'credentials.json'],
  ['{ auth: { aws: { secretRef: { name: s } } } }', 'accessKey", "secretKey'],
])('the Secret of %s is looked at for %s', (policies, keys) => {
  const secret = (...names: string[]) => `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: s, namespace: ai }
spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, data: [${names.map(name => `{ secretKey: ${name}, remoteRef: { key: k } }`).join(', ')}] }
`;
  const spec = backend(`{ ai: { provider: { openai: {} } }, policies: ${policies} }`);
  const wanted = keys.split('", "');
  expect(findingsInYaml(all(spec, secret('other')), { platform }).map(f => f.code)).toEqual(wanted.map(() => 'SECRET_KEY_MISSING'));
  expect(findingsInYaml(all(spec, secret(...wanted)), { platform })).toEqual([]);
});

test('what is older is held against its own schema', () => {
  const yaml = backend('{ ai: { provider: { azure: { resourceName: acme, resourceType: OpenAI } } } }');
  const codes = (release: AgentgatewayRelease) => findingsInYaml(yaml, { platform: Platform.agentgateway({ release }) }).map(f => f.code);
  expect(codes(AgentgatewayRelease.V1_0)).toContain('UNKNOWN_FIELD');
  expect(codes(AgentgatewayRelease.V1_4)).toEqual([]);
});
