import type { Mutant } from './mutants';

const PROVIDER = 'platforms/envoy-ai-gateway/provider.ts';
const GRANT = 'platforms/envoy-ai-gateway/grant.ts';
const TRAFFIC = 'platforms/envoy-ai-gateway/traffic-policy.ts';

/** What the running gateway, the API server or a controller notices, whatever our own tests say. */
export const RUNNING_GATEWAYS: readonly Mutant[] = [
  { name: 'gateway: priorities are not written', file: 'platforms/envoy-ai-gateway/route.ts', find: '...(fallback ? { priority } : {})', replace: '...(fallback ? {} : {})', judges: ['gateway fallback-unused'] },
  { name: 'gateway: one retry too few', file: TRAFFIC, find: 'attemptsOf(entry, levels) - 1', replace: 'attemptsOf(entry, levels) - 2', judges: ['gateway fallback-three-levels'] },
  { name: 'gateway: all attempts on the first level', file: TRAFFIC, find: '{ numAttemptsPerPriority: failover.attemptsPerLevel ?? 1 }', replace: '{}', judges: ['gateway fallback-three-levels'] },
  { name: 'gateway: no time per attempt', file: TRAFFIC, find: 'perRetry: { timeout: gatewayDuration(timesOf(entry, levels).perTryMs) },', replace: '', judges: ['gateway fallback-hang'] },
  { name: 'gateway: Envoy\'s own buffer', file: 'platforms/envoy-ai-gateway/gateway.ts', find: '50 * 1024 * 1024', replace: '32 * 1024', judges: ['gateway fallback-large-prompt'] },
  { name: 'gateway: no TLS policy', file: PROVIDER, find: 'if (intent.endpoint.tls) objects', replace: 'if (!intent.endpoint.tls) objects', judges: ['gateway tls-private-ca'] },
  { name: 'gateway: TLS name of the certificate', file: PROVIDER, find: 'hostname: tls.serverName ?? endpoint.hostname', replace: 'hostname: endpoint.hostname', judges: ['gateway tls-server-name'] },
  { name: 'gateway: data key of an API key', file: 'platforms/envoy-ai-gateway/secret-contracts.ts', find: "key: 'apiKey', content", replace: "key: 'api-key', content", judges: ['gateway provider-openai', 'external-secrets'] },
  { name: 'gateway: cookies of callers are sent on', file: 'platforms/declared/caller-credentials.ts', find: "'cookie', ", replace: '', judges: ['gateway caller-none'] },
  { name: 'cluster: version of TLS policies', file: PROVIDER, find: "apiVersion: GATEWAY_API_V1,\n      kind: 'BackendTLSPolicy'", replace: "apiVersion: GATEWAY_API_V1.replace('v1', 'v1alpha2') as 'gateway.networking.k8s.io/v1',\n      kind: 'BackendTLSPolicy'", judges: ['cluster v1.1.0'] },
  { name: 'cluster: grants for the wrong namespace', file: GRANT, find: "kind: 'HTTPRoute', namespace: fromNamespace", replace: "kind: 'HTTPRoute', namespace: provider.namespace", judges: ['cluster v1.1.0'] },
  { name: 'controller: grants for the wrong namespace', file: GRANT, find: "kind: 'AIGatewayRoute', namespace: fromNamespace", replace: "kind: 'AIGatewayRoute', namespace: provider.namespace", judges: ['controller v1.1.0'] },
  { name: 'cluster: casing of a phase of agentgateway', file: 'platforms/agentgateway/gateway.ts', find: "phase: 'PreRouting'", replace: "phase: 'Prerouting' as 'PreRouting'", judges: ['cluster agentgateway'] },
];
