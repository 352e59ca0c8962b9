import { Release } from './releases';

export { GATEWAY_API, GATEWAY_API_V1, REFERENCE_GRANT_VERSION } from '../gateway-api/kinds';

/** API groups and versions of the kinds this platform emits. */
export const ENVOY_GATEWAY_GROUP = 'gateway.envoyproxy.io';
export const AI_GATEWAY_GROUP = 'aigateway.envoyproxy.io';

export const ENVOY_GATEWAY_V1ALPHA1 = `${ENVOY_GATEWAY_GROUP}/v1alpha1` as const;

export function aiGatewayVersion(release: Release) {
  return `${AI_GATEWAY_GROUP}/${release.facts.apiVersion}` as const;
}

/** Header the gateway writes the model of the request's body into. */
export const MODEL_HEADER = 'x-ai-eg-model';
