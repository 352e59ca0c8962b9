import { renderGateway } from './gateway';
import { LABEL } from './kinds';
import { notExpressible } from './refusals';
import { renderProvider } from './provider';
import { renderRoute } from './route';
import { GatewayIntent, ObjectName, ProviderIntent, RouteIntent, TargetInfo } from '../../intent';
import { ClusterSetupIntent, ClusterSetupPlan, GrantIntent, PlatformRenderer, Rendering } from '../contract';

const NAMESPACE = 'kgateway-system';
const CHARTS = 'oci://cr.kgateway.dev/kgateway-dev/charts';
const RELEASE = 'v2.1.3';

/** kgateway 2.1, whose Backends configure agentgateway. Later releases of kgateway have no kinds for models. */
export class KgatewayPlatform implements PlatformRenderer {
  public readonly target: TargetInfo = { platform: 'kgateway', label: LABEL, releases: { 'kgateway': RELEASE, 'gateway-api': 'v1.4.0/standard' } };
  public readonly applyOrder = [
    ['Secret', 'ExternalSecret', 'SopsSecret', 'SealedSecret', 'GatewayParameters'],
    ['Gateway', 'Backend'],
    ['HTTPRoute'],
  ];

  public provider(intent: ProviderIntent, place: ObjectName): Rendering {
    return renderProvider(intent, place);
  }

  public route(intent: RouteIntent): Rendering {
    return renderRoute(intent);
  }

  public gateway(intent: GatewayIntent): Rendering {
    return renderGateway(intent);
  }

  public grant({ fromNamespace }: GrantIntent): Rendering {
    return {
      objects: [],
      problems: [notExpressible('namespace', `lets routes of namespace ${fromNamespace} use the provider, which ${LABEL} is not known to allow`, 'put the routes beside the provider')],
    };
  }

  public clusterSetup({ redisUrl, certManager }: ClusterSetupIntent): ClusterSetupPlan {
    if (redisUrl !== undefined) throw new Error(`ClusterSetup: 'redisUrl' has no place in ${LABEL}, which has no token limits; leave it out`);
    if (certManager) throw new Error(`ClusterSetup: 'certManager' has no place in ${LABEL}, which has no webhook; leave it out`);
    const values = 'kgateway-values.yaml';
    return {
      files: [{ name: values, purpose: `Helm values of ${LABEL}`, values: { agentgateway: { enabled: true } } }],
      commands: [
        `helm upgrade -i kgateway-crds ${CHARTS}/kgateway-crds --version ${RELEASE} -n ${NAMESPACE} --create-namespace`,
        `helm upgrade -i kgateway ${CHARTS}/kgateway --version ${RELEASE} -n ${NAMESPACE} -f ${values}`,
      ],
    };
  }
}
