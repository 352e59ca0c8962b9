import {
  CredentialDescription, CredentialKind, EnvoyGatewayName, PlatformDescription, PROVIDER_KINDS, ProviderKind, ReleaseName, SecretDescription,
} from '../program';
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

/** A provider with its credential. */
export interface ProviderChoice {
  readonly kind: ProviderKind;
  readonly credential: CredentialChoice;
}

/** The cluster of a program and what its providers are, so that a run covers all of them evenly. */
export interface Slot {
  readonly cluster: Cluster;
  readonly providers: readonly ProviderChoice[];
  /** Whether a value or two may be too much; other programs are as good as they can be made. */
  readonly spoilt: boolean;
}

const PROVIDERS = 3;

/** So many programs go round all pairs of a provider or credential with a product often enough. */
export const WHOLE_RUN = 1000;
/** How often each pair has to come then, and to be synthesized where the product has it. */
export const LEAST_PER_PAIR = 5;

/** The slot of the program with this number. */
export function slotOf(number: number): Slot {
  return slotIn(PRODUCTS[number % PRODUCTS.length], Math.floor(number / PRODUCTS.length));
}

/** The n-th slot of a product. */
export function slotIn(product: Product, n: number): Slot {
  const { choices, lacking } = choicesOf(product);
  // What a product lacks is tried with what it lacks, and as often as has to be, so that most programs can be made.
  const share = (LEAST_PER_PAIR * lacking.length / Math.min(PROVIDERS, lacking.length) + 3) / (WHOLE_RUN / PRODUCTS.length);
  const tried = Math.floor(n * share);
  if (Math.floor((n + 1) * share) > tried) {
    const providers = Array.from({ length: PROVIDERS }, (_, place) => lacking[(PROVIDERS * tried + place) % lacking.length]);
    return { cluster: clusterOf(product, tried), providers, spoilt: false };
  }
  const turn = n - tried;
  const round = Math.floor(turn / choices.length);
  // Odd, so that the three programs of a round that a credential is in are not all spoilt.
  const step = (Math.floor(choices.length / PROVIDERS) | 1) + 2 * round;
  const providers = Array.from({ length: PROVIDERS }, (_, place): ProviderChoice => {
    // Each place goes round all credentials, with other companions in every round.
    const index = (turn + place * step) % choices.length;
    const credential = choices[index];
    const able = takers(credential.kind).filter(kind => has(product, kind, credential.kind));
    return { credential, kind: able[(index + round + place) % able.length] };
  });
  return { cluster: clusterOf(product, Math.floor(turn / 4)), providers, spoilt: turn % 4 === 3 };
}

/** Credentials that some provider of a product takes, and what it lacks: credentials of any provider, and providers with any credential. */
function choicesOf(product: Product): { readonly choices: readonly CredentialChoice[]; readonly lacking: readonly ProviderChoice[] } {
  const choices = CREDENTIALS.filter(({ kind }) => hasCredential(product, kind));
  const takerOf = (credential: CredentialChoice, index: number) => takers(credential.kind)[index % takers(credential.kind).length];
  const givenTo = (kind: ProviderKind) => CREDENTIALS.find(credential => takers(credential.kind).includes(kind))!;
  return {
    choices,
    lacking: [
      ...CREDENTIALS.filter(credential => !choices.includes(credential))
        .map((credential, index) => ({ credential, kind: takerOf(credential, index) })),
      ...PROVIDER_KINDS.filter(kind => lacksProvider(product, kind)).map(kind => ({ kind, credential: givenTo(kind) })),
    ],
  };
}

/** Whether a product has any provider that takes such a credential. */
export function hasCredential(product: Product, kind: CredentialKind): boolean {
  return takers(kind).some(provider => has(product, provider, kind));
}

/** Whether a product has no such provider, whatever its credential. */
export function lacksProvider(product: Product, kind: ProviderKind): boolean {
  return !CREDENTIALS.some(credential => takers(credential.kind).includes(kind) && has(product, kind, credential.kind));
}

function clusterOf(product: Product, turn: number): Cluster {
  if (product.gateway !== undefined) return { ...product, channel: 'standard' };
  const envoyGateway = NEWER_ENVOY_GATEWAY[productName(product)];
  if (turn % 4 === 1) return { ...product, channel: 'experimental' };
  return turn % 4 === 2 && envoyGateway ? { ...product, envoyGateway, channel: 'standard' } : { ...product, channel: 'standard' };
}
