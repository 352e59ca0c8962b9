import { SecretContract } from '../../intent';
import { LABEL } from './kinds';

export const API_KEY: SecretContract = {
  what: 'an API key',
  reader: LABEL,
  keys: [{ key: 'Authorization', content: { kind: 'field', field: 'apiKey' }, nearMisses: ['apiKey'] }],
};

/** A session token that is there and empty is sent as such, so it is left out where a store has none. */
export const AWS_ACCESS_KEY: SecretContract = {
  what: 'an AWS access key',
  reader: LABEL,
  keys: [
    { key: 'accessKey', content: { kind: 'field', field: 'awsAccessKeyId' } },
    { key: 'secretKey', content: { kind: 'field', field: 'awsSecretAccessKey' } },
    { key: 'sessionToken', optional: true, content: { kind: 'field', field: 'awsSessionToken' } },
  ],
};
