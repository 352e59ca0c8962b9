import { SecretContract } from '../../intent';

const READER = 'agentgateway';

/** A `Bearer ` before the key is removed; line breaks as well. */
export function apiKey(key = 'Authorization'): SecretContract {
  return { what: 'an API key', reader: READER, keys: [{ key, content: { kind: 'field', field: 'apiKey' }, nearMisses: ['apiKey'] }] };
}

/** A session token that is there and empty is sent as such, so it is left out where a store has none. */
export const AWS_ACCESS_KEY: SecretContract = {
  what: 'an AWS access key',
  reader: READER,
  keys: [
    { key: 'accessKey', content: { kind: 'field', field: 'awsAccessKeyId' } },
    { key: 'secretKey', content: { kind: 'field', field: 'awsSecretAccessKey' } },
    { key: 'sessionToken', optional: true, content: { kind: 'field', field: 'awsSessionToken' } },
  ],
};

/** Ids that the program knows stand beside the secret. */
export function azureApplication(clientId: string, tenantId: string): SecretContract {
  return {
    what: 'an Azure application',
    reader: READER,
    keys: [
      { key: 'clientID', content: { kind: 'literal', value: clientId } },
      { key: 'tenantID', content: { kind: 'literal', value: tenantId } },
      { key: 'clientSecret', content: { kind: 'field', field: 'clientSecret', trim: true }, nearMisses: ['client-secret'] },
    ],
  };
}

export const SERVICE_ACCOUNT: SecretContract = {
  what: 'a Google service account key',
  reader: READER,
  keys: [{ key: 'credentials.json', content: { kind: 'field', field: 'serviceAccountJson' }, nearMisses: ['service_account.json'] }],
};
