import { AI_GATEWAY_GROUP, aiGatewayVersion, ENVOY_GATEWAY_GROUP, ENVOY_GATEWAY_V1ALPHA1, GATEWAY_API, GATEWAY_API_V1 } from './kinds';
import { Release } from './releases';
import { Problem } from '../../findings/finding';
import { GatewayIntent, GuardIntent } from '../../intent';
import { NOT_EXPRESSIBLE, OPTION_WITHOUT_EFFECT } from '../codes';
import { RenderedObject, Rendering } from '../contract';
import { checkReferences } from '../gateway-api/gateway-references';
import { checkReplicas, checkResources } from '../gateway-api/proxy-options';
import { renderListeners } from '../gateway-api/listeners';
import { identityAnnotations, quantity, renderResources } from '../gateway-api/proxy';

/** Enough for prompts with images and for long answers that are not streamed; Envoy's own 32 KiB is not. */
const DEFAULT_BUFFER_BYTES = 50 * 1024 * 1024;
const CONTROLLER = `${ENVOY_GATEWAY_GROUP}/gatewayclass-controller`;

/** GatewayClass, EnvoyProxy, GatewayConfig, Gateway, ClientTrafficPolicy: in apply order. */
export function renderGateway(intent: GatewayIntent, release: Release): Rendering {
  const proxy = envoyProxy(intent);
  const config = gatewayConfig(intent, release);
  return {
    objects: [
      ...(intent.className === undefined ? [gatewayClass(intent)] : []),
      ...(proxy ? [proxy] : []),
      ...(config ? [config] : []),
      gateway(intent, proxy !== undefined, config !== undefined),
      clientTrafficPolicy(intent, release),
      ...(intent.guard?.front === 'ext_proc' ? [requestBuffer(intent)] : []),
    ],
    problems: [
      ...checkReferences(intent), ...checkReplicas(intent), ...checkResources(intent, intent.bufferLimitBytes ?? DEFAULT_BUFFER_BYTES),
      ...checkModelRouting(intent, release), ...checkSidecar(intent),
    ],
  };
}

function checkSidecar({ sidecar }: GatewayIntent): Problem[] {
  if (sidecar?.image === undefined || sidecar.imageRepository === undefined) return [];
  return [{
    definition: OPTION_WITHOUT_EFFECT,
    prop: 'sidecar.imageRepository',
    message: 'has no effect beside `sidecar.image`, which names the whole image',
    value: sidecar.imageRepository,
    fix: 'keep one of them',
  }];
}

function checkModelRouting({ modelRouting }: GatewayIntent, release: Release): Problem[] {
  if (modelRouting !== false) return [];
  return [{ definition: NOT_EXPRESSIBLE, prop: 'modelRouting', message: `cannot be switched off on ${release.label}`, value: false, fix: 'leave it out' }];
}

function gatewayClass(intent: GatewayIntent): RenderedObject {
  return {
    role: 'class',
    id: 'Class',
    clusterScoped: true,
    manifest: {
      apiVersion: GATEWAY_API_V1,
      kind: 'GatewayClass',
      metadata: { name: intent.name },
      spec: { controllerName: CONTROLLER },
    },
  };
}

function gateway(intent: GatewayIntent, hasProxy: boolean, hasConfig: boolean): RenderedObject {
  const annotations = {
    ...intent.annotations,
    ...(hasConfig ? { [`${AI_GATEWAY_GROUP}/gateway-config`]: intent.name } : {}),
  };
  const infrastructure = {
    ...(hasProxy ? { parametersRef: { group: ENVOY_GATEWAY_GROUP, kind: 'EnvoyProxy', name: intent.name } } : {}),
    ...infrastructureAnnotations(intent),
  };
  return {
    role: 'gateway',
    id: 'Resource',
    manifest: {
      apiVersion: GATEWAY_API_V1,
      kind: 'Gateway',
      metadata: {
        name: intent.name,
        namespace: intent.namespace,
        ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      },
      spec: {
        gatewayClassName: intent.className ?? intent.name,
        ...(Object.keys(infrastructure).length > 0 ? { infrastructure } : {}),
        listeners: renderListeners(intent),
      },
    },
    props: {
      'spec.gatewayClassName': intent.className === undefined ? 'name' : 'gatewayClassName',
      'spec.listeners': 'listeners',
    },
  };
}

/** One number for both directions; HTTP/2 clients are limited by their window instead, so it grows with it. */
function clientTrafficPolicy(intent: GatewayIntent, release: Release): RenderedObject {
  const bytes = intent.bufferLimitBytes ?? DEFAULT_BUFFER_BYTES;
  return {
    role: 'clientTrafficPolicy',
    id: 'ClientTrafficPolicy',
    manifest: {
      apiVersion: ENVOY_GATEWAY_V1ALPHA1,
      kind: 'ClientTrafficPolicy',
      metadata: { name: intent.name, namespace: intent.namespace },
      spec: {
        targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: intent.name }],
        connection: { bufferLimit: quantity(bytes) },
        http2: { initialStreamWindowSize: quantity(intent.http2WindowBytes ?? windowFor(bytes)) },
        ...(intent.guard ? { headers: { earlyRequestHeaders: strippedHeaders(intent.guard, release) } } : {}),
      },
    },
    props: {
      'spec.targetRefs[0].name': 'name',
      'spec.connection.bufferLimit': 'maxBodySize',
      'spec.http2.initialStreamWindowSize': 'http2Window',
    },
  };
}

/** What Envoy takes for a window; nobody who only sets `maxBodySize` is told of it. */
function windowFor(bytes: number): number {
  return Math.min(Math.max(bytes, 2 ** 16), 2 ** 31 - 1);
}

