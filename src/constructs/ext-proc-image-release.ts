/** Where releases of the image go. */
export const POLICY_SERVER_REPOSITORY = 'ghcr.io/cdk8s-ai-gateway/policy-server';

/** Digest of the image index, for all its platforms; `npm run image` in packages/ext-proc says it. */
export const POLICY_SERVER_DIGEST = 'sha256:77cc71da136bd36a4e3a1d544c54efb57aa0545213cfad96c3849fdbf0519f1e';
