import { ObjectRule } from './rule';
import { AI, BEFORE_V1_1, Manifest, PROVIDERS, World } from './world';

type Break = (world: World) => void;

const NOWHERE = 'nowhere';
const ENVOY_GATEWAY = 'gateway.envoyproxy.io/v1alpha1';
const GATEWAY_API = 'gateway.networking.k8s.io';

function rules(kind: string, ...rows: readonly (readonly [rule: string, code: string, breakIn: Break])[]): ObjectRule[] {
  return rows.map(([rule, code, breakIn]) => ({ kind, rule, code, breakIn }));
}

/** Changes the `spec` of one manifest. */
const change = (kind: string, name: string, how: (spec: any, manifest: Manifest) => void): Break => (world) => {
  const manifest = world.get(kind, name);
  how(manifest.spec, manifest);
};
const gone = (kind: string, name: string): Break => world => world.remove(kind, name);
const again = (kind: string, name: string, how: (spec: any, manifest: Manifest) => void = () => {}): Break => (world) => {
  const copy = world.copy(kind, name, `${name}-again`);
  how(copy.spec, copy);
};

const chat = (how: (spec: any) => void) => change('AIGatewayRoute', 'chat', how);
const retries = (how: (spec: any) => void) => change('BackendTrafficPolicy', 'chat', how);
const onGateway = (world: World, kind: string, spec: object) => world.add({
  apiVersion: ENVOY_GATEWAY, kind, metadata: { name: 'by-hand', namespace: AI }, spec: { targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: 'gateway' }], ...spec },
});

const ROUTES = rules('AIGatewayRoute',
  ['`parentRefs` names a Gateway', 'NO_GATEWAY', chat((spec) => { delete spec.parentRefs; })],
  ['`parentRefs` names a Gateway that exists', 'MISSING_REFERENCE', chat((spec) => { spec.parentRefs[0].name = NOWHERE; })],
  ['`parentRefs` names each Gateway once', 'GATEWAY_TWICE', chat((spec) => { spec.parentRefs.push(spec.parentRefs[0]); })],
  ['`parentRefs[].sectionName` is a listener of the Gateway', 'LISTENER_REFUSES_ROUTE', chat((spec) => { spec.parentRefs[0].sectionName = NOWHERE; })],
  ['a listener allows routes of its namespace', 'LISTENER_REFUSES_ROUTE', (world) => {
    for (const { allowedRoutes } of world.get('Gateway', 'gateway').spec.listeners) {
      allowedRoutes.namespaces = { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'apps' } } };
    }
  }],
  ['a listener serves one of its `hostnames`', 'HOSTNAME_NOT_SERVED', chat((spec) => { spec.hostnames = ['ai.example.org']; })],
  ['`backendRefs` names AIServiceBackends that exist', 'MISSING_REFERENCE', chat((spec) => { spec.rules[0].backendRefs[0].name = NOWHERE; })],
  ['a ReferenceGrant lets AIGatewayRoutes refer to AIServiceBackends of another namespace', 'MISSING_GRANT', change('ReferenceGrant', 'elsewhere-from-ai', (spec) => { spec.from.shift(); })],
  ['a ReferenceGrant lets HTTPRoutes refer to Backends of another namespace', 'MISSING_GRANT', change('ReferenceGrant', 'elsewhere-from-ai', (spec) => { spec.to.pop(); })],
  ['providers of one rule have a client API in common', 'API_NOT_SERVED', change('AIServiceBackend', 'openai', (spec) => { spec.schema = { name: 'Cohere', version: 'v2' }; })],
  ['providers of one rule all have a credential, or none has', 'KEYLESS_MIX', gone('BackendSecurityPolicy', 'openai')],
  ['a provider that shares a rule has a name and no IP address', 'IP_IN_SHARED_RULE', change('Backend', 'openai', (spec) => { spec.endpoints = [{ ip: { address: '10.0.0.7', port: 443 } }]; })],
  ['providers of one rule speak the same version of HTTP', 'MIXED_PROTOCOLS', change('Backend', 'openai', (spec) => { spec.appProtocols = ['gateway.envoyproxy.io/h2c']; })],
  ['a model has one rule on a Gateway', 'DUPLICATE_MODEL', again('AIGatewayRoute', 'vertex')],
  ['a rule without matches is on a Gateway without other routes', 'CATCH_ALL_SHADOWED', change('AIGatewayRoute', 'vertex', (spec) => { delete spec.rules[0].matches; })],
  ['patterns for the same models stand in one route', 'PATTERNS_IN_SEVERAL_ROUTES', (world) => {
    for (const name of ['azure', 'vertex']) Object.assign(world.get('AIGatewayRoute', name).spec.rules[0].matches[0].headers[0], { type: 'RegularExpression', value: 'gpt-.*' });
  }],
  ['no HTTPRoute has its name', 'HTTPROUTE_OVERWRITTEN', (world) => {
    const { metadata, spec } = world.get('AIGatewayRoute', 'chat');
    world.add({ apiVersion: `${GATEWAY_API}/v1`, kind: 'HTTPRoute', metadata, spec: { parentRefs: spec.parentRefs } });
  }],
);

