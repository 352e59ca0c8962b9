import { generateKeyPairSync } from 'node:crypto';

let made: string | undefined;

/** The file Google hands out for a service account; made once, because it takes a while. */
export function serviceAccountFile(): string {
  const project = 'acme-prod-1234';
  return made ??= JSON.stringify({
    type: 'service_account', project_id: project, private_key_id: '1',
    private_key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: `vertex@${project}.iam.gserviceaccount.com`, client_id: '1', token_uri: 'https://oauth2.googleapis.com/token',
  });
}
