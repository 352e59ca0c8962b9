/** Where releases of the image go. */
export const POLICY_SERVER_REPOSITORY = 'ghcr.io/cdk8s-ai-gateway/policy-server';

/** Digest of the image index, for all its platforms; `npm run image` in packages/ext-proc says it. */
export const POLICY_SERVER_DIGEST = 'sha256:8085207267a1cd5749e529d0cfed59b491c93d0f85dc935bb502da4658225b40';
