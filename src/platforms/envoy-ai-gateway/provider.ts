import { renderCredential } from './credential';
import { aiGatewayVersion, ENVOY_GATEWAY_GROUP, ENVOY_GATEWAY_V1ALPHA1, GATEWAY_API_V1 } from './kinds';
import { backendMutations } from './mutations';
import { Release, since } from './releases';
import { renderSchema } from './schema';
import { ACKNOWLEDGE_ANNOTATION, Problem } from '../../findings/finding';
import { EndpointIntent, ObjectName, ProviderIntent } from '../../intent';
import { NOT_IN_RELEASE, OUT_OF_RANGE, TLS_NAME_NEEDED } from '../codes';
import { RenderedObject, Rendering } from '../contract';
import { passedHeaders } from '../declared/caller-credentials';

/** Secret, Backend, BackendTLSPolicy, AIServiceBackend, BackendSecurityPolicy: in apply order. */
export function renderProvider(intent: ProviderIntent, place: ObjectName, release: Release): Rendering {
  const schema = renderSchema(intent, release);
  const credential = renderCredential(intent, place, release);
  const mutations = backendMutations(intent);
  const objects: RenderedObject[] = [...credential.secrets, backend(intent.endpoint, place)];
  if (intent.endpoint.tls) objects.push(tlsPolicy(intent.endpoint, place));
  objects.push({
    role: 'serviceBackend',
    id: 'Resource',
    manifest: {
      apiVersion: aiGatewayVersion(release),
      kind: 'AIServiceBackend',
      metadata: { ...place, ...passThroughAnnotation(intent) },
      spec: {
        schema: schema.schema,
        backendRef: { group: ENVOY_GATEWAY_GROUP, kind: 'Backend', name: place.name },
        ...mutations.fields,
      },
    },
    props: {
      'metadata.name': 'name',
      'spec.backendRef.name': 'name',
      'spec.schema.version': intent.props?.apiVersion ?? 'apiVersion',
      'spec.schema.prefix': intent.props?.pathPrefix ?? 'pathPrefix',
      ...mutations.props,
    },
    credentialRefused: credential.refused,
  });
  if (credential.policy) objects.push(credential.policy);
  return {
    objects,
    problems: [
      ...schema.problems,
      ...mutations.problems,
      ...checkTlsName(intent.endpoint),
      ...checkPort(intent.endpoint),
      ...checkSignedHost(intent, release),
      ...credential.problems,
    ],
  };
}

const IP_V4 = /^\d{1,3}(\.\d{1,3}){3}$/;
/** Two colons at least: one of them ends a name before its port, which is a mistake and no address. */
const IP_V6 = /^[\da-f]*:[\da-f.]*:[\da-f:.]*$/i;

/** Envoy Gateway keeps addresses and names in different fields and refuses one in the other. */
function isIpAddress(hostname: unknown): boolean {
  return typeof hostname === 'string' && (IP_V4.test(hostname) || IP_V6.test(hostname));
}

function backend(endpoint: EndpointIntent, place: ObjectName): RenderedObject {
  const hostnameProp = endpoint.hostnameProp ?? 'hostname';
  const portProp = endpoint.portProp ?? 'port';
  return {
    role: 'backend',
    id: 'Backend',
    manifest: {
      apiVersion: ENVOY_GATEWAY_V1ALPHA1,
      kind: 'Backend',
      metadata: { ...place },
      spec: { endpoints: [backendEndpoint(endpoint)] },
    },
    props: {
      'metadata.name': 'name',
      'spec.endpoints[0].fqdn': hostnameProp,
      'spec.endpoints[0].ip': hostnameProp,
      'spec.endpoints[0].fqdn.port': portProp,
      'spec.endpoints[0].ip.port': portProp,
      'spec.endpoints[0].hostname': 'tls.serverName',
    },
  };
}

function backendEndpoint({ hostname, port, tls }: EndpointIntent): object {
  if (!isIpAddress(hostname)) return { fqdn: { hostname, port } };
  return {
    ip: { address: hostname, port },
    // Without a name of its own an address receives the Host header that the client sent to the gateway.
    ...(tls?.serverName === undefined ? {} : { hostname: tls.serverName }),
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
      metadata: { ...place, ...serverNameAnnotation(endpoint) },
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
      'spec.targetRefs[0].name': 'name',
      'spec.validation': 'tls',
      'spec.validation.hostname': tls.serverName === undefined ? endpoint.hostnameProp ?? 'hostname' : 'tls.serverName',
    },
  };
}

/** The author said that callers' credentials reach the provider, which the checks would otherwise refuse. */
function passThroughAnnotation({ credential }: ProviderIntent): object {
  const headers = passedHeaders(credential);
  if (headers.length === 0) return {};
  return {
    annotations: {
      [`${ACKNOWLEDGE_ANNOTATION}CALLER_CREDENTIALS_FORWARDED`]: `the provider authenticates callers by their own ${headers.join(', ')}`,
    },
  };
}

/** A name of the certificate that is not the host's is a mistake in YAML, and a property of its own here. */
function serverNameAnnotation({ hostname, tls }: EndpointIntent): object {
  if (tls?.serverName === undefined || tls.serverName === hostname) return {};
  return { annotations: { [`${ACKNOWLEDGE_ANNOTATION}TLS_NAME_MISMATCH`]: 'the program names the certificate that the host presents' } };
}

/** The schema of Backend has 0 in its range; nothing can listen there. */
function checkPort({ port, portProp = 'port' }: EndpointIntent): Problem[] {
  if (port !== 0) return [];
  return [{ definition: OUT_OF_RANGE, prop: portProp, message: 'is no port that anything listens on', value: port, fix: 'use 1 to 65535' }];
}

/** Certificates are checked against names. */
function checkTlsName({ hostname, hostnameProp, tls }: EndpointIntent): Problem[] {
  if (!tls || tls.serverName !== undefined || !isIpAddress(hostname)) return [];
  return [{
    definition: TLS_NAME_NEEDED,
    prop: hostnameProp ?? 'hostname',
    message: 'is an IP address, for which TLS has no name to check the certificate against',
    value: hostname,
    fix: 'give the name in the certificate, such as ProviderTls.privateCa("…", { serverName: "llm.example.com" }), or use a DNS name',
  }];
}

/** Older releases sign requests to AWS for the regional host, whichever host they are sent to. */
function checkSignedHost({ credential, endpoint, region }: ProviderIntent, release: Release): Problem[] {
  if (credential.kind !== 'aws' || endpoint.standard || release.has('awsCustomHosts')) return [];
  // Values known only later are neither accepted nor refused.
  if (typeof region !== 'string' || typeof endpoint.hostname !== 'string' || endpoint.hostname === `bedrock-runtime.${region}.amazonaws.com`) return [];
  return [{
    definition: NOT_IN_RELEASE,
    prop: 'endpoint',
    message: `needs requests signed for the host they are sent to, while ${release.label} signs for the regional one and AWS answers 403; that came with ${since('awsCustomHosts')}`,
    value: endpoint.hostname,
    fix: `use BedrockEndpoint.regional(), or target ${since('awsCustomHosts')} with Platform.use()`,
  }];
}
