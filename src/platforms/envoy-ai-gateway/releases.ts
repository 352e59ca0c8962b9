/** Releases of Envoy AI Gateway that can be targeted. */
export enum EnvoyAIGatewayRelease {
  /** v0.5, with Envoy Gateway v1.6. */
  V0_5 = 'v0.5',
  /** v0.6, with Envoy Gateway v1.7. */
  V0_6 = 'v0.6',
  /** v0.7, with Envoy Gateway v1.8. */
  V0_7 = 'v0.7',
  /** v1.0, with Envoy Gateway v1.8. */
  V1_0 = 'v1.0',
  /** v1.1, with Envoy Gateway v1.8. */
  V1_1 = 'v1.1',
}

/** Releases of Envoy Gateway that an Envoy AI Gateway can run with. */
export enum EnvoyGatewayRelease {
  /** v1.6 (Gateway API v1.4.0). */
  V1_6 = 'v1.6',
  /** v1.7 (Gateway API v1.4.1). */
  V1_7 = 'v1.7',
  /** v1.8 (Gateway API v1.5.1). */
  V1_8 = 'v1.8',
}

/** Which set of Gateway API kinds a cluster has. */
export enum GatewayApiChannel {
  /** Stable kinds and fields only. */
  STANDARD = 'standard',
  /** What Envoy Gateway's own chart installs. */
  EXPERIMENTAL = 'experimental',
}

/** What differs between releases. A feature is named where a user would look for it. */
export interface ReleaseFacts {
  readonly apiVersion: 'v1alpha1' | 'v1beta1';
  /** Full upstream release whose CRDs describe it. */
  readonly crds: string;
  readonly envoyGateway: EnvoyGatewayRelease;
  readonly features: readonly Feature[];
}

export type Feature = 'hostnames' | 'gcpAdc' | 'ruleNames' | 'streamIdleTimeout' | 'anthropicPrefix' | 'awsCustomHosts' | 'tenantKeys';

const V0_6: readonly Feature[] = ['gcpAdc'];
const V0_7: readonly Feature[] = [...V0_6, 'hostnames', 'anthropicPrefix'];
const V1_1: readonly Feature[] = [...V0_7, 'ruleNames', 'streamIdleTimeout', 'awsCustomHosts', 'tenantKeys'];

export const RELEASES: { readonly [release in EnvoyAIGatewayRelease]: ReleaseFacts } = {
  [EnvoyAIGatewayRelease.V0_5]: { apiVersion: 'v1alpha1', crds: 'v0.5.0', envoyGateway: EnvoyGatewayRelease.V1_6, features: [] },
  [EnvoyAIGatewayRelease.V0_6]: { apiVersion: 'v1beta1', crds: 'v0.6.0', envoyGateway: EnvoyGatewayRelease.V1_7, features: V0_6 },
  [EnvoyAIGatewayRelease.V0_7]: { apiVersion: 'v1beta1', crds: 'v0.7.0', envoyGateway: EnvoyGatewayRelease.V1_8, features: V0_7 },
  [EnvoyAIGatewayRelease.V1_0]: { apiVersion: 'v1beta1', crds: 'v1.0.0', envoyGateway: EnvoyGatewayRelease.V1_8, features: V0_7 },
  [EnvoyAIGatewayRelease.V1_1]: { apiVersion: 'v1beta1', crds: 'v1.1.0', envoyGateway: EnvoyGatewayRelease.V1_8, features: V1_1 },
};

export const NEWEST = EnvoyAIGatewayRelease.V1_1;

interface EnvoyGatewayFacts {
  readonly crds: string;
  readonly gatewayApi: string;
  /** Whether a ClientTrafficPolicy can remove headers by the beginning of their names. */
  readonly removesByPrefix: boolean;
}

export const ENVOY_GATEWAY: { readonly [release in EnvoyGatewayRelease]: EnvoyGatewayFacts } = {
  [EnvoyGatewayRelease.V1_6]: { crds: 'v1.6.0', gatewayApi: 'v1.4.0', removesByPrefix: false },
  [EnvoyGatewayRelease.V1_7]: { crds: 'v1.7.0', gatewayApi: 'v1.4.1', removesByPrefix: true },
  [EnvoyGatewayRelease.V1_8]: { crds: 'v1.8.1', gatewayApi: 'v1.5.1', removesByPrefix: true },
};

/** The first release that has a feature. */
export function since(feature: Feature): EnvoyAIGatewayRelease {
  return (Object.keys(RELEASES) as EnvoyAIGatewayRelease[]).find(r => RELEASES[r].features.includes(feature))!;
}

/** What renderers need to know of the release. */
export interface Release {
  readonly label: string;
  readonly facts: ReleaseFacts;
  /** Whether Envoy Gateway takes headers from clients by the beginning of their names. */
  readonly removesByPrefix: boolean;
  has(feature: Feature): boolean;
}
