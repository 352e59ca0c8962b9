import { GATEWAY_API, REFERENCE_GRANT_VERSION } from './kinds';
import { ObjectName } from '../../intent';
import { RenderedObject } from '../contract';

/** Lets HTTPRoutes of a namespace name one backend of another. */
export function httpRouteGrant(
  place: ObjectName, id: string, fromNamespace: string, backend: { readonly group: string; readonly kind: string; readonly name: string },
): RenderedObject {
  return {
    role: 'grant',
    id,
    manifest: {
      apiVersion: REFERENCE_GRANT_VERSION,
      kind: 'ReferenceGrant',
      metadata: { ...place },
      spec: { from: [{ group: GATEWAY_API, kind: 'HTTPRoute', namespace: fromNamespace }], to: [backend] },
    },
  };
}
