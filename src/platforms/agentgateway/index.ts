import { planClusterSetup } from './cluster-setup';
import { renderGateway } from './gateway';
import { AGENTGATEWAY_GROUP } from './kinds';
import { renderProvider } from './provider';
import { AgentgatewayRelease, NEWEST, Release, RELEASES } from './releases';
import { renderRoute } from './route';
import { formatValue } from '../../findings/finding';
import { GatewayIntent, ObjectName, ProviderIntent, RouteIntent, TargetInfo } from '../../intent';
import { ClusterSetupIntent, ClusterSetupPlan, GrantIntent, PlatformRenderer, Rendering } from '../contract';
import { httpRouteGrant } from '../gateway-api/grant';

export { AgentgatewayRelease } from './releases';

/** Which agentgateway a cluster runs. */
export interface AgentgatewayOptions {
  /**
   * Release of agentgateway.
   *
   * @default AgentgatewayRelease.V1_4
   */
  readonly release?: AgentgatewayRelease;
}

const APPLY_ORDER = [
  ['Secret', 'ExternalSecret', 'SopsSecret', 'SealedSecret', 'AgentgatewayParameters'],
  ['Gateway', 'AgentgatewayBackend', 'ReferenceGrant'],
  ['HTTPRoute'],
  ['AgentgatewayPolicy'],
];

/** agentgateway with its own Kubernetes API. */
export class AgentgatewayPlatform implements PlatformRenderer {
  public readonly target: TargetInfo;
  public readonly applyOrder = APPLY_ORDER;
  private readonly release: Release;

  constructor(options: AgentgatewayOptions) {
    const name = options.release ?? NEWEST;
    if (!Object.hasOwn(RELEASES, name)) {
      throw new Error(`'release' is not a release of agentgateway, got ${formatValue(name)}; use one of ${Object.keys(RELEASES).join(', ')}`);
    }
    const facts = RELEASES[name];
    const label = `agentgateway ${name}`;
    this.release = { label, facts, has: feature => facts.features.includes(feature) };
    this.target = { platform: 'agentgateway', label, releases: { 'agentgateway': facts.crds, 'gateway-api': `${facts.gatewayApi}/standard` } };
  }

  public provider(intent: ProviderIntent, place: ObjectName): Rendering {
    return renderProvider(intent, place, this.release);
  }

  public route(intent: RouteIntent): Rendering {
    return renderRoute(intent, this.release);
  }

  public gateway(intent: GatewayIntent): Rendering {
    return renderGateway(intent);
  }

  public grant({ name, provider, fromNamespace }: GrantIntent): Rendering {
    const backend = { group: AGENTGATEWAY_GROUP, kind: 'AgentgatewayBackend', name: provider.name };
    return { objects: [httpRouteGrant({ name, namespace: provider.namespace }, `Grant-${fromNamespace}`, fromNamespace, backend)], problems: [] };
  }

  public clusterSetup(intent: ClusterSetupIntent): ClusterSetupPlan {
    return planClusterSetup(intent, this.release);
  }
}