const FALLBACKS = rules('BackendTrafficPolicy',
  ['`targetRefs` names a route or Gateway that exists', 'POLICY_TARGET_MISSING', retries((spec) => { spec.targetRefs[0].name = NOWHERE; })],
  ['`targetRefs[].sectionName` is a rule of the route', 'POLICY_RULE_UNKNOWN', retries((spec) => { spec.targetRefs[0].sectionName = NOWHERE; })],
  ['a target has one policy', 'POLICY_CONFLICT', again('BackendTrafficPolicy', 'chat')],
  ['beside a policy of the Gateway it has `mergeType`', 'POLICY_REPLACES_GATEWAY_POLICY', (world) => {
    onGateway(world, 'BackendTrafficPolicy', { timeout: { tcp: { connectTimeout: '1s' } } });
    delete world.get('BackendTrafficPolicy', 'chat').spec.mergeType;
  }],
  ['a rule with priorities has a policy with `retry`', 'FALLBACK_WITHOUT_RETRY', gone('BackendTrafficPolicy', 'chat')],
  ['for a rule with priorities, `retry` has `numAttemptsPerPriority`', 'FALLBACK_STAYS', retries((spec) => { delete spec.retry.numAttemptsPerPriority; })],
  ['`numRetries` reaches the last priority of the rule', 'FALLBACK_TOO_FEW_RETRIES', retries((spec) => { spec.retry.numRetries = 0; })],
  ['`retry.numRetries` ends before it goes back to a level that failed', 'FALLBACK_REPEATS_LEVEL', retries((spec) => { spec.retry.numRetries = 9; })],
  ['`timeout.tcp.connectTimeout` is set where there is a fallback', 'FALLBACK_WITHOUT_CONNECT_TIMEOUT', retries((spec) => { delete spec.timeout.tcp; })],
  ['for a rule with priorities, `retryOn` has what failing providers do', 'FALLBACK_MISSES_FAILURES', retries((spec) => { spec.retry.retryOn.triggers = ['retriable-status-codes']; })],
  ['for a rule with priorities, an attempt has a timeout', 'FALLBACK_WITHOUT_PER_TRY_TIMEOUT', retries((spec) => { delete spec.retry.perRetry; })],
  ['all attempts fit into the timeout of the rule', 'TIMEOUT_TOO_SHORT', retries((spec) => { spec.retry.perRetry.timeout = '200s'; })],
  ['status codes to retry on have their trigger', 'RETRY_CODES_IGNORED', retries((spec) => { spec.retry.retryOn.triggers = ['connect-failure', 'reset']; })],
  ['`maxEjectionPercent` allows for the only host of a priority', 'EJECTION_IMPOSSIBLE', retries((spec) => { delete spec.healthCheck.passive.maxEjectionPercent; })],
  ['for a rule with priorities, silence counts as a failure', 'EJECTION_IGNORES_SILENCE', retries((spec) => { spec.healthCheck.passive.splitExternalLocalOriginErrors = true; })],
  ['for a rule with several providers, no zone is preferred', 'PREFER_LOCAL', retries((spec) => { spec.loadBalancer = { type: 'RoundRobin', zoneAware: { preferLocal: {} } }; })],
  ['it sets no timeout that the route sets as well', 'POLICY_TIMEOUT_IGNORED', retries((spec) => { spec.timeout.http = { requestTimeout: '100s' }; })],
  ['a limit on tokens counts under a `metadataKey` of its routes', 'COST_KEY_UNKNOWN', retries((spec) => {
    const cost = { request: { from: 'Number', number: 0 }, response: { from: 'Metadata', metadata: { namespace: 'io.envoy.ai_gateway', key: 'tokens' } } };
    spec.rateLimit = { type: 'Global', global: { rules: [{ limit: { requests: 1000, unit: 'Hour' }, cost }] } };
  })],
  ['a cost of its routes is counted by a limit or written into a log', 'COST_KEY_UNUSED', chat((spec) => { spec.llmRequestCosts = [{ metadataKey: 'tokens', type: 'TotalToken' }]; })],
  ['one with `retry` is on no Gateway whose rules have one provider', 'GATEWAY_RETRIES', world => onGateway(world, 'BackendTrafficPolicy', { retry: { numRetries: 1, numAttemptsPerPriority: 1 } })],
);

