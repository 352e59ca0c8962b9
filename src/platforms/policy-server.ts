import type { k8s } from 'cdk8s-plus-28';
import { Manifest, ObjectName, PolicyPointIntent, ResourcesIntent } from '../intent';
import { RenderedObject } from './contract';
import { renderResources } from './gateway-api/proxy';

/** Where the gateway asks the policy server. */
export const POLICY_PORT = 9002;
const OPS_PORT = 9003;

const USER = 65532;
const POLICY_FOLDER = '/etc/policy-server/policy';
const KEYS_FOLDER = '/etc/policy-server/keys';
const POLICY_FILE = 'policy.yaml';

const DEFAULT_REPLICAS = 2;
const DEFAULT_RESOURCES: ResourcesIntent = { cpuRequest: '250m', memoryRequest: '192Mi', memoryLimit: '768Mi' };
/** With the strings made of it, what is read at a time has to stay well within the memory. */
const MOST_BUFFERED = 128 * 1024 * 1024;

/**
 * What runs the policy server, on any platform: as nobody, without a token of the
 * cluster, with nothing it can write to, reached by the gateway's proxies alone.
 */
export function renderPolicyServer(intent: PolicyPointIntent): RenderedObject[] {
  const metadata: ObjectName = { name: intent.name, namespace: intent.namespace };
  const object = (role: string, id: string, manifest: object, props?: RenderedObject['props']): RenderedObject =>
    ({ role, id, manifest: manifest as Manifest, ...(props ? { props } : {}) });
  const selector = { matchLabels: labels(intent) };
  const budget: k8s.PodDisruptionBudgetSpec = { maxUnavailable: 1 as never, selector };
  return [
    object('serviceAccount', 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false }),
    object('policy', 'Policy', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [POLICY_FILE]: intent.policyText } }, { data: 'policy' }),
    object('deployment', 'Resource', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...metadata, labels: labels(intent) }, spec: deployment(intent) }, {
      'spec.replicas': 'replicas',
      'spec.template.spec.containers[0].image': 'image',
      'spec.template.spec.containers[0].resources': 'resources',
      'spec.template.spec.imagePullSecrets': 'image',
      'spec.template.spec.volumes': 'tenantKeys',
    }),
    object('service', 'Service', { apiVersion: 'v1', kind: 'Service', metadata, spec: service(intent) }),
    object('disruptionBudget', 'DisruptionBudget', { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: budget }),
    ...(intent.autoscaling ? [object('autoscaler', 'Autoscaler', {
      apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata, spec: autoscaler(intent.name, intent.autoscaling),
    }, { 'spec.minReplicas': 'autoscaling.minReplicas', 'spec.maxReplicas': 'autoscaling.maxReplicas' })] : []),
    ...(intent.proxyNamespace === false ? [] : [object('networkPolicy', 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec: networkPolicy(intent, intent.proxyNamespace),
    })]),
  ];
}

function labels({ name }: ObjectName): { [label: string]: string } {
  // A label is shorter than a name can be; what is wrong with the name is told of that.
  const instance = name.slice(0, 63).replace(/[^\w.-]/g, '-').replace(/^[^a-zA-Z0-9]+|[^a-zA-Z0-9]+$/g, '');
  return { 'app.kubernetes.io/name': 'policy-server', 'app.kubernetes.io/instance': instance };
}

function deployment(intent: PolicyPointIntent): k8s.DeploymentSpec {
  return {
    ...(intent.autoscaling ? {} : { replicas: intent.replicas ?? DEFAULT_REPLICAS }),
    selector: { matchLabels: labels(intent) },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 as never, maxUnavailable: 0 as never } },
    template: {
      metadata: { labels: labels(intent), annotations: { 'checksum/policy': intent.policyHash } },
      spec: {
        serviceAccountName: intent.name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        // Longer than the server takes to be forgotten and to end what is under way.
        terminationGracePeriodSeconds: 60,
        ...(intent.image.pullSecrets?.length ? { imagePullSecrets: intent.image.pullSecrets.map(name => ({ name })) } : {}),
        securityContext: { runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, fsGroup: USER, seccompProfile: { type: 'RuntimeDefault' } },
        topologySpreadConstraints: [{
          maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: labels(intent) },
        }],
        containers: [container(intent)],
        volumes: [
          { name: 'policy', configMap: { name: intent.name } },
          ...intent.keySecrets.map(({ secret }, index) => ({ name: `keys-${index}`, secret: { secretName: secret, defaultMode: 0o440 } })),
        ],
      },
    },
  };
}

function container(intent: PolicyPointIntent): k8s.Container {
  return {
    name: 'policy-server',
    image: intent.image.reference,
    args: [
      'serve', '--policy', `${POLICY_FOLDER}/${POLICY_FILE}`,
      intent.front === 'ext_proc' ? '--ext-proc-port' : '--ext-authz-port', String(POLICY_PORT),
      '--ops-port', String(OPS_PORT), '--max-buffered-bytes', String(MOST_BUFFERED),
      ...(intent.keySecrets.length > 0 ? ['--keys', KEYS_FOLDER] : []),
      ...(intent.audit === undefined ? [] : ['--audit', intent.audit]),
    ],
    ports: [{ name: 'policy', containerPort: POLICY_PORT }, { name: 'ops', containerPort: OPS_PORT }],
    resources: renderResources(intent.resources ?? DEFAULT_RESOURCES),
    startupProbe: probe('/livez', { periodSeconds: 1, failureThreshold: 60 }),
    // The server goes on for 5 s after it says that it is not ready.
    readinessProbe: probe('/readyz', { periodSeconds: 2, failureThreshold: 1 }),
    livenessProbe: probe('/livez', { periodSeconds: 10, failureThreshold: 3 }),
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'policy', mountPath: POLICY_FOLDER, readOnly: true },
      ...intent.keySecrets.map(({ folder }, index) => ({ name: `keys-${index}`, mountPath: `${KEYS_FOLDER}/${folder}`, readOnly: true })),
    ],
  };
}

function probe(path: string, times: { readonly periodSeconds: number; readonly failureThreshold: number }): k8s.Probe {
  return { httpGet: { path, port: OPS_PORT as never }, timeoutSeconds: 1, ...times };
}

function service(intent: PolicyPointIntent): k8s.ServiceSpec {
  return {
    selector: labels(intent),
    ports: [{
      name: intent.front === 'ext_proc' ? 'grpc' : 'http',
      port: POLICY_PORT,
      targetPort: 'policy' as never,
      ...(intent.front === 'ext_proc' ? { appProtocol: 'kubernetes.io/h2c' } : {}),
    }],
  };
}

function autoscaler(name: string, { min, max, cpuPercent }: NonNullable<PolicyPointIntent['autoscaling']>): k8s.HorizontalPodAutoscalerSpecV2 {
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: min,
    maxReplicas: max,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuPercent } } }],
  };
}

/** Whoever reaches the server can find out what the policy forbids. Metrics are for anybody; the server calls nobody. */
function networkPolicy(intent: PolicyPointIntent, proxies = 'envoy-gateway-system'): k8s.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: labels(intent) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': proxies } }, podSelector: { matchLabels: { 'app.kubernetes.io/component': 'proxy' } } }],
        ports: [{ protocol: 'TCP', port: POLICY_PORT as never }],
      },
      { ports: [{ protocol: 'TCP', port: OPS_PORT as never }] },
    ],
    egress: [],
  };
}
