/** API group and version of the kinds this platform emits. */
export const KGATEWAY_GROUP = 'gateway.kgateway.dev';
export const KGATEWAY_V1ALPHA1 = `${KGATEWAY_GROUP}/v1alpha1` as const;

/** For messages. */
export const LABEL = 'kgateway v2.1';
