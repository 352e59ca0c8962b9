/** Where releases of the image go. */
export const POLICY_SERVER_REPOSITORY = 'ghcr.io/cdk8s-ai-gateway/policy-server';

/** Digest of the image index, for all its platforms; `npm run image` in packages/ext-proc says it. */
export const POLICY_SERVER_DIGEST = 'sha256:3947b57aee878b512bace3301cf6e5fe550e515bc85557c19f1a31f3efeb50df';
