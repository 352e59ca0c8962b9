import type { AiGatewayRelease } from './release-set';

/** A manifest that the cluster accepts. */
export interface GoodManifest {
  readonly title: string;
  readonly manifest: Manifest;
  /** @default - the oldest release */
  readonly since?: AiGatewayRelease;
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly spec?: unknown;
  readonly [key: string]: unknown;
}

const GATEWAY_API = 'gateway.networking.k8s.io';
const ENVOY_GATEWAY = 'gateway.envoyproxy.io/v1alpha1';
/** Decodes to words, not to bytes of a key. */
const SEALED = Buffer.from('not a ciphertext').toString('base64');

/** The API version that the kinds of Envoy AI Gateway have in a release, without a deprecation. */
export function aiGatewayVersion(release: AiGatewayRelease): string {
  return `aigateway.envoyproxy.io/${release === 'v0.5.0' ? 'v1alpha1' : 'v1beta1'}`;
}

/** One small manifest of each kind that goes with a gateway, and of each form that matters. */
export function goodManifests(release: AiGatewayRelease): GoodManifest[] {
  return [...gatewayKinds(), ...backendKinds(), ...aiKinds(aiGatewayVersion(release)), ...secretKinds(), ...coreKinds()];
}

export function object(apiVersion: string, kind: string, name: string, spec: unknown, more: Readonly<Record<string, unknown>> = {}): Manifest {
  return { apiVersion, kind, metadata: { name, namespace: 'ai' }, spec, ...more };
}

function good(title: string, manifest: Manifest, since?: AiGatewayRelease): GoodManifest {
  return { title, manifest, since };
}

function gatewayKinds(): GoodManifest[] {
  return [
    good('GatewayClass', {
      apiVersion: `${GATEWAY_API}/v1`,
      kind: 'GatewayClass',
      metadata: { name: 'envoy' },
      spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    }),
    good('Gateway', {
      ...object(`${GATEWAY_API}/v1`, 'Gateway', 'gateway', {
        gatewayClassName: 'envoy',
        infrastructure: { parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'gateway' } },
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
          { name: 'https', port: 443, protocol: 'HTTPS', hostname: 'llm.example.org', tls: { certificateRefs: [{ name: 'cert' }] } },
        ],
      }),
      metadata: {
        name: 'gateway', namespace: 'ai',
        labels: { 'app.kubernetes.io/part-of': 'ai' },
        annotations: { 'aigateway.envoyproxy.io/gateway-config': 'gateway' },
      },
    }),
    good('HTTPRoute', object(`${GATEWAY_API}/v1`, 'HTTPRoute', 'health', {
      parentRefs: [{ name: 'gateway' }],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/healthz' } }], backendRefs: [{ name: 'health', port: 80 }] }],
    })),
    good('ReferenceGrant', object(`${GATEWAY_API}/v1beta1`, 'ReferenceGrant', 'from-apps', {
      from: [{ group: 'aigateway.envoyproxy.io', kind: 'AIGatewayRoute', namespace: 'apps' }],
      to: [{ group: 'aigateway.envoyproxy.io', kind: 'AIServiceBackend', name: 'openai' }],
    })),
    good('EnvoyProxy', object(ENVOY_GATEWAY, 'EnvoyProxy', 'gateway', {
      provider: {
        type: 'Kubernetes',
        kubernetes: {
          envoyServiceAccount: { name: 'gateway' },
          envoyDeployment: { replicas: 2, container: { resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { memory: '1Gi' } } } },
        },
      },
    })),
    good('ClientTrafficPolicy', object(ENVOY_GATEWAY, 'ClientTrafficPolicy', 'gateway', {
      targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: 'gateway' }],
      connection: { bufferLimit: '50Mi' },
      headers: { earlyRequestHeaders: { remove: ['x-internal'] } },
    })),
    good('BackendTrafficPolicy', object(ENVOY_GATEWAY, 'BackendTrafficPolicy', 'gpt-4o', {
      mergeType: 'StrategicMerge',
      targetRefs: [{ group: GATEWAY_API, kind: 'HTTPRoute', name: 'gpt-4o' }],
      retry: { numRetries: 3, numAttemptsPerPriority: 1, retryOn: { triggers: ['connect-failure', 'retriable-status-codes'], httpStatusCodes: [429, 503] } },
      healthCheck: { panicThreshold: 0, passive: { consecutive5XxErrors: 2, interval: '2s', baseEjectionTime: '30s', maxEjectionPercent: 100 } },
      timeout: { http: { requestTimeout: '300s' } },
    })),
    good('BackendTrafficPolicy with a token budget', object(ENVOY_GATEWAY, 'BackendTrafficPolicy', 'budget', {
      targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: 'gateway' }],
      rateLimit: {
        type: 'Global',
        global: {
          rules: [{
            clientSelectors: [{ headers: [{ name: 'x-team', type: 'Distinct' }] }],
            limit: { requests: 1000, unit: 'Hour' },
            cost: {
              request: { from: 'Number', number: 0 },
              response: { from: 'Metadata', metadata: { namespace: 'io.envoy.ai_gateway', key: 'tokens' } },
            },
          }],
        },
      },
    })),
  ];
}

