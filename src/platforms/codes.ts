import { CodeDefinition } from '../findings/finding';

export { API_NOT_SERVED } from '../findings/api-not-served';
export { BAD_REFERENCE } from '../findings/references';

/** Codes that platforms raise while they render: what an intent asks for and a platform cannot say. */

export const NOT_EXPRESSIBLE: CodeDefinition = {
  code: 'NOT_EXPRESSIBLE',
  severity: 'error',
  title: 'The platform cannot express what was declared',
  cause: 'The declaration combines features in a way the target gateway has no manifest for.',
  consequence: 'Part of the declaration would be dropped, and traffic would go elsewhere than the program says.',
  fix: 'Follow the message: it names a form the platform can express.',
  final: true,
  covers: ['PATH_ROUTED_TWICE'],
};

export const NOT_IN_RELEASE: CodeDefinition = {
  code: 'NOT_IN_RELEASE',
  severity: 'error',
  title: 'The chosen release of the gateway lacks a feature',
  cause: 'A property needs a field or behaviour that a later release of the gateway introduced.',
  consequence: 'The API server refuses the unknown field, or an older controller ignores it.',
  fix: 'Choose the release named in the message with Platform.use(), or leave the property out.',
  final: true,
  covers: ['UNKNOWN_FIELD', 'CREDENTIAL_BLOCK'],
};

export const EMPTY_SPLIT: CodeDefinition = {
  code: 'EMPTY_SPLIT',
  severity: 'error',
  title: 'A traffic split has no members',
  cause: 'Traffic.split() was called with an empty list.',
  consequence: 'The rule has no provider and every request for the model answers 500.',
  fix: 'Give the split at least one target.',
  final: true,
  covers: ['EMPTY_RULE'],
};

export const MODEL_NAME_NEEDED: CodeDefinition = {
  code: 'MODEL_NAME_NEEDED',
  severity: 'error',
  title: 'The name clients use cannot be the provider\'s model name',
  cause: 'No name was given to model(), so the name clients send goes to the provider unchanged, and it does not have the form of that provider\'s model ids.',
  consequence: 'The provider answers 400 or 404 to every request.',
  fix: 'Give the provider\'s own model id: provider.model("…").',
  covers: ['AZURE_DEPLOYMENT_NAME'],
};

export const TLS_NAME_NEEDED: CodeDefinition = {
  code: 'TLS_NAME_NEEDED',
  severity: 'error',
  title: 'TLS to an IP address has no name to check',
  cause: 'A provider is reached at an IP address over TLS, and the name in its certificate is not given.',
  consequence: 'The address is taken for the name of the certificate, no certificate matches it, and every request answers 503.',
  fix: 'Give `serverName` with the certificate\'s name to ProviderTls, or reach the provider by a DNS name.',
};

export const ENCRYPTED_METADATA_IGNORED: CodeDefinition = {
  code: 'ENCRYPTED_METADATA_IGNORED',
  severity: 'warning',
  title: 'An encrypted document does not get the labels of its chart',
  cause: 'The chart has labels, or the program adds labels or annotations, and the document goes out as it is, because a change could break its integrity check.',
  consequence: 'What selects by them, such as pruning, overlooks the Secret.',
  fix: 'Put them into the document before it is encrypted, or acknowledge the warning.',
};

export const OUT_OF_RANGE: CodeDefinition = {
  code: 'OUT_OF_RANGE',
  severity: 'error',
  title: 'A number or a time is outside of what the gateway can do',
  cause: 'A weight, a number of attempts or of pods, a resource or a time is negative, not whole, not a number, too large, or known only at synthesis where others are computed from it. Or a container has less memory than the largest body takes.',
  consequence: 'The API server or Envoy refuses the configuration, another number than the written one comes into force, or pods never come or are killed.',
  fix: 'Use a number within the limits the message names.',
  final: true,
  covers: ['BAD_HOSTNAME'],
};

export const OPTION_WITHOUT_EFFECT: CodeDefinition = {
  code: 'OPTION_WITHOUT_EFFECT',
  severity: 'error',
  title: 'An option does nothing where it stands',
  cause: 'An option of fallbacks is given to a target without one, `retries` to a target with one, or a list that restricts something is empty.',
  consequence: 'What the program says about failures, hostnames or APIs never happens.',
  fix: 'Leave the option out, or do what the message says.',
};

export const FALLBACK_AFTER_FAILURE: CodeDefinition = {
  code: 'FALLBACK_AFTER_FAILURE',
  severity: 'warning',
  title: 'A fallback serves later requests, not the one that finds the failure',
  cause: 'The chosen gateway or release leaves a failing provider out only after a request has ended, or only when the provider itself asks for a pause.',
  consequence: 'Clients see errors of a failing provider before its fallback takes over.',
  fix: 'Choose a platform whose retries go to the next provider, or let clients repeat failed requests and acknowledge the warning.',
};

export const POLICY_SLOT: CodeDefinition = {
  code: 'POLICY_SLOT',
  severity: 'error',
  title: 'Tenants\' keys of a policy do not come to a provider that takes them',
  cause: 'A slot is not in the policy, is of another type than the provider\'s credential, or is declared in the policy and handed to no provider.',
  consequence: 'The keys would go nowhere, and tenants\' requests would be refused or paid for by the shared key.',
  fix: 'Hand each slot of the policy to the provider it is for with `handOver()`.',
};

export const POLICY_TENANT: CodeDefinition = {
  code: 'POLICY_TENANT',
  severity: 'error',
  title: 'A policy reads its tenants from where nothing trustworthy writes them',
  cause: '`tenants` of the policy point is missing or does not fit the `tenant` of the policy: a header needs a source that fills it, a claim needs the token of the same provider. Or what it names cannot be there: no Secret, no URL of keys, no header.',
  consequence: 'Every request would be refused for lack of a tenant, or clients would name any tenant they like.',
  fix: 'Give a TenantIdentity that fits the policy.',
};
