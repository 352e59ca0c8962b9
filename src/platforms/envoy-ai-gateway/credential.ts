import { AI_GATEWAY_GROUP, aiGatewayVersion } from './kinds';
import { Release } from './releases';
import { Problem } from '../../findings/finding';
import { ObjectName, ProviderIntent } from '../../intent';
import { RenderedObject } from '../contract';

/** The Secret objects of a credential, and the policy that names them. */
export interface RenderedCredential {
  readonly secrets: readonly RenderedObject[];
  readonly policy?: RenderedObject;
  readonly problems: readonly Problem[];
}

/** BackendSecurityPolicy and, where it is ours to make, the Secret. */
export function renderCredential(intent: ProviderIntent, place: ObjectName, release: Release): RenderedCredential {
  const credential = intent.credential;
  if (credential.kind !== 'apiKey' || credential.secret.kind !== 'existing') return { secrets: [], problems: [] };
  return {
    secrets: [],
    problems: [],
    policy: {
      role: 'securityPolicy',
      id: 'SecurityPolicy',
      manifest: {
        apiVersion: aiGatewayVersion(release),
        kind: 'BackendSecurityPolicy',
        metadata: { ...place },
        spec: {
          targetRefs: [{ group: AI_GATEWAY_GROUP, kind: 'AIServiceBackend', name: place.name }],
          type: 'APIKey',
          apiKey: { secretRef: { name: credential.secret.name } },
        },
      },
    },
  };
}