function backendKinds(): GoodManifest[] {
  return [
    good('Backend', object(ENVOY_GATEWAY, 'Backend', 'openai', { endpoints: [{ fqdn: { hostname: 'api.openai.com', port: 443 } }] })),
    good('Backend with an address', object(ENVOY_GATEWAY, 'Backend', 'local', { endpoints: [{ ip: { address: '10.0.0.7', port: 8000 } }] })),
    good('BackendTLSPolicy', object(`${GATEWAY_API}/v1`, 'BackendTLSPolicy', 'openai', {
      targetRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'openai' }],
      validation: { hostname: 'api.openai.com', wellKnownCACertificates: 'System' },
    })),
  ];
}

function aiKinds(version: string): GoodManifest[] {
  const targetRefs = [{ group: 'aigateway.envoyproxy.io', kind: 'AIServiceBackend', name: 'openai' }];
  const policy = (name: string, spec: object) => object(version, 'BackendSecurityPolicy', name, { targetRefs, ...spec });
  const secretRef = { name: 'credential' };
  const oidc = { provider: { issuer: 'https://login.example.org' }, clientID: 'gateway', clientSecret: { name: 'oidc' } };
  return [
    good('AIServiceBackend', object(version, 'AIServiceBackend', 'openai', {
      schema: { name: 'OpenAI', prefix: '/v1' },
      backendRef: { group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'openai' },
      headerMutation: { remove: ['x-api-key'], set: [{ name: 'x-client', value: 'gateway' }] },
    })),
    good('BackendSecurityPolicy APIKey', policy('key', { type: 'APIKey', apiKey: { secretRef } })),
    good('BackendSecurityPolicy AnthropicAPIKey', policy('anthropic', { type: 'AnthropicAPIKey', anthropicAPIKey: { secretRef } })),
    good('BackendSecurityPolicy AzureAPIKey', policy('azure-key', { type: 'AzureAPIKey', azureAPIKey: { secretRef } })),
    good('BackendSecurityPolicy AWSCredentials, chain', policy('aws', { type: 'AWSCredentials', awsCredentials: { region: 'us-east-1' } })),
    good('BackendSecurityPolicy AWSCredentials, file', policy('aws-file', {
      type: 'AWSCredentials', awsCredentials: { region: 'us-east-1', credentialsFile: { secretRef } },
    })),
    good('BackendSecurityPolicy AWSCredentials, token', policy('aws-token', {
      type: 'AWSCredentials',
      awsCredentials: { region: 'us-east-1', oidcExchangeToken: { oidc, awsRoleArn: 'arn:aws:iam::000000000000:role/gateway' } },
    })),
    good('BackendSecurityPolicy AzureCredentials', policy('azure', {
      type: 'AzureCredentials', azureCredentials: { clientID: 'client', tenantID: 'tenant', clientSecretRef: secretRef },
    })),
    good('BackendSecurityPolicy GCPCredentials, file', policy('gcp-file', {
      type: 'GCPCredentials', gcpCredentials: { projectName: 'project', region: 'us-central1', credentialsFile: { secretRef } },
    })),
    good('BackendSecurityPolicy GCPCredentials, federation', policy('gcp-federation', {
      type: 'GCPCredentials',
      gcpCredentials: {
        projectName: 'project', region: 'global',
        workloadIdentityFederationConfig: {
          projectID: 'project', workloadIdentityPoolName: 'pool', workloadIdentityProviderName: 'provider', oidcExchangeToken: { oidc },
        },
      },
    })),
    good('BackendSecurityPolicy GCPCredentials, ambient', policy('gcp', {
      type: 'GCPCredentials', gcpCredentials: { projectName: 'project', region: 'us-central1' },
    }), 'v0.6.0'),
    good('BackendSecurityPolicy with an override', policy('override', {
      type: 'APIKey', apiKey: { secretRef }, credentialOverride: { fromRequestHeaders: { header: 'x-own-key' } },
    }), 'v1.1.0'),
    good('AIGatewayRoute', object(version, 'AIGatewayRoute', 'gpt-4o', {
      parentRefs: [{ name: 'gateway', kind: 'Gateway', group: GATEWAY_API }],
      llmRequestCosts: [{ metadataKey: 'tokens', type: 'TotalToken' }],
      rules: [{
        matches: [{ headers: [{ type: 'Exact', name: 'x-ai-eg-model', value: 'gpt-4o' }] }],
        backendRefs: [{ name: 'openai', weight: 9 }, { name: 'azure', modelNameOverride: 'gpt-4o-eu', priority: 1 }],
        timeouts: { request: '300s' },
        modelsOwnedBy: 'platform',
        modelsCreatedAt: '2025-01-01T00:00:00Z',
      }],
    })),
    good('AIGatewayRoute with hostnames', object(version, 'AIGatewayRoute', 'host', {
      parentRefs: [{ name: 'gateway' }], hostnames: ['*.example.org'], rules: [{ backendRefs: [{ name: 'openai' }] }],
    }), 'v0.7.0'),
    good('AIGatewayRoute with a named rule', object(version, 'AIGatewayRoute', 'named', {
      rules: [{ name: 'chat', streamIdleTimeout: '90s', backendRefs: [{ name: 'openai' }] }],
    }), 'v1.1.0'),
    good('GatewayConfig', object(version, 'GatewayConfig', 'gateway', {
      extProc: { kubernetes: { env: [{ name: 'LOG_LEVEL', value: 'info' }], resources: { requests: { memory: '256Mi', cpu: '1' } } } },
    })),
    good('GatewayConfig with a proxy', object(version, 'GatewayConfig', 'proxied', { forwardProxy: { address: 'proxy.example.org:3128' } }), 'v1.1.0'),
    good('MCPRoute', object(version, 'MCPRoute', 'tools', {
      parentRefs: [{ name: 'gateway', kind: 'Gateway', group: GATEWAY_API }],
      backendRefs: [{ name: 'tools', kind: 'Backend', group: 'gateway.envoyproxy.io', toolSelector: { include: ['search'] } }],
    })),
    good('QuotaPolicy', object('aigateway.envoyproxy.io/v1alpha1', 'QuotaPolicy', 'budget', {
      targetRefs,
      perModelQuotas: [{ modelName: 'gpt-4o', quota: { mode: 'Shared', defaultBucket: { limit: 1000, duration: '1h' } } }],
    }), 'v0.6.0'),
    good('AgentgatewayBackend', object('agentgateway.dev/v1alpha1', 'AgentgatewayBackend', 'openai', {
      ai: { groups: [{ providers: [{ name: 'openai', openai: { model: 'gpt-4o' } }, { name: 'claude', anthropic: {} }] }] },
      policies: { auth: { secretRef } },
    })),
  ];
}

