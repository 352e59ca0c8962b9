import { ENTRA_CLIENT_ID, GOOGLE_PROJECT_NUMBER, GOOGLE_SERVICE_ACCOUNT, OIDC_URL, PASS_THROUGH_HEADER, ROLE_ARN, SECRET_NAME } from './credential-codes';
import { OBJECT_NAME } from '../findings/dns-names';
import { CodeDefinition, Problem } from '../findings/finding';
import { AzureCredential, CredentialIntent, OidcTokenIntent, SecretSource } from '../intent';
import { isUnresolved } from '../synthesis/unresolved';

/** What is wrong with a credential whatever the platform. */
export function credentialProblems(credential: CredentialIntent): Problem[] {
  const { prop } = credential;
  const sources = sourcesOf(credential);
  return [
    ...[...formProblems(credential), ...sources.flatMap(declarationProblems)].map(problem => ({ ...problem, prop })),
    ...sources.flatMap(source => (source.kind === 'sops' || source.kind === 'sealed' ? source.problems : [])).map(problem => inFile(problem, prop)),
  ];
}

/** What is wrong with a file is said of the property that names it; where in the file stands in the message. */
function inFile(problem: Problem, prop: string | undefined): Problem {
  if (prop === undefined || problem.prop === prop) return problem;
  const place = problem.prop === undefined ? '' : `'${problem.prop}' `;
  const verdict = problem.definition.severity === 'error' ? 'cannot be used:' : 'works, but';
  return { ...problem, prop, message: `${verdict} ${place}${problem.message}` };
}

function sourcesOf(credential: CredentialIntent): readonly SecretSource[] {
  switch (credential.kind) {
    case 'none':
    case 'azureWorkloadIdentity':
    case 'passThrough': return [];
    case 'apiKey': return [credential.secret];
    case 'aws':
    case 'azure':
    case 'gcp': {
      const { source } = credential;
      if ('secret' in source) return [source.secret];
      return 'token' in source ? [source.token.clientSecret] : [];
    }
  }
}

function declarationProblems(source: SecretSource): readonly Problem[] {
  if (source.kind === 'external') return source.problems ?? [];
  if (source.kind !== 'existing' || fits(source.name, OBJECT_NAME)) return [];
  return [{
    definition: SECRET_NAME,
    // Without the value: it is the key itself where somebody took the name of the Secret for it.
    message: source.name === '' ? 'names no Secret' : 'names a Secret with something that is no Kubernetes name',
    value: source.name === '' ? '' : undefined,
    fix: 'give the name of the Secret: lower-case letters, digits, "-" and ".", at most 253 characters',
  }];
}

function formProblems(credential: CredentialIntent): Problem[] {
  switch (credential.kind) {
    case 'none':
    case 'apiKey': return [];
    case 'passThrough': return credential.headers.flatMap(checkHeader);
    case 'azureWorkloadIdentity': return checkClientId(credential.clientId);
    case 'aws':
    case 'azure':
    case 'gcp': {
      const { source } = credential;
      return [
        ...(credential.kind === 'azure' ? missingIds(credential) : []),
        ...('roleArn' in source ? checkRole(source.roleArn) : []),
        ...('assumeRole' in source ? checkRole(source.assumeRole) : []),
        ...(source.kind === 'adc' ? checkServiceAccount(source.serviceAccount) : []),
        ...(source.kind === 'workloadIdentityFederation' ? [...checkProjectNumber(source.projectNumber), ...checkServiceAccount(source.impersonate)] : []),
        ...('token' in source ? checkToken(source.token) : []),
      ];
    }
  }
}

const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const PROJECT_NUMBER = /^\d+$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const URL_FORM = /^https?:\/\/[^\s/]+\S*$/;

/** Whether a value has a form. What is known only later is neither right nor wrong. */
function fits(value: string | undefined, form: RegExp): boolean {
  return value === undefined || isUnresolved(value) || form.test(value);
}

function checkHeader(name: unknown): Problem[] {
  if (isUnresolved(name) || (typeof name === 'string' && HEADER_NAME.test(name))) return [];
  // Without the value: somebody may have written a header with its content.
  return [{ definition: PASS_THROUGH_HEADER, message: 'passes something through that is no name of a header', fix: 'give names alone, such as "authorization"' }];
}

function checkForm(value: string | undefined, form: RegExp, definition: CodeDefinition, message: string, fix: string): Problem[] {
  return fits(value, form) ? [] : [{ definition, message, value, fix }];
}

function checkRole(roleArn: string | undefined): Problem[] {
  return checkForm(roleArn, ROLE, ROLE_ARN, 'names a role with something that is no ARN of one', 'use an ARN such as "arn:aws:iam::111122223333:role/bedrock"');
}

/** Not more is asked of them: a directory can be named by its domain. */
function missingIds({ clientId, tenantId }: AzureCredential): Problem[] {
  return Object.entries({ clientId, tenantId }).filter(([, id]) => !isUnresolved(id) && (typeof id !== 'string' || id === '')).map(([name, id]) => (
    { definition: ENTRA_CLIENT_ID, message: `have no \`${name}\``, value: id ?? null, fix: 'use the id that Microsoft Entra shows' }));
}

function checkClientId(clientId: string | undefined): Problem[] {
  if (clientId !== undefined && fits(clientId, UUID)) return [];
  return [{
    definition: ENTRA_CLIENT_ID,
    message: 'name an identity with something that is no client id',
    value: clientId ?? null,
    fix: 'use the id that Microsoft Entra shows, such as "11111111-2222-3333-4444-555555555555"',
  }];
}

function checkProjectNumber(value: string): Problem[] {
  return checkForm(
    value, PROJECT_NUMBER, GOOGLE_PROJECT_NUMBER, 'names the project of an identity pool by something that is no project number',
    'use what `gcloud projects describe <id> --format="value(projectNumber)"` prints',
  );
}

function checkServiceAccount(email: string | undefined): Problem[] {
  return checkForm(
    email, EMAIL, GOOGLE_SERVICE_ACCOUNT, 'names a Google service account with something that is no email address',
    'use one such as "gateway@acme-prod.iam.gserviceaccount.com"',
  );
}

function checkToken({ issuer, tokenEndpoint }: OidcTokenIntent): Problem[] {
  return [...checkUrl('an issuer', issuer), ...checkUrl('a token endpoint', tokenEndpoint)];
}

function checkUrl(what: string, url: string | undefined): Problem[] {
  return checkForm(url, URL_FORM, OIDC_URL, `has ${what} that is no URL`, 'use a URL such as "https://login.example.com/tenant"');
}
