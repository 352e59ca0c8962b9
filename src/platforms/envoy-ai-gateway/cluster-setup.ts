import { Release } from './releases';
import { ClusterSetupIntent, ClusterSetupPlan } from '../contract';

const CONTROLLER_NAMESPACE = 'envoy-ai-gateway-system';
const ENVOY_GATEWAY_NAMESPACE = 'envoy-gateway-system';
const EXTENSION_PORT = 1063;
const VALUES = { envoyGateway: 'envoy-gateway-values.yaml', aiGateway: 'ai-gateway-values.yaml' };
const CHARTS = 'oci://docker.io/envoyproxy';

/**
 * What a cluster needs once. Without the extension manager the AI sidecar runs
 * but no request reaches it; without `enableBackend` no Backend is accepted.
 */
export function planClusterSetup(intent: ClusterSetupIntent, release: Release, envoyGateway: string): ClusterSetupPlan {
  const aiGateway = release.facts.crds;
  const redis = intent.redisUrl;
  return {
    files: [
      {
        name: VALUES.envoyGateway,
        purpose: `Helm values of Envoy Gateway ${envoyGateway} for ${release.label}`,
        values: {
          config: {
            envoyGateway: {
              extensionApis: { enableBackend: true },
              extensionManager: {
                hooks: {
                  xdsTranslator: {
                    translation: {
                      listener: { includeAll: true },
                      route: { includeAll: true },
                      cluster: { includeAll: true },
                      secret: { includeAll: true },
                    },
                    post: ['Translation', 'Cluster', 'Route'],
                  },
                },
                service: {
                  fqdn: { hostname: `ai-gateway-controller.${CONTROLLER_NAMESPACE}.svc.cluster.local`, port: EXTENSION_PORT },
                },
              },
              ...(redis === undefined ? {} : { rateLimit: { backend: { type: 'Redis', redis: { url: redis } } } }),
            },
          },
        },
      },
      {
        name: VALUES.aiGateway,
        purpose: `Helm values of ${release.label}`,
        values: {
          envoyGateway: { namespace: ENVOY_GATEWAY_NAMESPACE },
          ...(intent.certManager ? { controller: { mutatingWebhook: { certManager: { enable: true } } } } : {}),
        },
      },
    ],
    commands: [
      `helm upgrade -i eg ${CHARTS}/gateway-helm --version ${envoyGateway} -n ${ENVOY_GATEWAY_NAMESPACE} --create-namespace -f ${VALUES.envoyGateway}`,
      `helm upgrade -i aieg-crd ${CHARTS}/ai-gateway-crds-helm --version ${aiGateway} -n ${CONTROLLER_NAMESPACE} --create-namespace`,
      `helm upgrade -i aieg ${CHARTS}/ai-gateway-helm --version ${aiGateway} -n ${CONTROLLER_NAMESPACE} -f ${VALUES.aiGateway}`,
    ],
  };
}
