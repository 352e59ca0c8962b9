import { AI_GATEWAY_GROUP, ENVOY_GATEWAY_GROUP, GATEWAY_API, REFERENCE_GRANT_VERSION } from './kinds';
import { GrantIntent, Rendering } from '../contract';

/**
 * Two references cross the border: the AIGatewayRoute names the AIServiceBackend,
 * and the HTTPRoute generated from it names the Backend. Without the second one
 * the route is accepted and answers 500.
 */
export function renderGrant(intent: GrantIntent): Rendering {
  const { provider, fromNamespace } = intent;
  return {
    objects: [{
      role: 'grant',
      id: `Grant-${fromNamespace}`,
      manifest: {
        apiVersion: REFERENCE_GRANT_VERSION,
        kind: 'ReferenceGrant',
        metadata: { name: intent.name, namespace: provider.namespace },
        spec: {
          from: [
            { group: AI_GATEWAY_GROUP, kind: 'AIGatewayRoute', namespace: fromNamespace },
            { group: GATEWAY_API, kind: 'HTTPRoute', namespace: fromNamespace },
          ],
          to: [
            { group: AI_GATEWAY_GROUP, kind: 'AIServiceBackend', name: provider.name },
            { group: ENVOY_GATEWAY_GROUP, kind: 'Backend', name: provider.name },
          ],
        },
      },
      props: { 'spec.from': 'allowRoutesFrom' },
    }],
    problems: [],
  };
}
