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
const provider = (name: string, policies = '') => `{ name: ${name}, openai: { model: m-${name} }${policies === '' ? '' : `, policies: ${policies}`} }`;
const groups = (policies = '', ...names: string[]) => backend(`{ ai: { groups: [${names.map(name => `{ providers: [${provider(name, policies)}] }`).join(', ')}] } }`);
const HEALTH = '{ health: { eviction: { duration: 30s } } }';
const to = (name: string, more = '') => `{ group: agentgateway.dev, kind: AgentgatewayBackend, name: ${name}${more} }`;
const model = (name: string) => `{ headers: [{ name: x-gateway-model, value: ${name} }] }`;
const conditions = (name: string, others: string[]) => `{ headers: [{ name: x-gateway-model, value: ${name} }${others.map(other => `, { name: x-${other}, value: y }`).join('')}] }`;
const ruleOf = (matches: string, name = 'rule-0') => `{ name: ${name}, matches: [${matches}], backendRefs: [${to('b')}] }`;
const READS_MODEL = policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw }], traffic: { phase: PreRouting, transformation: { request: { set: [{ name: x-gateway-model, value: json(request.body).model }] } } } }', 'models');

const OPENAI = backend('{ ai: { provider: { openai: {} } } }');
const timed = (request: string, backendRequest: string) => `{ name: rule-0, timeouts: { request: ${request}, backendRequest: ${backendRequest} }, backendRefs: [${to('b')}] }`;
const TWO_RETRIES = '{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r, sectionName: rule-0 }], traffic: { retry: { attempts: 2 } } }';
const changing = (request: string) => `{ ai: { provider: { openai: {} } }, policies: { auth: { secretRef: { name: key } }, transformation: { request: ${request} } } }`;
const twice = route(ruleOf('{ path: { value: /a } }')).replace(/parentRefs: \[(.*?)\],/, 'parentRefs: [$1, $1],');

const ON_BACKEND = policy('{ targetRefs: [{ group: agentgateway.dev, kind: AgentgatewayBackend, name: b }], backend: { auth: { secretRef: { name: other } } } }');

