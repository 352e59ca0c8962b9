import { SecretContent, SecretContract } from '../../../../intent';

/** What stands under each data key the gateway reads. */
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
