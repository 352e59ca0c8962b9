import { Platform } from '../../src';
import { findingsInYaml } from '../checks/harness';
import { but } from '../checks/manifests-of-an-app';

/** As platform engineers write it: two providers behind a gateway, with a fallback. */
const ENVOY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: ai-gateway
  namespace: ai
spec:
  gatewayClassName: envoy
  listeners:
    - name: http
      port: 80
      protocol: HTTP
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ClientTrafficPolicy
metadata:
  name: ai-gateway
  namespace: ai
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: Gateway
      name: ai-gateway
  connection:
    bufferLimit: 50Mi
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: openai-key
  namespace: ai
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  data:
    - secretKey: apiKey
      remoteRef:
        key: llm/openai
        property: key
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: Backend
metadata:
  name: openai
  namespace: ai
spec:
  endpoints:
    - fqdn:
        hostname: api.openai.com
        port: 443
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata:
  name: openai-tls
  namespace: ai
spec:
  targetRefs:
    - group: gateway.envoyproxy.io
      kind: Backend
      name: openai
  validation:
    hostname: api.openai.com
    wellKnownCACertificates: System
---
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIServiceBackend
metadata:
  name: openai
  namespace: ai
spec:
  schema:
    name: OpenAI
  backendRef:
    group: gateway.envoyproxy.io
    kind: Backend
    name: openai
  headerMutation:
    remove: [authorization, x-api-key, api-key, cookie]
---
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: BackendSecurityPolicy
metadata:
  name: openai-key
  namespace: ai
spec:
  targetRefs:
    - group: aigateway.envoyproxy.io
      kind: AIServiceBackend
      name: openai
  type: APIKey
  apiKey:
    secretRef:
      name: openai-key
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: Backend
metadata:
  name: bedrock
  namespace: ai
spec:
  endpoints:
    - fqdn:
        hostname: bedrock-runtime.us-east-1.amazonaws.com
        port: 443
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata:
  name: bedrock-tls
  namespace: ai
spec:
  targetRefs:
    - group: gateway.envoyproxy.io
      kind: Backend
      name: bedrock
  validation:
    hostname: bedrock-runtime.us-east-1.amazonaws.com
    wellKnownCACertificates: System
---
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIServiceBackend
metadata:
  name: bedrock
  namespace: ai
spec:
  schema:
    name: AWSBedrock
  backendRef:
    group: gateway.envoyproxy.io
    kind: Backend
    name: bedrock
  headerMutation:
    remove: [authorization, x-api-key, api-key, cookie]
---
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: BackendSecurityPolicy
metadata:
  name: bedrock-credentials
  namespace: ai
spec:
  targetRefs:
    - group: aigateway.envoyproxy.io
      kind: AIServiceBackend
      name: bedrock
  type: AWSCredentials
  awsCredentials:
    region: us-east-1
    credentialsFile:
      secretRef:
        name: aws-credentials
---
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIGatewayRoute
metadata:
  name: chat
  namespace: ai
spec:
  parentRefs:
    - group: gateway.networking.k8s.io
      kind: Gateway
      name: ai-gateway
  rules:
    - name: gpt-4o
      matches:
        - headers:
            - type: Exact
              name: x-ai-eg-model
              value: gpt-4o
      backendRefs:
        - name: openai
          priority: 0
        - name: bedrock
          priority: 1
          modelNameOverride: us.amazon.nova-pro-v1:0
      timeouts:
        request: 300s
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: chat-fallback
  namespace: ai
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: chat
  retry:
    numRetries: 1
    numAttemptsPerPriority: 1
    perRetry:
      timeout: 100s
    retryOn:
      triggers: [connect-failure, refused-stream, reset, retriable-status-codes]
      httpStatusCodes: [429, 500, 502, 503, 504]
  timeout:
    tcp:
      connectTimeout: 5s
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: aws-credentials
  namespace: ai
spec:
  encryptedData:
    credentials: AgBy
`;

/** One provider behind agentgateway. */
const AGENTGATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: ai-gateway
  namespace: ai
spec:
  gatewayClassName: agentgateway
  listeners:
    - name: http
      port: 80
      protocol: HTTP
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata:
  name: openai
  namespace: ai
spec:
  ai:
    provider:
      openai:
        model: gpt-4o
  policies:
    auth:
      secretRef:
        name: openai-key
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: openai
  namespace: ai
spec:
  parentRefs:
    - group: gateway.networking.k8s.io
      kind: Gateway
      name: ai-gateway
  rules:
    - name: openai
      matches:
        - path:
            type: PathPrefix
            value: /openai
      timeouts:
        request: 300s
      backendRefs:
        - group: agentgateway.dev
          kind: AgentgatewayBackend
          name: openai
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: openai-key
  namespace: ai
spec:
  encryptedData:
    Authorization: AgBy
`;

