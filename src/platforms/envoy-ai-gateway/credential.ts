import { AI_GATEWAY_GROUP, aiGatewayVersion } from './kinds';
import { Release, since } from './releases';
import { API_KEY, AWS_CREDENTIALS_FILE, CLIENT_SECRET, SERVICE_ACCOUNT } from './secret-contracts';
import type {
  BackendSecurityPolicyOidc, BackendSecurityPolicyOidcExchangeToken, BackendSecurityPolicySecretRef, BackendSecurityPolicySpec,
} from '../../../imports/aigateway.envoyproxy.io';
import { Problem } from '../../findings/finding';
import { isToken } from '../../findings/token';
import {
  ApiKeyCredential, AwsCredential, AzureCredential, GcpCredential, ObjectName, OidcTokenIntent, ProviderIntent, SecretContract, SecretSource,
  TenantKeyIntent,
} from '../../intent';
import { SECRET_NAME_RESERVED } from '../../secrets/codes';
import { NOT_EXPRESSIBLE, NOT_IN_RELEASE, POLICY_SLOT } from '../codes';
import { RenderedObject } from '../contract';
import { renderSecret } from '../stored-secret';

/** The Secret objects of a credential, and the policy that names them. */
export interface RenderedCredential {
  readonly secrets: readonly RenderedObject[];
  readonly policy?: RenderedObject;
  /** True where there is no policy because the gateway cannot use the credential. */
  readonly refused?: boolean;
  readonly problems: readonly Problem[];
}

/** BackendSecurityPolicy and, where it is ours to make, the Secret. */
export function renderCredential({ api, credential, guarded }: ProviderIntent, place: ObjectName, release: Release): RenderedCredential {
  const tenantKey = guarded?.tenantKey;
  if (credential.kind === 'none' || credential.kind === 'passThrough') return { secrets: [], problems: tenantKey ? [refuseTenantKey(tenantKey)] : [] };
  if (credential.kind === 'apiKey' && (api === 'vertex' || api === 'vertex-anthropic')) return { secrets: [], refused: true, problems: [refuseAccessToken(release)] };
  const prop = credential.prop ?? (credential.kind === 'apiKey' ? 'apiKey' : 'credentials');
  if (credential.kind === 'azureWorkloadIdentity') {
    return {
      secrets: [],
      refused: true,
      problems: [notExpressible(prop, `are a Workload ID of Microsoft Entra, which ${release.label} does not ask pods for`, 'use AzureCredentials.oidc() or clientSecret()')],
    };
  }
  const stored = new StoredParts(place, prop);
  const spec = policySpec(credential, stored);
  return {
    secrets: stored.objects,
    problems: [
      ...stored.problems,
      ...(credential.kind === 'aws' ? checkAssumeRole(credential, release, prop) : []),
      ...(credential.kind === 'gcp' ? [...checkAdc(credential, release, prop), ...checkImpersonation(credential, prop)] : []),
      ...(tenantKey ? checkTenantKey(tenantKey, spec.type, release) : []),
    ],
    policy: {
      role: 'securityPolicy',
      id: 'SecurityPolicy',
      manifest: {
        apiVersion: aiGatewayVersion(release),
        kind: 'BackendSecurityPolicy',
        metadata: { ...place },
        spec: { targetRefs: [{ group: AI_GATEWAY_GROUP, kind: 'AIServiceBackend', name: place.name }], ...spec, ...credentialOverride(tenantKey, release) },
      },
      props: {
        'metadata.name': 'name',
        'spec.targetRefs[0].name': 'name',
        ...POLICY_PROPS,
        'spec': prop,
      },
    },
  };
}

/** The gateway's own default would serve a tenant whose key is missing with the shared one. */
function credentialOverride(tenantKey: TenantKeyIntent | undefined, release: Release): Partial<BackendSecurityPolicySpec> {
  if (!tenantKey || !release.has('tenantKeys')) return {};
  return { credentialOverride: { fromRequestHeaders: { header: overrideHeader(tenantKey), fallbackToConfigured: tenantKey.sharedKeyForOthers } } };
}

/** For AWS the gateway appends the names of the parts. */
function overrideHeader({ header, type }: TenantKeyIntent): string {
  return type === 'AWSCredentials' && !header.endsWith('-') ? `${header}-` : header;
}

