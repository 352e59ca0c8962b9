import { parseAllDocuments } from 'yaml';
import { AgentgatewayRelease, Platform } from '../../../src';
import { CrdJudge, describeWithCrds } from '../../judges/crd/judge';
import { findingsInYaml } from '../harness';

const found = (yaml: string, release = AgentgatewayRelease.V1_4) => findingsInYaml(yaml, { platform: Platform.agentgateway({ release }) })
  .filter(({ code }) => code !== 'MODELS_NOT_ENABLED').map(f => `${f.code} ${/^'([^']+)'/.exec(f.message)?.[1]}`).sort();

const object = (kind: string, spec: string) => `
apiVersion: agentgateway.dev/v1alpha1
kind: ${kind}
metadata: { name: o, namespace: ai }
spec: ${spec}
`;
const backend = (spec: string) => object('AgentgatewayBackend', spec);
const provider = (fields: string) => backend(`{ ai: { provider: { ${fields} } } }`);
const policies = (fields: string) => backend(`{ ai: { provider: { openai: {} } }, policies: { ${fields} } }`);
const auth = (fields: string) => policies(`auth: { ${fields} }`);
const KEY = 'secretRef: { name: key }';
const at = (kind: string, group = 'gateway.networking.k8s.io', more = '') => `{ group: "${group}", kind: ${kind}, name: t${more} }`;
const policy = (target: string, parts: string) => object('AgentgatewayPolicy', `{ targetRefs: [${target}], ${parts} }`);
const GATEWAY = at('Gateway');
const ROUTE = at('HTTPRoute');
const BACKEND = at('AgentgatewayBackend', 'agentgateway.dev');
const SERVICE = at('Service', '');
const RETRY = 'traffic: { retry: { attempts: 1 } }';
const BUFFER = 'frontend: { http: { maxBufferSize: 64Mi } }';
const EARLY = 'traffic: { phase: PreRouting, transformation: { request: { remove: [x-a] } } }';
const PARTS = 'spec.ai.provider';
const grouped = (count: number) => Array.from({ length: count }, (_, n) => `{ providers: [{ name: p${n}, openai: { model: m${n} } }] }`).join(', ');

