import { CodeDefinition } from '../findings/finding';

/** Codes that credentials raise about what they were declared with. */

export const SECRET_NAME: CodeDefinition = {
  code: 'SECRET_NAME',
  severity: 'error',
  title: 'A Secret cannot have the name that was given',
  cause: 'A credential names a Secret with something that is not a Kubernetes name, such as a path or a name with capitals.',
  consequence: 'The manifests are accepted and the Secret can never exist, so every request to the provider answers 500 with an empty body.',
  fix: 'Give the name of the Secret: lower-case letters, digits, `-` and `.`, at most 253 characters.',
  covers: ['INVALID_VALUE', 'MISSING_FIELD', 'BAD_REFERENCE'],
};

export const SECRET_NOT_IN_FILE: CodeDefinition = {
  code: 'SECRET_NOT_IN_FILE',
  severity: 'error',
  title: 'An encrypted file does not say which of its Secrets is meant',
  cause: 'The file makes several Secrets and `secretName` names none of them.',
  consequence: 'The provider would read another Secret than the one that was meant, or one that does not exist, and answer 500 or 401.',
  fix: 'Set `secretName` to the name of the Secret with the credential.',
  final: true,
};

export const ROLE_ARN: CodeDefinition = {
  code: 'ROLE_ARN',
  severity: 'error',
  title: 'An IAM role is not named by its ARN',
  cause: 'The role of a credential is a plain name, or the ARN of something else.',
  consequence: 'Nothing in the cluster notices; AWS refuses to hand out credentials and every request to the provider fails.',
  fix: 'Use the ARN of the role, such as `arn:aws:iam::111122223333:role/bedrock`.',
};

export const ENTRA_CLIENT_ID: CodeDefinition = {
  code: 'ENTRA_CLIENT_ID',
  severity: 'error',
  title: 'An identity of Microsoft Entra is not named by its client id',
  cause: 'The workload identity of a credential is given by its name, or by an id that is no UUID; or an id of an application is empty.',
  consequence: 'Nothing in the cluster notices; Entra refuses to hand out tokens and every request to the provider fails.',
  fix: 'Use the client id of the application or the managed identity, such as `11111111-2222-3333-4444-555555555555`.',
  covers: ['INVALID_VALUE', 'MISSING_FIELD', 'SECRET_KEY_MISSING'],
};

export const GOOGLE_SERVICE_ACCOUNT: CodeDefinition = {
  code: 'GOOGLE_SERVICE_ACCOUNT',
  severity: 'error',
  title: 'A Google service account is not named by its email address',
  cause: 'The service account of a credential is an id, or the name of a Kubernetes service account.',
  consequence: 'Nothing in the cluster notices; Google refuses to hand out tokens and every request to the provider fails.',
  fix: 'Use the email address, such as `gateway@acme-prod.iam.gserviceaccount.com`.',
};

export const GOOGLE_PROJECT_NUMBER: CodeDefinition = {
  code: 'GOOGLE_PROJECT_NUMBER',
  severity: 'error',
  title: 'A Google Cloud project is not named by its number',
  cause: 'The project of a workload identity pool is given by its id, such as `acme-prod`.',
  consequence: 'Google knows identity pools by the number of their project, refuses to exchange the token, and every request to the provider fails.',
  fix: 'Use the number of the project, as a string, such as `123456789012`.',
};

export const OIDC_URL: CodeDefinition = {
  code: 'OIDC_URL',
  severity: 'error',
  title: 'An OpenID Connect endpoint is not a URL',
  cause: 'The issuer or token endpoint of a token is a host name, or has no `https://` before it.',
  consequence: 'The controller gets no token, the credential is never made, and the provider has none.',
  fix: 'Use the URL as the OpenID Connect provider states it, such as `https://login.example.com/tenant`.',
};

export const PASS_THROUGH_HEADER: CodeDefinition = {
  code: 'PASS_THROUGH_HEADER',
  severity: 'error',
  title: 'What shall pass through is not the name of a header',
  cause: 'A pass-through credential names a header with characters that header names cannot have.',
  consequence: 'The header that was meant is removed, and the provider answers 401 to every request.',
  fix: 'Give the name alone, such as `authorization`.',
  final: true,
};

export const PROPERTY_NAME_NEEDED: CodeDefinition = {
  code: 'PROPERTY_NAME_NEEDED',
  severity: 'error',
  title: 'The name of a field in a secret store is not known at synthesis',
  cause: 'The name is a value that is resolved later, or no text.',
  consequence: 'The template that picks the field cannot be written, and no Secret appears.',
  fix: 'Give the name as a string.',
  final: true,
  covers: ['EXTERNAL_SECRET_NO_DATA'],
};
