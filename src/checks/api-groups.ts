export const GATEWAY_API = 'gateway.networking.k8s.io';
export const ENVOY_GATEWAY = 'gateway.envoyproxy.io';
export const AI_GATEWAY = 'aigateway.envoyproxy.io';

/** Header into which the gateway writes the model of a request's body. */
export const MODEL_HEADER = 'x-ai-eg-model';
