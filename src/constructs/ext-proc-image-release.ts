/** Where releases of the image go. */
export const POLICY_SERVER_REPOSITORY = 'ghcr.io/cdk8s-ai-gateway/policy-server';

/** Digest of the image index, for all its platforms; `npm run image` in packages/ext-proc says it. */
export const POLICY_SERVER_DIGEST = 'sha256:51299f346a201394765a819505fa993691867e1bb64a40491c8157879f236d0d';
