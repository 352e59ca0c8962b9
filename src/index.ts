// Platform
export { EnvoyAIGatewayOptions, EnvoyAIGatewayRelease, EnvoyGatewayRelease, GatewayApiChannel } from './platforms/envoy-ai-gateway';
export { Platform } from './platforms/platform';
export { ClusterSetup, ClusterSetupOptions } from './constructs/cluster-setup';

// Gateway and routes
export { AIGateway, AIGatewayProps, GatewayReferenceOptions } from './constructs/gateway';
export { AddModelOptions, IAIGateway } from './constructs/gateway-interface';
export {
  ContainerResources, EnvVariable, Listener, ListenerOptions, ProxyOptions, RouteNamespaces, SidecarOptions,
} from './constructs/gateway-options';
export { HeaderMatch, ModelMatch } from './constructs/model-match';
export { ModelRoute, ModelRouteProps } from './constructs/model-route';
export { ClientApi, FailoverOptions, RouteEntry, RouteEntryOptions } from './constructs/route-entry';
export { Target, TargetOptions, Traffic, WeightedTarget } from './constructs/target';

// Providers
export { EndpointProps, IProvider, ProviderProps } from './constructs/provider';
export { ProviderTls, ProviderTlsOptions } from './constructs/provider-tls';
export { BodyMutation, HeaderMutation, JsonValue } from './constructs/mutation';
export { OpenAIProvider, OpenAIProviderProps } from './constructs/openai-provider';

// Credentials
export { ApiKey } from './constructs/api-key';

// GitOps
export { ArgoCD, SyncWaveOptions } from './constructs/argo-cd';

// Checks
export { Checks, Finding } from './constructs/checks';