function envoyProxy(intent: GatewayIntent): RenderedObject | undefined {
  const { proxy, identities, guard } = intent;
  const serviceAccount = proxy?.serviceAccountName ?? (identities.length > 0 ? intent.name : undefined);
  if (!proxy && serviceAccount === undefined && !guard) return undefined;
  const deployment = {
    ...(proxy?.replicas === undefined ? {} : { replicas: proxy.replicas }),
    ...(proxy?.resources === undefined ? {} : { container: { resources: renderResources(proxy.resources) } }),
  };
  const service = {
    ...(proxy?.serviceType === undefined ? {} : { type: proxy.serviceType }),
    ...(proxy?.serviceAnnotations === undefined ? {} : { annotations: { ...proxy.serviceAnnotations } }),
  };
  return {
    role: 'proxy',
    id: 'Proxy',
    manifest: {
      apiVersion: ENVOY_GATEWAY_V1ALPHA1,
      kind: 'EnvoyProxy',
      metadata: { name: intent.name, namespace: intent.namespace },
      spec: {
        provider: {
          type: 'Kubernetes',
          kubernetes: {
            // An account of its own: two gateways that name one overwrite each other's annotations.
            ...(serviceAccount === undefined ? {} : { envoyServiceAccount: { name: serviceAccount } }),
            ...(Object.keys(deployment).length > 0 ? { envoyDeployment: deployment } : {}),
            ...(Object.keys(service).length > 0 ? { envoyService: service } : {}),
          },
        },
        ...(proxy?.logLevel === undefined ? {} : { logging: { level: { default: proxy.logLevel } } }),
        ...(guard ? { filterOrder: filterOrder(guard) } : {}),
      },
    },
    props: {
      'spec.provider.kubernetes.envoyServiceAccount.name': 'proxy.serviceAccountName',
      'spec.provider.kubernetes.envoyDeployment.replicas': 'proxy.replicas',
      'spec.provider.kubernetes.envoyDeployment.container.resources': 'proxy.resources',
      'spec.provider.kubernetes.envoyService.type': 'proxy.serviceType',
      'spec.logging.level': 'proxy.logLevel',
    },
  };
}

/**
 * The AI gateway puts its own filter before the first ext_proc, or behind a buffer
 * that comes after it: with the buffer in between, the policy server comes first.
 * ext_authz comes first anyway, but also before the filters that find out who asks.
 */
function filterOrder({ front }: GuardIntent): object[] {
  if (front === 'ext_proc') return [{ name: 'envoy.filters.http.ext_proc', before: 'envoy.filters.http.buffer' }];
  return ['envoy.filters.http.api_key_auth', 'envoy.filters.http.jwt_authn'].map(after => ({ name: 'envoy.filters.http.ext_authz', after }));
}

/** Headers that only the gateway and its policy server set, taken from clients before anything reads them. */
function strippedHeaders({ ownedHeader }: GuardIntent, { removesByPrefix }: Release): object {
  return {
    ...(ownedHeader === undefined ? {} : { remove: [ownedHeader] }),
    // A release that cannot is refused by the policy point.
    ...(removesByPrefix ? { removeOnMatch: ['x-aigw-', 'x-ai-eg-', 'x-guard-'].map(value => ({ type: 'Prefix', value })) } : {}),
  };
}

/** Its only purpose is that there is a buffer filter, which the order of the filters needs. */
function requestBuffer(intent: GatewayIntent): RenderedObject {
  return {
    role: 'requestBuffer',
    id: 'RequestBuffer',
    manifest: {
      apiVersion: ENVOY_GATEWAY_V1ALPHA1,
      kind: 'BackendTrafficPolicy',
      metadata: { name: intent.name, namespace: intent.namespace },
      spec: {
        targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: intent.name }],
        requestBuffer: { limit: quantity(intent.bufferLimitBytes ?? DEFAULT_BUFFER_BYTES) },
      },
    },
    props: { 'spec.targetRefs[0].name': 'name', 'spec.requestBuffer.limit': 'maxBodySize' },
  };
}

function gatewayConfig(intent: GatewayIntent, release: Release): RenderedObject | undefined {
  const sidecar = intent.sidecar;
  if (!sidecar) return undefined;
  // The tag of the release, whatever the chart in the cluster says.
  const image = sidecar.image ?? (sidecar.imageRepository && `${sidecar.imageRepository}:${release.facts.crds}`);
  return {
    role: 'config',
    id: 'Config',
    manifest: {
      apiVersion: aiGatewayVersion(release),
      kind: 'GatewayConfig',
      metadata: { name: intent.name, namespace: intent.namespace },
      spec: {
        extProc: {
          kubernetes: {
            ...(image === undefined ? {} : { image }),
            ...(sidecar.env === undefined ? {} : {
              env: sidecar.env.map(({ name, value, secretKeyRef }) => ({
                name,
                ...(value === undefined ? {} : { value }),
                ...(secretKeyRef === undefined ? {} : { valueFrom: { secretKeyRef: { ...secretKeyRef } } }),
              })),
            }),
            ...(sidecar.resources === undefined ? {} : { resources: renderResources(sidecar.resources) }),
          },
        },
      },
    },
    props: {
      'spec.extProc.kubernetes.image': sidecar.image === undefined ? 'sidecar.imageRepository' : 'sidecar.image',
      'spec.extProc.kubernetes.env': 'sidecar.env',
      'spec.extProc.kubernetes.resources': 'sidecar.resources',
    },
  };
}

/** The service account the controller creates takes its annotations only from here. */
function infrastructureAnnotations({ identities }: GatewayIntent): object {
  const annotations = identityAnnotations(identities);
  return Object.keys(annotations).length > 0 ? { annotations } : {};
}
