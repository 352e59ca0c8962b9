/** Releases of agentgateway that can be targeted. */
export enum AgentgatewayRelease {
  /** v1.0, with Gateway API v1.5. */
  V1_0 = 'v1.0',
  /** v1.4, with Gateway API v1.6. */
  V1_4 = 'v1.4',
}

/** What differs between releases. A feature is named where a user would look for it. */
export interface ReleaseFacts {
  /** Full upstream release whose CRDs describe it. */
  readonly crds: string;
  readonly gatewayApi: string;
  readonly features: readonly Feature[];
  /** Rules of one HTTPRoute that are tried in their order: v1.0 sorts their numbers as text. */
  readonly orderedRules: number;
}

export type Feature =
  /** Identities of pods that assume a role. */
  | 'assumeRole'
  /** Hosts of one's own for APIs whose paths the gateway has to find itself. */
  | 'pathPrefix'
  /** Headers other than `Authorization` for keys. */
  | 'authLocation'
  | 'azure'
  | 'azureWorkloadIdentity'
  | 'crossNamespace'
  | 'customProvider'
  | 'gcpSecret'
  /** A retry goes to the next level of a fallback. */
  | 'retryFailsOver'
  | 'secretKey';

const V1_4: readonly Feature[] = [
  'assumeRole', 'pathPrefix', 'authLocation', 'azure', 'azureWorkloadIdentity', 'crossNamespace', 'customProvider', 'gcpSecret', 'retryFailsOver', 'secretKey',
];

export const RELEASES: { readonly [release in AgentgatewayRelease]: ReleaseFacts } = {
  [AgentgatewayRelease.V1_0]: { crds: 'v1.0.0', gatewayApi: 'v1.5.1', features: [], orderedRules: 10 },
  [AgentgatewayRelease.V1_4]: { crds: 'v1.4.1', gatewayApi: 'v1.6.1', features: V1_4, orderedRules: 16 },
};

export const NEWEST = AgentgatewayRelease.V1_4;

/** The first release that has a feature. */
export function since(feature: Feature): AgentgatewayRelease {
  return (Object.keys(RELEASES) as AgentgatewayRelease[]).find(r => RELEASES[r].features.includes(feature))!;
}

/** What renderers need to know of the release. */
export interface Release {
  readonly label: string;
  readonly facts: ReleaseFacts;
  has(feature: Feature): boolean;
}
