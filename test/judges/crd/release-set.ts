import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Releases of Envoy AI Gateway whose CRDs are at hand, oldest first. */
export const AI_GATEWAY_RELEASES = ['v0.5.0', 'v0.6.0', 'v0.7.0', 'v1.0.0', 'v1.1.0'] as const;
export type AiGatewayRelease = (typeof AI_GATEWAY_RELEASES)[number];

export type EnvoyGatewayRelease = 'v1.6.0' | 'v1.7.0' | 'v1.8.1' | 'v1.9.0';
export type AgentgatewayRelease = 'v1.0.0' | 'v1.4.1';
export type Channel = 'standard' | 'experimental';

/** Which CRDs a cluster has. */
export interface CrdTarget {
  readonly aiGateway: AiGatewayRelease;
  /** @default - the release that the Envoy AI Gateway release is built against */
  readonly envoyGateway?: EnvoyGatewayRelease;
  /**
   * Channel of the Gateway API CRDs.
   *
   * @default 'standard' - the stricter one
   */
  readonly channel?: Channel;
  /** @default 'v1.4.1' */
  readonly agentgateway?: AgentgatewayRelease;
}

const USUAL_ENVOY_GATEWAY: Record<AiGatewayRelease, EnvoyGatewayRelease> = {
  'v0.5.0': 'v1.6.0',
  'v0.6.0': 'v1.7.0',
  'v0.7.0': 'v1.8.1',
  'v1.0.0': 'v1.8.1',
  'v1.1.0': 'v1.8.1',
};

/** The Gateway API release that each Envoy Gateway release installs. */
const GATEWAY_API: Record<EnvoyGatewayRelease, string> = {
  'v1.6.0': 'v1.4.0',
  'v1.7.0': 'v1.4.1',
  'v1.8.1': 'v1.5.1',
  'v1.9.0': 'v1.6.1',
};

/** Where the CRD files are expected, whether or not they are there. */
export function crdsFolder(): string {
  const root = resolve(__dirname, '..', '..', '..');
  return process.env.CRDS_DIR ? resolve(root, process.env.CRDS_DIR) : resolve(root, '..', 'shared', 'crds');
}

/** The Envoy Gateway release of a target. */
export function envoyGatewayOf({ aiGateway, envoyGateway }: CrdTarget): EnvoyGatewayRelease {
  return envoyGateway ?? USUAL_ENVOY_GATEWAY[aiGateway];
}

/** The folders below the CRD folder that together make a target. */
export function foldersOf(target: CrdTarget): string[] {
  const envoyGateway = envoyGatewayOf(target);
  return [
    join('envoy-ai-gateway', target.aiGateway),
    join('envoy-gateway', envoyGateway),
    join('gateway-api', GATEWAY_API[envoyGateway], target.channel ?? 'standard'),
    join('agentgateway', target.agentgateway ?? 'v1.4.1'),
    join('external-secrets', 'v2.9.0'),
    join('sops-secrets-operator', '0.21.1'),
    join('sealed-secrets', 'v0.36.6'),
  ];
}

/**
 * Whether there are CRD files. They are no part of the project, so who has none goes without these judges; who names a
 * folder means it, and a name that leads nowhere must not make judges silent.
 */
export function crdsAvailable(): boolean {
  const there = existsSync(join(crdsFolder(), 'envoy-ai-gateway'));
  if (!there && process.env.CRDS_DIR) throw new Error(`CRDS_DIR names ${crdsFolder()}, where no CRD files of Envoy AI Gateway are`);
  return there;
}
