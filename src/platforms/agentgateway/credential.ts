import { notExpressible, lacking } from './refusals';
import { Release } from './releases';
import { apiKey, AWS_ACCESS_KEY, azureApplication, SERVICE_ACCOUNT } from './secret-contracts';
import { Problem } from '../../findings/finding';
import { ApiKeyCredential, AwsCredential, AzureCredential, GcpCredential, ObjectName, ProviderIntent, SecretContract, SecretSource } from '../../intent';
import { RenderedObject } from '../contract';
import { renderSecret } from '../stored-secret';

/** The `auth` policy of a backend, and the Secret it names. */
export interface RenderedAuth {
  readonly auth?: object;
  /** Header that the policy has written when the transformation of a backend runs; it must not be removed there. */
  readonly header?: string;
  /** True where there is no policy because the gateway cannot use the credential. */
  readonly refused?: boolean;
  readonly secrets: readonly RenderedObject[];
  readonly problems: readonly Problem[];
}

/** @param ownHost whether requests go to another host than the provider's, where the gateway knows no region */
export function renderAuth(intent: ProviderIntent, place: ObjectName, ownHost: boolean, release: Release): RenderedAuth {
  const { credential } = intent;
  const prop = credential.prop ?? (credential.kind === 'apiKey' ? 'apiKey' : 'credentials');
  switch (credential.kind) {
    case 'none': return { secrets: [], problems: [] };
    case 'passThrough':
      // Other headers pass as they are; this one is taken off by authentication of the gateway.
      return { ...(credential.headers.includes('authorization') ? { auth: { passthrough: {} } } : {}), secrets: [], problems: [] };
    case 'apiKey': return apiKeyAuth(credential, intent, place, prop, release);
    case 'aws': return awsAuth(credential, place, prop, ownHost, release);
    case 'azure': return azureAuth(credential, place, prop);
    case 'azureWorkloadIdentity': return {
      ...(release.has('azureWorkloadIdentity') ? { auth: { azure: { workloadIdentity: {} } } } : {}),
      header: 'authorization',
      refused: !release.has('azureWorkloadIdentity'),
      secrets: [],
      problems: lacking(release, 'azureWorkloadIdentity', prop, 'are a Workload ID of Microsoft Entra'),
    };
    case 'gcp': return gcpAuth(credential, place, prop, release);
  }
}

function apiKeyAuth({ header, secret }: ApiKeyCredential, { api }: ProviderIntent, place: ObjectName, prop: string, release: Release): RenderedAuth {
  const chosen = secret.kind === 'existing' ? secret.key : undefined;
  const { name, objects, problems } = renderSecret(secret, apiKey(release.has('secretKey') ? chosen : undefined), place, prop);
  const named = { name, ...(release.has('secretKey') && chosen !== undefined ? { key: chosen } : {}) };
  const located = header === 'api-key' && release.has('authLocation');
  return {
    auth: { secretRef: named, ...(located ? { location: { header: { name: 'api-key' } } } : {}) },
    header: located ? 'api-key' : 'authorization',
    secrets: objects,
    problems: [
      // A key that the release has no field for is told with the release that has it.
      ...(chosen === undefined || chosen === 'Authorization' || release.has('secretKey')
        ? problems
        : lacking(release, 'secretKey', prop, 'comes from a data key of its own')),
      ...(header === 'api-key' && api === 'azure-openai' ? lacking(release, 'authLocation', prop, 'is sent in the header `api-key`') : []),
    ],
  };
}

function awsAuth({ source, region }: AwsCredential, place: ObjectName, prop: string, ownHost: boolean, release: Release): RenderedAuth {
  const signing = ownHost && release.has('pathPrefix') ? { region } : {};
  switch (source.kind) {
    case 'podIdentity':
    // v1.0 has no form for it, and uses it where nothing is said.
    case 'irsa': {
      const { assumeRole } = source;
      const assumed = assumeRole === undefined ? {} : { assumeRole: { roleArn: assumeRole } };
      return {
        ...(release.has('pathPrefix') ? { auth: { aws: { ...signing, ...assumed } } } : {}),
        secrets: [],
        problems: assumeRole === undefined ? [] : lacking(release, 'assumeRole', prop, 'assume a role'),
      };
    }
    case 'file': return stored(source.secret, AWS_ACCESS_KEY, place, prop, name => ({ aws: { ...signing, secretRef: { name } } }));
    case 'oidc': return refused(prop, 'exchange a token of an OpenID Connect provider', 'AwsCredentials.irsa() or podIdentity()');
  }
}

function azureAuth({ clientId, tenantId, source }: AzureCredential, place: ObjectName, prop: string): RenderedAuth {
  if (source.kind === 'oidc') return refused(prop, 'exchange a token of an OpenID Connect provider', 'AzureCredentials.clientSecret() or fromApiKey()');
  const rendered = stored(source.secret, azureApplication(clientId, tenantId), place, prop, name => ({ azure: { secretRef: { name } } }));
  return { ...rendered, header: 'authorization' };
}

function gcpAuth({ source }: GcpCredential, place: ObjectName, prop: string, release: Release): RenderedAuth {
  switch (source.kind) {
    case 'adc': return { auth: { gcp: {} }, header: 'authorization', secrets: [], problems: [] };
    case 'serviceAccountFile': {
      const rendered = stored(source.secret, SERVICE_ACCOUNT, place, prop, name => ({ gcp: release.has('gcpSecret') ? { secretRef: { name } } : {} }));
      return {
        ...rendered,
        // A field that the release lacks is told here, and not again where it would stand.
        ...(release.has('gcpSecret') ? {} : { auth: undefined, refused: true }),
        header: 'authorization',
        problems: [...rendered.problems, ...lacking(release, 'gcpSecret', prop, 'are the key of a service account')],
      };
    }
    case 'workloadIdentityFederation': return refused(prop, 'exchange a token of an OpenID Connect provider', 'GcpCredentials.adc() or fromSecretName()');
  }
}

function stored(source: SecretSource, contract: SecretContract, place: ObjectName, prop: string, auth: (name: string) => object): RenderedAuth {
  const { name, objects, problems } = renderSecret(source, contract, place, prop);
  return { auth: auth(name), secrets: objects, problems };
}

function refused(prop: string, what: string, instead: string): RenderedAuth {
  return { secrets: [], refused: true, problems: [notExpressible(prop, `${what}, which agentgateway cannot do`, `use ${instead}`)] };
}
