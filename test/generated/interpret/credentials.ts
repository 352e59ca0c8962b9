import { stored, StoredFactories, storeOptions, Surroundings } from './secrets';
import { ApiKey, AwsCredentials, AzureCredentials, GcpCredentials, OidcToken, StoredSecret } from '../../../src';
import { CredentialDescription, OidcDescription, SecretDescription } from '../program';

const API_KEY: StoredFactories<ApiKey> = {
  fromSecret: (secret, options) => ApiKey.fromSecret(secret, options),
  fromSecretName: (name, options) => ApiKey.fromSecretName(name, options),
  fromSopsFile: (path, options) => ApiKey.fromSopsFile(path, options),
  fromSealedSecretFile: (path, options) => ApiKey.fromSealedSecretFile(path, options),
  external: options => ApiKey.fromExternalSecret(options),
  extract: options => ApiKey.fromExternalSecretExtract(options),
};
const STORED_SECRET: StoredFactories<StoredSecret> = {
  fromSecret: (secret, options) => StoredSecret.fromSecret(secret, options),
  fromSecretName: (name, options) => StoredSecret.fromSecretName(name, options),
  fromSopsFile: (path, options) => StoredSecret.fromSopsFile(path, options),
  fromSealedSecretFile: (path, options) => StoredSecret.fromSealedSecretFile(path, options),
  external: options => StoredSecret.fromExternalSecret(options),
  extract: options => StoredSecret.fromExternalSecretExtract(options),
};
const AWS: StoredFactories<AwsCredentials> = {
  fromSecret: (secret, options) => AwsCredentials.fromSecret(secret, options),
  fromSecretName: (name, options) => AwsCredentials.fromSecretName(name, options),
  fromSopsFile: (path, options) => AwsCredentials.fromSopsFile(path, options),
  fromSealedSecretFile: (path, options) => AwsCredentials.fromSealedSecretFile(path, options),
  external: options => AwsCredentials.fromExternalSecretFile(options),
  extract: options => AwsCredentials.fromExternalSecretFile(options),
};
const GCP: StoredFactories<GcpCredentials> = {
  fromSecret: (secret, options) => GcpCredentials.fromSecret(secret, options),
  fromSecretName: (name, options) => GcpCredentials.fromSecretName(name, options),
  fromSopsFile: (path, options) => GcpCredentials.fromSopsFile(path, options),
  fromSealedSecretFile: (path, options) => GcpCredentials.fromSealedSecretFile(path, options),
  external: options => GcpCredentials.fromExternalSecret(options),
  extract: options => GcpCredentials.fromExternalSecret(options),
};

export function apiKey({ kind, secret, headers }: CredentialDescription, at: Surroundings): ApiKey {
  switch (kind) {
    case 'none': return ApiKey.none();
    case 'passThrough': return ApiKey.passThrough(...headers);
    default: return stored(API_KEY, secret, at.dataKeys.apiKey, at);
  }
}

export function aws({ kind, secret, oidc, principal, session }: CredentialDescription, at: Surroundings): AwsCredentials {
  const { key, version, store } = secret;
  switch (kind) {
    case 'awsPodIdentity': return AwsCredentials.podIdentity();
    case 'awsIrsa': return AwsCredentials.irsa(principal!);
    case 'awsOidc': return AwsCredentials.oidc({ roleArn: principal!, token: token(oidc, at) });
    case 'awsParts': return awsParts(secret, session);
    case 'awsPartsExtract': return AwsCredentials.fromExternalSecretExtract({
      ...storeOptions(store),
      key,
      version,
      accessKeyIdProperty: 'access-key.id',
      secretAccessKeyProperty: secret.property ?? 'secret',
      sessionTokenProperty: session ? 'session' : undefined,
    });
    // A gateway that reads two keys takes no file.
    default: return secret.form === 'external' && at.dataKeys.aws.length > 1 ? awsParts(secret, session) : stored(AWS, secret, at.dataKeys.aws, at);
  }
}

function awsParts({ key, version, store }: SecretDescription, session: boolean): AwsCredentials {
  return AwsCredentials.fromExternalSecret({
    ...storeOptions(store),
    accessKeyId: { key, property: 'id', version },
    secretAccessKey: { key, property: 'secret', version },
    sessionToken: session ? { key, property: 'session', version } : undefined,
  });
}

export function azure(credential: CredentialDescription, at: Surroundings): AzureCredentials {
  const { kind, secret, oidc, principal } = credential;
  const application = { clientId: principal!, tenantId: 'tenant' };
  switch (kind) {
    case 'azureSecret': return AzureCredentials.clientSecret({ ...application, secret: storedSecret(secret, at) });
    case 'azureOidc': return AzureCredentials.oidc({ ...application, token: token(oidc, at) });
    default: return AzureCredentials.fromApiKey(apiKey(credential, at));
  }
}

export function gcp({ kind, secret, oidc, principal }: CredentialDescription, at: Surroundings): GcpCredentials {
  switch (kind) {
    case 'gcpAdc': return GcpCredentials.adc({ serviceAccount: principal });
    case 'gcpFederation': return GcpCredentials.workloadIdentityFederation({
      projectNumber: '123456789012', pool: 'pool', provider: 'provider', impersonate: principal, token: token(oidc, at),
    });
    case 'gcpToken': return GcpCredentials.fromAccessToken(stored(API_KEY, secret, at.dataKeys.apiKey, at));
    default: return stored(GCP, secret, at.dataKeys.gcp, at);
  }
}

function token({ secret, scopes, ...rest }: OidcDescription, at: Surroundings): OidcToken {
  return { ...rest, scopes: scopes && [...scopes], clientSecret: storedSecret(secret, at) };
}

function storedSecret(secret: SecretDescription, at: Surroundings): StoredSecret {
  return stored(STORED_SECRET, secret, at.dataKeys.clientSecret, at);
}
