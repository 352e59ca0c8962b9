import { Release } from './releases';

/** API groups and versions of the kinds this platform emits. */
export const GATEWAY_API = 'gateway.networking.k8s.io';
export const ENVOY_GATEWAY_GROUP = 'gateway.envoyproxy.io';
export const AI_GATEWAY_GROUP = 'aigateway.envoyproxy.io';

export const GATEWAY_API_V1 = `${GATEWAY_API}/v1` as const;
/** v1 of ReferenceGrant is served only from Gateway API 1.5; every release stores v1beta1. */
export const REFERENCE_GRANT_VERSION = `${GATEWAY_API}/v1beta1` as const;
export const ENVOY_GATEWAY_V1ALPHA1 = `${ENVOY_GATEWAY_GROUP}/v1alpha1` as const;

export function aiGatewayVersion(release: Release) {
  return `${AI_GATEWAY_GROUP}/${release.facts.apiVersion}` as const;
}

/** Header the gateway writes the model of the request's body into. */
export const MODEL_HEADER = 'x-ai-eg-model';
