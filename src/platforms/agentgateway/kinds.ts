/** API group and version of the kinds this platform emits. */
export const AGENTGATEWAY_GROUP = 'agentgateway.dev';
export const AGENTGATEWAY_V1ALPHA1 = `${AGENTGATEWAY_GROUP}/v1alpha1` as const;

/** Header into which the gateway's policy writes the model of the request's body. */
export const MODEL_HEADER = 'x-gateway-model';
/** Header the policy writes as well: rules for exact names match it too, so they win over patterns, which have one condition less. */
export const EXACT_HEADER = 'x-gateway-model-exact';
export const EXACT_VALUE = 'yes';
