/** Where releases of the image go. */
export const POLICY_SERVER_REPOSITORY = 'ghcr.io/cdk8s-ai-gateway/policy-server';

/** Digest of the image index, for all its platforms; `npm run image` in packages/ext-proc says it. */
export const POLICY_SERVER_DIGEST = 'sha256:866b925458b431269dc0b5c19718cbcd9022fe73e38dcb368c500a198505c760';
