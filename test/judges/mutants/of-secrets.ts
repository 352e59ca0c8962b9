import type { Mutant } from './mutants';

const OPERATOR = ['external-secrets'];
const CONTRACTS = 'platforms/envoy-ai-gateway/secret-contracts.ts';
const AGENTGATEWAY = 'platforms/agentgateway/secret-contracts.ts';
const TEMPLATE = 'secrets/external-secret-template.ts';

/** How credentials come into Secrets. */
export const SECRETS: readonly Mutant[] = [
  { name: 'data key of an API key', file: CONTRACTS, find: "key: 'apiKey', content", replace: "key: 'api-key', content", judges: OPERATOR },
  { name: 'data key of a credentials file', file: CONTRACTS, find: "key: 'credentials', content", replace: "key: 'config', content", judges: OPERATOR },
  { name: 'data key of a client secret', file: CONTRACTS, find: "key: 'client-secret', content", replace: "key: 'clientSecret', content", judges: OPERATOR },
  { name: 'data key of a service account', file: CONTRACTS, find: "key: 'service_account.json'", replace: "key: 'service-account.json'", judges: OPERATOR },
  { name: 'a client secret keeps its line break', file: CONTRACTS, find: "field: 'clientSecret', trim: true", replace: "field: 'clientSecret'", judges: OPERATOR },
  { name: 'agentgateway: data key of an API key', file: AGENTGATEWAY, find: "key = 'Authorization'", replace: "key = 'authorization'", judges: OPERATOR },
  { name: 'agentgateway: data key of an access key', file: AGENTGATEWAY, find: "key: 'accessKey'", replace: "key: 'accessKeyId'", judges: OPERATOR },
  { name: 'agentgateway: a session token is required', file: AGENTGATEWAY, find: "key: 'sessionToken', optional: true", replace: "key: 'sessionToken'", judges: OPERATOR },
  { name: 'agentgateway: casing of the client id', file: AGENTGATEWAY, find: "key: 'clientID'", replace: "key: 'clientId'", judges: OPERATOR },
  { name: 'agentgateway: data key of a service account', file: AGENTGATEWAY, find: "key: 'credentials.json'", replace: "key: 'service_account.json'", judges: OPERATOR },
  { name: 'what is missing becomes a text', file: TEMPLATE, find: '{{ else }}{{ fail ${', replace: '{{ else }}{{ print ${', judges: OPERATOR },
  { name: 'a line break in a part of the file', file: TEMPLATE, find: '. }}{{ fail ${', replace: '. }}{{ print ${', judges: OPERATOR },
  { name: 'section of the credentials file', file: TEMPLATE, find: "'[default]'", replace: "'[bedrock]'", judges: OPERATOR },
  { name: 'name of the session token in the file', file: TEMPLATE, find: '`aws_session_token = ${onOneLine', replace: '`session_token = ${onOneLine', judges: OPERATOR },
  { name: 'an optional line without quotes', file: TEMPLATE, find: '{{ . | quote }}', replace: '{{ . }}', judges: OPERATOR },
  { name: 'all that was fetched is written', file: 'secrets/external-secret.ts', find: "mergePolicy: 'Replace'", replace: "mergePolicy: 'Merge'", judges: OPERATOR },
  { name: 'values are decoded on their way', file: 'secrets/external-secret.ts', find: "decodingStrategy: 'None'", replace: "decodingStrategy: 'Auto'", judges: ['external-secrets', 'test/secrets/external-secret.test.ts'] },
  { name: 'name of a converted field', file: 'secrets/external-secret.ts', find: "._-]/gu, '_')", replace: "._-]/gu, '-')", judges: OPERATOR },
  { name: 'version of ExternalSecrets', file: 'secrets/external-secret.ts', find: "'external-secrets.io/v1'", replace: "'external-secrets.io/v1beta1'", judges: ['test/secrets/accepted.test.ts', 'test/secrets/external-secret.test.ts'] },
  { name: 'an encrypted document is an object like others', file: 'platforms/stored-secret.ts', find: 'verbatim: true', replace: 'verbatim: false', judges: ['sops'] },
  { name: 'line separators go out as they are', file: 'synthesis/disputed-text.ts', find: 'text.search(DISPUTED) < 0', replace: 'text.search(DISPUTED) < 1e9', judges: ['test/synthesis/disputed-text.test.ts', 'sops'] },
  { name: 'plain text under a suffix is taken', file: 'secrets/sops-selector.ts', find: 'matches(part)) === encrypts', replace: 'matches(part)) === !encrypts', judges: ['sops'] },
];
