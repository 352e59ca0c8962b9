import { CredentialDescription, CredentialKind, EnvoyGatewayName, PlatformDescription, ProviderKind, ReleaseName, SecretDescription } from '../program';

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
  ...forms('gcp', 'name', 'construct', 'external', 'sops', 'sopsSecret', 'sealed'), { kind: 'gcpAdc' }, { kind: 'gcpFederation' },
  { kind: 'unknown' },
];

/** Providers that take a credential of this kind. */
export function takers(kind: CredentialKind): readonly ProviderKind[] {
  if (kind.startsWith('aws')) return ['bedrock', 'bedrockAnthropic'];
  if (kind.startsWith('azure')) return ['azureV1', 'azureDeployments'];
  if (kind.startsWith('gcp')) return ['vertex', 'vertexAnthropic'];
  return kind === 'unknown' ? ['existing'] : WITH_KEY;
}

/** How a credential is counted: `apiKey/sops`. */
export function credentialName({ kind, secret }: CredentialDescription): string {
  const told = CREDENTIALS.some(choice => choice.kind === kind && choice.form === secret.form);
  return told ? `${kind}/${secret.form}` : kind;
}

/** What a cluster has: release, release of Envoy Gateway, channel of Gateway API. */
export type Cluster = Pick<PlatformDescription, 'release' | 'envoyGateway' | 'channel'>;

/** Releases that people run with a newer Envoy Gateway than they were built with. */
const NEWER_ENVOY_GATEWAY: { readonly [release in ReleaseName]?: EnvoyGatewayName } = { 'v0.5': 'v1.7', 'v0.6': 'v1.8' };

/** The cluster of a program and what its first provider is, so that a run covers all of them evenly. */
export interface Slot {
  readonly cluster: Cluster;
  readonly credential: CredentialChoice;
  readonly provider: ProviderKind;
}

/** The slot of the program with this number: all pairs of credential and release come before one repeats. */
export function slotOf(number: number): Slot {
  const release = RELEASES[number % RELEASES.length];
  const credential = CREDENTIALS[Math.floor(number / RELEASES.length) % CREDENTIALS.length];
  const round = Math.floor(number / (RELEASES.length * CREDENTIALS.length));
  const able = takers(credential.kind);
  const turn = round + CREDENTIALS.indexOf(credential);
  // Half as fast as the providers, or each would always meet the same cluster.
  return { cluster: clusterOf(release, turn >> 1), credential, provider: able[turn % able.length] };
}

function clusterOf(release: ReleaseName, turn: number): Cluster {
  const envoyGateway = NEWER_ENVOY_GATEWAY[release];
  if (turn % 4 === 1) return { release, channel: 'experimental' };
  return turn % 4 === 2 && envoyGateway ? { release, envoyGateway, channel: 'standard' } : { release, channel: 'standard' };
}
