import { KGATEWAY_GROUP, KGATEWAY_V1ALPHA1, LABEL } from './kinds';
import { notExpressible } from './refusals';
import { Problem } from '../../findings/finding';
import { GatewayIntent } from '../../intent';
import { RenderedObject, Rendering } from '../contract';
import { renderGatewayObject } from '../gateway-api/gateway';
import { checkReferences } from '../gateway-api/gateway-references';
import { checkReplicas, checkResources } from '../gateway-api/proxy-options';
import { identityAnnotations, renderResources } from '../gateway-api/proxy';

/** Made by kgateway's chart where `agentgateway.enabled` is set. */
const CLASS = 'agentgateway';

/** GatewayParameters, Gateway: in apply order. */
export function renderGateway(intent: GatewayIntent): Rendering {
  const parameters = parametersOf(intent);
  return {
    objects: [...(parameters ? [parameters] : []), renderGatewayObject(intent, CLASS, parameters && { group: KGATEWAY_GROUP, kind: 'GatewayParameters' })],
    problems: [...checkReferences(intent), ...checkReplicas(intent), ...checkResources(intent), ...unexpressed(intent)],
  };
}

function parametersOf({ name, namespace, proxy, identities }: GatewayIntent): RenderedObject | undefined {
  const annotations = identityAnnotations(identities);
  const service = {
    ...(proxy?.serviceType === undefined ? {} : { type: proxy.serviceType }),
    ...(proxy?.serviceAnnotations === undefined ? {} : { extraAnnotations: { ...proxy.serviceAnnotations } }),
  };
  const container = {
    ...(proxy?.logLevel === undefined ? {} : { logLevel: proxy.logLevel }),
    ...(proxy?.resources === undefined ? {} : { resources: renderResources(proxy.resources) }),
  };
  const kube = {
    ...(proxy?.replicas === undefined ? {} : { deployment: { replicas: proxy.replicas } }),
    ...(Object.keys(service).length > 0 ? { service } : {}),
    ...(Object.keys(annotations).length > 0 ? { serviceAccount: { extraAnnotations: annotations } } : {}),
    ...(Object.keys(container).length > 0 ? { agentgateway: container } : {}),
  };
  if (Object.keys(kube).length === 0) return undefined;
  return {
    role: 'proxy',
    id: 'Proxy',
    manifest: { apiVersion: KGATEWAY_V1ALPHA1, kind: 'GatewayParameters', metadata: { name, namespace }, spec: { kube } },
    props: {
      'spec.kube.deployment.replicas': 'proxy.replicas',
      'spec.kube.service.type': 'proxy.serviceType',
      'spec.kube.service.extraAnnotations': 'proxy.serviceAnnotations',
      'spec.kube.agentgateway.logLevel': 'proxy.logLevel',
      'spec.kube.agentgateway.resources': 'proxy.resources',
    },
  };
}

function unexpressed({ proxy, sidecar, bufferLimitBytes, http2WindowBytes, modelRouting }: GatewayIntent): Problem[] {
  const refuse = (prop: string, value: unknown, message: string, fix = 'leave it out') => (value === undefined ? [] : [notExpressible(prop, message, fix)]);
  return [
    ...refuse('sidecar', sidecar, `is for a container that pods of ${LABEL} do not have`, 'use `proxy`'),
    ...refuse('proxy.serviceAccountName', proxy?.serviceAccountName, `names the service account, which on ${LABEL} is always called as the gateway`),
    ...refuse('maxBodySize', bufferLimitBytes, `is a limit that ${LABEL} has no setting for`),
    ...refuse('http2Window', http2WindowBytes, `is a window that ${LABEL} has no setting for`),
    ...(modelRouting ? [notExpressible('modelRouting', `is what ${LABEL} cannot do`, 'leave it out, and route by path', true)] : []),
  ];
}