const PROVIDER_RULES = rules('AIServiceBackend',
  ['`backendRef` names a Backend that exists', 'MISSING_REFERENCE', change('AIServiceBackend', 'openai', (spec) => { spec.backendRef.name = NOWHERE; })],
  ['its Backend is not marked as fallback', 'BACKEND_FALLBACK_FLAG', change('Backend', 'bedrock', (spec) => { spec.fallback = true; })],
  ['on AWS and Google Cloud, a BackendSecurityPolicy names it', 'CREDENTIAL_MISSING', gone('BackendSecurityPolicy', 'vertex')],
  ['its Azure deployments have names that fit into a path', 'AZURE_DEPLOYMENT_NAME', change('AIGatewayRoute', 'azure', (spec) => { spec.rules[0].backendRefs[0].modelNameOverride = 'gpt 4o'; })],
  ['it removes the credentials of callers that its policy does not replace', 'CALLER_CREDENTIALS_FORWARDED', change('AIServiceBackend', 'openai', (spec) => { spec.headerMutation.remove = ['cookie']; })],
  ['no header is set that carries the credential of its policy', 'MUTATION_OF_CREDENTIAL', change('AIServiceBackend', 'openai', (spec) => { spec.headerMutation = { remove: ['api-key', 'cookie', 'x-api-key'], set: [{ name: 'authorization', value: 'none' }] }; })],
  ['its routes set fields of its own API in bodies', 'BODY_FIELD_OF_OPENAI', chat((spec) => { spec.rules[0].backendRefs[1].bodyMutation = { set: [{ path: 'temperature', value: '0' }] }; })],
  ['its routes remove no header that it sets', 'MUTATION_CONTRADICTS', (world) => {
    world.get('AIServiceBackend', 'openai').spec.headerMutation.set = [{ name: 'x-team', value: 'a' }];
    world.get('AIGatewayRoute', 'chat').spec.rules[0].backendRefs[0].headerMutation = { remove: ['x-team'] };
  }],
);

/** Another data key than the one that is read. */
const otherKey = (name: string): Break => change('ExternalSecret', name, (spec) => {
  spec.dataFrom = undefined;
  spec.data = [{ secretKey: 'value', remoteRef: { key: 'llm', property: 'value' } }];
  delete spec.target.template;
});
const secret = (namespace: string, values: object): Manifest => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'openai-key', namespace }, ...values });

const CREDENTIALS = rules('BackendSecurityPolicy',
  ['`targetRefs` names a provider', 'POLICY_WITHOUT_TARGET', change('BackendSecurityPolicy', 'openai', (spec) => { delete spec.targetRefs; })],
  ['`targetRefs` names AIServiceBackends that exist', 'POLICY_TARGET_MISSING', change('BackendSecurityPolicy', 'openai', (spec) => { spec.targetRefs[0].name = NOWHERE; })],
  ['a provider has one', 'SEVERAL_SECURITY_POLICIES', again('BackendSecurityPolicy', 'openai')],
  ['`type` is what the API of the provider takes', 'CREDENTIAL_TYPE_MISMATCH', change('BackendSecurityPolicy', 'elsewhere', (spec, manifest) => {
    manifest.spec = { type: 'AnthropicAPIKey', anthropicAPIKey: spec.apiKey, targetRefs: spec.targetRefs };
  })],
  ['`region` is that of the host', 'REGION_MISMATCH', change('BackendSecurityPolicy', 'vertex', (spec) => { spec.gcpCredentials.region = 'europe-west4'; })],
  ['its Secret exists', 'SECRET_MISSING', change('BackendSecurityPolicy', 'openai', (spec) => { spec.apiKey.secretRef.name = NOWHERE; })],
  ['its Secret is in its namespace', 'SECRET_IN_OTHER_NAMESPACE', change('ExternalSecret', 'openai', (_, { metadata }) => { metadata.namespace = PROVIDERS; })],
  ['its Secret has the data key `apiKey` (API keys)', 'SECRET_KEY_MISSING', otherKey('openai')],
  ['its Secret has the data key `credentials` (AWS)', 'SECRET_KEY_MISSING', otherKey('bedrock')],
  ['its Secret has the data key `client-secret` (Azure)', 'SECRET_KEY_MISSING', otherKey('azure')],
  ['its Secret has the data key `service_account.json` (Google)', 'SECRET_KEY_MISSING', otherKey('vertex')],
  ['its Secret has no data key that nobody reads', 'SECRET_KEY_EXTRA', change('ExternalSecret', 'openai', (spec) => { spec.data.push({ ...spec.data[0], secretKey: 'other' }); })],
  ['its Secret is not in the output in plain text', 'PLAINTEXT_SECRET', (world) => {
    world.remove('ExternalSecret', 'openai');
    world.add(secret(AI, { stringData: { apiKey: 'an-api-key' } }));
  }],
  ['its Secret is made by one manifest', 'SECRET_TWO_SOURCES', again('ExternalSecret', 'openai')],
  ['its ExternalSecret writes a Secret', 'EXTERNAL_SECRET_CREATES_NOTHING', change('ExternalSecret', 'openai', (spec) => { spec.target.creationPolicy = 'None'; })],
  ['its ExternalSecret asks the store less than once a minute', 'EXTERNAL_SECRET_REFRESH_SHORT', change('ExternalSecret', 'openai', (spec) => { spec.refreshInterval = '10s'; })],
  ['its ExternalSecret follows a rotation', 'EXTERNAL_SECRET_NO_ROTATION', change('ExternalSecret', 'openai', (spec) => { spec.refreshInterval = '0s'; })],
);

