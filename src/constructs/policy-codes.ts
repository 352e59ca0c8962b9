import { CodeDefinition } from '../findings/finding';

/** Codes about policy points that no manifest shows. */

export const POLICY_INVALID: CodeDefinition = {
  code: 'POLICY_INVALID',
  severity: 'error',
  title: 'A policy cannot be used',
  cause: 'The policy file is missing, is no YAML, has a key that is not known, a pattern that RE2 does not take, or asks its front for what that cannot do.',
  consequence: 'The policy server would not become ready, and every request to the gateway would be refused.',
  fix: 'Correct what the message names; `npx cdk8s-ai-gateway-policy-server check policy.yaml` says the same without synthesis.',
  final: true,
};

export const POLICY_POINT_GATEWAY: CodeDefinition = {
  code: 'POLICY_POINT_GATEWAY',
  severity: 'error',
  title: 'A policy point is for a gateway that it cannot guard',
  cause: 'The gateway is only referred to, is in another namespace, or has a policy point already.',
  consequence: 'The order of the gateway\'s filters and what it takes from clients\' requests belong to its owner; without them prompts pass unread and clients can name their own keys. Of two policy points only one would be asked.',
  fix: 'Declare the policy point beside the AIGateway it is for, one for each gateway.',
  final: true,
  covers: ['POLICY_TARGET_MISSING', 'POLICY_CONFLICT'],
};

export const POLICY_KEYS: CodeDefinition = {
  code: 'POLICY_KEYS',
  severity: 'error',
  title: 'A policy names tenants\' keys that the policy point does not have',
  cause: 'A folder under `credentials` of a tenant has no Secret in `tenantKeys`, or a Secret is for a folder that the policy does not name.',
  consequence: 'Requests of the tenant are refused, because no other key may pay for them.',
  fix: 'Name the Secret of each folder, and no others.',
};

export const IMAGE_NOT_PINNED: CodeDefinition = {
  code: 'IMAGE_NOT_PINNED',
  severity: 'error',
  title: 'The image of a policy server is named by a tag alone',
  cause: '`ExtProcImage.fromRegistry()` has a reference without a digest.',
  consequence: 'Whoever can push the tag decides what reads every prompt and every tenant\'s key.',
  fix: 'Append the digest: `repository@sha256:…`, or acknowledge that the tag is trusted.',
};

export const IMAGE_LAYOUT: CodeDefinition = {
  code: 'IMAGE_LAYOUT',
  severity: 'error',
  title: 'A folder that should hold the image of a policy server does not',
  cause: '`ExtProcImage.fromOciLayout()` has a folder without an `index.json`, or with one that names no image or several.',
  consequence: 'The image has no digest, so no pod could be started.',
  fix: 'Build the image first: `npm run image` in packages/ext-proc writes `dist/image`.',
  final: true,
  covers: ['BAD_REFERENCE'],
};
