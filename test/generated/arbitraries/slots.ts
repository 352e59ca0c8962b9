import { CredentialDescription, CredentialKind, EnvoyGatewayName, PlatformDescription, ProviderKind, ReleaseName, SecretDescription } from '../program';
import { has, Product, PRODUCTS, productName } from './products';

/** Releases of Envoy AI Gateway. */
export const RELEASES: readonly ReleaseName[] = ['v0.5', 'v0.6', 'v0.7', 'v1.0', 'v1.1'];

/** A credential, with where its stored value comes from where that makes a difference. */
export interface CredentialChoice {
  readonly kind: CredentialKind;
  readonly form?: SecretDescription['form'];
}

const WITH_KEY: readonly ProviderKind[] = ['openai', 'anthropic', 'gemini', 'cohere', 'compatible', 'inCluster'];
const forms = (kind: CredentialKind, ...all: SecretDescription['form'][]): CredentialChoice[] => all.map(form => ({ kind, form }));

export const CREDENTIALS: readonly CredentialChoice[] = [
  ...forms('apiKey', 'name', 'construct', 'external', 'extract', 'sops', 'sopsSecret', 'sealed'), { kind: 'none' }, { kind: 'passThrough' },
  ...forms('aws', 'name', 'construct', 'external', 'sops', 'sopsSecret', 'sealed'),
  { kind: 'awsParts' }, { kind: 'awsPartsExtract' }, { kind: 'awsPodIdentity' }, { kind: 'awsIrsa' }, { kind: 'awsOidc' },
  { kind: 'azureKey' }, { kind: 'azureSecret' }, { kind: 'azureOidc' },
  ...forms('gcp', 'name', 'construct', 'external', 'sops', 'sopsSecret', 'sealed'), { kind: 'gcpAdc' }, { kind: 'gcpFederation' }, { kind: 'gcpToken' },
  { kind: 'unknown' },
];

/** Providers that take a credential of this kind. */
export function takers(kind: CredentialKind): readonly ProviderKind[] {
  if (kind.startsWith('aws')) return ['bedrock', 'bedrockAnthropic'];
  if (kind.startsWith('azure')) return ['azureV1', 'azureDeployments'];
  if (kind.startsWith('gcp')) return ['vertex', 'vertexAnthropic'];
  return kind === 'unknown' ? ['existing'] : WITH_KEY;
}

export function choiceName({ kind, form }: CredentialChoice): string {
  return form === undefined ? kind : `${kind}/${form}`;
}

/** How a credential is counted: `apiKey/sops`. */
export function credentialName({ kind, secret }: CredentialDescription): string {
  const told = CREDENTIALS.some(choice => choice.kind === kind && choice.form === secret.form);
  return told ? `${kind}/${secret.form}` : kind;
}

/** What a cluster has: gateway, release, release of Envoy Gateway, channel of Gateway API. */
export type Cluster = Pick<PlatformDescription, 'gateway' | 'release' | 'envoyGateway' | 'channel'>;

/** Releases that people run with a newer Envoy Gateway than they were built with. */
const NEWER_ENVOY_GATEWAY: { readonly [product: string]: EnvoyGatewayName } = { 'v0.5': 'v1.7', 'v0.6': 'v1.8' };

/** The cluster of a program and what its first two providers are, so that a run covers all of them evenly. */
export interface Slot {
  readonly cluster: Cluster;
  readonly credential: CredentialChoice;
  readonly provider: ProviderKind;
  /** Credential of the second provider: one the product has if it has the first. */
  readonly second: CredentialChoice;
}

/** The slot of the program with this number: all pairs of credential and product come before one repeats. */
export function slotOf(number: number): Slot {
  const product = PRODUCTS[number % PRODUCTS.length];
  return slotIn(product, Math.floor(number / PRODUCTS.length));
}

const FEW = 3;

/** The n-th slot of a product. */
export function slotIn(product: Product, n: number): Slot {
  const lacking = CREDENTIALS.filter(({ kind }) => !hasCredential(product, kind));
  // The second credential is one like the first, so one of a few comes once more.
  const choices = lacking.length < FEW ? [...CREDENTIALS, ...lacking] : CREDENTIALS;
  const index = n % choices.length;
  const credential = choices[index];
  const round = Math.floor(n / choices.length);
  const able = takers(credential.kind);
  const turn = round + index;
  const provider = able[turn % able.length];
  // What a product lacks is tried with what it lacks, so that most other programs can be made.
  const alike = lacking.includes(credential) ? lacking : CREDENTIALS.filter(choice => !lacking.includes(choice));
  const second = alike[(alike.indexOf(credential) + 1 + round) % alike.length];
  // Half as fast as the providers, or each would always meet the same cluster.
  return { cluster: clusterOf(product, turn >> 1), credential, provider, second };
}

/** Whether a product has any provider that takes such a credential. */
export function hasCredential(product: Product, kind: CredentialKind): boolean {
  return takers(kind).some(provider => has(product, provider, kind));
}

function clusterOf(product: Product, turn: number): Cluster {
  if (product.gateway !== undefined) return { ...product, channel: 'standard' };
  const envoyGateway = NEWER_ENVOY_GATEWAY[productName(product)];
  if (turn % 4 === 1) return { ...product, channel: 'experimental' };
  return turn % 4 === 2 && envoyGateway ? { ...product, envoyGateway, channel: 'standard' } : { ...product, channel: 'standard' };
}