const TLS = rules('BackendTLSPolicy',
  ['`targetRefs` names a Backend that exists', 'POLICY_TARGET_MISSING', change('BackendTLSPolicy', 'openai', (spec) => { spec.targetRefs[0].name = NOWHERE; })],
  ['`targetRefs` has no `sectionName`', 'TLS_POLICY_SECTION', change('BackendTLSPolicy', 'openai', (spec) => { spec.targetRefs[0].sectionName = '443'; })],
  ['a Backend has one', 'POLICY_CONFLICT', again('BackendTLSPolicy', 'openai')],
  ['`caCertificateRefs` names a ConfigMap or Secret that exists', 'TLS_CA_MISSING', gone('ConfigMap', 'ca')],
  ['`caCertificateRefs` names one in its namespace', 'TLS_CA_MISSING', (world) => { world.get('ConfigMap', 'ca').metadata.namespace = PROVIDERS; }],
  ['what `caCertificateRefs` names has the data key `ca.crt`', 'TLS_CA_MISSING', (world) => {
    const ca = world.get('ConfigMap', 'ca');
    ca.data = { 'ca.pem': ca.data['ca.crt'] };
  }],
  ['`hostname` is a name of the Backend, or `subjectAltNames` has others', 'TLS_NAME_MISMATCH', change('BackendTLSPolicy', 'openai', (spec) => { spec.validation.hostname = 'other.example.com'; })],
  ['a Backend with port 443 has one, or `tls`', 'PLAINTEXT_TO_TLS_PORT', gone('BackendTLSPolicy', 'openai')],
  ['a Backend with `tls` and no `sni` has one', 'TLS_WITHOUT_SNI', (world) => {
    world.remove('BackendTLSPolicy', 'openai');
    world.get('Backend', 'openai').spec.tls = { wellKnownCACertificates: 'System' };
  }],
);

