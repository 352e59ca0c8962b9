import { GraphNode } from './graph';
import { SecretContract } from '../intent';
import { at, fields, list, text } from './read';
import { contractOf } from './secret-contracts';

/** Header into which each type of BackendSecurityPolicy writes the provider's credential. */
const HEADERS: { readonly [type: string]: string } = {
  APIKey: 'authorization',
  AnthropicAPIKey: 'x-api-key',
  AzureAPIKey: 'api-key',
  AWSCredentials: 'authorization',
  AzureCredentials: 'authorization',
  GCPCredentials: 'authorization',
};

/** Those that some type writes. */
export const WRITTEN_HEADERS: ReadonlySet<string> = new Set(Object.values(HEADERS));

/** The block of each type. */
export const BLOCKS: { readonly [type: string]: string } = {
  APIKey: 'apiKey',
  AnthropicAPIKey: 'anthropicAPIKey',
  AzureAPIKey: 'azureAPIKey',
  AWSCredentials: 'awsCredentials',
  AzureCredentials: 'azureCredentials',
  GCPCredentials: 'gcpCredentials',
};

export function typeOf(policy: GraphNode): string | undefined {
  return text(at(policy.manifest, 'spec', 'type'));
}

/** Undefined where the type is none there is. */
export function credentialHeaderOf(policy: GraphNode): string | undefined {
  const type = typeOf(policy);
  return type !== undefined && Object.hasOwn(HEADERS, type) ? HEADERS[type] : undefined;
}

/** A token of an OpenID Connect provider that a policy exchanges. */
export interface OidcExchange {
  /** `spec.awsCredentials.oidcExchangeToken` */
  readonly path: string;
  readonly exchange: unknown;
}

const EXCHANGES = [
  ['awsCredentials', 'oidcExchangeToken'],
  ['azureCredentials', 'oidcExchangeToken'],
  ['gcpCredentials', 'workloadIdentityFederationConfig', 'oidcExchangeToken'],
];

export function exchangesOf(policy: GraphNode): readonly OidcExchange[] {
  return EXCHANGES.flatMap(path => {
    const exchange = at(policy.manifest, 'spec', ...path);
    return exchange === undefined ? [] : [{ path: `spec.${path.join('.')}`, exchange }];
  });
}

/** A Secret the gateway reads a credential from. */
export interface SecretReference {
  readonly reader: GraphNode;
  /** `spec.apiKey.secretRef` */
  readonly path: string;
  readonly name: string;
  /** The namespace the manifest gives, heeded or not. */
  readonly givenNamespace: string | undefined;
  /** Whether the gateway heeds it. */
  readonly heedsNamespace: boolean;
  /** Where the gateway looks. */
  readonly namespace: string | undefined;
  /** What the gateway reads in it. */
  readonly contract: SecretContract;
}

/** Where a policy refers to Secrets: path below `spec`, the data key read, and whether a namespace is heeded. */
const REFERENCES: readonly { readonly path: readonly string[]; readonly key: string; readonly heedsNamespace: boolean }[] = [
  { path: ['apiKey', 'secretRef'], key: 'apiKey', heedsNamespace: false },
  { path: ['anthropicAPIKey', 'secretRef'], key: 'apiKey', heedsNamespace: false },
  { path: ['azureAPIKey', 'secretRef'], key: 'apiKey', heedsNamespace: false },
  { path: ['awsCredentials', 'credentialsFile', 'secretRef'], key: 'credentials', heedsNamespace: false },
  { path: ['azureCredentials', 'clientSecretRef'], key: 'client-secret', heedsNamespace: true },
  { path: ['gcpCredentials', 'credentialsFile', 'secretRef'], key: 'service_account.json', heedsNamespace: true },
  ...EXCHANGES.map(path => ({ path: [...path, 'oidc', 'clientSecret'], key: 'client-secret', heedsNamespace: true })),
];

/** Below `spec`, where a policy refers to Secrets. */
export const SECRET_PATHS: readonly string[] = REFERENCES.map(({ path }) => path.join('.'));

export function referencesOfPolicy(policy: GraphNode): readonly SecretReference[] {
  return REFERENCES.flatMap(({ path, key, heedsNamespace }) => (
    reference(policy, at(policy.manifest, 'spec', ...path), `spec.${path.join('.')}`, key, heedsNamespace)
  ));
}

/** Keys that an MCPRoute sends to its servers. */
export function referencesOfMcpRoute(route: GraphNode): readonly SecretReference[] {
  return list(at(route.manifest, 'spec', 'backendRefs')).flatMap((value, index) => (
    reference(route, at(value, 'securityPolicy', 'apiKey', 'secretRef'), `spec.backendRefs[${index}].securityPolicy.apiKey.secretRef`, 'apiKey', false)
  ));
}

function reference(reader: GraphNode, value: unknown, path: string, key: string, heedsNamespace: boolean): readonly SecretReference[] {
  const { name, namespace, kind = 'Secret', group = '' } = fields(value);
  if (typeof name !== 'string' || kind !== 'Secret' || group !== '') return [];
  const own = text(at(reader.manifest, 'metadata', 'namespace'));
  const givenNamespace = text(namespace);
  return [{ reader, path, name, contract: contractOf(key), givenNamespace, heedsNamespace, namespace: heedsNamespace ? givenNamespace ?? own : own }];
}