function checkTenantKey(tenantKey: TenantKeyIntent, type: string, release: Release): Problem[] {
  if (!release.has('tenantKeys')) {
    return [{
      definition: NOT_IN_RELEASE,
      message: `takes tenants' keys from its policy point, which ${release.label} cannot; that came with ${since('tenantKeys')}`,
      value: tenantKey.slot,
      fix: `target ${since('tenantKeys')} with Platform.use(), or remove handOver()`,
    }];
  }
  return tenantKey.type === type ? [] : [refuseTenantKey(tenantKey, type)];
}

function refuseTenantKey({ slot, type }: TenantKeyIntent, wanted?: string): Problem {
  return {
    definition: POLICY_SLOT,
    message: `takes ${wanted === undefined ? 'no stored credential' : `credentials of the type ${wanted}`}, while the slot "${slot}" has ${type}`,
    value: slot,
    fix: wanted === undefined ? 'give the provider a credential of its own, which is for those without a key' : `declare the slot with \`type: ${wanted}\``,
  };
}

const POLICY_PROPS = {
  'spec.credentialOverride.fromRequestHeaders.fallbackToConfigured': 'handOver().sharedKeyForOthers',
  'spec.awsCredentials.region': 'region',
  'spec.gcpCredentials.projectName': 'project',
  'spec.gcpCredentials.region': 'location',
};

type PolicyCredential = ApiKeyCredential | AwsCredential | AzureCredential | GcpCredential;

function policySpec(credential: PolicyCredential, stored: StoredParts): BackendSecurityPolicySpec {
  switch (credential.kind) {
    case 'apiKey': return apiKeySpec(credential, stored);
    case 'aws': return { type: 'AWSCredentials', awsCredentials: { region: credential.region, ...awsSource(credential, stored) } };
    case 'azure': {
      const { clientId, tenantId } = credential;
      return { type: 'AzureCredentials', azureCredentials: { clientID: clientId, tenantID: tenantId, ...azureSource(credential, stored) } };
    }
    case 'gcp': {
      const { project, region } = credential;
      return { type: 'GCPCredentials', gcpCredentials: { projectName: project, region, ...gcpSource(credential, stored) } };
    }
  }
}

/** The type of the policy decides the header. */
function apiKeySpec({ header, secret }: ApiKeyCredential, stored: StoredParts): BackendSecurityPolicySpec {
  const block = { secretRef: stored.ref(secret, API_KEY) };
  switch (header) {
    case 'authorization': return { type: 'APIKey', apiKey: block };
    case 'x-api-key': return { type: 'AnthropicAPIKey', anthropicAPIKey: block };
    case 'api-key': return { type: 'AzureAPIKey', azureAPIKey: block };
  }
}

/** Neither a file nor a token means the identity of the proxy's pods. */
function awsSource({ source }: AwsCredential, stored: StoredParts): Partial<NonNullable<BackendSecurityPolicySpec['awsCredentials']>> {
  switch (source.kind) {
    case 'podIdentity':
    case 'irsa': return {};
    // Without `profile`, which no release looks at.
    case 'file': return { credentialsFile: { secretRef: stored.ref(source.secret, AWS_CREDENTIALS_FILE) } };
    case 'oidc': return { oidcExchangeToken: { ...exchangeToken(source.token, stored), awsRoleArn: source.roleArn } };
  }
}

function azureSource({ source }: AzureCredential, stored: StoredParts): Partial<NonNullable<BackendSecurityPolicySpec['azureCredentials']>> {
  switch (source.kind) {
    case 'clientSecret': return { clientSecretRef: stored.ref(source.secret, CLIENT_SECRET) };
    case 'oidc': return { oidcExchangeToken: exchangeToken(source.token, stored) };
  }
}

function gcpSource({ source }: GcpCredential, stored: StoredParts): Partial<NonNullable<BackendSecurityPolicySpec['gcpCredentials']>> {
  switch (source.kind) {
    case 'adc': return {};
    case 'serviceAccountFile': return { credentialsFile: { secretRef: stored.ref(source.secret, SERVICE_ACCOUNT) } };
    case 'workloadIdentityFederation': return {
      workloadIdentityFederationConfig: {
        projectID: source.projectNumber,
        workloadIdentityPoolName: source.pool,
        workloadIdentityProviderName: source.provider,
        ...(source.impersonate === undefined ? {} : { serviceAccountImpersonation: { serviceAccountName: accountName(source.impersonate) } }),
        oidcExchangeToken: exchangeToken(source.token, stored),
      },
    };
  }
}

function checkAssumeRole({ source }: AwsCredential, release: Release, prop: string): Problem[] {
  if ((source.kind !== 'podIdentity' && source.kind !== 'irsa') || source.assumeRole === undefined) return [];
  return [notExpressible(prop, `assume a role, which ${release.label} cannot do with an identity of pods`, 'give that identity the role itself, or use AwsCredentials.oidc()', source.assumeRole)];
}

