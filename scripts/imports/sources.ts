/** Where the kinds of one API group come from. */
export interface Source {
  readonly group: string;
  /** The upstream project, also its folder name. */
  readonly product: string;
  /** Pinned releases, oldest first. */
  readonly releases: readonly string[];
  /** The one that programs target unless they choose; none where most programs have no object of the group. */
  readonly usual?: string;
  /** Folders inside a release, where upstream publishes more than one set. */
  readonly channels?: readonly string[];
  /** Kind to plural; a file is called `<group>_<plural>.yaml`. */
  readonly kinds: { readonly [kind: string]: string };
  /** First release of a kind, where it is not the first that is pinned. */
  readonly since?: { readonly [kind: string]: string };
}

export const sources: readonly Source[] = [
  {
    group: 'aigateway.envoyproxy.io',
    product: 'envoy-ai-gateway',
    releases: ['v0.5.0', 'v0.6.0', 'v0.7.0', 'v1.0.0', 'v1.1.0'],
    usual: 'v1.1.0',
    kinds: {
      AIGatewayRoute: 'aigatewayroutes',
      AIServiceBackend: 'aiservicebackends',
      BackendSecurityPolicy: 'backendsecuritypolicies',
      GatewayConfig: 'gatewayconfigs',
      MCPRoute: 'mcproutes',
      QuotaPolicy: 'quotapolicies',
    },
    since: { QuotaPolicy: 'v0.6.0' },
  },
  {
    group: 'gateway.envoyproxy.io',
    product: 'envoy-gateway',
    releases: ['v1.6.0', 'v1.7.0', 'v1.8.1', 'v1.9.0'],
    usual: 'v1.8.1',
    kinds: {
      Backend: 'backends',
      BackendTrafficPolicy: 'backendtrafficpolicies',
      ClientTrafficPolicy: 'clienttrafficpolicies',
      EnvoyProxy: 'envoyproxies',
      SecurityPolicy: 'securitypolicies',
      EnvoyExtensionPolicy: 'envoyextensionpolicies',
    },
  },
  {
    group: 'gateway.networking.k8s.io',
    product: 'gateway-api',
    releases: ['v1.4.0', 'v1.4.1', 'v1.5.1', 'v1.6.1'],
    usual: 'v1.5.1',
    channels: ['standard', 'experimental'],
    kinds: {
      GatewayClass: 'gatewayclasses',
      Gateway: 'gateways',
      BackendTLSPolicy: 'backendtlspolicies',
      ReferenceGrant: 'referencegrants',
      HTTPRoute: 'httproutes',
    },
  },
  {
    group: 'agentgateway.dev',
    product: 'agentgateway',
    releases: ['v1.0.0', 'v1.4.1'],
    kinds: {
      AgentgatewayBackend: 'agentgatewaybackends',
      AgentgatewayPolicy: 'agentgatewaypolicies',
      AgentgatewayModel: 'agentgatewaymodels',
      AgentgatewayParameters: 'agentgatewayparameters',
    },
    since: { AgentgatewayModel: 'v1.4.1' },
  },
  {
    group: 'external-secrets.io',
    product: 'external-secrets',
    releases: ['v2.9.0'],
    kinds: { ExternalSecret: 'externalsecrets' },
  },
  {
    group: 'isindir.github.com',
    product: 'sops-secrets-operator',
    releases: ['0.21.1'],
    kinds: { SopsSecret: 'sopssecrets' },
  },
  {
    group: 'bitnami.com',
    product: 'sealed-secrets',
    releases: ['v0.36.6'],
    kinds: { SealedSecret: 'sealedsecrets' },
  },
];
