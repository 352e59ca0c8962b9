export const GATEWAY_API = 'gateway.networking.k8s.io';
export const ENVOY_GATEWAY = 'gateway.envoyproxy.io';
export const AI_GATEWAY = 'aigateway.envoyproxy.io';

export const AGENTGATEWAY = 'agentgateway.dev';
export const KGATEWAY = 'gateway.kgateway.dev';

/** Header into which the gateway writes the model of a request's body. */
export const MODEL_HEADER = 'x-ai-eg-model';
/** Header into which our policy on a Gateway of agentgateway writes the model of a request, and rules match. */
export const AGENTGATEWAY_MODEL_HEADER = 'x-gateway-model';
