import type { Support } from './declarations';
import { ToyPlatform } from './toy-platform';
import { judgeKgateway } from '../judges/kgateway/judge';
import { AgentgatewayRelease, EnvoyAIGatewayRelease, Platform } from '../../src';
import { AgentgatewayRelease as AgentgatewayCrds, AiGatewayRelease, CrdJudge, EnvoyGatewayRelease } from '../judges/crd/judge';

/** Columns of the table. */
export type PlatformId = 'envoy-ai-gateway' | 'agentgateway' | 'kgateway' | 'toy';

/** One platform in one release, as the suite runs it. */
export interface TestedPlatform {
  readonly id: PlatformId;
  /** As a table names it: `v1.1`. */
  readonly release: string;
  /** How it routes where a program leaves it open. */
  readonly routesBy: 'model' | 'path';
  readonly platform: Platform;
  /** Why an API server of this release refuses the manifests; undefined where nothing is there to ask. */
  readonly judge?: (manifests: readonly unknown[]) => string[];
}

const envoyAIGateway = Object.values(EnvoyAIGatewayRelease).map((release): TestedPlatform => ({
  id: 'envoy-ai-gateway',
  release,
  routesBy: 'model',
  platform: Platform.envoyAIGateway({ release }),
  judge: manifests => (['standard', 'experimental'] as const).flatMap(channel =>
    CrdJudge.load({ aiGateway: `${release}.0` as AiGatewayRelease, channel }).judgeAll(manifests)),
}));

/** CRDs of each release, and the Envoy Gateway that brings the same Gateway API. */
const AGENTGATEWAY: { readonly [release in AgentgatewayRelease]: readonly [AgentgatewayCrds, EnvoyGatewayRelease] } = {
  [AgentgatewayRelease.V1_0]: ['v1.0.0', 'v1.8.1'],
  [AgentgatewayRelease.V1_4]: ['v1.4.1', 'v1.9.0'],
};

const agentgateway = Object.values(AgentgatewayRelease).map((release): TestedPlatform => ({
  id: 'agentgateway',
  release,
  routesBy: 'model',
  platform: Platform.agentgateway({ release }),
  judge: manifests => {
    const [crds, envoyGateway] = AGENTGATEWAY[release];
    return CrdJudge.load({ aiGateway: 'v1.1.0', envoyGateway, agentgateway: crds }).judgeAll(manifests);
  },
}));

/** Every platform in every release, oldest first. */
export const testedPlatforms: readonly TestedPlatform[] = [
  ...envoyAIGateway,
  ...agentgateway,
  { id: 'kgateway', release: 'v2.1', routesBy: 'path', platform: Platform.kgateway(), judge: judgeKgateway },
  { id: 'toy', release: 'v1', routesBy: 'path', platform: Platform._custom(new ToyPlatform()) },
];

/** Whether a platform in a release has what a row of the table says. */
export function isSupported(support: Support, { id, release }: TestedPlatform): boolean {
  if (support === 'yes' || support === 'no') return support === 'yes';
  const releases = testedPlatforms.filter(other => other.id === id).map(other => other.release);
  const first = releases.indexOf(support.slice('from '.length));
  if (first < 0) throw new Error(`${id} has no release that "${support}" could mean`);
  return releases.indexOf(release) >= first;
}
