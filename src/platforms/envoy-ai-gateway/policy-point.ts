import { ENVOY_GATEWAY_V1ALPHA1, GATEWAY_API, MARK } from './kinds';
import { Release } from './releases';
import { EnvoyExtensionPolicySpec, SecurityPolicySpec } from '../../../imports/gateway.envoyproxy.io';
import { PolicyPointIntent, TenantIdentityIntent } from '../../intent';
import { NOT_IN_RELEASE } from '../codes';
import { RenderedObject, Rendering } from '../contract';
import { POLICY_PORT, renderPolicyServer } from '../policy-server';
import { checkPolicyServer } from '../policy-server-options';

/** Namespaces of metadata: the policy server's for the access log, and that of verified tokens. */
const AUDIT_NAMESPACE = 'ai-policy.audit';
const JWT_NAMESPACE = 'envoy.filters.http.jwt_authn';

const TIMEOUT = '2s';
/** Far more than Envoy's 1024, which requests to models use up: each is held until the first token. */
const PLENTY = { maxConnections: 65_536, maxPendingRequests: 65_536, maxParallelRequests: 65_536 };
/** Fewer than the resets that Node's HTTP/2 takes on one connection. */
const REQUESTS_PER_CONNECTION = 800;

/** What the server has to see to refuse what came past the edge. */
const SEEN_BY_EXT_AUTHZ = ['content-encoding', 'content-type', 'x-ai-eg-internal-req-id', 'x-ai-eg-model', MARK, 'x-request-id'];

/** The server, and the policies that make the gateway ask it and refuse what it has not seen. */
export function renderPolicyPoint(intent: PolicyPointIntent, { removesByPrefix }: Release): Rendering {
  return {
    objects: [
      ...renderPolicyServer(intent),
      ...(intent.front === 'ext_proc' ? [extensionPolicy(intent)] : []),
      securityPolicy(intent),
    ],
    problems: [
      ...checkPolicyServer(intent),
      ...(removesByPrefix ? [] : [{
        definition: NOT_IN_RELEASE,
        prop: 'gateway',
        message: 'cannot keep clients from sending the headers by which the policy server and the gateway trust each other: that came with Envoy Gateway v1.7',
        fix: 'target a newer release with Platform.use()',
      }]),
    ],
  };
}

const target = ({ gateway }: PolicyPointIntent) => ({ group: GATEWAY_API, kind: 'Gateway', name: gateway });

function extensionPolicy(intent: PolicyPointIntent): RenderedObject {
  const spec: EnvoyExtensionPolicySpec = {
    targetRefs: [target(intent)],
    extProc: [{
      backendRefs: [{ name: intent.name, port: POLICY_PORT }],
      backendSettings: { circuitBreaker: { ...PLENTY, maxRequestsPerConnection: REQUESTS_PER_CONNECTION } },
      failOpen: false,
      messageTimeout: TIMEOUT,
      // Whole bodies, and answers not at all: streams pass untouched.
      processingMode: { request: { body: 'Buffered' } },
      metadata: {
        ...(intent.identity?.kind === 'jwt' ? { accessibleNamespaces: [JWT_NAMESPACE] } : {}),
        writableNamespaces: [AUDIT_NAMESPACE],
      },
    }],
  };
  return policy('extensionPolicy', 'ExtensionPolicy', 'EnvoyExtensionPolicy', intent, spec);
}

function securityPolicy(intent: PolicyPointIntent): RenderedObject {
  const spec: SecurityPolicySpec = {
    targetRefs: [target(intent)],
    ...authentication(intent.identity, intent.tenantHeader),
    ...(intent.front === 'ext_authz' ? { extAuth: extAuth(intent) } : {
      authorization: { defaultAction: 'Deny', rules: [{ action: 'Allow', principal: { headers: [{ name: MARK, values: ['1'] }] } }] },
    }),
  };
  return policy('securityPolicy', 'SecurityPolicy', 'SecurityPolicy', intent, spec);
}

function policy(role: string, id: string, kind: string, { name, namespace }: PolicyPointIntent, spec: object): RenderedObject {
  return {
    role,
    id,
    manifest: { apiVersion: ENVOY_GATEWAY_V1ALPHA1, kind, metadata: { name, namespace }, spec },
    props: { 'metadata.name': 'name', 'spec.targetRefs': 'gateway', 'spec.jwt': 'tenants', 'spec.apiKeyAuth': 'tenants' },
  };
}

function extAuth({ name, tenantHeader, credentialHeaders, maxBodyBytes }: PolicyPointIntent): SecurityPolicySpec['extAuth'] {
  return {
    failOpen: false,
    timeout: TIMEOUT,
    headersToExtAuth: [...new Set([...SEEN_BY_EXT_AUTHZ, ...(tenantHeader === undefined ? [] : [tenantHeader]), ...credentialHeaders])],
    // Envoy itself refuses what is larger, one byte over what the server would.
    bodyToExtAuth: { maxRequestBytes: maxBodyBytes + 1 },
    http: {
      backendRefs: [{ name, port: POLICY_PORT }],
      backendSettings: { circuitBreaker: PLENTY },
      path: '/check',
      ...(credentialHeaders.length > 0 ? { headersToBackend: credentialHeaders } : {}),
    },
  };
}

/** Where the gateway itself finds out who asks, and writes it where the policy reads it. */
function authentication(identity: TenantIdentityIntent | undefined, header: string | undefined): Partial<SecurityPolicySpec> {
  switch (identity?.kind) {
    case 'jwt':
      return {
        jwt: {
          providers: [{
            name: identity.provider,
            issuer: identity.issuer,
            ...(identity.audiences?.length ? { audiences: identity.audiences } : {}),
            remoteJWKS: { uri: identity.jwksUri },
            ...(identity.claim !== undefined && header !== undefined ? { claimToHeaders: [{ claim: identity.claim, header }] } : {}),
          }],
        },
      };
    case 'apiKeys':
      return {
        apiKeyAuth: {
          credentialRefs: identity.secrets.map(name => ({ group: '', kind: 'Secret', name })),
          extractFrom: [{ headers: [identity.header] }],
          forwardClientIDHeader: header,
          sanitize: true,
        },
      };
    default:
      return {};
  }
}