const privateCa = (name: string) => backend(`{ ai: { provider: { openai: {}, host: llm.internal, port: 443 } }, policies: { tls: { caCertificateRefs: [{ name: ${name} }] } } }`);
const authority = (key: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ca, namespace: ai }
data: { ${key}: "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----" }
`;

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
  ['one name for two providers', groups(HEALTH, 'x', 'x').replace('m-x', 'other'), ['PROVIDER_NAME_TWICE spec.ai.groups[1].providers[0].name'], groups(HEALTH, 'x', 'y')],
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
  ['a policy for a route of another namespace', all(OPENAI, route(ruleOf('{ path: { value: /a } }')), policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { retry: { attempts: 1 } } }').replace('namespace: ai', 'namespace: other')),
    ['POLICY_TARGET_MISSING spec.targetRefs[0].name'],
    all(OPENAI, route(ruleOf('{ path: { value: /a } }')), policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { retry: { attempts: 1 } } }'))],
  ['a key that the backend has already', all(backend('{ ai: { provider: { openai: {} } }, policies: { auth: { secretRef: { name: key } } } }'), ON_BACKEND), ['POLICY_OVERRIDDEN spec.backend.auth'], all(OPENAI, ON_BACKEND)],
  ['a key that the provider has already', all(groups('{ auth: { secretRef: { name: key } }, health: { eviction: {} } }', 'x', 'y'), ON_BACKEND.replace('name: b }', 'name: b, sectionName: y }')), ['POLICY_OVERRIDDEN spec.backend.auth'],
    all(groups(HEALTH, 'x', 'y'), ON_BACKEND.replace('name: b }', 'name: b, sectionName: y }'))],
  ['one name for two rules', all(OPENAI, route(`${ruleOf('{ path: { value: /a } }')}, ${ruleOf('{ path: { value: /b } }')}`)), ['RULE_NAME_TWICE spec.rules[1].name'],
    all(OPENAI, route(`${ruleOf('{ path: { value: /a } }')}, ${ruleOf('{ path: { value: /b } }', 'rule-1')}`))],
  ['a Backend of kgateway', all(GATEWAY, route('{ name: rule-0, backendRefs: [{ group: gateway.kgateway.dev, kind: Backend, name: b }] }')), ['BACKEND_UNRESOLVED spec.rules[0].backendRefs[0]'],
    all(GATEWAY.replace('gatewayClassName: agentgateway', 'gatewayClassName: kgateway'), route('{ name: rule-0, backendRefs: [{ group: gateway.kgateway.dev, kind: Backend, name: b }] }'))],
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
  ['all but a bare slash before models', all(GATEWAY, READS_MODEL, OPENAI, route(ruleOf(model('gpt'))), route(ruleOf('{ path: { value: /v1/ } }'), '', 'paths')),
    ['PATH_HIDES_MODELS spec.rules[0].matches[0]'],
    all(GATEWAY, READS_MODEL, OPENAI, route(ruleOf(model('gpt'))), route(ruleOf('{ path: { value: / } }'), '', 'paths'))],
  ['a beginning of a path is no prefix of it', all(GATEWAY, READS_MODEL, OPENAI, route(ruleOf(model('gpt'))), route(ruleOf('{ path: { value: /v1/chat } }'), '', 'paths')),
    ['PATH_HIDES_MODELS spec.rules[0].matches[0]'],
    all(GATEWAY, READS_MODEL, OPENAI, route(ruleOf(model('gpt'))), route(ruleOf('{ path: { value: /v1/cha } }'), '', 'paths'))],
  ['one model twice, with its conditions in another order', all(GATEWAY, READS_MODEL, OPENAI, route(ruleOf(conditions('gpt', ['a', 'b']))), route(ruleOf(conditions('gpt', ['b', 'a'])), '', 'again')),
    ['MODEL_ROUTED_TWICE spec.rules[0].matches[0]'],
    all(GATEWAY, READS_MODEL, OPENAI, route(ruleOf(conditions('gpt', ['a', 'b']))), route(ruleOf(conditions('gpt', ['b'])), '', 'again'))],
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
  ['a provider that is its own fallback', groups(HEALTH, 'x', 'y').replace('m-y', 'm-x'), ['SAME_TARGET_TWICE spec.ai.groups[1].providers[0]'], groups(HEALTH, 'x', 'y')],
  ['a backend twice in a rule', all(OPENAI, route(`{ name: rule-0, backendRefs: [${to('b', ', weight: 1')}, ${to('b', ', weight: 2')}] }`)), ['SAME_TARGET_TWICE spec.rules[0].backendRefs[1]'],
    all(OPENAI, backend('{ ai: { provider: { anthropic: {} } } }', 'c'), route(`{ name: rule-0, backendRefs: [${to('b', ', weight: 1')}, ${to('c', ', weight: 2')}] }`))],
  ['one path twice', all(OPENAI, route(ruleOf('{ path: { value: /a } }')), route(ruleOf('{ path: { value: /a/ } }'), '', 's')), ['PATH_ROUTED_TWICE spec.rules[0].matches[0]'],
    all(OPENAI, route(ruleOf('{ path: { value: /a } }')), route(ruleOf('{ path: { value: /a/, type: Exact } }'), '', 's'))],
  ['one path twice in a route', all(OPENAI, route(`${ruleOf('{ path: { value: /a } }')}, ${ruleOf('{ path: { value: /a } }', 'rule-1')}`)), ['PATH_ROUTED_TWICE spec.rules[1].matches[0]'],
    all(OPENAI, route(`${ruleOf('{ path: { value: /a } }')}, ${ruleOf('{ path: { value: /a }, headers: [{ name: x-a, value: b }] }', 'rule-1')}`))],
  ['more retries than a byte counts', policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { retry: { attempts: 255 } } }'), ['RETRIES_OVERFLOW spec.traffic.retry.attempts'],
    policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { retry: { attempts: 254 } } }')],
  ['attempts that outlast the request', all(OPENAI, route(timed('25s', '10s')), policy(TWO_RETRIES)), ['ATTEMPTS_OUTLAST_REQUEST spec.rules[0].timeouts.request'], all(OPENAI, route(timed('30s', '10s')), policy(TWO_RETRIES))],
  ['attempts of a policy on the whole route', all(OPENAI, route(timed('25s', '10s')), policy(TWO_RETRIES.replace(', sectionName: rule-0', ''))), ['ATTEMPTS_OUTLAST_REQUEST spec.rules[0].timeouts.request'],
    all(OPENAI, route(`${timed('10s', '10s')}, ${ruleOf('{ path: { value: /a } }', 'rule-1')}`), policy(TWO_RETRIES.replace('rule-0', 'rule-1')))],
  ['an attempt that outlasts the request', all(OPENAI, route(timed('5s', '10s'))), ['ATTEMPTS_OUTLAST_REQUEST spec.rules[0].timeouts.request'], all(OPENAI, route(timed('10s', '10s')))],
  ['a time out of a moment', policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { timeouts: { request: 50ms } } }'),
    ['DURATION_TOO_SHORT spec.traffic.timeouts.request'], policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { timeouts: { request: 100ms } } }')],
  ['an eviction of a moment', groups('{ health: { eviction: { duration: 500ms } } }', 'x', 'y'),
    ['DURATION_TOO_SHORT spec.ai.groups[0].providers[0].policies.health.eviction.duration', 'DURATION_TOO_SHORT spec.ai.groups[1].providers[0].policies.health.eviction.duration'], groups(HEALTH, 'x', 'y')],
  ['a time in days', policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { timeouts: { request: 1d } } }'),
    ['INVALID_VALUE spec.traffic.timeouts.request'], policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { timeouts: { request: 24h } } }')],
  ['text without quotes', backend(changing('{ set: [{ name: x-team, value: research }] }')), ['TEXT_UNQUOTED spec.policies.transformation.request.set[0].value'],
    backend(changing('{ set: [{ name: x-team, value: "\\"research\\"" }, { name: x-user, value: jwt.sub }, { name: x-n, value: "1" }] }'))],
  ['words without quotes', policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { transformation: { response: { add: [{ name: x-by, value: the gateway }] } } } }'),
    ['TEXT_UNQUOTED spec.traffic.transformation.response.add[0].value'],
    policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }], traffic: { transformation: { response: { add: [{ name: x-by, value: "default(request.headers[\\"a\\"], \\"b\\")" }] } } } }')],
  ['a body of no size', policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw }], frontend: { http: { maxBufferSize: 0 } } }'),
    ['BUFFER_LIMIT spec.frontend.http.maxBufferSize'], policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw }], frontend: { http: { maxBufferSize: 64Mi } } }')],
  ['a window beyond HTTP/2', policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw }], frontend: { http: { http2WindowSize: 4Gi } } }'),
    ['BUFFER_LIMIT spec.frontend.http.http2WindowSize'], policy('{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw }], frontend: { http: { http2WindowSize: 1Mi } } }')],
  ['an authority under another key', all(privateCa('ca'), authority('tls.crt')), ['TLS_CA_MISSING spec.policies.tls.caCertificateRefs[0]'], all(privateCa('ca'), authority('ca.crt'))],
  ['an authority without name', privateCa('""'), ['TLS_CA_MISSING spec.policies.tls.caCertificateRefs[0]'], privateCa('ca')],
  ['an empty model', backend('{ ai: { provider: { openai: { model: "" } } } }'), ['EMPTY_MODEL_OVERRIDE spec.ai.provider.openai.model'], OPENAI],
  ['a model with a space', backend('{ ai: { provider: { bedrock: { model: " nova" } } } }'), ['EMPTY_MODEL_OVERRIDE spec.ai.provider.bedrock.model'], backend('{ ai: { provider: { bedrock: { model: nova } } } }')],
  ['a region of another cloud', backend('{ ai: { provider: { bedrock: { region: us-central1 } } } }'), ['BAD_REGION spec.ai.provider.bedrock.region'], backend('{ ai: { provider: { bedrock: { region: us-east-1 } } } }')],
  ['a zone', backend('{ ai: { provider: { vertexai: { projectId: p, region: us-central1-a } } } }'), ['BAD_REGION spec.ai.provider.vertexai.region'],
    backend('{ ai: { provider: { vertexai: { projectId: p, region: us-central1 } } } }')],
  ['a resource of Azure with its domain', backend('{ ai: { provider: { azure: { resourceName: acme.openai.azure.com, resourceType: OpenAI } } } }'), ['AZURE_ENDPOINT spec.ai.provider.azure.resourceName'],
    backend('{ ai: { provider: { azure: { resourceName: acme, resourceType: OpenAI } } } }')],
  ['a deployment that leaves its path', backend('{ ai: { provider: { azure: { resourceName: acme, resourceType: OpenAI, apiVersion: "2025-01-01", model: ../x } } } }'),
    ['AZURE_DEPLOYMENT_NAME spec.ai.provider.azure.model'], backend('{ ai: { provider: { azure: { resourceName: acme, resourceType: OpenAI, apiVersion: v1, model: ../x } } } }')],
  ['a URL for a host', backend('{ ai: { provider: { openai: {}, host: "http://llm.example", port: 80 } } }'), ['BAD_HOSTNAME spec.ai.provider.host'], backend('{ ai: { provider: { openai: {}, host: llm.example, port: 80 } } }')],
  ['the pod itself', backend('{ static: { host: 127.0.0.1, port: 80 } }'), ['BAD_HOSTNAME spec.static.host'], backend('{ static: { host: 10.1.2.3, port: 80 } }')],
  ['a line break in a header', backend(changing('{ set: [{ name: x-a, value: "\\"a\\\\nb\\"" }] }')), ['BAD_HEADER spec.policies.transformation.request.set[0]'], backend(changing('{ set: [{ name: x-a, value: "\\"a b\\"" }] }'))],
  ['a header in two casings', backend(changing('{ set: [{ name: x-a, value: "\\"a\\"" }, { name: X-A, value: "\\"b\\"" }] }')), ['HEADER_TWICE spec.policies.transformation.request.set[1]'],
    backend(changing('{ set: [{ name: x-a, value: "\\"a\\"" }, { name: x-b, value: "\\"b\\"" }] }'))],
  ['a header set and removed', backend(changing('{ set: [{ name: x-a, value: "\\"a\\"" }], remove: [X-A] }')), ['MUTATION_CONTRADICTS spec.policies.transformation.request.remove[0]'], backend(changing('{ remove: [X-A] }'))],
  ['a header in place of the key', backend(changing('{ set: [{ name: Authorization, value: "\\"a\\"" }] }')), ['MUTATION_OF_CREDENTIAL spec.policies.transformation.request.set[0]'],
    backend(changing('{ set: [{ name: Authorization, value: "\\"a\\"" }] }').replace('secretRef: { name: key }', 'secretRef: { name: key }, location: { header: { name: api-key } }'))],
  ['a model in the body', backend('{ ai: { provider: { openai: {} } }, policies: { ai: { overrides: [{ field: model, value: x }] } } }'), ['MODEL_IN_BODY_MUTATION spec.policies.ai.overrides[0]'],
    backend('{ ai: { provider: { openai: { model: x } } } }')],
  ['a route of no gateway', all(OPENAI, route(ruleOf('{ path: { value: /a } }')).replace(/parentRefs: .*?\}\],/, '')), ['NO_GATEWAY spec.parentRefs'], all(OPENAI, route(ruleOf('{ path: { value: /a } }')))],
  ['one gateway twice', all(OPENAI, twice), ['GATEWAY_TWICE spec.parentRefs[1]'], all(OPENAI, route(ruleOf('{ path: { value: /a } }')))],
  ['a rule without backend', route('{ name: rule-0 }'), ['EMPTY_RULE spec.rules[0].backendRefs'], route('{ name: rule-0, filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }')],
  ['matches without one', all(OPENAI, route(ruleOf(''))), ['EMPTY_MATCHES spec.rules[0].matches'], all(OPENAI, route(ruleOf('{ path: { value: /a } }')))],
  ['a hostname of another gateway', all(GATEWAY.replace('protocol: HTTP', 'protocol: HTTP, hostname: a.example'), OPENAI, route(ruleOf('{ path: { value: /a } }'), 'hostnames: [b.example],')),
    ['HOSTNAME_NOT_SERVED spec.hostnames'], all(GATEWAY.replace('protocol: HTTP', 'protocol: HTTP, hostname: a.example'), OPENAI, route(ruleOf('{ path: { value: /a } }'), 'hostnames: [a.example],'))],
  ['a route of another namespace', all(GATEWAY, route(`{ name: rule-0, backendRefs: [${to('b')}] }`, '', 'r', 'apps')), ['LISTENER_REFUSES_ROUTE spec.parentRefs[0]'],
    all(GATEWAY.replace('protocol: HTTP', 'protocol: HTTP, allowedRoutes: { namespaces: { from: All } }'), route(`{ name: rule-0, backendRefs: [${to('b')}] }`, '', 'r', 'apps'))],
])('%s', (_, bad, codes, good) => {
  expect(found(bad)).toEqual(codes);
  expect(found(good)).toEqual([]);
});

test('a backend that is known not to exist', () => {
  expect(found(route(`{ name: rule-0, backendRefs: [${to('nowhere')}] }`), ['ai'])).toEqual(['BACKEND_UNRESOLVED spec.rules[0].backendRefs[0].name']);
  expect(found(route(`{ name: rule-0, backendRefs: [${to('nowhere')}] }`))).toEqual([]);
});

test('a provider of the same name in another backend has policies of its own', () => {
  const other = groups('{ auth: { secretRef: { name: key } }, health: { eviction: {} } }', 'x', 'y').replace('name: b,', 'name: c,');
  expect(found(all(other, groups(HEALTH, 'x', 'y'), ON_BACKEND.replace('name: b }', 'name: b, sectionName: y }')))).toEqual([]);
});

test('a policy for what is known not to exist', () => {
  const lost = policy('{ targetRefs: [{ group: agentgateway.dev, kind: AgentgatewayBackend, name: nowhere }], backend: { http: { version: HTTP2 } } }');
  expect(found(lost, ['ai'])).toEqual(['POLICY_TARGET_MISSING spec.targetRefs[0].name']);
  expect(found(lost)).toEqual([]);
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

const matching = (match: string) => all(GATEWAY, READS_MODEL, OPENAI, route(ruleOf(match)));
const named = (value: string, type = 'Exact') => matching(`{ headers: [{ name: x-gateway-model, type: ${type}, value: ${JSON.stringify(value)} }] }`);
const patternsOf = (...values: string[]) => all(GATEWAY, READS_MODEL, OPENAI,
  route(values.map((value, index) => ruleOf(`{ headers: [{ name: x-gateway-model, type: RegularExpression, value: ${JSON.stringify(value)} }] }`, `rule-${index}`)).join(', ')));

test.each([' a', 'a  b', 'a\nb', 'a\u007f'])('the model %j is none that a header holds', (value) => {
  expect(found(named(value))).toEqual(['MODEL_CHARACTERS spec.rules[0].matches[0].headers[0].value']);
});

test('other alphabets are refused by the experimental channel only', () => {
  expect(findingsInYaml(named('模型'), { platform }).map(f => `${f.severity} ${f.code}`)).toEqual(['warning MODEL_CHARACTERS']);
});

test.each(['gpt-(?!4).*', '^(?:gpt-(?!4).*)$', 'gpt(', 'a{', '[[]', '[a&&b]', '\\Qa\\E', '\\07', '\\w{1,256}', '[\\w.-]{1,256}'])('the engine of agentgateway does not take the pattern %s', (pattern) => {
  expect(found(named(pattern, 'RegularExpression'))).toEqual(['INVALID_PATTERN spec.rules[0].matches[0].headers[0].value']);
});

test.each(['gpt-[a-z0-9.-]{1,256}', '[\\w.-]{1,64}', 'a\\{', '^(?:a|b)$', 'o[13](-mini)?'])('it takes the pattern %s', (pattern) => {
  expect(found(named(pattern, 'RegularExpression'))).toEqual([]);
});

test('a name behind a pattern that takes it is never reached', () => {
  const rules = (...matches: string[]) => all(GATEWAY, READS_MODEL, OPENAI, route(matches.map((match, index) => ruleOf(match, `rule-${index}`)).join(', ')));
  const pattern = '{ headers: [{ name: x-gateway-model, type: RegularExpression, value: "gpt-.*" }] }';
  expect(found(rules(pattern, model('gpt-4o')))).toEqual(['MODEL_BEHIND_PATTERN spec.rules[1].matches[0].headers[0].value']);
  expect(found(rules(model('gpt-4o'), pattern))).toEqual([]);
  expect(found(rules(pattern, model('claude')))).toEqual([]);
  expect(found(rules(pattern, model('my-gpt-4o')))).toEqual([]);
  // More conditions win, and so does a longer path.
  expect(found(rules(pattern, '{ headers: [{ name: x-gateway-model, value: gpt-4o }, { name: x-team, value: blue }] }'))).toEqual([]);
  expect(found(rules(pattern, '{ path: { value: /chat }, headers: [{ name: x-gateway-model, value: gpt-4o }] }'))).toEqual([]);
});

test('patterns are tried in their order', () => {
  expect(findingsInYaml(patternsOf('^(?:.+)$', '^(?:gpt-.*)$'), { platform }).map(f => f.message)).toEqual([
    expect.stringMatching(/^'spec\.rules\[1\]\.matches\[0\]\.headers\[0\]\.value' is never reached, because "\.\+" at .* takes its models first, got "gpt-\.\*".*\[PATTERN_UNREACHABLE\]$/),
  ]);
  expect(found(patternsOf('gpt-.*', '.+'))).toEqual([]);
  expect(found(patternsOf('gpt-.*', 'gpt-.*'))).toEqual(['PATTERN_UNREACHABLE spec.rules[1].matches[0].headers[0].value']);
  expect(found(patternsOf('^gpt-4'))).toEqual(['HALF_ANCHORED_PATTERN spec.rules[0].matches[0].headers[0].value']);
});
