// Platform
export { AgentgatewayOptions } from './platforms/agentgateway';
export { AgentgatewayRelease } from './platforms/agentgateway/releases';
export { EnvoyAIGatewayOptions, EnvoyAIGatewayRelease, EnvoyGatewayRelease, GatewayApiChannel } from './platforms/envoy-ai-gateway';
export { Platform } from './platforms/platform';
export { ClusterSetup, ClusterSetupOptions } from './constructs/cluster-setup';

// Gateway and routes
export { AIGateway, AIGatewayProps, GatewayReferenceOptions } from './constructs/gateway';
export { AddModelOptions, AddPathOptions, IAIGateway } from './constructs/gateway-interface';
export {
  ContainerResources, EnvVariable, Listener, ListenerOptions, ProxyLogLevel, ProxyOptions, ProxyServiceType, RouteNamespaces, SidecarOptions,
} from './constructs/gateway-options';
export { HeaderMatch, ModelMatch } from './constructs/model-match';
export { ModelRoute, ModelRouteProps } from './constructs/model-route';
export { PathMatch, PathRewrite } from './constructs/path-match';
export { PathEntry, PathEntryOptions, PathRoute, PathRouteProps } from './constructs/path-route';
export { RouteProps } from './constructs/route-base';
export { ClientApi, FailoverOptions, RouteEntry, RouteEntryOptions } from './constructs/route-entry';
export { Target, TargetOptions, Traffic, WeightedTarget } from './constructs/target';

// Providers
export { AnthropicProvider, AnthropicProviderProps } from './constructs/anthropic-provider';
export { AzureOpenAIEndpoint } from './constructs/azure-openai-endpoint';
export { AzureOpenAIApi, AzureOpenAIProvider, AzureOpenAIProviderProps } from './constructs/azure-openai-provider';
export { BedrockEndpoint } from './constructs/bedrock-endpoint';
export { BedrockAnthropicProvider, BedrockProvider, BedrockProviderProps } from './constructs/bedrock-provider';
export { CohereProvider, CohereProviderProps } from './constructs/cohere-provider';
export { ExistingProvider, ExistingProviderProps, ProviderApi } from './constructs/existing-provider';
export { GeminiProvider, GeminiProviderProps } from './constructs/gemini-provider';
export { InClusterProvider, InClusterProviderProps } from './constructs/in-cluster-provider';
export { InClusterService, InClusterServiceOptions } from './constructs/in-cluster-service';
export { ModelServer, ModelServerOptions } from './constructs/model-server';
export { BodyMutation, HeaderMutation, JsonValue } from './constructs/mutation';
export { OpenAICompatibleProvider, OpenAICompatibleProviderProps } from './constructs/openai-compatible-provider';
export { OpenAIProvider, OpenAIProviderProps } from './constructs/openai-provider';
export { IProvider, ProviderProps } from './constructs/provider';
export { ConnectionProps, EndpointProps } from './constructs/provider-endpoint';
export { ProviderTls, ProviderTlsOptions } from './constructs/provider-tls';
export { Vendor, VendorOptions } from './constructs/vendor';
export { VertexAIProvider, VertexAIProviderProps, VertexAnthropicProvider } from './constructs/vertex-ai-provider';

// Policy
export { BundledImageOptions, ExtProcImage, RegistryImageOptions } from './constructs/ext-proc-image';
export { Policy } from './constructs/policy';
export { HandOverOptions, PolicyAudit, PolicyFront, PolicyPoint, PolicyPointAutoscaling, PolicyPointProps } from './constructs/policy-point';
export { TenantApiKeyOptions, TenantIdentity, TenantTokenOptions } from './constructs/tenant-identity';

// Credentials
export { ApiKey } from './constructs/api-key';
export {
  AwsCredentials, AwsExternalSecretExtractOptions, AwsExternalSecretOptions, AwsIdentityOptions, AwsOidcOptions,
} from './constructs/aws-credentials';
export {
  AzureApplicationOptions, AzureClientSecretOptions, AzureCredentials, AzureOidcOptions,
} from './constructs/azure-credentials';
export {
  ExternalSecretCreationPolicy, ExternalSecretDeletionPolicy, ExternalSecretExtractOptions, ExternalSecretOptions,
  ExternalSecretRefreshPolicy, ExternalSecretValueOptions, RemoteSecret,
} from './constructs/external-secret-options';
export { GcpAdcOptions, GcpCredentials, GcpWorkloadIdentityFederationOptions } from './constructs/gcp-credentials';
export { OidcToken } from './constructs/oidc-token';
export { SealedSecretFileOptions, SopsFileOptions, SopsMode } from './constructs/secret-file';
export { ExistingSecretOptions } from './constructs/secret-source';
export { SecretStore } from './constructs/secret-store';
export { StoredSecret } from './constructs/stored-secret';

// GitOps
export { ArgoCD, SyncWaveOptions } from './constructs/argo-cd';

// Checks
export { Checks, Finding } from './constructs/checks';
