import { CelRule } from './crd-limits';
import { goodManifests, Manifest } from '../../judges/crd/good-manifests';

/**
 * How a manifest breaks a CEL rule on fields that constructs write. Whether a rule of ours refuses it is found by
 * trying; where none does, `left` says why it is left to the server.
 */
export interface CelAccount {
  readonly kind: string;
  /** Begin of the rule's message. */
  readonly message: string;
  /** Title of the good manifest that is broken; the kind when unset. */
  readonly base?: string;
  /** Paths and what stands there instead; undefined removes. */
  readonly change: { readonly [path: string]: unknown };
  readonly left?: string;
}

const CONSTANT = 'constructs always write the same there';
const NOT_WRITTEN = 'needs a field that constructs never write';

const gatewayApi = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gateway' };
const fqdn = { hostname: 'api.example.com', port: 443 };
const ip = { address: '10.0.0.7', port: 443 };
const listener = { name: 'a', port: 80, protocol: 'HTTP' };
const certificates = { certificateRefs: [{ name: 'cert' }] };
const pool = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'pool' };
const backend = { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'openai' };
const secretRef = { name: 'credential' };
const oidc = { provider: { issuer: 'https://login.example.org' }, clientID: 'gateway', clientSecret: { name: 'oidc' } };
const file = { secretRef };
const RULE = 'spec.rules';

function policy(kind: 'ClientTrafficPolicy' | 'BackendTrafficPolicy'): CelAccount[] {
  const base = kind === 'BackendTrafficPolicy' ? 'BackendTrafficPolicy with a token budget' : undefined;
  const of = (message: string, change: CelAccount['change'], left?: string): CelAccount => ({ kind, base, message, change, left });
  return [
    of('either targetRef or targetRefs must be used', { 'spec.targetRefs': undefined }, CONSTANT),
    of('this policy can only have a targetRef.group', { 'spec.targetRefs': undefined, 'spec.targetRef': { ...gatewayApi, group: 'x.example' } }, NOT_WRITTEN),
    of('this policy can only have a targetRef.kind', { 'spec.targetRefs': undefined, 'spec.targetRef': { ...gatewayApi, kind: 'Service' } }),
    of('this policy can only have a targetRefs[*].group', { 'spec.targetRefs': [{ ...gatewayApi, group: 'x.example' }] }, CONSTANT),
    of('this policy can only have a targetRefs[*].kind', { 'spec.targetRefs': [{ ...gatewayApi, kind: 'Service' }] }),
  ];
}

const AZURE = 'BackendSecurityPolicy AzureCredentials';

function oidcAccounts(at: string, base: string): CelAccount[] {
  const provider = `${at}.provider`;
  const kind = 'BackendSecurityPolicy';
  const whole = { 'spec.azureCredentials.clientSecretRef': undefined, [at]: oidc };
  const exchange = base === AZURE ? whole : {};
  return [
    { kind, base, message: 'only one of clientID or clientIDRef must be set', change: { ...exchange, [at]: { ...oidc, clientIDRef: secretRef } } },
    { kind, base, message: 'BackendRefs must be used', change: { ...exchange, [`${provider}.backendRef`]: { name: 'x', port: 80 } }, left: NOT_WRITTEN },
    {
      kind, base, message: 'Retry timeout is not supported',
      change: { ...exchange, [`${provider}.backendSettings`]: { retry: { perRetry: { timeout: '1s' } } } }, left: NOT_WRITTEN,
    },
    {
      kind, base, message: 'HTTPStatusCodes is not supported',
      change: { ...exchange, [`${provider}.backendSettings`]: { retry: { retryOn: { httpStatusCodes: [500] } } } }, left: NOT_WRITTEN,
    },
    {
      kind, base, message: 'forwardAccessToken cannot be true',
      change: { ...exchange, [at]: { ...oidc, forwardAccessToken: true, forwardIDToken: { header: 'Authorization' } } }, left: NOT_WRITTEN,
    },
  ];
}

