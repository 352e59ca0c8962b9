import { CredentialKind, PlatformDescription, ProviderKind } from '../program';

/** A gateway in one release. */
export type Product = Pick<PlatformDescription, 'gateway' | 'release'>;

export const PRODUCTS: readonly Product[] = [
  { release: 'v0.5' }, { release: 'v0.6' }, { release: 'v0.7' }, { release: 'v1.0' }, { release: 'v1.1' },
  { gateway: 'agentgateway', release: 'v1.0' }, { gateway: 'agentgateway', release: 'v1.4' }, { gateway: 'kgateway', release: 'v2.1' },
];

/** Releases of Envoy AI Gateway go without its name. */
export function productName({ gateway, release }: Product): string {
  return gateway === undefined ? release : `${gateway} ${release}`;
}

interface Lacks {
  readonly providers?: readonly ProviderKind[];
  readonly credentials: readonly CredentialKind[];
}

/** Tokens of OpenID Connect. */
export const TOKENS: readonly CredentialKind[] = ['awsOidc', 'azureOidc', 'gcpFederation'];
const LACKS: { readonly [product: string]: Lacks } = {
  'v0.5': { credentials: ['gcpAdc', 'gcpToken'] },
  'v0.6': { credentials: ['gcpToken'] },
  'v0.7': { credentials: ['gcpToken'] },
  'v1.0': { credentials: ['gcpToken'] },
  'v1.1': { credentials: ['gcpToken'] },
  'agentgateway v1.0': { providers: ['cohere', 'azureDeployments'], credentials: [...TOKENS, 'gcp'] },
  'agentgateway v1.4': { credentials: TOKENS },
  'kgateway v2.1': {
    providers: ['cohere', 'compatible', 'azureV1', 'vertexAnthropic'],
    credentials: [...TOKENS, 'none', 'azureSecret', 'gcp', 'gcpAdc'],
  },
};

/** Whether a product has a provider with such a credential. */
export function has(product: Product, provider: ProviderKind, credential: CredentialKind): boolean {
  const { providers, credentials } = LACKS[productName(product)];
  return !providers?.includes(provider) && !credentials.includes(credential);
}
