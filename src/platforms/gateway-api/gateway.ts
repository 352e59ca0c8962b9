import { GATEWAY_API_V1 } from './kinds';
import { renderListeners } from './listeners';
import { GatewayIntent } from '../../intent';
import { RenderedObject } from '../contract';

/** The Gateway, with the parameters of its proxy where it has any; those have its name. */
export function renderGatewayObject(
  intent: GatewayIntent, defaultClass: string, parameters?: { readonly group: string; readonly kind: string },
): RenderedObject {
  return {
    role: 'gateway',
    id: 'Resource',
    manifest: {
      apiVersion: GATEWAY_API_V1,
      kind: 'Gateway',
      metadata: { name: intent.name, namespace: intent.namespace, ...(intent.annotations ? { annotations: { ...intent.annotations } } : {}) },
      spec: {
        gatewayClassName: intent.className ?? defaultClass,
        ...(parameters ? { infrastructure: { parametersRef: { ...parameters, name: intent.name } } } : {}),
        listeners: renderListeners(intent),
      },
    },
    props: { 'spec.gatewayClassName': 'gatewayClassName', 'spec.listeners': 'listeners' },
  };
}
