/** Group and versions of the kinds of Gateway API itself. */
export const GATEWAY_API = 'gateway.networking.k8s.io';
export const GATEWAY_API_V1 = `${GATEWAY_API}/v1` as const;
/** v1 of ReferenceGrant is served only from Gateway API 1.5; every release stores v1beta1. */
export const REFERENCE_GRANT_VERSION = `${GATEWAY_API}/v1beta1` as const;
