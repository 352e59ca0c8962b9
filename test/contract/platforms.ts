import { ToyPlatform } from './toy-platform';
import { EnvoyAIGatewayRelease, Platform } from '../../src';
import { AiGatewayRelease, CrdJudge } from '../judges/crd/judge';

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

/** Every platform in every release, oldest first. */
export const testedPlatforms: readonly TestedPlatform[] = [
  ...envoyAIGateway,
  { id: 'toy', release: 'v1', routesBy: 'path', platform: Platform._custom(new ToyPlatform()) },
];
