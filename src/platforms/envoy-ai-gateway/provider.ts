import { renderCredential } from './credential';
import { aiGatewayVersion, ENVOY_GATEWAY_GROUP, ENVOY_GATEWAY_V1ALPHA1, GATEWAY_API_V1 } from './kinds';
import { backendMutations } from './mutations';
import { Release } from './releases';
import { renderSchema } from './schema';
import { EndpointIntent, ObjectName, ProviderIntent } from '../../intent';
import { RenderedObject, Rendering } from '../contract';

/** Secret, Backend, BackendTLSPolicy, AIServiceBackend, BackendSecurityPolicy: in apply order. */
export function renderProvider(intent: ProviderIntent, place: ObjectName, release: Release): Rendering {
  const schema = renderSchema(intent, release);
  const credential = renderCredential(intent, place, release);
  const objects: RenderedObject[] = [...credential.secrets, backend(intent.endpoint, place)];
  if (intent.endpoint.tls) objects.push(tlsPolicy(intent.endpoint, place));
  objects.push({
    role: 'serviceBackend',
    id: 'Resource',
    manifest: {
      apiVersion: aiGatewayVersion(release),
      kind: 'AIServiceBackend',
      metadata: { ...place },
      spec: {
        schema: schema.schema,
        backendRef: { group: ENVOY_GATEWAY_GROUP, kind: 'Backend', name: place.name },
        ...backendMutations(intent),
      },
    },
    props: {
      'metadata.name': 'name',
      'spec.schema.version': 'apiVersion',
      'spec.schema.prefix': 'pathPrefix',
      'spec.headerMutation': 'headers',
      'spec.bodyMutation': 'body',
    },
  });
  if (credential.policy) objects.push(credential.policy);
  return { objects, problems: [...schema.problems, ...credential.problems] };
}

const IP_V4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** Envoy Gateway keeps addresses and names in different fields and refuses one in the other. */
export function isIpAddress(hostname: string): boolean {
  return IP_V4.test(hostname) || hostname.includes(':');
}

function backend(endpoint: EndpointIntent, place: ObjectName): RenderedObject {
  const { hostname, port } = endpoint;
  const at = isIpAddress(hostname) ? { ip: { address: hostname, port } } : { fqdn: { hostname, port } };
  const hostnameProp = endpoint.hostnameProp ?? 'hostname';
  return {
    role: 'backend',
    id: 'Backend',
    manifest: {
      apiVersion: ENVOY_GATEWAY_V1ALPHA1,
      kind: 'Backend',
      metadata: { ...place },
      spec: { endpoints: [at] },
    },
    props: {
      'metadata.name': 'name',
      'spec.endpoints[0].fqdn.hostname': hostnameProp,
      'spec.endpoints[0].ip.address': hostnameProp,
      'spec.endpoints[0].fqdn.port': 'port',
      'spec.endpoints[0].ip.port': 'port',
    },
  };
}

/**
 * Without a section name: one with the port never matches the routes the AI
 * gateway generates, and the provider is spoken to in plaintext.
 */
function tlsPolicy(endpoint: EndpointIntent, place: ObjectName): RenderedObject {
  const tls = endpoint.tls!;
  return {
    role: 'tlsPolicy',
    id: 'TlsPolicy',
    manifest: {
      apiVersion: GATEWAY_API_V1,
      kind: 'BackendTLSPolicy',
      metadata: { ...place },
      spec: {
        targetRefs: [{ group: ENVOY_GATEWAY_GROUP, kind: 'Backend', name: place.name }],
        validation: {
          hostname: tls.serverName ?? endpoint.hostname,
          ...(tls.caConfigMap === undefined
            ? { wellKnownCACertificates: 'System' }
            : { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: tls.caConfigMap }] }),
        },
      },
    },
    props: {
      'metadata.name': 'name',
      'spec.validation.hostname': tls.serverName === undefined ? endpoint.hostnameProp ?? 'hostname' : 'tls.serverName',
      'spec.validation.caCertificateRefs': 'tls.caConfigMap',
    },
  };
}