/** Each row: what is wrong, what finds it, and the smallest change after which the API server takes it. */
const MISTAKES: readonly (readonly [what: string, bad: string, codes: readonly string[], good: string])[] = [
  ['a host without port', provider('openai: {}, host: llm.example'), [`INVALID_VALUE ${PARTS}`], provider('openai: {}, host: llm.example, port: 80')],
  ['a port without host', provider('openai: {}, port: 80'), [`INVALID_VALUE ${PARTS}`], provider('openai: {}')],
  ['a prefix without host', provider('openai: {}, pathPrefix: /v1'), [`INVALID_VALUE ${PARTS}`], provider('openai: {}, pathPrefix: /v1, host: llm.example, port: 80')],
  ['a path beside a prefix', provider('openai: {}, path: /a, pathPrefix: /v1, host: llm.example, port: 80'), [`INVALID_VALUE ${PARTS}`], provider('openai: {}, path: /a, host: llm.example, port: 80')],
  ['two providers', provider('openai: {}, anthropic: {}'), [`INVALID_VALUE ${PARTS}`], provider('openai: {}')],
  ['no provider', provider('host: llm.example, port: 80'), [`INVALID_VALUE ${PARTS}`], provider('openai: {}, host: llm.example, port: 80')],
  ['another casing of a provider', provider('azureOpenai: { endpoint: acme.openai.azure.com }'), [`UNKNOWN_FIELD ${PARTS}.azureOpenai`], provider('azureopenai: { endpoint: acme.openai.azure.com }')],
  ['two types of backends', backend('{ ai: { provider: { openai: {} } }, static: { host: a.example, port: 80 } }'), ['INVALID_VALUE spec'], backend('{ static: { host: a.example, port: 80 } }')],
  ['an address of two kinds', backend('{ static: { host: a.example, port: 80, unixPath: /run/llm } }'), ['INVALID_VALUE spec.static'], backend('{ static: { unixPath: /run/llm } }')],
  ['Foundry without project', provider('azure: { resourceName: acme, resourceType: Foundry }'), [`BACKEND_INVALID ${PARTS}.azure.projectName`],
    provider('azure: { resourceName: acme, resourceType: Foundry, projectName: models }')],
  ['a version without deployment', provider('azureopenai: { endpoint: acme.openai.azure.com, apiVersion: "2024-10-21" }'), [`BACKEND_INVALID ${PARTS}.azureopenai.deploymentName`],
    provider('azureopenai: { endpoint: acme.openai.azure.com, apiVersion: v1 }')],
  ['a server of one\'s own nowhere', provider('custom: { formats: [{ type: Completions }] }'), [`BACKEND_INVALID ${PARTS}.custom`],
    provider('custom: { formats: [{ type: Completions }], backendRef: { name: vllm, port: 8000 } }')],
  ['a server of one\'s own in two places', provider('custom: { formats: [{ type: Completions }], backendRef: { name: vllm, port: 8000 } }, host: a.example, port: 80'), [`BACKEND_INVALID ${PARTS}.custom`],
    provider('custom: { formats: [{ type: Completions }] }, host: a.example, port: 80')],
  ['a format without slash', provider('custom: { formats: [{ type: Rerank, path: rerank }] }, host: a.example, port: 80'), [`BACKEND_INVALID ${PARTS}.custom.formats[0].path`],
    provider('custom: { formats: [{ type: Rerank, path: /rerank }] }, host: a.example, port: 80')],
  ['a format\'s path beside a prefix', provider('custom: { formats: [{ type: Rerank, path: /rerank }] }, host: a.example, port: 80, pathPrefix: /v1'), [`BACKEND_INVALID ${PARTS}.custom.formats[0].path`],
    provider('custom: { formats: [{ type: Rerank }] }, host: a.example, port: 80, pathPrefix: /v1')],
  ['a Service without port', provider('custom: { formats: [{ type: Completions }], backendRef: { name: vllm } }'), [`BACKEND_INVALID ${PARTS}.custom.backendRef.port`],
    provider('custom: { formats: [{ type: Completions }], backendRef: { name: vllm, port: 8000 } }')],
  ['a provider that is a Gateway', provider(`custom: { formats: [{ type: Completions }], backendRef: ${GATEWAY} }`), [`BACKEND_INVALID ${PARTS}.custom.backendRef`],
    provider('custom: { formats: [{ type: Completions }], backendRef: { group: inference.networking.k8s.io, kind: InferencePool, name: pool } }')],
  ['several credentials', auth(`${KEY}, passthrough: {}`), ['INVALID_VALUE spec.policies.auth'], auth(KEY)],
  ['a header for a cloud\'s identity', auth('aws: {}, location: { header: { name: api-key } }'), ['INVALID_VALUE spec.policies.auth'], auth(`${KEY}, location: { header: { name: api-key } }`)],
  ['no credential', auth(''), ['INVALID_VALUE spec.policies.auth'], auth('passthrough: {}')],
  ['a key in two places', auth(`${KEY}, location: { header: { name: api-key }, queryParameter: { name: key } }`), ['INVALID_VALUE spec.policies.auth.location'], auth(`${KEY}, location: { queryParameter: { name: key } }`)],
  ['an access key beside a role', auth('aws: { secretRef: { name: key }, assumeRole: { roleArn: "arn:aws:iam::111122223333:role/llm" } }'), ['INVALID_VALUE spec.policies.auth.aws'],
    auth('aws: { assumeRole: { roleArn: "arn:aws:iam::111122223333:role/llm" } }')],
  ['two identities of Azure', auth('azure: { secretRef: { name: key }, workloadIdentity: {} }'), ['INVALID_VALUE spec.policies.auth.azure'], auth('azure: { workloadIdentity: {} }')],
  ['an audience without its token', auth('gcp: { audience: a }'), ['BACKEND_INVALID spec.policies.auth.gcp.audience'], auth('gcp: { type: IdToken, audience: a }')],
  ['a kind of Secret without group', auth('secretRef: { name: key, kind: Vault }'), ['BACKEND_INVALID spec.policies.auth.secretRef'], auth('secretRef: { name: key, kind: Vault, group: vault.example }')],
  ['an authority that is not looked at', policies('tls: { insecureSkipVerify: All, caCertificateRefs: [{ name: ca }] }'), ['BACKEND_INVALID spec.policies.tls.caCertificateRefs'], policies('tls: { caCertificateRefs: [{ name: ca }] }')],
  ['names that are not looked at', policies('tls: { insecureSkipVerify: Hostname, verifySubjectAltNames: [a.example] }'), ['INVALID_VALUE spec.policies.tls'], policies('tls: { verifySubjectAltNames: [a.example] }')],
  ['policies that say nothing', policies(''), ['INVALID_VALUE spec.policies'], backend('{ ai: { provider: { openai: {} } } }')],
  ['AI policies of a plain host', backend('{ static: { host: a.example, port: 80 }, policies: { ai: { defaults: [{ field: user, value: x }] } } }'), ['BACKEND_INVALID spec.policies.ai'],
    backend('{ static: { host: a.example, port: 80 }, policies: { http: { version: HTTP2 } } }')],
  ['MCP policies of a provider', policies('mcp: { authorization: { policy: { matchExpressions: ["true"] } } }'), ['BACKEND_INVALID spec.policies.mcp'], policies('http: { version: HTTP2 }')],
  ['Foundry without project in a model', object('AgentgatewayModel', '{ parentRefs: [{ name: gw }], provider: Azure, azure: { resourceName: acme, resourceType: Foundry } }'), ['BACKEND_INVALID spec.azure.projectName'],
    object('AgentgatewayModel', '{ parentRefs: [{ name: gw }], provider: Azure, azure: { resourceName: acme, resourceType: Foundry, projectName: models } }')],
  ['a policy for a Deployment', policy(at('Deployment', 'apps'), RETRY), ['POLICY_INVALID spec.targetRefs[0]'], policy(ROUTE, RETRY)],
  ['a kind without its group', policy(at('HTTPRoute', ''), RETRY), ['POLICY_INVALID spec.targetRefs[0]'], policy(ROUTE, RETRY)],
  ['an MCP server by two names', backend('{ mcp: { targets: [{ name: t, static: { host: a.example, backendRef: { name: mcp }, port: 80 } }] } }'), ['INVALID_VALUE spec.mcp.targets[0].static'],
    backend('{ mcp: { targets: [{ name: t, static: { backendRef: { name: mcp }, port: 80 } }] } }')],
  ['two kinds of targets', policy(`${GATEWAY}, ${ROUTE}`, RETRY), ['POLICY_INVALID spec.targetRefs[1]'], policy(ROUTE, RETRY)],
  ['a section and a port', policy(at('Gateway', undefined, ', sectionName: http, port: 80'), 'frontend: { accessLog: { filter: "true" } }'), ['INVALID_VALUE spec.targetRefs[0]'],
    policy(at('Gateway', undefined, ', port: 80'), 'frontend: { accessLog: { filter: "true" } }')],
  ['a policy of nothing', policy(GATEWAY, ''), ['INVALID_VALUE spec'], policy(GATEWAY, BUFFER)],
  ['buffers of a route', policy(ROUTE, BUFFER), ['POLICY_INVALID spec.targetRefs[0]'], policy(GATEWAY, BUFFER)],
  ['buffers of a listener', policy(at('Gateway', undefined, ', sectionName: http'), BUFFER), ['POLICY_INVALID spec.targetRefs[0].sectionName'], policy(GATEWAY, BUFFER)],
  ['retries of a backend', policy(BACKEND, RETRY), ['POLICY_INVALID spec.targetRefs[0]'], policy(BACKEND, 'backend: { http: { version: HTTP2 } }')],
  ['retries of a Service', policy(SERVICE, RETRY), ['POLICY_INVALID spec.targetRefs[0]'], policy(SERVICE, 'backend: { http: { version: HTTP2 } }')],
  ['AI policies of a Service', policy(SERVICE, 'backend: { ai: { defaults: [{ field: user, value: x }] } }'), ['POLICY_INVALID spec.targetRefs[0]'], policy(BACKEND, 'backend: { ai: { defaults: [{ field: user, value: x }] } }')],
  ['MCP policies of a part', policy(at('AgentgatewayBackend', 'agentgateway.dev', ', sectionName: tools'), 'backend: { mcp: { authorization: { policy: { matchExpressions: ["true"] } } } }'),
    ['POLICY_INVALID spec.targetRefs[0].sectionName'], policy(BACKEND, 'backend: { mcp: { authorization: { policy: { matchExpressions: ["true"] } } } }')],
  ['a port of a route', policy(at('HTTPRoute', undefined, ', port: 80'), RETRY), ['POLICY_INVALID spec.targetRefs[0].port'], policy(ROUTE, RETRY)],
  ['a route before routes', policy(ROUTE, EARLY), ['POLICY_INVALID spec.targetRefs[0]'], policy(GATEWAY, EARLY)],
  ['retries before routes', policy(GATEWAY, 'traffic: { phase: PreRouting, retry: { attempts: 1 } }'), ['POLICY_INVALID spec.traffic.retry'], policy(GATEWAY, RETRY)],
  ['inheritance of a backend\'s policy', policy(BACKEND, 'strategy: { inheritance: Override }, backend: { http: { version: HTTP2 } }'), ['POLICY_INVALID spec.strategy.inheritance'],
    policy(ROUTE, `strategy: { inheritance: Override }, ${RETRY}`)],
  ['a condition behind none', policy(ROUTE, 'traffic: { rateLimit: { conditional: [{ policy: { local: [{ requests: 1, unit: Minutes }] } }, { condition: "true", policy: { local: [{ requests: 2, unit: Minutes }] } }] } }'),
    ['POLICY_INVALID spec.traffic.rateLimit.conditional[0]'],
    policy(ROUTE, 'traffic: { rateLimit: { conditional: [{ condition: "true", policy: { local: [{ requests: 2, unit: Minutes }] } }, { policy: { local: [{ requests: 1, unit: Minutes }] } }] } }')],
  ['a limit beside conditional ones', policy(ROUTE, 'traffic: { rateLimit: { local: [{ requests: 1, unit: Minutes }], conditional: [{ policy: { local: [{ requests: 1, unit: Minutes }] } }] } }'),
    ['INVALID_VALUE spec.traffic.rateLimit'], policy(ROUTE, 'traffic: { rateLimit: { local: [{ requests: 1, unit: Minutes }] } }')],
  ['a limit of two kinds', policy(ROUTE, 'traffic: { rateLimit: { local: [{ requests: 1, tokens: 5, unit: Minutes }] } }'), ['INVALID_VALUE spec.traffic.rateLimit.local[0]'],
    policy(ROUTE, 'traffic: { rateLimit: { local: [{ tokens: 5, unit: Minutes }] } }')],
  ['a limit of a provider', policy(BACKEND, 'traffic: { rateLimit: { local: [{ tokens: 5, unit: Hours }] } }'), ['POLICY_INVALID spec.targetRefs[0]'],
    policy(ROUTE, 'traffic: { rateLimit: { local: [{ tokens: 5, unit: Hours }] } }')],
  ['nine levels', backend(`{ ai: { groups: [${grouped(9)}] }, policies: { health: { eviction: {} } } }`), ['INVALID_VALUE spec.ai.groups'], backend(`{ ai: { groups: [${grouped(8)}] }, policies: { health: { eviction: {} } } }`)],
  ['a format twice', provider('custom: { formats: [{ type: Rerank }, { type: Rerank }] }, host: a.example, port: 80'), [`INVALID_VALUE ${PARTS}.custom.formats[1]`],
    provider('custom: { formats: [{ type: Rerank }, { type: Embeddings }] }, host: a.example, port: 80')],
  ['a role that is none', auth('aws: { assumeRole: { roleArn: llm } }'), ['INVALID_VALUE spec.policies.auth.aws.assumeRole.roleArn'], auth('aws: { assumeRole: { roleArn: "arn:aws:iam::111122223333:role/llm" } }')],
  ['a limit by the day', policy(ROUTE, 'traffic: { rateLimit: { local: [{ tokens: 5, unit: Days }] } }'), ['INVALID_VALUE spec.traffic.rateLimit.local[0].unit'],
    policy(ROUTE, 'traffic: { rateLimit: { local: [{ tokens: 5, unit: Hours }] } }')],
];

