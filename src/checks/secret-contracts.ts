import { SecretContent, SecretContract, SecretField } from '../intent';

/** What stands under each data key Envoy AI Gateway reads. */
const KEYS: { readonly [key: string]: { readonly what: string; readonly content: SecretContent } } = {
  'apiKey': { what: 'an API key', content: { kind: 'field', field: 'apiKey' } },
  'credentials': { what: 'an AWS credentials file', content: { kind: 'awsCredentialsFile' } },
  'client-secret': { what: 'a client secret', content: { kind: 'field', field: 'clientSecret' } },
  'service_account.json': { what: 'the key of a service account', content: { kind: 'field', field: 'serviceAccountJson' } },
};

export function contractOf(key: string): SecretContract {
  const { what, content } = KEYS[key];
  return { what, keys: [{ key, content }] };
}

/** An API key under a data key of one's own, as agentgateway and kgateway read it. */
export function keyContract(key: string): SecretContract {
  return { what: 'an API key', keys: [{ key, content: { kind: 'field', field: 'apiKey' } }] };
}

export function serviceAccountContract(key: string): SecretContract {
  return { what: 'the key of a service account', keys: [{ key, content: { kind: 'field', field: 'serviceAccountJson' } }] };
}

const field = (key: string, of: SecretField) => ({ key, content: { kind: 'field', field: of } } as const);

export const AWS_KEY_PAIR: SecretContract = {
  what: 'an AWS access key',
  keys: [field('accessKey', 'awsAccessKeyId'), field('secretKey', 'awsSecretAccessKey'), { ...field('sessionToken', 'awsSessionToken'), optional: true }],
};

export const AZURE_APPLICATION: SecretContract = {
  what: 'an Azure application',
  keys: [
    { key: 'clientID', content: { kind: 'literal', value: '' } },
    { key: 'tenantID', content: { kind: 'literal', value: '' } },
    field('clientSecret', 'clientSecret'),
  ],
};
