import { Release, ReleaseFacts } from './releases';

export { GATEWAY_API, GATEWAY_API_V1, REFERENCE_GRANT_VERSION } from '../gateway-api/kinds';

/** API groups and versions of the kinds this platform emits. */
export const ENVOY_GATEWAY_GROUP = 'gateway.envoyproxy.io';
export const AI_GATEWAY_GROUP = 'aigateway.envoyproxy.io';

// Written out: cdk8s splits that of every object, and V8 remembers the parts of a text that is a literal.
export const ENVOY_GATEWAY_V1ALPHA1 = 'gateway.envoyproxy.io/v1alpha1' satisfies `${typeof ENVOY_GATEWAY_GROUP}/v1alpha1`;

const AI_GATEWAY_VERSIONS = {
  v1alpha1: 'aigateway.envoyproxy.io/v1alpha1',
  v1beta1: 'aigateway.envoyproxy.io/v1beta1',
} as const satisfies { [version in ReleaseFacts['apiVersion']]: `${typeof AI_GATEWAY_GROUP}/${version}` };

export function aiGatewayVersion(release: Release) {
  return AI_GATEWAY_VERSIONS[release.facts.apiVersion];
}

/** Header the gateway writes the model of the request's body into. */
export const MODEL_HEADER = 'x-ai-eg-model';

/** The policy server sets it on what it lets through; the gateway refuses everything without it. */
export const MARK = 'x-guard-ok';