test.each(MISTAKES)('%s', (_, bad, codes, good) => {
  expect(found(bad)).toEqual(codes);
  expect(found(good)).toEqual([]);
});

describeWithCrds('what is refused at synthesis, the API server refuses', () => {
  test.each(MISTAKES)('%s', (_, bad, __, good) => {
    const complaints = (yaml: string) => CrdJudge.load({ aiGateway: 'v1.1.0', envoyGateway: 'v1.9.0', agentgateway: 'v1.4.1' })
      .judgeAll(parseAllDocuments(yaml).map(document => document.toJS()));
    expect(complaints(bad)).not.toEqual([]);
    expect(complaints(good)).toEqual([]);
  });
});

test('the Secret of a model is looked at', () => {
  const secret = (key: string) => `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: key, namespace: ai }
spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, data: [{ secretKey: ${key}, remoteRef: { key: k } }] }
`;
  const model = object('AgentgatewayModel', '{ parentRefs: [{ name: gw }], provider: OpenAI, policies: { auth: { secretRef: { name: key } } } }');
  expect(found([model, secret('apiKey')].join('---'))).toEqual(['SECRET_KEY_MISSING spec.policies.auth.secretRef']);
  expect(found([model, secret('Authorization')].join('---'))).toEqual([]);
});