const security = (message: string, base: string, change: CelAccount['change'], left?: string): CelAccount =>
  ({ kind: 'BackendSecurityPolicy', base: `BackendSecurityPolicy ${base}`, message, change, left });

export const CEL_ACCOUNTS: readonly CelAccount[] = [
  { kind: 'AIGatewayRoute', message: 'only Gateway is supported', change: { 'spec.parentRefs': [{ ...gatewayApi, kind: 'Service' }] }, left: CONSTANT },
  { kind: 'AIGatewayRoute', message: 'cannot mix InferencePool', change: { [`${RULE}.0.backendRefs`]: [{ name: 'openai' }, pool] }, left: NOT_WRITTEN },
  { kind: 'AIGatewayRoute', message: 'only one InferencePool', change: { [`${RULE}.0.backendRefs`]: [pool, { ...pool, name: 'other' }] }, left: NOT_WRITTEN },
  { kind: 'AIGatewayRoute', message: 'group and kind must be specified together', change: { [`${RULE}.0.backendRefs`]: [{ name: 'openai', kind: 'InferencePool' }] }, left: NOT_WRITTEN },
  { kind: 'AIGatewayRoute', message: 'only InferencePool from', change: { [`${RULE}.0.backendRefs`]: [backend] }, left: NOT_WRITTEN },
  { kind: 'AIGatewayRoute', message: 'backendRequest timeout cannot be longer', change: { [`${RULE}.0.timeouts`]: { request: '1s', backendRequest: '2s' } } },
  { kind: 'AIGatewayRoute', base: 'AIGatewayRoute with a named rule', message: 'rule name must be unique', change: { [`${RULE}.1`]: { name: 'chat' } } },
  { kind: 'AIGatewayRoute', base: 'AIGatewayRoute with a named rule', message: 'rule name route-not-found', change: { [`${RULE}.0.name`]: 'route-not-found' } },

  { kind: 'AIServiceBackend', message: 'BackendRef must be a Backend', change: { 'spec.backendRef': { kind: 'Service', group: '', name: 'openai', port: 80 } } },
  { kind: 'AIServiceBackend', message: 'Must have port for Service', change: { 'spec.backendRef': { kind: 'Service', group: '', name: 'openai' } } },

  security('When type is APIKey', 'APIKey', { 'spec.azureAPIKey': { secretRef } }),
  security('When type is AnthropicAPIKey', 'AnthropicAPIKey', { 'spec.apiKey': { secretRef } }),
  security('When type is AzureAPIKey', 'AzureAPIKey', { 'spec.apiKey': { secretRef } }),
  security('When type is AWSCredentials', 'AWSCredentials, chain', { 'spec.apiKey': { secretRef } }),
  security('When type is AzureCredentials', 'AzureCredentials', { 'spec.apiKey': { secretRef } }),
  security('When type is GCPCredentials', 'GCPCredentials, file', { 'spec.apiKey': { secretRef } }),
  security('targetRefs must reference', 'APIKey', { 'spec.targetRefs.0': backend }),
  security('Exactly one of clientSecretRef or oidcExchangeToken', 'AzureCredentials', { 'spec.azureCredentials.clientSecretRef': undefined }),
  security('At most one of credentialsFile', 'GCPCredentials, federation', { 'spec.gcpCredentials.credentialsFile': file }),
  security('Exactly one of GCPWorkloadIdentityFederationConfig', 'GCPCredentials, federation', { 'spec.gcpCredentials.credentialsFile': file }),
  ...oidcAccounts('spec.awsCredentials.oidcExchangeToken.oidc', 'BackendSecurityPolicy AWSCredentials, token'),
  ...oidcAccounts('spec.azureCredentials.oidcExchangeToken.oidc', AZURE),
  ...oidcAccounts('spec.gcpCredentials.workloadIdentityFederationConfig.oidcExchangeToken.oidc', 'BackendSecurityPolicy GCPCredentials, federation'),

  { kind: 'GatewayConfig', message: 'Either image or imageRepository', change: { 'spec.extProc.kubernetes': { image: 'a/b:c', imageRepository: 'a/b' } } },
  { kind: 'GatewayConfig', message: 'Image must include a tag', change: { 'spec.extProc.kubernetes.image': 'a b' } },

  { kind: 'Backend', message: 'DynamicResolver type cannot', change: { 'spec.type': 'DynamicResolver' } },
  { kind: 'Backend', message: 'fqdn addresses cannot be mixed', change: { 'spec.endpoints': [{ fqdn }, { ip }] } },
  { kind: 'Backend', message: 'one of fqdn, ip or unix must', change: { 'spec.endpoints': [{ hostname: 'a.example' }] } },
  { kind: 'Backend', message: 'only one of fqdn, ip or unix', change: { 'spec.endpoints': [{ fqdn, ip }] } },

  ...policy('BackendTrafficPolicy'),
  { kind: 'BackendTrafficPolicy', message: 'either compression or compressor', change: { 'spec.compression': [{ type: 'Gzip' }], 'spec.compressor': [{ type: 'Gzip' }] } },
  { kind: 'BackendTrafficPolicy', message: 'predictivePercent in preconnect', change: { 'spec.connection': { preconnect: { predictivePercent: 200 } } }, left: NOT_WRITTEN },
  { kind: 'BackendTrafficPolicy', message: 'requestBuffer cannot be used', change: { 'spec.requestBuffer': { limit: '1Mi' }, 'spec.httpUpgrade': [{ type: 'websocket' }] }, left: NOT_WRITTEN },
  { kind: 'BackendTrafficPolicy', message: 'admissionControl can only', change: { 'spec.admissionControl': {}, 'spec.targetRefs': [{ ...gatewayApi, kind: 'TCPRoute' }] }, left: NOT_WRITTEN },
  { kind: 'BackendTrafficPolicy', message: 'Replace is not a valid MergeType', change: { 'spec.mergeType': 'Replace' }, left: CONSTANT },

  ...policy('ClientTrafficPolicy'),
  { kind: 'ClientTrafficPolicy', message: 'preserveXRequestID and requestID', change: { 'spec.headers': { preserveXRequestID: true, requestID: 'Preserve' } }, left: NOT_WRITTEN },

  { kind: 'EnvoyProxy', message: 'only one of envoyDeployment or envoyDaemonSet', change: { 'spec.provider.kubernetes.envoyDaemonSet': {} }, left: NOT_WRITTEN },
  { kind: 'EnvoyProxy', message: 'cannot use envoyHpa', change: { 'spec.provider.kubernetes': { envoyHpa: { maxReplicas: 2 }, envoyDaemonSet: {} } }, left: NOT_WRITTEN },
  { kind: 'EnvoyProxy', message: 'one of before or after', change: { 'spec.filterOrder': [{ name: 'envoy.filters.http.ext_proc' }] } },
  { kind: 'EnvoyProxy', message: 'only one of before or after', change: { 'spec.filterOrder': [{ name: 'envoy.filters.http.ext_proc', before: 'envoy.filters.http.cors', after: 'envoy.filters.http.fault' }] } },
  { kind: 'EnvoyProxy', message: 'Either image or imageRepository', change: { 'spec.provider.kubernetes.envoyDeployment.container': { image: 'a/b:c', imageRepository: 'a/b' } } },
  { kind: 'EnvoyProxy', message: 'allocateLoadBalancerNodePorts can', change: { 'spec.provider.kubernetes.envoyService': { type: 'ClusterIP', allocateLoadBalancerNodePorts: true } }, left: NOT_WRITTEN },
  { kind: 'EnvoyProxy', message: 'loadBalancerSourceRanges can', change: { 'spec.provider.kubernetes.envoyService': { type: 'ClusterIP', loadBalancerSourceRanges: ['10.0.0.0/8'] } }, left: NOT_WRITTEN },
  { kind: 'EnvoyProxy', message: 'loadBalancerIP can', change: { 'spec.provider.kubernetes.envoyService': { type: 'ClusterIP', loadBalancerIP: '10.0.0.1' } }, left: NOT_WRITTEN },

  { kind: 'Gateway', message: 'Annotation keys must be in the form', change: { 'spec.infrastructure.annotations': { 'a b': 'x' } }, left: CONSTANT },
  { kind: 'Gateway', message: "If specified, the annotation key's prefix", change: { 'spec.infrastructure.annotations': { [`${'a.'.repeat(130)}b/x`]: 'x' } }, left: CONSTANT },
  { kind: 'Gateway', message: 'tls must not be specified for protocols', change: { 'spec.listeners': [{ ...listener, tls: certificates }] } },
  { kind: 'Gateway', message: 'tls mode must be Terminate for protocol HTTPS', change: { 'spec.listeners': [{ ...listener, protocol: 'HTTPS', tls: { mode: 'Passthrough' } }] } },
  { kind: 'Gateway', message: 'tls mode must be set for protocol TLS', change: { 'spec.listeners': [{ ...listener, protocol: 'TLS' }] }, left: NOT_WRITTEN },
  { kind: 'Gateway', message: 'hostname must not be specified for protocols', change: { 'spec.listeners': [{ ...listener, protocol: 'TCP', hostname: 'a.example' }] }, left: NOT_WRITTEN },
  { kind: 'Gateway', message: 'Listener name must be unique', change: { 'spec.listeners': [listener, { ...listener, port: 81 }] } },
  { kind: 'Gateway', message: 'Combination of port, protocol and hostname', change: { 'spec.listeners': [listener, { ...listener, name: 'b' }] } },
  { kind: 'Gateway', message: 'certificateRefs or options must be specified', change: { 'spec.listeners': [{ ...listener, protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [], options: {} } }] } },

  { kind: 'BackendTLSPolicy', message: 'sectionName must be specified when', change: { 'spec.targetRefs': [backend, { ...backend, sectionName: '443' }] }, left: CONSTANT },
  { kind: 'BackendTLSPolicy', message: 'sectionName must be unique', change: { 'spec.targetRefs': [backend, backend] }, left: CONSTANT },
  { kind: 'BackendTLSPolicy', message: 'must not contain both', change: { 'spec.validation.caCertificateRefs': [{ group: '', kind: 'ConfigMap', name: 'ca' }] } },
  { kind: 'BackendTLSPolicy', message: 'must specify either', change: { 'spec.validation.wellKnownCACertificates': undefined } },
];

/** Rules on what was there before, of which a synthesis knows nothing. */
export const TRANSITION = 'compares with the object in the cluster';

export function accountOf({ kind, path, message = '' }: CelRule): CelAccount | undefined {
  const same = CEL_ACCOUNTS.filter(account => account.kind === kind && message.startsWith(account.message));
  return same.length < 2 ? same[0] : same.find(({ change }) => Object.keys(change).some(at => at.startsWith(path)));
}

/** The good manifest of an account, and the broken one. */
export function manifestsOf(
  { kind, base = kind, change }: CelAccount, release: Parameters<typeof goodManifests>[0],
): { readonly good: Manifest; readonly broken: Manifest } {
  const found = goodManifests(release).find(({ title }) => title === base) ?? goodManifests(release).find(({ title }) => title.startsWith(base));
  if (!found) throw new Error(`there is no good ${base}`);
  const broken = structuredClone(found.manifest) as Manifest;
  for (const [path, value] of Object.entries(change)) put(broken, path.split('.'), structuredClone(value));
  return { good: found.manifest, broken };
}

function put(into: any, [step, ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) put(into[step] ??= {}, rest, value);
  else if (value === undefined) delete into[step];
  else into[step] = value;
}
