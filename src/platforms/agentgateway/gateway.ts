import { AGENTGATEWAY_GROUP, AGENTGATEWAY_V1ALPHA1, EXACT_HEADER, EXACT_VALUE, MODEL_HEADER } from './kinds';
import { celText } from './mutations';
import { notExpressible } from './refusals';
import { Problem } from '../../findings/finding';
import { GatewayIntent } from '../../intent';
import { RenderedObject, Rendering } from '../contract';
import { renderGatewayObject } from '../gateway-api/gateway';
import { checkReferences } from '../gateway-api/gateway-references';
import { checkReplicas, checkResources } from '../gateway-api/proxy-options';
import { GATEWAY_API } from '../gateway-api/kinds';
import { identityAnnotations, identityLabels, renderResources } from '../gateway-api/proxy';

/** Enough for prompts with images; the gateway's own 2 MiB are not, and a body above them names no model. */
const DEFAULT_BUFFER_BYTES = 50 * 1024 * 1024;
/** Made by the chart of agentgateway. */
const CLASS = 'agentgateway';

/** AgentgatewayParameters, Gateway, AgentgatewayPolicy: in apply order. */
export function renderGateway(intent: GatewayIntent): Rendering {
  const parameters = parametersOf(intent);
  return {
    objects: [...(parameters ? [parameters] : []), renderGatewayObject(intent, CLASS, parameters && { group: AGENTGATEWAY_GROUP, kind: 'AgentgatewayParameters' }), policy(intent)],
    problems: [...checkReferences(intent), ...checkReplicas(intent), ...checkResources(intent, heldBytes(intent)), ...unexpressed(intent)],
  };
}

/** Bodies are read as a whole to find the model in them. */
function heldBytes({ modelRouting, bufferLimitBytes = DEFAULT_BUFFER_BYTES }: GatewayIntent): number | undefined {
  return modelRouting === false ? undefined : bufferLimitBytes;
}

function parametersOf({ name, namespace, proxy, identities }: GatewayIntent): RenderedObject | undefined {
  const annotations = identityAnnotations(identities);
  const labels = identityLabels(identities);
  const deployment = {
    ...(proxy?.replicas === undefined ? {} : { replicas: proxy.replicas }),
    ...(Object.keys(labels).length > 0 ? { template: { metadata: { labels } } } : {}),
  };
  const service = {
    ...(proxy?.serviceAnnotations === undefined ? {} : { metadata: { annotations: { ...proxy.serviceAnnotations } } }),
    ...(proxy?.serviceType === undefined ? {} : { spec: { type: proxy.serviceType } }),
  };
  const spec = {
    ...(Object.keys(deployment).length > 0 ? { deployment: { spec: deployment } } : {}),
    ...(proxy?.resources === undefined ? {} : { resources: renderResources(proxy.resources) }),
    ...(Object.keys(service).length > 0 ? { service } : {}),
    ...(Object.keys(annotations).length > 0 ? { serviceAccount: { metadata: { annotations } } } : {}),
    ...(proxy?.logLevel === undefined ? {} : { logging: { level: proxy.logLevel } }),
  };
  if (Object.keys(spec).length === 0) return undefined;
  return {
    role: 'proxy',
    id: 'Proxy',
    manifest: { apiVersion: AGENTGATEWAY_V1ALPHA1, kind: 'AgentgatewayParameters', metadata: { name, namespace }, spec },
    props: {
      'spec.deployment.spec.replicas': 'proxy.replicas',
      'spec.resources': 'proxy.resources',
      'spec.service.spec.type': 'proxy.serviceType',
      'spec.service.metadata': 'proxy.serviceAnnotations',
      'spec.logging.level': 'proxy.logLevel',
    },
  };
}

/**
 * Sizes for bodies, and the model of each request in a header, which is where routes can match it. One for the whole
 * gateway: two would not merge.
 */
function policy(intent: GatewayIntent): RenderedObject {
  const bytes = intent.bufferLimitBytes ?? DEFAULT_BUFFER_BYTES;
  const set = [{ name: MODEL_HEADER, value: 'json(request.body).model' }, { name: EXACT_HEADER, value: celText(EXACT_VALUE) }];
  return {
    role: 'clientTrafficPolicy',
    id: 'Policy',
    manifest: {
      apiVersion: AGENTGATEWAY_V1ALPHA1,
      kind: 'AgentgatewayPolicy',
      metadata: { name: intent.name, namespace: intent.namespace },
      spec: {
        targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: intent.name }],
        frontend: { http: { maxBufferSize: bytes, ...(intent.http2WindowBytes === undefined ? {} : { http2WindowSize: intent.http2WindowBytes }) } },
        ...(intent.modelRouting === false ? {} : { traffic: { phase: 'PreRouting', transformation: { request: { set } } } }),
      },
    },
    props: { 'spec.frontend.http.maxBufferSize': 'maxBodySize', 'spec.frontend.http.http2WindowSize': 'http2Window' },
  };
}

function unexpressed({ proxy, sidecar }: GatewayIntent): Problem[] {
  return [
    ...(sidecar === undefined ? [] : [notExpressible('sidecar', 'is for a container that pods of agentgateway do not have', 'use `proxy`')]),
    ...(proxy?.serviceAccountName === undefined ? [] : [notExpressible(
      'proxy.serviceAccountName', 'names the service account, which on agentgateway is always called as the gateway', 'leave it out', proxy.serviceAccountName)]),
  ];
}