test.each<[string, string, string[]]>([
  ['cannot decide who may ask before routes', policy(GATEWAY, 'traffic: { phase: PreRouting, authorization: { policy: { matchExpressions: ["true"] } } }'), ['POLICY_INVALID spec.traffic.authorization']],
  ['has no policies for pools', policy(at('InferencePool', 'inference.networking.k8s.io'), 'backend: { http: { version: HTTP2 } }'), ['POLICY_INVALID spec.targetRefs[0]']],
  ['has no settings of listeners', policy(at('Gateway', undefined, ', sectionName: http'), 'frontend: { accessLog: { filter: "true" } }'), ['POLICY_INVALID spec.targetRefs[0].sectionName']],
])('v1.0 %s', (_, yaml, codes) => {
  expect(found(yaml, AgentgatewayRelease.V1_0)).toEqual(codes);
  expect(found(yaml)).toEqual([]);
});

test.each<[string, string, string]>([
  ['a type of Service', '{ service: { spec: { type: Loadbalancer } } }', 'spec.service.spec.type'],
  ['a log level', '{ logging: { level: verbose } }', 'spec.logging.level'],
  ['a level of a module', '{ logging: { level: "info,rmcp=loud" } }', 'spec.logging.level'],
])('%s that does not exist', (_, spec, prop) => {
  expect(found(object('AgentgatewayParameters', spec))).toEqual([`PROXY_SETTING ${prop}`]);
  expect(found(object('AgentgatewayParameters', '{ service: { spec: { type: LoadBalancer } }, logging: { level: "WARN,rmcp=debug,hyper::proto=off" } }'))).toEqual([]);
});