type Mistake = readonly [what: string, from: string, to: string, said: string];

const told = (yaml: string, platform: Platform) => findingsInYaml(yaml, { platform, complete: ['ai'] }).map(({ message }) => message);

describe.each<[string, string, Platform, readonly Mistake[]]>([
  ['Envoy AI Gateway', ENVOY, Platform.envoyAIGateway(), [
    ['the key of a Secret in other letters', 'secretKey: apiKey', 'secretKey: api-key',
      '\'spec.apiKey.secretRef\' needs the data key "apiKey", which ExternalSecret "ai/openai-key" does not have, got ["api-key"]; rename "api-key" to "apiKey" [SECRET_KEY_MISSING]'],
    ['the key of a Secret as the environment has it', 'secretKey: apiKey', 'secretKey: OPENAI_API_KEY',
      '\'spec.apiKey.secretRef\' needs the data key "apiKey", which ExternalSecret "ai/openai-key" does not have, got ["OPENAI_API_KEY"]; rename "OPENAI_API_KEY" to "apiKey" [SECRET_KEY_MISSING]'],
    ['port 443 without TLS', '---\napiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata:\n  name: openai-tls\n  namespace: ai\nspec:\n  targetRefs:\n    - group: gateway.envoyproxy.io\n      kind: Backend\n      name: openai\n  validation:\n    hostname: api.openai.com\n    wellKnownCACertificates: System\n', '',
      '\'spec.endpoints[0].fqdn.port\' is a TLS port that AIServiceBackend "ai/openai" sends plaintext to, got 443; add a BackendTLSPolicy on the Backend, or use a port that expects plaintext [PLAINTEXT_TO_TLS_PORT]'],
    ['a section of a TLS policy', '      name: openai\n  validation', '      name: openai\n      sectionName: "443"\n  validation',
      '\'spec.targetRefs[0].sectionName\' keeps the policy away from requests of AIServiceBackend "ai/openai", got "443"; remove it, so that the policy is for the whole Backend [TLS_POLICY_SECTION]'],
    ['another name in the certificate', 'validation:\n    hostname: api.openai.com', 'validation:\n    hostname: openai.com',
      '\'spec.validation.hostname\' is not the name of the host, "api.openai.com", got "openai.com"; use that name, or acknowledge this where the certificate is for the other one [TLS_NAME_MISMATCH]'],
    ['a URL', 'hostname: api.openai.com\n        port', 'hostname: https://api.openai.com\n        port',
      '\'spec.endpoints[0].fqdn.hostname\' is a URL, got "https://api.openai.com"; write the name alone, "api.openai.com" [BAD_HOSTNAME]'],
    ['a path in the hostname', 'hostname: api.openai.com\n        port', 'hostname: api.openai.com/v1\n        port',
      '\'spec.endpoints[0].fqdn.hostname\' has a path, got "api.openai.com/v1"; write the name alone; `prefix` of the schema is for the path [BAD_HOSTNAME]'],
    ['a port in quotes', 'hostname: api.openai.com\n        port: 443', 'hostname: api.openai.com\n        port: "443"',
      '\'spec.endpoints[0].fqdn.port\' must be an integer, got "443"; write an integer [INVALID_VALUE]'],
    ['the version of another release', 'apiVersion: aigateway.envoyproxy.io/v1beta1\nkind: AIGatewayRoute', 'apiVersion: aigateway.envoyproxy.io/v1\nkind: AIGatewayRoute',
      '\'apiVersion\' is a version of AIGatewayRoute that envoy-ai-gateway v1.1.0 does not serve, got "aigateway.envoyproxy.io/v1"; write "aigateway.envoyproxy.io/v1beta1" [API_VERSION_NOT_SERVED]'],
    ['a schema in other letters', 'name: AWSBedrock', 'name: AwsBedrock',
      '\'spec.schema.name\' is not one of the values there are, got "AwsBedrock"; use one of "OpenAI", "Cohere", "AWSBedrock", "AzureOpenAI", "GCPVertexAI", "GCPAnthropic", "Anthropic", "AWSAnthropic" [INVALID_VALUE]'],
    ['a schema that is none', 'schema:\n    name: OpenAI', 'schema:\n    name: ChatGPT',
      '\'spec.schema.name\' is not one of the values there are, got "ChatGPT"; use one of "OpenAI", "Cohere", "AWSBedrock", "AzureOpenAI", "GCPVertexAI", "GCPAnthropic", "Anthropic", "AWSAnthropic" [INVALID_VALUE]'],
    ['the kind of a backend left out', 'backendRef:\n    group: gateway.envoyproxy.io\n    kind: Backend\n    name: openai', 'backendRef:\n    group: gateway.envoyproxy.io\n    name: openai',
      '\'spec.backendRef\' must name a Backend of Envoy Gateway, got {"group":"gateway.envoyproxy.io"}; write `group: gateway.envoyproxy.io` and `kind: Backend`; a Service needs a Backend with its DNS name [BACKEND_REF_KIND]'],
    ['the group of a backend left out', 'backendRef:\n    group: gateway.envoyproxy.io\n    kind: Backend\n    name: openai', 'backendRef:\n    kind: Backend\n    name: openai',
      '\'spec.backendRef\' must name a Backend of Envoy Gateway, got {"kind":"Backend"}; write `group: gateway.envoyproxy.io` and `kind: Backend`; a Service needs a Backend with its DNS name [BACKEND_REF_KIND]'],
    ['a Service for a Backend', 'backendRef:\n    group: gateway.envoyproxy.io\n    kind: Backend\n    name: openai', 'backendRef:\n    kind: Service\n    name: openai\n    port: 443',
      '\'spec.backendRef\' must name a Backend of Envoy Gateway, got {"kind":"Service"}; write `group: gateway.envoyproxy.io` and `kind: Backend`; a Service needs a Backend with its DNS name [BACKEND_REF_KIND]'],
    ['the model under another name', 'modelNameOverride: us.', 'model: us.',
      '\'spec.rules[0].backendRefs[1].model\' is not a field; there are only bodyMutation, group, headerMutation, kind, modelNameOverride, name, namespace, priority, weight [UNKNOWN_FIELD]'],
    ['the model under nearly its name', 'modelNameOverride: us.', 'modelOverride: us.',
      '\'spec.rules[0].backendRefs[1].modelOverride\' is not a field; there are only bodyMutation, group, headerMutation, kind, modelNameOverride, name, namespace, priority, weight [UNKNOWN_FIELD]'],
    ['a header of another gateway', 'name: x-ai-eg-model', 'name: x-gateway-model',
      '\'spec.rules[0].matches[0]\' has no condition on x-ai-eg-model, so it takes every model; add one, with the pattern ".+" where every model is meant [MODEL_NOT_LISTED]'],
    ['a header in capitals', 'name: x-ai-eg-model', 'name: X-AI-EG-Model',
      '\'spec.rules[0].matches[0].headers[0].name\' is written with capitals, so /v1/models does not list the model, got "X-AI-EG-Model"; write "x-ai-eg-model" [MODEL_NOT_LISTED]'],
    ['a provider that does not exist', '- name: bedrock\n          priority', '- name: bedrok\n          priority',
      '\'spec.rules[0].backendRefs[1].name\' names no AIServiceBackend there is in namespace "ai", got "bedrok"; correct the name or namespace, or make the AIServiceBackend [MISSING_REFERENCE]'],
    ['a type of credential that is none', 'type: APIKey', 'type: ApiKey',
      '\'spec.type\' is no credential for AIServiceBackend "ai/openai", which speaks OpenAI, got "ApiKey"; use APIKey or AzureAPIKey or AzureCredentials [CREDENTIAL_TYPE_MISMATCH]'],
    ['the block of another type', 'type: APIKey\n  apiKey:', 'type: APIKey\n  anthropicAPIKey:',
      '\'spec.type\' goes with `apiKey` alone, while there is `anthropicAPIKey`, got "APIKey"; write `apiKey` and no other credential [CREDENTIAL_BLOCK]'],
    ['the credential of another provider', 'type: AWSCredentials\n  awsCredentials:\n    region: us-east-1\n    credentialsFile:\n      secretRef:\n        name: aws-credentials', 'type: APIKey\n  apiKey:\n    secretRef:\n      name: openai-key',
      '\'spec.type\' is no credential for AIServiceBackend "ai/bedrock", which speaks AWSBedrock, got "APIKey"; use AWSCredentials [CREDENTIAL_TYPE_MISMATCH]'],
    ['a region of another name', 'region: us-east-1', 'region: us-east1',
      '\'spec.awsCredentials.region\' is not the name of a region of AWS, got "us-east1"; write one such as "us-east-1" [BAD_REGION]'],
    ['another region than the host', 'region: us-east-1', 'region: eu-west-1',
      '\'spec.awsCredentials.region\' is not the region of bedrock-runtime.us-east-1.amazonaws.com, to which AIServiceBackend "ai/bedrock" sends, got "eu-west-1"; write "us-east-1", or use the host of that region [REGION_MISMATCH]'],
    ['a namespace beside a Secret', 'name: openai-key\n---\napiVersion: gateway.envoyproxy.io/v1alpha1', 'name: openai-key\n      namespace: vault\n---\napiVersion: gateway.envoyproxy.io/v1alpha1',
      '\'spec.apiKey.secretRef.namespace\' is ignored: the Secret is read beside BackendSecurityPolicy "ai/openai-key", got "vault"; remove it, and put the Secret there [SECRET_REF_NAMESPACE]'],
    ['a name of a Secret in capitals', 'secretRef:\n      name: openai-key', 'secretRef:\n      name: OPENAI_KEY',
      '\'spec.apiKey.secretRef.name\' is not a name a Secret can have, got "OPENAI_KEY"; use lower-case letters, digits and "-", as `kubectl get` shows it [BAD_REFERENCE]'],
    ['no timeout', '      timeouts:\n        request: 300s\n', '',
      '\'spec.rules[0].timeouts.request\' is not set, and the 60s of the gateway are shorter than 2 attempts of 100s each; use at least 200s, or lower the timeout of one attempt [TIMEOUT_TOO_SHORT]'],
    ['a timeout without unit', 'request: 300s', 'request: 300',
      '\'spec.rules[0].timeouts.request\' must be a string, got 300; write a string [INVALID_VALUE]'],
    ['a timeout in words', 'request: 300s', 'request: 5min',
      '\'spec.rules[0].timeouts.request\' has characters or a form that is not allowed, got "5min"; use up to four numbers of up to five digits, each with its unit, such as "1h30m" or "300s" [INVALID_VALUE]'],
    ['the priority in quotes', 'priority: 1', 'priority: "1"',
      '\'spec.rules[0].backendRefs[1].priority\' must be an integer, got "1"; write an integer [INVALID_VALUE]'],
    ['a trigger misspelt', 'retriable-status-codes]', 'retriable-status-code]',
      '\'spec.retry.retryOn.triggers[3]\' is not one of the values there are, got "retriable-status-code"; use one of "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "retriable-4xx", "refused-stream", "retriable-status-codes", "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable" [INVALID_VALUE]'],
    ['a policy on the AIGatewayRoute', 'kind: HTTPRoute\n      name: chat', 'kind: AIGatewayRoute\n      name: chat',
      '\'spec.targetRefs[0]\' is nothing a BackendTrafficPolicy can be on, got {"group":"gateway.networking.k8s.io","kind":"AIGatewayRoute"}; target the HTTPRoute of the same name, group gateway.networking.k8s.io, which the gateway generates [POLICY_TARGET_KIND]'],
    ['retries that stay at their level', '    numAttemptsPerPriority: 1\n', '',
      '\'spec.retry.numAttemptsPerPriority\' is missing, so no request reaches a fallback in spec.rules[0] of test/doc-11; set it to 1 [FALLBACK_STAYS]'],
    ['a limit without unit', 'bufferLimit: 50Mi', 'bufferLimit: 50MB',
      '\'spec.connection.bufferLimit\' has characters or a form that is not allowed, got "50MB"; use a size above 0, such as "512Ki" or "50Mi" [INVALID_VALUE]'],
    ['a gateway that does not exist', 'kind: Gateway\n      name: ai-gateway\n  rules', 'kind: Gateway\n      name: ai-gatway\n  rules',
      '\'spec.parentRefs[0].name\' names no Gateway there is in namespace "ai", got "ai-gatway"; correct the name or namespace, or make the Gateway [MISSING_REFERENCE]'],
    ['targetRef for targetRefs', 'targetRefs:\n    - group: aigateway.envoyproxy.io\n      kind: AIServiceBackend\n      name: openai\n', 'targetRef:\n    group: aigateway.envoyproxy.io\n    kind: AIServiceBackend\n    name: openai\n',
      '\'spec.targetRef\' is not a field; write "targetRefs", with a list [UNKNOWN_FIELD]'],
    ['backendSecurityPolicyRef of old releases', 'schema:\n    name: OpenAI\n', 'schema:\n    name: OpenAI\n  backendSecurityPolicyRef:\n    name: openai-key\n',
      '\'spec.backendSecurityPolicyRef\' is not a field; there are only backendRef, bodyMutation, headerMutation, schema [UNKNOWN_FIELD]'],
    ['a protocol in lower case', 'protocol: HTTP', 'protocol: http',
      '\'spec.parentRefs[0]\' names a gateway that does not take the route: listener "http": it speaks http, got "ai/ai-gateway"; correct `allowedRoutes` or `protocol` of the listener, or the reference [LISTENER_REFUSES_ROUTE]'],
    ['a kind that is none of the store', 'kind: ClusterSecretStore', 'kind: ClusterSecretstore',
      '\'spec.secretStoreRef.kind\' is not one of the values there are, got "ClusterSecretstore"; use one of "SecretStore", "ClusterSecretStore" [INVALID_VALUE]'],
    ['a map for a list', '    - name: http\n      port: 80\n      protocol: HTTP', '    name: http\n    port: 80\n    protocol: HTTP',
      '\'spec.listeners\' must be a list, got {"name":"http","port":80,"protocol":"HTTP"}; write a list [INVALID_VALUE]'],
  ]],
  ['agentgateway', AGENTGATEWAY, Platform.agentgateway(), [
    ['a kind in other letters', 'kind: HTTPRoute', 'kind: HttpRoute',
      '\'kind\' is no kind of its API, got "HttpRoute"; write "HTTPRoute" [API_VERSION_NOT_SERVED]'],
    ['a provider in other letters', '      openai:\n        model', '      openAI:\n        model',
      '\'spec.ai.provider.openAI\' is not a field; write "openai" [UNKNOWN_FIELD]'],
    ['a credential one level too high', '  policies:\n    auth:\n      secretRef:\n        name: openai-key', '  auth:\n    secretRef:\n      name: openai-key',
      '\'spec.auth\' is not a field; there are only a2a, ai, aws, dynamicForwardProxy, mcp, policies, static [UNKNOWN_FIELD]'],
    ['the kind of a backend left out', '          kind: AgentgatewayBackend\n', '',
      '\'spec.rules[0].backendRefs[0].kind\' is missing, so that this is a Service of the group agentgateway.dev, where there is none; write `kind: AgentgatewayBackend` [BACKEND_UNRESOLVED]'],
    ['the group of a backend left out', '        - group: agentgateway.dev\n          kind: AgentgatewayBackend', '        - kind: AgentgatewayBackend',
      '\'spec.rules[0].backendRefs[0].group\' is missing, so that this is an AgentgatewayBackend of the core group, where there is none; write `group: agentgateway.dev` [BACKEND_UNRESOLVED]'],
    ['a backend that does not exist', 'kind: AgentgatewayBackend\n          name: openai', 'kind: AgentgatewayBackend\n          name: open-ai',
      '\'spec.rules[0].backendRefs[0].name\' names no AgentgatewayBackend there is in namespace "ai", got "open-ai"; correct the name or namespace, or make the AgentgatewayBackend [BACKEND_UNRESOLVED]'],
    ['the model under another name', '        model: gpt-4o', '        modelName: gpt-4o',
      '\'spec.ai.provider.openai.modelName\' is not a field; there are only model [UNKNOWN_FIELD]'],
    ['the header of another gateway', '        - path:\n            type: PathPrefix\n            value: /openai', '        - headers:\n            - name: x-gateway-model\n              value: gpt-4o',
      '\'spec.rules[0].matches\' matches the model of requests, which no policy reads on the gateway "ai-gateway"; leave `modelRouting` of the gateway on, or write the header with a PreRouting transformation [MODEL_HEADER_UNSET]'],
  ]],
])('%s', (_, right, platform, mistakes) => {
  test('the right form has no finding', () => expect(told(right, platform)).toEqual([]));

  test.each(mistakes)('%s is told once, with its place, its value and the way out', (__, from, to, said) => {
    expect(told(but(right, [from, to]), platform)).toEqual([said]);
  });
});
