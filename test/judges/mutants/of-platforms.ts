import type { Mutant } from './mutants';

const EAIG = ['test/platforms/envoy-ai-gateway/(provider|route).test.ts', 'test/contract'];
const AGW = ['test/platforms/agentgateway', 'test/contract'];
const GATEWAYS = ['test/platforms/envoy-ai-gateway/gateway.test.ts', 'test/contract'];
const PROVIDER = 'platforms/envoy-ai-gateway/provider.ts';
const ROUTE = 'platforms/envoy-ai-gateway/route.ts';
const TRAFFIC = 'platforms/envoy-ai-gateway/traffic-policy.ts';
const GATEWAY = 'platforms/envoy-ai-gateway/gateway.ts';

/** What platforms make of declarations. */
export const PLATFORMS: readonly Mutant[] = [
  { name: 'no TLS policy', file: PROVIDER, find: 'if (intent.endpoint.tls) objects', replace: 'if (!intent.endpoint.tls) objects', judges: EAIG },
  { name: 'TLS policy without authorities', file: PROVIDER, find: "{ wellKnownCACertificates: 'System' }", replace: '{}', judges: EAIG },
  { name: 'TLS policy for another kind', file: PROVIDER, find: "targetRefs: [{ group: ENVOY_GATEWAY_GROUP, kind: 'Backend'", replace: "targetRefs: [{ group: ENVOY_GATEWAY_GROUP, kind: 'Service'", judges: EAIG },
  { name: 'TLS name of the certificate', file: PROVIDER, find: 'hostname: tls.serverName ?? endpoint.hostname', replace: 'hostname: endpoint.hostname', judges: EAIG },
  { name: 'an address as a name', file: PROVIDER, find: 'if (!isIpAddress(hostname)) return { fqdn', replace: 'if (hostname) return { fqdn', judges: EAIG },
  { name: 'priorities are not written', file: ROUTE, find: '...(fallback ? { priority } : {})', replace: '...(fallback ? {} : {})', judges: EAIG },
  { name: 'casing of the model override', file: ROUTE, find: '{ modelNameOverride: target.model }', replace: '{ modelnameOverride: target.model }', judges: EAIG },
  { name: 'no timeout of requests', file: ROUTE, find: 'timeouts: { request: gatewayDuration(timesOf(entry, levels).requestMs) },', replace: '', judges: EAIG },
  { name: 'the catch-all also matches nothing', file: ROUTE, find: "on('RegularExpression', '.+')", replace: "on('RegularExpression', '.*')", judges: EAIG },
  { name: 'exact names are patterns', file: ROUTE, find: "on('Exact', model)", replace: "on('RegularExpression', model)", judges: EAIG },
  { name: 'providers of other namespaces', file: ROUTE, find: 'namespace === intent.namespace ? {} : { namespace }', replace: 'namespace === intent.namespace ? {} : {}', judges: EAIG },
  { name: 'one retry too few', file: TRAFFIC, find: 'attemptsOf(entry, levels) - 1', replace: 'attemptsOf(entry, levels) - 2', judges: EAIG },
  { name: 'all attempts on the first level', file: TRAFFIC, find: '{ numAttemptsPerPriority: failover.attemptsPerLevel ?? 1 }', replace: '{}', judges: EAIG },
  { name: 'refused connections are not retried', file: TRAFFIC, find: "'connect-failure', ", replace: '', judges: EAIG },
  { name: 'status codes are not retried', file: TRAFFIC, find: ", 'retriable-status-codes'", replace: '', judges: EAIG },
  { name: 'a provider is never ejected', file: TRAFFIC, find: 'maxEjectionPercent: 100', replace: 'maxEjectionPercent: 10', judges: EAIG },
  { name: 'casing of consecutive errors', file: TRAFFIC, find: 'consecutive5XxErrors:', replace: 'consecutive5xxErrors:', judges: EAIG },
  { name: 'the policy of the gateway is replaced', file: TRAFFIC, find: "mergeType: 'StrategicMerge',", replace: '', judges: EAIG },
  { name: 'policy for the route that is generated from', file: TRAFFIC, find: "kind: 'HTTPRoute', name: routeName", replace: "kind: 'AIGatewayRoute', name: routeName", judges: EAIG },
  { name: 'no time per attempt', file: TRAFFIC, find: 'perRetry: { timeout: gatewayDuration(timesOf(entry, levels).perTryMs) },', replace: '', judges: EAIG },
  { name: 'Envoy\'s own buffer', file: GATEWAY, find: '50 * 1024 * 1024', replace: '32 * 1024', judges: GATEWAYS },
  { name: 'the window of HTTP/2 does not grow', file: GATEWAY, find: 'http2: { initialStreamWindowSize: quantity(intent.http2WindowBytes ?? windowFor(bytes)) },', replace: '', judges: GATEWAYS },
  { name: 'name of the annotation for the sidecar', file: GATEWAY, find: '/gateway-config`', replace: '/gatewayconfig`', judges: GATEWAYS },
  { name: 'the account of the proxy is shared', file: GATEWAY, find: '{ envoyServiceAccount: { name: serviceAccount } }', replace: '{}', judges: GATEWAYS },
  { name: 'annotations of an identity', file: GATEWAY, find: 'return Object.keys(annotations).length > 0 ? { annotations } : {};', replace: 'return {};', judges: ['test/constructs/credential-identities.test.ts'] },
  { name: 'cookies of callers are sent on', file: 'platforms/declared/caller-credentials.ts', find: "'cookie', ", replace: '', judges: EAIG },
  { name: 'a header that was set is removed', file: 'platforms/declared/caller-credentials.ts', find: '!keep.has(name) && ', replace: '', judges: [...EAIG, ...AGW] },
  { name: 'grants for the wrong namespace', file: 'platforms/gateway-api/grant.ts', find: 'namespace: fromNamespace }', replace: 'namespace: place.namespace }', judges: [...EAIG, ...AGW] },
  { name: 'a feature in a release that lacks it', file: 'platforms/envoy-ai-gateway/releases.ts', find: "V0_6: readonly Feature[] = ['gcpAdc']", replace: "V0_6: readonly Feature[] = ['gcpAdc', 'hostnames']", judges: EAIG },
  { name: 'version of the API in v0.5', file: 'platforms/envoy-ai-gateway/releases.ts', find: "{ apiVersion: 'v1alpha1'", replace: "{ apiVersion: 'v1beta1'", judges: EAIG },
  { name: 'agentgateway: one retry too many', file: 'platforms/agentgateway/traffic.ts', find: 'Math.min(attemptsOf(entry, chains) - 1,', replace: 'Math.min(attemptsOf(entry, chains),', judges: AGW },
  { name: 'agentgateway: failed connections are healthy', file: 'platforms/agentgateway/traffic.ts', find: '[0, ...codes]', replace: '[...codes]', judges: AGW },
  { name: 'agentgateway: shortest ejection', file: 'platforms/agentgateway/traffic.ts', find: 'SHORTEST_EJECTION_MS = 1_000', replace: 'SHORTEST_EJECTION_MS = 1', judges: AGW },
  { name: 'agentgateway: patterns are not anchored', file: 'platforms/agentgateway/route.ts', find: 'wholly(entry.match.pattern)', replace: 'entry.match.pattern', judges: AGW },
  { name: 'agentgateway: no time per attempt', file: 'platforms/agentgateway/traffic.ts', find: '{ backendRequest: gatewayDuration(perTryMs) }', replace: '{}', judges: AGW },
  { name: 'agentgateway: nine levels', file: 'platforms/agentgateway/route.ts', find: 'MOST_LEVELS = 8', replace: 'MOST_LEVELS = 9', judges: AGW },
  { name: 'agentgateway: its own header is removed', file: 'platforms/agentgateway/mutations.ts', find: '...(own === undefined ? [] : [own])', replace: '...(own === undefined ? [] : [])', judges: AGW },
];
