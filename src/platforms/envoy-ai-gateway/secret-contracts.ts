import { SecretContract } from '../../intent';

const READER = 'Envoy AI Gateway';

/** Data keys are constants of the gateway; its API has no field for them. */

export const API_KEY: SecretContract = {
  what: 'an API key',
  reader: READER,
  keys: [{ key: 'apiKey', content: { kind: 'field', field: 'apiKey' } }],
};

/** Only the section `[default]` of the file is read. */
export const AWS_CREDENTIALS_FILE: SecretContract = {
  what: 'an AWS credentials file',
  reader: READER,
  keys: [{ key: 'credentials', content: { kind: 'awsCredentialsFile' }, nearMisses: ['config', 'aws'] }],
};

/** The gateway sends this value as it is, with a line break that a store may have added. */
export const CLIENT_SECRET: SecretContract = {
  what: 'a client secret',
  reader: READER,
  keys: [{ key: 'client-secret', content: { kind: 'field', field: 'clientSecret', trim: true } }],
};

export const SERVICE_ACCOUNT: SecretContract = {
  what: 'a Google service account key',
  reader: READER,
  keys: [{
    key: 'service_account.json',
    content: { kind: 'field', field: 'serviceAccountJson' },
    nearMisses: ['credentials.json', 'key.json', 'gcp.json', 'application_default_credentials.json'],
  }],
};