const GATEWAYS = [
  ...rules('ClientTrafficPolicy',
    ['`targetRefs` names a Gateway that exists', 'POLICY_TARGET_MISSING', change('ClientTrafficPolicy', 'gateway', (spec) => { spec.targetRefs[0].name = NOWHERE; })],
    ['a Gateway has one', 'POLICY_CONFLICT', again('ClientTrafficPolicy', 'gateway')],
    ['a Gateway with AI routes has one with a buffer limit', 'NO_BUFFER_LIMIT', change('ClientTrafficPolicy', 'gateway', (spec) => { delete spec.connection; })],
    ['for an HTTPS listener, it also sets the window of HTTP/2', 'HTTP2_WINDOW_UNSET', change('ClientTrafficPolicy', 'gateway', (spec) => { delete spec.http2; })],
  ),
  ...rules('Gateway',
    ['`infrastructure.parametersRef` names an EnvoyProxy that exists', 'ENVOY_PROXY_MISSING', gone('EnvoyProxy', 'gateway')],
    ['its annotation names a GatewayConfig that exists', 'GATEWAY_CONFIG_MISSING', gone('GatewayConfig', 'gateway')],
    ['a Secret for its certificate exists', 'LISTENER_CERTIFICATE', gone('ExternalSecret', 'certificate')],
    ['the Secret of its certificate has the key too', 'LISTENER_CERTIFICATE', change('ExternalSecret', 'certificate', (spec) => { spec.data.pop(); })],
    ['the Secret of its certificate has the type of one', 'LISTENER_CERTIFICATE', change('ExternalSecret', 'certificate', (spec) => { delete spec.target; })],
    ['a ReferenceGrant lets it refer to a certificate of another namespace', 'MISSING_GRANT', (world) => {
      world.get('ExternalSecret', 'certificate').metadata.namespace = PROVIDERS;
      world.get('Gateway', 'gateway').spec.listeners[1].tls.certificateRefs[0].namespace = PROVIDERS;
    }],
    ['it has a service account of its own', 'SERVICE_ACCOUNT_SHARED', again('Gateway', 'gateway')],
    ['the service account of its EnvoyProxy is made by nobody else', 'SERVICE_ACCOUNT_ADOPTED', (world) => {
      world.add({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'gateway', namespace: AI } });
    }],
    ['with AI routes, it is not in the namespace of Envoy Gateway', 'GATEWAY_IN_CONTROL_NAMESPACE', (world) => {
      world.get('Gateway', 'gateway').metadata.namespace = 'envoy-gateway-system';
      world.get('AIGatewayRoute', 'chat').spec.parentRefs[0].namespace = 'envoy-gateway-system';
    }],
  ),
  {
    kind: 'Gateway', rule: 'before v1.1, namespace and name make a text that no other Gateway makes', code: 'GATEWAY_NAME_COLLISION', cluster: BEFORE_V1_1,
    breakIn: (world: World) => {
      const route = world.get('AIGatewayRoute', 'chat').spec;
      for (const [namespace, name] of [['c', 'a-b'], ['b-c', 'a']]) {
        world.copy('Gateway', 'gateway', name).metadata.namespace = namespace;
        route.parentRefs.push({ ...route.parentRefs[0], namespace, name });
      }
    },
  },
  ...rules('SecurityPolicy',
    ['`extAuth` names a Service or Backend that exists', 'MISSING_REFERENCE', world => onGateway(world, 'SecurityPolicy', { extAuth: { grpc: { backendRefs: [{ name: NOWHERE, port: 9000 }] } } })],
  ),
  ...rules('SecurityPolicy',
    ['`filterOrder` puts `extAuth` behind what writes the headers it sends', 'IDENTITY_AFTER_EXT_AUTH', world => onGateway(world, 'SecurityPolicy', {
      jwt: { providers: [{ name: 'idp', remoteJWKS: { uri: 'https://idp.example.com/keys' }, claimToHeaders: [{ claim: 'team', header: 'x-team' }] }] },
      extAuth: { headersToExtAuth: ['x-team'], http: { backendRefs: [{ name: NOWHERE, port: 9000 }] } },
    })],
  ),
  ...rules('EnvoyExtensionPolicy',
    ['`extProc` names a Service or Backend that exists', 'MISSING_REFERENCE', world => onGateway(world, 'EnvoyExtensionPolicy', { extProc: [{ backendRefs: [{ name: NOWHERE, port: 9000 }] }] })],
    ['`extProc` names a port of its Service', 'POLICY_SERVER_PORT', (world) => {
      world.add({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'processor', namespace: AI }, spec: { ports: [{ port: 9000 }] } });
      onGateway(world, 'EnvoyExtensionPolicy', { extProc: [{ backendRefs: [{ name: 'processor', port: 9001 }] }] });
    }],
    ['with `extProc`, it is on the Gateway, or on every route of it', 'PROCESSOR_ON_ROUTE', (world) => {
      onGateway(world, 'EnvoyExtensionPolicy', { targetRefs: [{ group: GATEWAY_API, kind: 'HTTPRoute', name: 'chat' }], extProc: [{ backendRefs: [{ name: NOWHERE, port: 9000 }] }] });
    }],
    ['where processors get bodies, `filterOrder` and a `requestBuffer` put them before the AI filter', 'PROCESSOR_AFTER_AI_FILTER', (world) => {
      onGateway(world, 'EnvoyExtensionPolicy', { extProc: [{ backendRefs: [{ name: NOWHERE, port: 9000 }], processingMode: { request: { body: 'Buffered' } } }] });
    }],
  ),
  ...rules('any', ['kind, namespace and name are those of no other object', 'DUPLICATE_OBJECT', again('AIServiceBackend', 'vertex', (_, { metadata }) => { metadata.name = 'vertex'; })]),
];

export const OF_ENVOY_AI_GATEWAY: readonly ObjectRule[] = [...ROUTES, ...FALLBACKS, ...PROVIDER_RULES, ...CREDENTIALS, ...TLS, ...GATEWAYS];