function notExpressible(prop: string, message: string, fix: string, value?: unknown): Problem {
  return { definition: NOT_EXPRESSIBLE, prop, message, value, fix };
}

const SERVICE_ACCOUNT_DOMAIN = '.iam.gserviceaccount.com';

/** The gateway puts the address together from the name and the project of the provider. */
function accountName(email: string): string {
  return typeof email === 'string' ? email.split('@')[0] : email;
}

function checkImpersonation({ source, project }: GcpCredential, prop: string): Problem[] {
  if (source.kind !== 'workloadIdentityFederation' || source.impersonate === undefined) return [];
  const { impersonate } = source;
  if (typeof impersonate !== 'string' || isToken(impersonate)) {
    return [{
      definition: NOT_EXPRESSIBLE,
      prop,
      message: 'impersonates a service account that is known only later, while the gateway needs the part of its address before the "@"',
      fix: 'give the email address as text',
    }];
  }
  // What is no address is told as that.
  if (!impersonate.includes('@') || isToken(project) || impersonate.endsWith(`@${project}${SERVICE_ACCOUNT_DOMAIN}`)) return [];
  return [{
    definition: NOT_EXPRESSIBLE,
    prop,
    message: 'impersonates a service account that is not of the provider\'s project, where the gateway looks for it',
    value: impersonate,
    fix: `use one that ends in "@${project}${SERVICE_ACCOUNT_DOMAIN}", or leave \`impersonate\` out and grant the role to the federated identity`,
  }];
}

function exchangeToken(token: OidcTokenIntent, stored: StoredParts): BackendSecurityPolicyOidcExchangeToken {
  return {
    oidc: oidc(token, stored),
    ...(token.grantType === undefined ? {} : { grantType: token.grantType }),
    ...(token.audience === undefined ? {} : { aud: token.audience }),
  };
}

function oidc({ issuer, tokenEndpoint, clientId, clientSecret, scopes }: OidcTokenIntent, stored: StoredParts): BackendSecurityPolicyOidc {
  return {
    provider: { issuer, ...(tokenEndpoint === undefined ? {} : { tokenEndpoint }) },
    clientID: clientId,
    clientSecret: stored.refWithNamespace(clientSecret, CLIENT_SECRET),
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
  };
}

/** Project and region of the path come from the credentials of Google Cloud. */
function refuseAccessToken(release: Release): Problem {
  return {
    definition: NOT_EXPRESSIBLE,
    prop: 'credentials',
    message: `are an access token, which ${release.label} cannot use for Vertex AI`,
    fix: 'use another factory of GcpCredentials',
  };
}

function checkAdc({ source }: GcpCredential, release: Release, prop: string): Problem[] {
  if (source.kind !== 'adc' || release.has('gcpAdc')) return [];
  return [{
    definition: NOT_IN_RELEASE,
    prop,
    message: `are Application Default Credentials, which do not exist in ${release.label}; they came with ${since('gcpAdc')}`,
    fix: `use a service account key or workload identity federation, or target ${since('gcpAdc')} with Platform.use()`,
  }];
}

/** Names of Secrets that the gateway's controllers write. */
const RESERVED = 'ai-eg-';

/** The stored parts of one credential, as they are found while its policy is put together. */
class StoredParts {
  public readonly objects: RenderedObject[] = [];
  public readonly problems: Problem[] = [];

  constructor(private readonly place: ObjectName, private readonly prop: string) {}

  /** With the namespace, without which the controller does not look for the Secret of an OIDC client. */
  public refWithNamespace(source: SecretSource, contract: SecretContract): BackendSecurityPolicySecretRef {
    const { namespace } = this.place;
    return { ...this.ref(source, contract), ...(namespace === undefined ? {} : { namespace }) };
  }

  /** Without a namespace: for most types the gateway ignores it and looks beside the policy. */
  public ref(source: SecretSource, contract: SecretContract): BackendSecurityPolicySecretRef {
    const { name, objects, problems } = renderSecret(source, contract, this.place, this.prop);
    this.objects.push(...objects);
    this.problems.push(...problems);
    if (typeof name === 'string' && name.startsWith(RESERVED)) {
      this.problems.push({
        definition: SECRET_NAME_RESERVED,
        prop: this.prop,
        message: `is in a Secret whose name starts with "${RESERVED}", as those do that the gateway writes and deletes by itself`,
        value: name,
        fix: 'choose another name',
      });
    }
    return { name };
  }
}
