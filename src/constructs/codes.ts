import { CodeDefinition } from '../findings/finding';

/** Codes that constructs raise about declarations that no manifest shows. */

export const PLATFORM_MISMATCH: CodeDefinition = {
  code: 'PLATFORM_MISMATCH',
  severity: 'error',
  title: 'A route and what it connects are made for different platforms',
  cause: 'Platform.use() gives the route another platform or release than its gateway or provider.',
  consequence: 'The manifests refer to kinds the other gateway does not know, and the route never works.',
  fix: 'Call Platform.use() on a scope that holds all of them.',
  final: true,
};

export const CROSS_NAMESPACE_UNKNOWN: CodeDefinition = {
  code: 'CROSS_NAMESPACE_UNKNOWN',
  severity: 'error',
  title: 'A route uses a provider whose namespace it cannot know to be its own',
  cause: 'One of the two charts has a namespace and the other leaves it to the deployment.',
  consequence: 'If the namespaces differ, the route is refused for lack of a grant that only a known namespace can have.',
  fix: 'Give both charts a namespace.',
  covers: ['MISSING_GRANT'],
};

export const IDENTITY_CONFLICT: CodeDefinition = {
  code: 'IDENTITY_CONFLICT',
  severity: 'error',
  title: 'Two providers behind one gateway need different identities',
  cause: 'A provider authenticates with a role or service account of the gateway\'s pods, and another one with a different identity. A role of the service account also takes the place of pod identities and of stored AWS access keys.',
  consequence: 'All requests are signed with the one identity the pods end up with, and the other provider answers 403, or bills another account.',
  fix: 'Use one identity that may call both, or serve the providers by gateways of their own.',
};

export const IDENTITY_MANUAL_STEP: CodeDefinition = {
  code: 'IDENTITY_MANUAL_STEP',
  severity: 'warning',
  title: 'A gateway that is only referred to must be given an identity by hand',
  cause: 'A provider authenticates with the identity of the gateway\'s pods, and the program does not own the gateway.',
  consequence: 'Until its owner sets the service account or role, the provider answers 403 to every request.',
  fix: 'Ask the owner of the gateway to do what the message says, then acknowledge the warning with a reason.',
};

export const BAD_PATH: CodeDefinition = {
  code: 'BAD_PATH',
  severity: 'error',
  title: 'A path of a route is none',
  cause: 'A path does not begin with a slash, holds a host, a query, empty or relative elements, or a prefix is to be replaced where none is matched.',
  consequence: 'The API server or the gateway refuses the route, and none of its requests is served.',
  fix: 'Write a path such as `/openai`.',
  final: true,
};