function secretKinds(): GoodManifest[] {
  return [
    good('ExternalSecret', object('external-secrets.io/v1', 'ExternalSecret', 'openai', {
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: { name: 'openai', creationPolicy: 'Owner', template: { engineVersion: 'v2', data: { apiKey: '{{ .credential }}' } } },
      data: [{ secretKey: 'credential', remoteRef: { key: 'openai', property: 'credential' } }],
    })),
    good('SopsSecret', object('isindir.github.com/v1alpha3', 'SopsSecret', 'openai', {
      secretTemplates: [{ name: 'openai', stringData: { apiKey: 'ENC[AES256_GCM,data:,iv:,tag:,type:str]' } }],
    }, { sops: { encrypted_regex: '^(data|stringData)$', lastmodified: '2025-01-01T00:00:00Z', mac: 'ENC[]', version: '3.11.0' } })),
    good('SealedSecret', object('bitnami.com/v1alpha1', 'SealedSecret', 'openai', {
      encryptedData: { apiKey: SEALED },
      template: { type: 'Opaque', data: null, metadata: { name: 'openai', namespace: 'ai', creationTimestamp: null } },
    })),
  ];
}

function coreKinds(): GoodManifest[] {
  return [
    good('Secret', object('v1', 'Secret', 'openai', undefined, {
      type: 'Opaque', data: { 'apiKey': SEALED, 'service_account.json': '' }, stringData: { region: 'us-east-1' }, immutable: true,
    })),
    good('ConfigMap', object('v1', 'ConfigMap', 'ca', undefined, { data: { 'ca.crt': 'text' }, binaryData: { blob: SEALED } })),
    good('ServiceAccount', object('v1', 'ServiceAccount', 'gateway', undefined, { automountServiceAccountToken: false })),
    good('Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ai', labels: { team: 'platform' } } }),
    good('Service', object('v1', 'Service', 'vllm', { ports: [{ port: 8000 }] })),
    good('Deployment', object('apps/v1', 'Deployment', 'vllm', { replicas: 1 })),
  ];
}
