import { Finding } from '../../src';
import { credentialRules } from '../../src/checks/rules/credentials';
import { externalSecretRules } from '../../src/checks/rules/external-secrets';
import { policyRules } from '../../src/checks/rules/policies';
import { findingsIn, findingsInYaml } from './harness';

/** A provider as four hand-written manifests; tests break one line of it. */
export const PROVIDER = `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: Backend
metadata: { name: openai, namespace: ai }
spec:
  endpoints: [{ fqdn: { hostname: api.openai.com, port: 443 } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: { name: openai, namespace: ai }
spec:
  targetRefs: [{ group: gateway.envoyproxy.io, kind: Backend, name: openai }]
  validation: { hostname: api.openai.com, wellKnownCACertificates: System }
---
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIServiceBackend
metadata: { name: openai, namespace: ai }
spec:
  schema: { name: OpenAI }
  backendRef: { group: gateway.envoyproxy.io, kind: Backend, name: openai }
  headerMutation: { remove: [authorization, x-api-key, api-key, cookie] }
---
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: BackendSecurityPolicy
metadata: { name: openai, namespace: ai }
spec:
  targetRefs: [{ group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: openai }]
  type: APIKey
  apiKey: { secretRef: { name: openai } }
`;

/** A Gateway with the limits AI traffic needs. */
export const GATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ai }
spec:
  gatewayClassName: eg
  listeners: [{ name: http, port: 80, protocol: HTTP }]
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ClientTrafficPolicy
metadata: { name: public, namespace: ai }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]
  connection: { bufferLimit: 50Mi }
  http2: { initialStreamWindowSize: 50Mi }
`;

/** A route from the Gateway to the provider. */
export const ROUTE = `
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIGatewayRoute
metadata: { name: chat, namespace: ai }
spec:
  parentRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]
  rules:
    - matches: [{ headers: [{ type: Exact, name: x-ai-eg-model, value: gpt-4o }] }]
      timeouts: { request: 300s }
      backendRefs: [{ name: openai }]
`;

/** Everything above, in one document stream. */
export const APP = all(GATEWAY, PROVIDER, ROUTE);

export function all(...manifests: readonly string[]): string {
  return manifests.join('---');
}

const CODES = new Set([...policyRules, ...credentialRules, ...externalSecretRules].map(rule => rule.code));

/** Findings of the rules on policies and credentials alone, as `severity code: message`. */
export function inYaml(yaml: string, options?: Parameters<typeof findingsInYaml>[1]): string[] {
  return lines(findingsInYaml(yaml, options));
}

export function inProgram(program: Parameters<typeof findingsIn>[0], options?: Parameters<typeof findingsIn>[1]): string[] {
  return lines(findingsIn(program, options));
}

/** The manifests with one piece of text replaced, which has to be there. */
export function but(yaml: string, ...replacements: readonly [from: string, to: string][]): string {
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the manifests have no ${JSON.stringify(from)}`);
    return text.replaceAll(from, to);
  }, yaml);
}

function lines(findings: readonly Finding[]): string[] {
  return findings.filter(({ code }) => CODES.has(code)).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}
