import { SERVED } from './client-apis';
import { planClusterSetup } from './cluster-setup';
import { renderGateway } from './gateway';
import { renderGrant } from './grant';
import { renderProvider } from './provider';
import { ENVOY_GATEWAY, EnvoyAIGatewayRelease, EnvoyGatewayRelease, GatewayApiChannel, NEWEST, Release, RELEASES } from './releases';
import { renderRoute } from './route';
import { bySchema } from './schema';
import { formatValue } from '../../findings/finding';
import { GatewayIntent, ObjectName, PolicyPointIntent, ProviderIntent, RouteIntent, TargetInfo } from '../../intent';
import { ClusterSetupIntent, ClusterSetupPlan, GrantIntent, PlatformRenderer, Rendering } from '../contract';

export { EnvoyAIGatewayRelease, EnvoyGatewayRelease, GatewayApiChannel } from './releases';

/** Which Envoy AI Gateway a cluster runs, and what it runs with. */
export interface EnvoyAIGatewayOptions {
  /**
   * Release of Envoy AI Gateway.
   *
   * @default EnvoyAIGatewayRelease.V1_1
   */
  readonly release?: EnvoyAIGatewayRelease;

  /**
   * Release of Envoy Gateway.
   *
   * @default - the one the release of Envoy AI Gateway is built with
   */
  readonly envoyGateway?: EnvoyGatewayRelease;

  /**
   * Gateway API channel of the cluster. Manifests are the same; the channel says
   * what checks hold hand-written manifests against.
   *
   * @default GatewayApiChannel.STANDARD
   */
  readonly gatewayApiChannel?: GatewayApiChannel;
}

const APPLY_ORDER = [
  ['Secret', 'ExternalSecret', 'SopsSecret', 'SealedSecret', 'GatewayClass', 'EnvoyProxy', 'GatewayConfig', 'ServiceAccount', 'ConfigMap'],
  ['Gateway', 'ClientTrafficPolicy', 'Backend', 'BackendTLSPolicy', 'ReferenceGrant'],
  ['AIServiceBackend'],
  ['BackendSecurityPolicy'],
  ['AIGatewayRoute'],
  ['BackendTrafficPolicy'],
  ['Deployment', 'Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'NetworkPolicy'],
  // Without its server, either refuses every request.
  ['EnvoyExtensionPolicy', 'SecurityPolicy'],
];

function needOneOf(prop: string, what: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new Error(`'${prop}' is not ${what}, got ${formatValue(value)}; use one of ${known.join(', ')}`);
}

/** Envoy AI Gateway on Envoy Gateway. */
export class EnvoyAIGatewayPlatform implements PlatformRenderer {
  public readonly target: TargetInfo;
  public readonly applyOrder = APPLY_ORDER;
  public readonly rolesOutrankKeys = true;
  private readonly release: Release;

  constructor(options: EnvoyAIGatewayOptions) {
    const name = options.release ?? NEWEST;
    needOneOf('release', 'a release of Envoy AI Gateway', name, Object.keys(RELEASES));
    const facts = RELEASES[name];
    const envoyGatewayName = options.envoyGateway ?? facts.envoyGateway;
    needOneOf('envoyGateway', 'a release of Envoy Gateway', envoyGatewayName, Object.keys(ENVOY_GATEWAY));
    needOneOf('gatewayApiChannel', 'a channel of Gateway API', options.gatewayApiChannel ?? GatewayApiChannel.STANDARD, Object.values(GatewayApiChannel));
    const envoyGateway = ENVOY_GATEWAY[envoyGatewayName];
    const label = `Envoy AI Gateway ${name}`;
    this.release = { label, facts, removesByPrefix: envoyGateway.removesByPrefix, has: feature => facts.features.includes(feature) };
    this.target = {
      platform: 'envoy-ai-gateway',
      label,
      clientApis: bySchema(SERVED),
      releases: {
        'envoy-ai-gateway': facts.crds,
        'envoy-gateway': envoyGateway.crds,
        'gateway-api': `${envoyGateway.gatewayApi}/${options.gatewayApiChannel ?? GatewayApiChannel.STANDARD}`,
      },
    };
  }

  public provider(intent: ProviderIntent, place: ObjectName): Rendering {
    return renderProvider(intent, place, this.release);
  }

  public route(intent: RouteIntent): Rendering {
    return renderRoute(intent, this.release);
  }

  public gateway(intent: GatewayIntent): Rendering {
    return renderGateway(intent, this.release);
  }

  public grant(intent: GrantIntent): Rendering {
    return renderGrant(intent);
  }

  public policyPoint(intent: PolicyPointIntent): Rendering {
    return loadPolicyPoint().renderPolicyPoint(intent, this.release);
  }

  public clusterSetup(intent: ClusterSetupIntent): ClusterSetupPlan {
    return planClusterSetup(intent, this.release, this.target.releases['envoy-gateway']);
  }
}

/** Loaded with the first policy server: most programs have none. */
function loadPolicyPoint() {
  return require('./policy-point') as typeof import('./policy-point');
}
